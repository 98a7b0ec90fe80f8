/** Maps held against their data: colours read back into values, contours against closed forms. */
import { describe, expect, it } from 'vitest';
import { contourLines } from '../../sim/report/contour-lines.ts';
import { mapFigure } from '../../sim/report/map-figure.ts';
import { mapColor } from '../../sim/report/map-palette.ts';
import { SAMPLE_MAP, sampleRoom } from './report-samples.ts';
import { ROUNDING, numbers, rects } from './svg-read.ts';

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
