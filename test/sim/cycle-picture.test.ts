/** The picture of a cycle against what the engine counts by other ways. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { type CyclePicture, PictureTaker } from '../../sim/study/cycle-picture.ts';
import { counters, runToSteadyState } from '../../sim/study/operating-point.ts';
import { runCycle } from '../../sim/study/steady-state.ts';

const SIZE = { bins: 64, positions: 16 };

function take(changes: Record<string, string>, cell = 3) {
  const { device } = loadPreset('hkust-kilowatt-2025', new Map(Object.entries(changes)));
  const run = runToSteadyState(device, { toleranceK: 1e-6 });
  const taker = new PictureTaker(run.machine, cell, SIZE);
  const before = counters(run.machine);
  runCycle(run.machine, run.schedule, run.ports, (step) => taker.look(run.schedule.phaseEnd[step]));
  const after = counters(run.machine);
  const work_J = after.work - before.work;
  return { picture: taker.picture(), work_J, run };
}

/** By which ∮ T ds misses what work and dissipation make it, as a share of the work. */
const missed = ({ picture, work_J }: ReturnType<typeof take>): number =>
  (picture.tds_J - (picture.dissipated_J - work_J)) / work_J;

describe('the picture of a cycle of the kilowatt machine', () => {
  let taken: ReturnType<typeof take>;
  let picture: CyclePicture;
  beforeAll(() => {
    taken = take({});
    ({ picture } = taken);
  });

  it('closes: the area in temperature and entropy is the dissipation less the net work', () => {
    const finer = take({ ramp_steps: '48', blow_steps: '96' });
    console.log(`  ∮ T ds off by ${missed(taken)} of the net work, with finer steps by ${missed(finer)}`);
    expect(picture.dissipated_J).toBeGreaterThan(0);
    expect(picture.dissipated_J).toBeLessThan(taken.work_J);
    expect(Math.abs(missed(taken))).toBeLessThan(0.01);
    expect(Math.abs(missed(finer))).toBeLessThan(Math.abs(missed(taken)));
  });

  it('strains all cells of a train by one stroke, and shows the one it was asked for', () => {
    const { trains } = taken.run.machine;
    expect(picture.cells).toHaveLength(10);
    expect(picture.cell).toBe(3);
    // the train's strain at the start of the cycle is the mean of its equally long cells
    const mean = picture.cells.reduce((sum, cell) => sum + cell.strain_percent[0], 0) / 10;
    expect(mean).toBeCloseTo(100 * trains[0].strain, 3);
    expect(picture.stress_MPa).toHaveLength(SIZE.bins);
    const alongMean = picture.profile.reduce((sum, { alloy_C }) => sum + alloy_C[20], 0) / SIZE.positions;
    expect(alongMean).toBeCloseTo(picture.cells[3].alloy_C[20], 3);
  });

  it('has the signs of a cooler: martensite while it gives off entropy hot, austenite while it takes it up cold', () => {
    const { flow_kg_per_s, cells } = picture;
    const hotBlow = flow_kg_per_s.findIndex((flow) => flow > 0);
    const hotEnd = flow_kg_per_s.findLastIndex((flow) => flow > 0);
    const coldBlow = flow_kg_per_s.findIndex((flow) => flow < 0);
    const coldEnd = flow_kg_per_s.findLastIndex((flow) => flow < 0);
    expect(hotBlow).toBeLessThan(coldBlow);
    for (const { alloy_C, entropy_J_per_kgK, fraction } of cells) {
      expect(alloy_C[hotBlow]).toBeGreaterThan(alloy_C[coldBlow] + 5);
      expect(entropy_J_per_kgK[hotEnd]).toBeLessThan(entropy_J_per_kgK[hotBlow]);
      expect(entropy_J_per_kgK[coldEnd]).toBeGreaterThan(entropy_J_per_kgK[coldBlow]);
      expect(fraction[hotBlow]).toBeGreaterThan(fraction[coldBlow]);
    }
  });
});
