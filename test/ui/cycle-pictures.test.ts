/** What is drawn in the view of the cycle, before it is drawn. */
import { describe, expect, it } from 'vitest';
import { accountOf } from '../../ui/cycle/account.ts';
import { layOut, ribbon } from '../../ui/cycle/account-graph.ts';
import { compareCells } from '../../ui/cycle/cell-compare.ts';
import { FIELDS } from '../../ui/cycle/fields.ts';
import { FIELD_SCALE, fieldColour } from '../../ui/cycle/field-scale.ts';
import { fold } from '../../ui/cycle/fold.ts';
import { heatAlong } from '../../ui/cycle/heat-along.ts';

describe('the fold', () => {
  it('has mean and spread of each bin, and leaves out what is absent', () => {
    // cycle c shows c + bin; cycle 4 shows nothing
    const folded = fold(5, 3, (cycle, bin) => (cycle === 4 ? Number.NaN : cycle + bin));
    expect([...folded.mean]).toEqual([1.5, 2.5, 3.5]);
    expect(folded.low[0]).toBeCloseTo(0.3, 9);
    expect(folded.high[2]).toBeCloseTo(4.7, 9);
    expect(fold(0, 2, () => 1).mean.every(Number.isNaN)).toBe(true);
  });
});

describe('the heat along a loop of temperature and entropy', () => {
  it('is that of Carnot on a rectangle: T ds at either temperature, and the area between them', () => {
    // 10 J/(kg K) taken up at 290 K and given off at 310 K
    const corners = [
      [290, 0],
      [290, 10],
      [310, 10],
      [310, 0],
    ];
    const { up, down } = heatAlong(
      4,
      (i) => corners[i][0],
      (i) => corners[i][1],
    );
    expect([up, down, down - up]).toEqual([2900, 3100, 200]);
  });
});

describe('ten cells against their median', () => {
  const swinging = (cell: number, bin: number) => 25 + 0.02 * cell + 10 * Math.sin((2 * Math.PI * bin) / 128);

  it('are alike where they differ by what their row in the train explains', () => {
    const { cells, mean_C, swing_K } = compareCells(10, 128, swinging);
    expect(cells.some(({ mean, swing }) => mean.isApart || swing.isApart)).toBe(false);
    expect(mean_C).toBeCloseTo(25.09, 6);
    expect(swing_K).toBeCloseTo(20, 6);
    expect(cells[9].apart[5]).toBeCloseTo(0.09, 5);
  });

  it('one that swings less and one that says nothing are found, and spoil nothing else', () => {
    const { cells } = compareCells(10, 128, (cell, bin) => {
      if (cell === 2) return Number.NaN;
      return cell === 8 ? 25 + 0.5 * (swinging(cell, bin) - 25) : swinging(cell, bin);
    });
    expect(cells.map(({ swing }) => swing.isApart)).toEqual(cells.map((_, i) => i === 8));
    expect(cells[8].swing.by).toBeCloseTo(-10, 1);
    expect(cells[2].mean.by).toBeNaN();
    expect(cells.some(({ mean }, i) => i !== 2 && Number.isNaN(mean.by))).toBe(false);
  });
});

describe('the ribbons of an account', () => {
  const powers = {
    cooling_W: 800,
    heating_W: 1270,
    loading_W: 1240,
    net_work_W: 480,
    loss_W: 8,
    stored_W: 2,
  };
  const account = accountOf(powers);
  if (account === null) throw new Error('all powers are given');

  it('enter and leave every node with the same power, and are as high as it is large', () => {
    const { nodes, links } = layOut(account, 600, 270);
    const [train, cells] = ['train', 'cells'].map((name) => nodes.find((node) => node.name === name));
    if (train === undefined || cells === undefined) throw new Error('there is neither train nor cells');
    for (const node of [train, cells]) {
      const into = links.filter(({ x1 }) => x1 === node.x0).reduce((sum, { watts }) => sum + watts, 0);
      const from = links.filter(({ x0 }) => x0 === node.x1).reduce((sum, { watts }) => sum + watts, 0);
      expect(into).toBeCloseTo(node.watts, 9);
      expect(from).toBeCloseTo(node.watts, 9);
    }
    const perWatt = links[0].height / links[0].watts;
    for (const { height, watts } of links) expect(height).toBeCloseTo(perWatt * watts, 9);
    for (const { x0, x1, y0, y1 } of nodes) {
      expect(Math.min(x0, y0)).toBeGreaterThanOrEqual(0);
      expect(x1).toBeLessThanOrEqual(600);
      expect(y1).toBeLessThanOrEqual(270);
    }
    expect(ribbon(links[0])).toMatch(/^M[\d. ]+C[\d. ]+V[\d.]+C[\d. ]+Z$/);
  });

  it('need no train where a machine gives back more than it takes', () => {
    const turned = accountOf({ ...powers, net_work_W: -50 });
    if (turned === null) throw new Error('all powers are given');
    expect(layOut(turned, 600, 270).nodes.some(({ name }) => name === 'train')).toBe(false);
  });
});

describe('the colours of a map', () => {
  it('hold at both ends of the scale, and absent values have none', () => {
    for (const field of FIELDS) {
      const { low, high } = FIELD_SCALE[field];
      for (const theme of ['light', 'dark'] as const) {
        expect(fieldColour(field, theme, low - 100)).toBe(fieldColour(field, theme, low));
        expect(fieldColour(field, theme, high + 100)).toBe(fieldColour(field, theme, high));
        expect(fieldColour(field, theme, high)).not.toBe(fieldColour(field, theme, low));
        expect(fieldColour(field, theme, Number.NaN)).toBe('transparent');
      }
    }
  });
});
