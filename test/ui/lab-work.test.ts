/** The worker's work without a worker: the machines it offers, its answers, and the cycle it draws. */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CycleTrace,
  type GroupKey,
  PARAMETERS,
  solveOperatingPoint,
  traceCycle,
} from '../../sim/index.ts';
import { workingFluid } from '../../sim/machine/machine.ts';
import { describeMachines, loadMachine } from '../../ui/worker/machines.ts';
import type { Field, Question, Result } from '../../ui/worker/messages.ts';
import { curves } from '../../ui/worker/work.ts';
import { kilowatt } from '../sim/kilowatt.ts';

const ask = (changes: Readonly<Record<string, string>> = {}): Question => ({
  machine: 'hkust-kilowatt-2025',
  changes: new Map(Object.entries(changes)),
});
const answersTo = (question: Question): Result[] => [...curves(question)];

describe('the machines on offer', () => {
  const card = describeMachines().find(({ key }) => key === 'hkust-kilowatt-2025');
  const field = (key: string): Field | undefined => card?.fields.find((own) => own.key === key);

  it('say in the units of people what sim holds in SI', () => {
    expect(card?.claim).toMatch(/not validated/);
    expect(field('operation.mean_temperature')).toMatchObject({
      preset: '26',
      unit: 'degC',
      allowed: [-50, 100],
      prior: [20, 32],
      status: 'assumed',
    });
    expect(field('tube.outer_diameter')).toMatchObject({ preset: '5', unit: 'mm', status: 'fitted' });
    expect(field('recipe.frequency')).toMatchObject({
      status: 'published',
      source: expect.stringMatching(/doi 10/),
    });
  });

  it('tell counts from quantities', () => {
    for (const key of ['cell.cells', 'tube.tubes_per_cell', 'numerics.nodes'])
      expect(field(key), key).toMatchObject({ whole: true });
    for (const key of ['operation.lift', 'recipe.strain', 'drive.work_recovery'])
      expect(field(key), key).toMatchObject({ whole: false });
  });

  it('are what sim itself reads: every value of the page, given back, changes nothing', () => {
    const all = new Map(
      card?.fields.map((own) => [own.key, `${own.preset} ${own.kind === 'number' ? own.unit : ''}`.trim()]),
    );
    const { device } = loadMachine({ machine: 'hkust-kilowatt-2025', changes: all });
    const preset = kilowatt();
    for (const [group, table] of Object.entries(PARAMETERS) as [GroupKey, object][])
      for (const key of Object.keys(table)) {
        const [now, before] = [device, preset].map(
          (of) => (of[group] as Readonly<Record<string, number | string>>)[key],
        );
        // eight digits are shown
        if (typeof now === 'number')
          expect(Math.abs(now - Number(before))).toBeLessThanOrEqual(1e-8 * Math.abs(now));
        else expect(now).toBe(before);
      }
  });
});

describe('the answer to a question', () => {
  // few nodes: what is compared is the way here, not the physics
  const question = ask({ 'operation.lift': '5 K', 'numerics.nodes': '10' });
  let answers: Result[] = [];
  beforeAll(() => {
    answers = answersTo(question);
  });

  it('is the operating point of the command line first', () => {
    const [first] = answers;
    const expected = solveOperatingPoint(kilowatt({ lift: '5 K', nodes: '10' }));
    expect(first.type === 'trace' && first.trace.operating_point).toEqual(expected);
  });

  it('then brings both curves, each point that of its own setup', () => {
    const points = answers.flatMap((answer) => (answer.type === 'point' ? [answer] : []));
    const lifts = points.filter(({ curve }) => curve === 'lift');
    expect(lifts.length).toBeGreaterThan(6);
    expect(points.length - lifts.length).toBeGreaterThan(6);
    for (const { x, point } of lifts) expect(point.temperature_lift_K).toBeCloseTo(x, 9);
    const [{ x, point }] = points.filter(({ curve }) => curve === 'frequency');
    const own = solveOperatingPoint(kilowatt({ lift: '5 K', nodes: '10', 'recipe.frequency': `${x} Hz` }));
    expect(point.cooling_power_W).toBe(own.cooling_power_W);
    // the curve ends where no power is left: the last point but one of the lifts brackets it
    const powers = lifts.toSorted((a, b) => a.x - b.x).map((p) => p.point.cooling_power_W);
    expect(powers.at(-1)).toBeLessThanOrEqual(0);
    expect(powers[0]).toBeGreaterThan(1000);
  });

  it("is sim's own sentence at each field that cannot be used", () => {
    const [refused, ...rest] = answersTo(
      ask({ 'operation.lift': '10 C', 'recipe.frequency': '99 Hz', 'recipe.strain': '0.04' }),
    );
    expect(rest).toEqual([]);
    expect(refused).toEqual({
      type: 'refused',
      refusals: [
        { key: 'operation.lift', sentence: expect.stringMatching(/10 C.*coulomb.*allowed is -20 to 120 K/) },
        { key: 'recipe.frequency', sentence: expect.stringMatching(/99 Hz.*allowed is 0.02 to 20 Hz/) },
      ],
    });
  });

  it('puts a sentence about values that do not fit together at the changed one it is about', () => {
    const [refused] = answersTo(ask({ 'recipe.strain': '0.04', 'recipe.blow_duty': '0.45' }));
    expect(refused).toMatchObject({
      refusals: [{ key: 'recipe.blow_duty', sentence: expect.stringMatching(/does not fit/) }],
    });
    const [other] = answersTo(ask({ 'drive.ramp_share': '0.3' }));
    expect(other).toMatchObject({ refusals: [{ key: 'drive.ramp_share' }] });
  });

  it('says so where there is no such key, no such machine, or the program itself fails', () => {
    expect(answersTo(ask({ 'recipe.colour': 'red' }))[0]).toMatchObject({
      refusals: [{ key: 'recipe.colour', sentence: expect.stringMatching(/not a parameter/) }],
    });
    expect(answersTo({ machine: 'nobody', changes: new Map() })[0]).toMatchObject({
      refusals: [{ key: null, sentence: expect.stringMatching(/known are .*hkust-kilowatt-2025/) }],
    });
    // an insert that has no room in the tube is a RangeError of the geometry, not a UserError
    expect(answersTo(ask({ 'channel.inner_gap': '3 mm' }))[0]).toMatchObject({ type: 'refused' });
  });
});

describe('a traced cycle', () => {
  const device = kilowatt({ lift: '10 K' });
  let trace: CycleTrace;
  beforeAll(() => {
    trace = traceCycle(device);
  });

  it('encloses in its loop the work that the operating point counts', () => {
    const [stress, strain] = [trace.stress_MPa[0], trace.strain_percent[0]];
    let areaJPerM3 = 0;
    for (let i = 0; i < stress.length; i++) {
      const before = (i + stress.length - 1) % stress.length;
      areaJPerM3 += 0.5e6 * (stress[i] + stress[before]) * ((strain[i] - strain[before]) / 100);
    }
    const { sma_mass_g, mechanical_power_W } = trace.operating_point;
    const volumeM3 = sma_mass_g / 1e3 / device.material.density;
    // trapezoids as in the machine, the frame's elastic part cancels over a closed loop; what is left is that the
    // cycle closes to 1e-6 K, some 10 Pa of 600 MPa
    expect(areaJPerM3 * volumeM3 * device.recipe.frequency).toBeCloseTo(mechanical_power_W, 3);
    expect(Math.max(...stress)).toBeCloseTo(trace.operating_point.peak_stress_MPa, 4);
  });

  it('leaves out of the strain what the frame takes of the stroke', () => {
    const { cell, recipe, drive, material } = device;
    const lengthM = cell.cells * cell.length;
    const areaM2 = trace.operating_point.sma_mass_g / 1e3 / material.density / lengthM;
    const loaded = trace.phase.findIndex((phase) => phase > drive.ramp_share - 1e-9);
    const forceN = trace.stress_MPa[0][loaded] * 1e6 * areaM2;
    const frame = forceN / drive.frame_stiffness / lengthM;
    // the force balance is closed to 1e-9 of strain, 1e-7 of a percent
    expect(trace.strain_percent[0][loaded]).toBeCloseTo(100 * (recipe.strain - frame), 6);
  });

  it('brings in and out at the ports the cooling power', () => {
    const { phase } = trace;
    const [hot, cold] = trace.blows.map(({ flow_kg_per_s }) => flow_kg_per_s);
    let cooling = 0;
    const inletC = device.operation.mean_temperature - 273.15 - device.operation.lift / 2;
    for (let i = 0; i < hot.length; i++) {
      const dtS = (phase[i] - (phase[i - 1] ?? 0)) / device.recipe.frequency;
      cooling += hot[i] * dtS * inletC;
      if (cold[i] > 0) cooling -= cold[i] * dtS * trace.cold_outlet_C[i];
      expect(Number.isNaN(trace.cold_outlet_C[i])).toBe(cold[i] === 0);
      expect(Number.isNaN(trace.hot_outlet_C[i])).toBe(hot[i] === 0);
    }
    const powerW = cooling * workingFluid(device).heatCapacity * device.recipe.frequency;
    // the same sum as the machine's, by its mean outlet of each step: round-off and the 1e-6 K of the steady state
    expect(powerW).toBeCloseTo(trace.operating_point.cooling_power_W, 2);
  });

  it('has one profile from the cold to the hot end, warmer after the hot blow', () => {
    const [bank] = trace.banks;
    expect(bank.position[0]).toBeCloseTo(0.5 / 40, 12);
    expect(bank.position.at(-1)).toBeCloseTo(1 - 0.5 / 40, 12);
    const { alloy_after_hot_blow_C: hot, alloy_after_cold_blow_C: cold } = bank;
    // loading warms, unloading cools: at every place the alloy is warmer at the end of the hot blow
    hot.forEach((value, i) => expect(value).toBeGreaterThan(cold[i]));
    expect(hot.at(-1)).toBeGreaterThan(hot[0]);
  });
});
