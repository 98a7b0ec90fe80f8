/** The studies behind the chapters of the systems: conservation, closed forms, and what they say of presets. */
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { solveOperatingPoint } from '../../sim/index.ts';
import { superelasticParameters } from '../../sim/machine/geometry.ts';
import { workingWindow } from '../../sim/study/literature/window.ts';
import { STUDIES } from '../../sim/study/studies.ts';
import { alongTheBanks } from '../../sim/study/systems/along-the-banks.ts';
import { chamber } from '../../sim/study/systems/chamber.ts';
import { loopWork } from '../../sim/study/systems/loop-work.ts';
import { plateRates } from '../../sim/study/systems/plate-rates.ts';
import { powerOverLift } from '../../sim/study/systems/power-over-lift.ts';
import { copAt, recoveredWork } from '../../sim/study/systems/recovered-work.ts';

const device = (preset: string, changes = {}) => loadMachine({ preset, changes }).device;

it('every study can be asked of a worker, and answers in JSON', () => {
  const machine = { preset: 'ljubljana-2022' };
  const answers = [
    powerOverLift.run({ machine, lifts_K: [0, 10], guess_K: 20 }, loadMachine),
    alongTheBanks.run(machine, loadMachine),
    loopWork.run(machine, loadMachine),
    recoveredWork.run(machine, loadMachine),
  ];
  for (const answer of answers) expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  for (const { name } of [powerOverLift, alongTheBanks, loopWork, recoveredWork, plateRates, chamber])
    expect(STUDIES.has(name)).toBe(true);
});

describe('powerOverLift', () => {
  it('gives what each lift gives alone, and the lift at which it ends', () => {
    const machine = { preset: 'ljubljana-2022', changes: { 'recipe.blow_flow': 0.008 } };
    const curve = powerOverLift.run({ machine, lifts_K: [0, 12, 24], guess_K: 20 }, loadMachine);
    if (curve === null) throw new Error('there is a curve');
    for (const [k, lift] of [0, 12, 24].entries()) {
      const alone = solveOperatingPoint(
        device('ljubljana-2022', { ...machine.changes, 'operation.lift': lift }),
      );
      // periodic within 1e-3 K of some 30 W/K that flow
      expect(Math.abs((curve.points[k]?.cooling_power_W ?? 0) - alone.cooling_power_W)).toBeLessThan(0.05);
      expect(curve.points[k]?.heating_power_W).toBeCloseTo(alone.heating_power_W, 0);
    }
    // the power is straight in the lift, so a line through two of its points ends where it does
    const [first, , last] = curve.points.map((point) => point?.cooling_power_W ?? 0);
    expect(Math.abs((curve.span_K ?? 0) - (24 * first) / (first - last))).toBeLessThan(0.3);
  });
});

describe('alongTheBanks', () => {
  const along = alongTheBanks.run({ preset: 'hkust-cascade-2024' }, loadMachine);

  it('shows three alloys that each transform in full inside their windows at 75 K', () => {
    expect(along.banks.map(({ name }) => name)).toEqual(['cold-alloy', 'middle-alloy', 'warm-alloy']);
    for (const { fraction, alloy_C, fluid_C } of along.banks) {
      expect(Math.max(...fraction.low)).toBeLessThan(1e-6);
      expect(Math.min(...fraction.high)).toBeGreaterThan(1 - 1e-6);
      for (const [i, low] of alloy_C.low.entries()) {
        // the alloy drives the fluid, never the other way round
        expect(low).toBeLessThan(fluid_C.low[i]);
        expect(alloy_C.high[i]).toBeGreaterThan(fluid_C.high[i]);
      }
    }
  });

  it('gives the windows at the peak stress, 25 K apart as the alloys are', () => {
    const { material } = device('hkust-cascade-2024').layout.banks[0];
    const window = workingWindow(material, along.peak_stress_MPa);
    const [cold, middle, warm] = along.banks;
    expect(cold.window_low_C).toBeCloseTo(window.low_C, 9);
    expect(cold.window_high_C).toBeCloseTo(window.high_C, 9);
    expect(middle.window_low_C - cold.window_low_C).toBeCloseTo(25, 9);
    expect(warm.window_high_C - middle.window_high_C).toBeCloseTo(25, 9);
  });

  it('leaves austenite at the warm end where the middle alloy stands in all tubes', () => {
    const changes = {
      'cold-alloy.material.equilibrium_temperature': 263.15,
      'warm-alloy.material.equilibrium_temperature': 263.15,
    };
    const single = alongTheBanks.run({ preset: 'hkust-cascade-2024', changes }, loadMachine);
    expect(Math.min(...single.banks[2].fraction.high)).toBeLessThan(0.7);
    expect(single.peak_stress_MPa).toBeGreaterThan(along.peak_stress_MPa);
  });
});

describe('loopWork', () => {
  it('books the hysteresis of a full loop where the alloy transforms in full', () => {
    const work = loopWork.run({ preset: 'hkust-freezer-2026' }, loadMachine);
    const { material } = device('hkust-freezer-2026').layout.banks[0];
    // 2Y a volume over ρ, J/g
    expect(work?.hysteresis_J_per_g).toBeCloseTo(material.hysteresis_energy / material.density / 1e3, 6);
  });

  it('leaves a rest that is paid without hysteresis too', () => {
    const changes = { 'operation.lift': 0 };
    const usual = loopWork.run({ preset: 'ljubljana-2022', changes }, loadMachine);
    const none = loopWork.run(
      { preset: 'ljubljana-2022', changes: { ...changes, 'material.hysteresis_energy': 0 } },
      loadMachine,
    );
    if (usual === null || none === null) throw new Error('both run');
    expect(none.hysteresis_J_per_g).toBe(0);
    expect(none.loop_J_per_g).toBeGreaterThan(0);
    // what is dissipated warms the alloy, so that the rest changes with it, but little
    const rest = usual.loop_J_per_g - usual.hysteresis_J_per_g;
    expect(Math.abs(rest / none.loop_J_per_g - 1)).toBeLessThan(0.15);
  });

  it('is the loop work of the operating point', () => {
    const point = solveOperatingPoint(device('ljubljana-2022'));
    const work = loopWork.run({ preset: 'ljubljana-2022' }, loadMachine);
    expect((work?.cooling_J_per_g ?? 0) / (work?.loop_J_per_g ?? 1)).toBeCloseTo(point.cop_material ?? 0, 3);
  });
});

describe('recoveredWork', () => {
  const work = recoveredWork.run({ preset: 'xjtu-roller-2024' }, loadMachine);
  if (work === null) throw new Error('the preset runs');

  it('gives the COPs of the operating point at its ends, and at the recovery of the preset', () => {
    const point = solveOperatingPoint(device('xjtu-roller-2024'));
    expect(copAt(work, 0)).toBeCloseTo(point.cop_device_no_recovery ?? 0, 3);
    expect(copAt(work, 1)).toBeCloseTo(point.cop_device_full_recovery ?? 0, 3);
    expect(copAt(work, 0.78)).toBeCloseTo(point.cop_device ?? 0, 3);
  });

  it('draws a loop whose area is the loop work', () => {
    const { strain_percent: strain, stress_MPa: stress } = work;
    let area = 0;
    for (let k = 0; k < strain.length; k++) {
      const before = (k + strain.length - 1) % strain.length;
      area += 0.5 * (stress[k] + stress[before]) * 1e6 * ((strain[k] - strain[before]) / 100);
    }
    const { recipe, layout } = device('xjtu-roller-2024');
    const { cell, plate } = layout.banks[0];
    const volume =
      cell.length * plate.plate_width * plate.plate_thickness * plate.plates_per_cell * cell.cells;
    // the frame gives back all that it takes
    expect((area * volume * recipe.frequency) / work.mechanical_power_W).toBeCloseTo(1, 3);
  });
});

it('plateRates tests the alloy of the preset', () => {
  const report = plateRates.run({ machine: { preset: 'dtu-plate-2016' }, laws: ['smooth'] }, loadMachine);
  const own = superelasticParameters(device('dtu-plate-2016').layout.banks[0]);
  // the preset is fitted, to four and three digits, so the fit finds it again
  expect((report.fitted.entropy_change_MJ_per_m3_K * 1e6) / own.entropyChange).toBeCloseTo(1, 3);
  expect((report.fitted.hysteresis_energy_MJ_per_m3 * 1e6) / (2 * own.dissipation)).toBeCloseTo(1, 2);
});

it('studies are null where a machine cannot be run', () => {
  // strokes and blows do not fit into the period
  const machine = { preset: 'ljubljana-2022', changes: { 'recipe.blow_duty': 0.5 } };
  expect(powerOverLift.run({ machine, lifts_K: [0], guess_K: 20 }, loadMachine)).toBeNull();
  expect(recoveredWork.run(machine, loadMachine)).toBeNull();
  expect(chamber.run({ machine, duration_s: 60 }, loadMachine)).toBeNull();
});
