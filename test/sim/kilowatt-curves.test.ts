/** Curves, bands and cells of the kilowatt machine: optimum, fluids, consistency, what a chapter makes of failures. */
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { bandOf } from '../../sim/report/chapters/band.ts';
import { topOf, valueAt, zeroOf } from '../../sim/report/chapters/kilowatt/landmarks.ts';
import { kilowattChapter } from '../../sim/report/chapters/kilowatt.ts';
import { traceCycle } from '../../sim/study/cycle-trace.ts';
import { bestOperation } from '../../sim/study/kilowatt/best-operation.ts';
import { cellsCycle } from '../../sim/study/kilowatt/cells-cycle.ts';
import { operatingPoints } from '../../sim/study/operating-points.ts';
import type { Study } from '../../sim/study/study.ts';
import type { Changes } from '../../sim/config/parameters/parameter.ts';

const KEY = 'hkust-kilowatt-2025';
const solve = (points: readonly Changes[], changes: Changes = {}) =>
  operatingPoints.run({ machine: { preset: KEY, changes }, points }, loadMachine);
const powers = (points: readonly Changes[], changes: Changes = {}) =>
  solve(points, changes).map((point) => point?.cooling_power_W ?? Number.NaN);

describe('curves', () => {
  it('have their optimum frequency inside, above what the model gives beside it', () => {
    const x = [0.5, 1, 1.5, 1.75, 2, 2.25, 2.5, 3, 4, 6];
    const top = topOf(x, powers(x.map((f) => ({ 'recipe.frequency': f }))));
    expect(top.x).toBeGreaterThan(0.5);
    expect(top.x).toBeLessThan(6);
    const [below, at, above] = powers([-0.3, 0, 0.3].map((d) => ({ 'recipe.frequency': top.x + d })));
    expect(at).toBeGreaterThan(below);
    expect(at).toBeGreaterThan(above);
    // the parabola through points 0.25 Hz apart
    expect(top.y / at).toBeCloseTo(1, 2);
  });

  it('of nanofluid without graphene and of water are the same, whatever the gains', () => {
    const lifts = [0, 10].map((lift) => ({ 'operation.lift': lift }));
    const none = { 'fluid.loading': 0 };
    const gains = { ...none, 'fluid.conductivity_gain': 0.25, 'fluid.viscosity_gain': 0.2 };
    expect(solve(lifts, gains)).toEqual(solve(lifts, none));
  });

  it('have null where the machine cannot run so', () => {
    expect(solve([{ 'recipe.blow_duty': 0.45 }, {}]).map((point) => point === null)).toEqual([true, false]);
  });
});

describe('the cells', () => {
  it('share the stress of the trace, and their mean strain is that of the train', () => {
    const cells = cellsCycle.run({ preset: KEY }, loadMachine);
    const trace = traceCycle(loadMachine({ preset: KEY }).device, { toleranceK: 1e-4 });
    if (cells === null) throw new Error('there is no cycle');
    expect(cells.cells).toHaveLength(10);
    cells.phase.forEach((_, i) => {
      const mean = cells.cells.reduce((sum, cell) => sum + cell.strain_percent[i], 0) / 10;
      // the trace runs one cycle later, 1e-4 K away: 1e-4 K × 8 MPa/K of stress; forces are closed to 1e-8 of strain
      expect(Math.abs(mean - trace.strain_percent[0][i])).toBeLessThan(1e-4);
      expect(Math.abs(cells.stress_MPa[i] - trace.stress_MPa[0][i])).toBeLessThan(1e-2);
    });
  });

  it('are all the same where their gaps are', () => {
    const cells = cellsCycle.run({ preset: KEY, changes: { 'channel.gap_tolerance': 0 } }, loadMachine);
    expect(cells?.cells).toHaveLength(1);
  });
});

describe('landmarks of a curve', () => {
  const x = [0, 1, 3, 4.5];

  it('are exact where the curve is what they assume', () => {
    const top = topOf(
      x,
      x.map((v) => 7 - 2 * (v - 2.2) ** 2),
    );
    expect(top.x).toBeCloseTo(2.2, 12);
    expect(top.y).toBeCloseTo(7, 12);
    expect(
      zeroOf(
        x,
        x.map((v) => 5 - 2 * v),
      ),
    ).toBeCloseTo(2.5, 12);
    expect(
      valueAt(
        x,
        x.map((v) => 5 - 2 * v),
        4,
      ),
    ).toBeCloseTo(-3, 12);
  });

  it('are NaN where there are none', () => {
    expect(zeroOf(x, [4, 3, 2, 1])).toBeNaN();
    expect(topOf(x, [Number.NaN, Number.NaN, Number.NaN, Number.NaN]).x).toBeNaN();
    expect(valueAt(x, [1, 2, 3, 4], 5)).toBeNaN();
  });
});

describe('bands', () => {
  it('follow the weights, and have a gap where no curve has a value', () => {
    const curves = [3, 1, 2].map((value, i) => ({
      value: [value, -value, Number.NaN],
      weight: [1, 1, 2][i],
    }));
    // shares of weight: 1 from 0 to ¼, 2 to ¾, 3 to 1; each at its middle, 5 and 95 % beyond the outer middles
    expect(bandOf(curves)).toEqual({ low: [1, -3, Number.NaN], high: [3, -1, Number.NaN] });
  });
});

describe('the chapter', () => {
  it('stands with a member that cannot run and an architecture search that finds nothing', async () => {
    const members = [
      { changes: { 'fluid.conductivity_gain': 0.1 }, weight: 0.6 },
      { changes: { 'recipe.blow_duty': 0.45 }, weight: 0.4 },
    ];
    const content = await kilowattChapter({
      load: loadMachine,
      members: () => members,
      rows: () => [],
      async run<Input, Output>(study: Study<Input, Output>, inputs: readonly Input[]) {
        if (study.name === bestOperation.name) return inputs.map(() => null as Output);
        return inputs.map((input) => study.run(input, loadMachine));
      },
    });
    const figures = content.blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : []));
    expect(figures.map(({ key }) => key)).toEqual(
      ['frequency', 'lift', 'nanofluid', 'architectures', 'pressure', 'cells', 'energy', 'exergy'].map(
        (name) => `kilowatt-${name}`,
      ),
    );
    for (const { svg } of figures) {
      expect(svg).toMatch(/^<svg [^>]*>[\s\S]*<\/svg>\n$/);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
    // ids are the figures' own, so that they can stand in one page
    const ids = figures.flatMap(({ svg }) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(JSON.stringify(content.blocks)).not.toMatch(/NaN|undefined|Infinity/);
  });
});
