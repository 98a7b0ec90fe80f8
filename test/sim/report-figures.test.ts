/** Figures held against their data: what is drawn is read back out of the SVG and must give the numbers that went in. */
import { describe, expect, it } from 'vitest';
import { barFigure } from '../../sim/report/bar-figure.ts';
import { mapFigure } from '../../sim/report/map-figure.ts';
import { sankeyFigure } from '../../sim/report/sankey-figure.ts';
import { textWidth, wrapText } from '../../sim/report/svg.ts';
import { xyFigure } from '../../sim/report/xy-figure.ts';
import { SAMPLE_BARS, SAMPLE_MAP, SAMPLE_SANKEY, SAMPLE_STACK, SAMPLE_XY } from './report-samples.ts';
import { ROUNDING, numbers, rects } from './svg-read.ts';

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
