/** Figures held against their data: what is drawn is read back out of the SVG and must give the numbers that went in. */
import { describe, expect, it } from 'vitest';
import { barFigure } from '../../sim/report/bar-figure.ts';
import { contourLines } from '../../sim/report/contour-lines.ts';
import { mapFigure } from '../../sim/report/map-figure.ts';
import { mapColor } from '../../sim/report/map-palette.ts';
import { sankeyFigure } from '../../sim/report/sankey-figure.ts';
import { textWidth, wrapText } from '../../sim/report/svg.ts';
import { xyFigure } from '../../sim/report/xy-figure.ts';
import {
  SAMPLE_BARS,
  SAMPLE_MAP,
  SAMPLE_SANKEY,
  SAMPLE_STACK,
  SAMPLE_XY,
  sampleRoom,
} from './report-samples.ts';

/** px: everything drawn is rounded to two decimals. */
const ROUNDING = 0.005;

const numbers = (words: string): number[] => (words.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
const rects = (svg: string) =>
  [...svg.matchAll(/<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)" fill="([^"]+)"/g)].map(
    ([, x, y, width, height, fill]) => ({ x: +x, y: +y, width: +width, height: +height, fill }),
  );

describe('every figure', () => {
  const all = [
    ['xy', () => xyFigure(SAMPLE_XY)],
    ['map', () => mapFigure(SAMPLE_MAP)],
    ['sankey', () => sankeyFigure(SAMPLE_SANKEY)],
    ['bars', () => barFigure(SAMPLE_BARS)],
    ['stack', () => barFigure(SAMPLE_STACK)],
  ] as const;

  it.each(all)('%s is the same to the last byte, whole, named and described', (_, draw) => {
    const svg = draw();
    expect(draw()).toBe(svg);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d/);
    const [, title, description] = /aria-labelledby="([^"]+)" aria-describedby="([^"]+)"/.exec(svg) ?? [];
    expect(svg).toMatch(
      new RegExp(`role="img".*\\n<title id="${title}">.+</title>\\n<desc id="${description}">.+</desc>`),
    );
    // well formed, as far as opening and closing go
    expect(svg.match(/<g[ >]/g)?.length).toBe(svg.match(/<\/g>/g)?.length);
  });

  it('has ids that no other figure has, and uses no others', () => {
    const ids = all.map(([, draw]) => [...draw().matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const flat = ids.flat();
    expect(new Set(flat).size).toBe(flat.length);
    all.forEach(([, draw], i) => {
      for (const [, used] of draw().matchAll(/url\(#([^)]+)\)/g)) expect(ids[i]).toContain(used);
    });
  });
});

describe('an XY figure', () => {
  const plain = {
    title: 't',
    x: { label: 'x', unit: '', domain: [0, 10] },
    y: { label: 'y', unit: '', domain: [0, 10] },
  } as const;

  it('draws error bars in both directions to the ends that are given', () => {
    const series = [{ kind: 'points', x: [5], y: [5], low: [4], high: [6], xLow: [2], xHigh: [9] }] as const;
    const svg = xyFigure({ ...plain, series });
    // 720 × 460 without legend: 68 to 696 and 44 to 408
    const x = (v: number): string => String(Math.round(6800 + v * 6280) / 100);
    const y = (v: number): string => String(Math.round(40800 - v * 3640) / 100);
    expect(svg).toContain(`M${x(2)},${y(5)}H${x(9)}`);
    expect(svg).toContain(`M${x(5)},${y(4)}V${y(6)}`);
    expect(xyFigure({ ...plain, series: [{ ...series[0], xLow: [null], low: [Number.NaN] }] })).not.toContain(
      'M382,',
    );
  });

  it('draws on the axis that a series names', () => {
    const svg = xyFigure({
      ...plain,
      right: { label: 'second', unit: 'Pa', domain: [0, 1000] },
      series: [
        { kind: 'line', color: '#111111', x: [0, 10], y: [5, 5] },
        { kind: 'line', color: '#222222', axis: 'right', x: [0, 10], y: [500, 500] },
      ],
    });
    const path = (color: string) => new RegExp(`d="([^"]+)" fill="none" stroke="${color}"`).exec(svg)?.[1];
    expect(path('#111111')).toBe(path('#222222'));
    expect(svg).toContain('>second (Pa)<');
  });

  it('takes null for no value: neither 0 nor a point', () => {
    const svg = xyFigure({
      ...plain,
      series: [
        { kind: 'line', color: '#111111', x: [0, 1, 2, 3, 4], y: [5, 5, null, 5, 5] },
        { kind: 'band', x: [0, 1, 2, 3, 4], low: [1, 1, null, 1, 1], high: [2, 2, 2, 2, 2] },
        { kind: 'points', x: [1, 2], y: [null, 5] },
      ],
    });
    expect(/d="([^"]+)" fill="none" stroke="#111111"/.exec(svg)?.[1].match(/M/g)).toHaveLength(2);
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(/d="([^"]+)" fill="[^"]+" fill-opacity="0.14"/.exec(svg)?.[1].match(/M/g)).toHaveLength(2);
  });

  it('tells lines apart by dash where nobody chose', () => {
    const line = { kind: 'line', x: [0, 1], y: [0, 1] } as const;
    const svg = xyFigure({ ...plain, series: [line, line, line, line] });
    expect(new Set(svg.match(/stroke-width="2"( stroke-dasharray="[^"]+")?\/>/g)).size).toBe(4);
  });

  it('keeps annotations within its axes, and labels near the edge inside', () => {
    const svg = xyFigure({
      ...plain,
      x: { label: 'x', unit: '' },
      series: [{ kind: 'line', x: [0, 1], y: [0, 1] }],
      annotations: [{ kind: 'vertical', at: 40, label: 'far' }],
    });
    expect(svg).toMatch(/text-anchor="end"[^>]*>far</);
    expect(svg).toContain('>40<');
  });

  it.each([[[]], [[null, Number.NaN]]])('refuses %s: there is nothing to draw', (y) => {
    const figure = {
      ...plain,
      y: { label: 'power', unit: 'W' },
      series: [{ kind: 'line', x: [0, 1], y } as const],
    };
    expect(() => xyFigure(figure)).toThrow(RangeError);
    expect(() => xyFigure(figure)).toThrow(
      'there is nothing to draw on the axis "power": give at least one finite value',
    );
  });
});

describe('a map', () => {
  const svg = mapFigure(SAMPLE_MAP);
  const { x, y } = SAMPLE_MAP;
  const columns = x.at.length;
  const cells = rects(svg)
    .filter(({ fill }) => /^rgb|^url/.test(fill))
    .slice(0, columns * y.at.length);
  /** The colour bar is read like a reader would: which share of it has this colour. */
  const shareOf = (fill: string): number => {
    const wanted = numbers(fill);
    const distance = (k: number) => Math.hypot(...numbers(mapColor(k / 4000)).map((c, i) => c - wanted[i]));
    return (
      Array.from({ length: 4001 }, (_, k) => k).reduce((best, k) =>
        distance(k) < distance(best) ? k : best,
      ) / 4000
    );
  };

  it('has the colour of its value in every cell, and a hatch where there is none', () => {
    const [low, high] = [19, 30];
    for (const row of [0, 4, 8])
      for (const column of [0, 3, 11]) {
        const { fill } = cells[row * columns + column];
        if (row === 8 && column === 11) expect(fill).toMatch(/^url\(#hatch-/);
        // colours are whole numbers of 255: the darkest channel runs over 170 of them, so one is 0.6 % of the range
        else
          expect(
            Math.abs(low + shareOf(fill) * (high - low) - sampleRoom(x.at[column], y.at[row])),
          ).toBeLessThan(0.006 * (high - low));
      }
    expect(cells.filter(({ fill }) => fill.startsWith('url'))).toHaveLength(6);
    expect(svg).toContain('>not converged<');
  });

  it('covers its plot without gaps, each cell around its place', () => {
    for (let c = 1; c < columns; c++) {
      expect(Math.abs(cells[c].x - cells[c - 1].x - cells[c - 1].width)).toBeLessThan(4 * ROUNDING);
      // the places are even on a logarithmic axis, so all cells are as wide
      expect(Math.abs(cells[c].width - cells[0].width)).toBeLessThan(4 * ROUNDING);
    }
    expect(cells[0].y).toBeGreaterThan(cells[columns].y);
    // 2 W/K is the middle of the first cell, and there its number stands
    const two = Number(/<text x="([^"]+)"[^>]*>2</.exec(svg)?.[1]);
    expect(Math.abs(two - cells[0].x - cells[0].width / 2)).toBeLessThan(3 * ROUNDING);
  });

  it('has a palette whose lightness falls in even steps', () => {
    const steps = 20;
    const lightness = Array.from({ length: steps + 1 }, (_, k) => okLightness(numbers(mapColor(k / steps))));
    for (let k = 1; k <= steps; k++)
      // a unit of 255 is up to 0.005 of lightness in the dark, and two ends are rounded; a step is 0.0335
      expect(Math.abs(lightness[k - 1] - lightness[k] - 0.67 / steps)).toBeLessThan(0.01);
  });

  it.each([
    [
      'no finite value',
      {
        values: [
          [null, null],
          [null, Number.NaN],
        ],
      },
      /nothing to draw on the axis "power"/,
    ],
    ['rows of another length', { values: [[1, 2], [3]] }, /must be 2 rows of 2/],
    [
      'places that do not rise',
      { x: { label: 'x', unit: '', at: [1, 1] } },
      /"x" must be at least two, finite and rising/,
    ],
    [
      'places below 0 on a logarithmic axis',
      { x: { label: 'x', unit: '', scale: 'log' as const, at: [-1, 1] } },
      /"x" is logarithmic/,
    ],
  ])('refuses %s', (_, change, sentence) => {
    const axis = { label: 'axis', unit: '', at: [1, 2] };
    const figure = {
      title: 't',
      x: axis,
      y: axis,
      value: { label: 'power', unit: 'W' },
      values: [
        [1, 2],
        [3, 4],
      ],
      ...change,
    };
    expect(() => mapFigure(figure)).toThrow(RangeError);
    expect(() => mapFigure(figure)).toThrow(sentence);
  });
});

/** Lightness in OKLab (Ottosson 2020) of sRGB 0 to 255. */
function okLightness(rgb: readonly number[]): number {
  const [r, g, b] = rgb.map((v) =>
    v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
  );
  const l = 0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b;
  const m = 0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b;
  const s = 0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b;
  return 0.2104542553 * Math.cbrt(l) + 0.793617785 * Math.cbrt(m) - 0.0040720468 * Math.cbrt(s);
}

describe('contour lines', () => {
  const x = [0, 1, 3, 7, 8];
  const y = [0, 2, 3, 6];
  const plane = y.map((b) => x.map((a) => 2 * a + 3 * b));

  it('lie on the line of a plane, whatever the steps of the grid', () => {
    const lines = contourLines(x, y, plane, 15);
    expect(lines).toHaveLength(1);
    expect(lines[0].length).toBeGreaterThan(4);
    // linear interpolation is exact on a plane
    for (const [a, b] of lines[0]) expect(2 * a + 3 * b).toBeCloseTo(15, 12);
  });

  it.each([0, 1, 2, 3])('lose no crossing, wherever their ring begins (turned %i)', (turned) => {
    const rows = turned < 2 ? plane : plane.toReversed();
    const field = turned % 2 === 0 ? rows : rows.map((row) => row.toReversed());
    const [columns, levels] = [field[0].map((_, i) => i), field.map((_, j) => j)];
    for (const level of [4, 9, 15, 21, 30]) {
      const above = (j: number, i: number): boolean => field[j][i] >= level;
      const crossed = levels.flatMap((j) =>
        columns.flatMap((i) => [
          i > 0 && above(j, i) !== above(j, i - 1),
          j > 0 && above(j, i) !== above(j - 1, i),
        ]),
      );
      const lines = contourLines(columns, levels, field, level);
      expect(lines).toHaveLength(1);
      expect(lines[0]).toHaveLength(crossed.filter(Boolean).length);
    }
  });

  it('close around a hill, as long as its circle', () => {
    const at = Array.from({ length: 41 }, (_, i) => i / 10 - 2);
    const [line, ...more] = contourLines(
      at,
      at,
      at.map((b) => at.map((a) => Math.hypot(a, b))),
      1,
    );
    expect(more).toEqual([]);
    expect(line[0]).toEqual(line[line.length - 1]);
    const length = line
      .slice(1)
      .reduce((sum, [a, b], i) => sum + Math.hypot(a - line[i][0], b - line[i][1]), 0);
    // corners are linear between neighbours 0.1 apart: off by at most h²/8/r = 0.00125 inwards, chords add less
    expect(Math.abs(length - 2 * Math.PI)).toBeLessThan(2 * Math.PI * 0.004);
  });

  it('stop beside a gap and at the rim, and go on in one piece', () => {
    const gap = plane.map((row, j) => row.map((v, i) => (j === 1 && i === 2 ? null : v)));
    const lines = contourLines(x, y, gap, 15);
    const corners = lines.flat();
    expect(corners.length).toBeGreaterThan(2);
    for (const [a, b] of corners) {
      expect(2 * a + 3 * b).toBeCloseTo(15, 12);
      expect((a === 3 && b < 3) || (b === 2 && a > 1 && a < 7)).toBe(false);
    }
    expect(contourLines(x, y, plane, 1000)).toEqual([]);
  });
});

describe('a Sankey figure', () => {
  const svg = sankeyFigure(SAMPLE_SANKEY);
  const { links, nodes } = SAMPLE_SANKEY;
  /** px at both ends of every ribbon, in the order of the links. */
  const ribbons = [...svg.matchAll(/<path d="M([^"]+)Z" fill="[^"]+" fill-opacity/g)].map(([, path]) => {
    const n = numbers(path);
    // x0,y0 C mid,· mid,y1 x1,y1 V y1b C mid,· mid,· x0,y0b
    return { start: n[14] - n[1], end: n[8] - n[7] };
  });
  const bars = rects(svg).filter(({ width, fill }) => width === 10 && fill === '#1c2530');
  const scale = bars[0].height / 1400;

  it('is as wide as its values, from end to end', () => {
    expect(ribbons).toHaveLength(links.length);
    links.forEach(({ value }, i) => {
      expect(Math.abs(ribbons[i].start - value * scale)).toBeLessThan(3 * ROUNDING);
      expect(Math.abs(ribbons[i].end - value * scale)).toBeLessThan(3 * ROUNDING);
    });
  });

  it('takes into a node what it gives out of it', () => {
    nodes.forEach(({ key }, i) => {
      const sum = (end: 'from' | 'to') =>
        links.reduce((all, link, k) => all + (link[end] === key ? ribbons[k].start : 0), 0);
      const through = [sum('from'), sum('to')].filter((v) => v > 0);
      for (const v of through) expect(Math.abs(v - bars[i].height)).toBeLessThan(8 * ROUNDING);
    });
  });

  it('says every value with its unit', () => {
    for (const words of [
      '1400 W',
      '35 W',
      '900 W',
      'alloy, 1400 W',
      'fluid, 1455 W',
      '880 W',
      '1390 W',
      '65 W',
    ])
      expect(svg).toContain(`>${words}<`);
  });

  const two = {
    title: 'account',
    unit: 'W',
    nodes: [
      { key: 'a', label: 'A' },
      { key: 'b', label: 'B' },
      { key: 'c', label: 'C' },
    ],
  };
  const link = (from: string, to: string, value: number) => ({ from, to, value, kind: 'heat' as const });
  it.each([
    [
      'an account that does not close',
      [link('a', 'b', 10), link('b', 'c', 9)],
      /into "B" flow 10 W and out of it 9 W; an account must close within 1 %/,
    ],
    [
      'a negative value',
      [link('a', 'b', -1)],
      /a → b has the value -1; give 0 W or more, and turn a negative one around/,
    ],
    ['no finite value', [link('a', 'b', Number.NaN)], /a → b has the value NaN/],
    ['nothing above 0', [link('a', 'b', 0)], /nothing to draw, no value above 0/],
    ['an unknown node', [link('a', 'd', 1)], /names "d", which is no node/],
    ['a circle', [link('a', 'b', 1), link('b', 'c', 1), link('c', 'a', 1)], /run in a circle/],
  ])('refuses %s', (_, wrong, sentence) => {
    expect(() => sankeyFigure({ ...two, links: wrong })).toThrow(RangeError);
    expect(() => sankeyFigure({ ...two, links: wrong })).toThrow(sentence);
  });

  it('bears what a cycle that has almost settled leaves open', () => {
    expect(() => sankeyFigure({ ...two, links: [link('a', 'b', 1000), link('b', 'c', 995)] })).not.toThrow();
  });
});

describe('bars', () => {
  it('are as long as their values', () => {
    const svg = barFigure(SAMPLE_BARS);
    const bars = rects(svg).filter(({ height, x }) => height === 16 && x > 100);
    const values = SAMPLE_BARS.groups.flatMap((_, g) =>
      SAMPLE_BARS.series.slice(0, 3).flatMap(({ values: all }) => all[g] ?? []),
    );
    expect(bars).toHaveLength(values.length);
    const scale = bars[0].width / values[0];
    values.forEach((v, i) =>
      expect(Math.abs(bars[i].width - v * scale)).toBeLessThan(2 * ROUNDING * (1 + v / values[0])),
    );
    expect(svg.match(/<circle/g)).toHaveLength(4);
  });

  it('stand end to end in a stack, negative ones to the left', () => {
    const svg = barFigure({
      title: 't',
      value: { label: 'v', unit: '' },
      groups: ['g'],
      stacked: true,
      series: [3, -2, 5].map((v, i) => ({ label: `s${i}`, values: [v] })),
    });
    const [three, two, five] = rects(svg).filter(({ height, y }) => height === 16 && y < 100);
    expect(three.x + three.width).toBeCloseTo(five.x, 1);
    expect(two.x + two.width).toBeCloseTo(three.x, 1);
    expect(five.width / three.width).toBeCloseTo(5 / 3, 2);
    expect(svg).toContain('>6<');
  });

  it.each([
    ['no finite value', [null, Number.NaN], /nothing to draw, no finite value/],
    ['a list of another length', [1], /"s" has 1 values for 2 groups/],
  ])('refuse %s', (_, values, sentence) => {
    const figure = {
      title: 't',
      value: { label: 'v', unit: '' },
      groups: ['a', 'b'],
      series: [{ label: 's', values }],
    };
    expect(() => barFigure(figure)).toThrow(RangeError);
    expect(() => barFigure(figure)).toThrow(sentence);
  });
});

describe('words', () => {
  it('are wrapped to a width that they keep', () => {
    const rows = wrapText(SAMPLE_XY.note ?? '', 300, 11);
    expect(rows.join(' ')).toBe(SAMPLE_XY.note);
    for (const row of rows) expect(textWidth(row, 11)).toBeLessThanOrEqual(300);
    expect(wrapText('', 100, 12)).toEqual([]);
  });
});
