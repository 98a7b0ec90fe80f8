/** Machines of several banks, trains and blows: what each architecture must do, by conservation and by symmetry. */
import { describe, expect, it } from 'vitest';
import { type OperatingPoint, buildCycleSchedule, solveOperatingPoint } from '../../sim/index.ts';
import { Machine } from '../../sim/machine/machine.ts';
import { operationRecipe } from '../../sim/study/operating-point.ts';
import { runCycle } from '../../sim/study/steady-state.ts';
import { loadPreset } from '../../sim/command/preset-file.ts';

const QUICK = { nodes: '20', gap_tolerance: '0' };

function device(key: string, changes: Readonly<Record<string, string>> = {}) {
  return loadPreset(key, new Map(Object.entries({ ...QUICK, ...changes }))).device;
}
const solve = (key: string, changes?: Readonly<Record<string, string>>): OperatingPoint =>
  solveOperatingPoint(device(key, changes));

const STUDIES = ['opposed-banks', 'single-stage', 'brayton', 'rotary', 'fluid-series'];

describe.each(STUDIES.map((name) => `what-if-${name}`))('%s', (key) => {
  it('closes the first law at every step, storage included, far from steady state', () => {
    const config = device(key);
    const machine = new Machine(config, config.recipe.frequency, config.operation.mean_temperature);
    const schedule = buildCycleSchedule(config, operationRecipe(config));
    const { books } = machine.circuit;
    const ports = { cold: 291.15, hot: 304.15, ambient: 300.15 };
    const balance = () =>
      machine.storedEnergy() - machine.workJ - books.coolingJ + books.heatingJ + machine.lossJ;
    const start = balance();
    for (let k = 0; k < 2; k++) {
      // 1e6 J/m³-scale terms on 32 cm³ and some 1e5 additions of round-off 1e-16: 1e-7 J, of 1000 J moved
      runCycle(machine, schedule, ports, () => expect(Math.abs(balance() - start)).toBeLessThan(1e-6));
    }
  });

  it('goes on from a saved state as if it had not stopped, trains that are loaded included', () => {
    const config = device(key);
    const made = () => new Machine(config, config.recipe.frequency, config.operation.mean_temperature);
    const schedule = buildCycleSchedule(config, operationRecipe(config));
    const ports = { cold: 291.15, hot: 304.15, ambient: 300.15 };
    const stateOf = (machine: Machine) => {
      const state = new Float64Array(machine.stateLength);
      machine.saveState(state);
      return state;
    };
    const [one, other] = [made(), made()];
    for (let k = 0; k < 3; k++) runCycle(one, schedule, ports);
    other.actuator.set(one.actuator);
    other.loadState(stateOf(one));
    const scale = one.stateScale();
    for (const machine of [one, other]) runCycle(machine, schedule, ports);
    const [a, b] = [one, other].map(stateOf);
    const apart = a.map((value, i) => Math.abs(value - b[i]) * scale[i]);
    // the force is closed to 1e-8 of strain; ξ is iterated to 1e-8, some 1e-6 K of latent heat
    expect(Math.max(...apart)).toBeLessThan(2e-6);
  });

  it('reaches a cyclic steady state below Carnot', () => {
    const result = solve(key, { lift: '3 K' });
    expect(result.converged).toBe(true);
    expect(result.energy_residual).toBeLessThan(1e-6);
    expect(result.entropy_production_W_per_K).toBeGreaterThan(0);
    const carnot = (299.15 - 1.5) / 3;
    expect(result.cop_device_full_recovery ?? 0).toBeLessThan(carnot);
  });
});

describe('opposed banks', () => {
  it('do what two single machines do, and need less work at the drive', () => {
    const one = solve('hkust-kilowatt-2025');
    const two = solve('what-if-opposed-banks');
    // half a cycle apart, otherwise alike: both solved to 1e-6 K of 800 W/K
    expect(two.cooling_power_W / one.cooling_power_W).toBeCloseTo(2, 4);
    expect(two.mechanical_power_W / one.mechanical_power_W).toBeCloseTo(2, 4);
    // net work is a lower bound, twice the loading work of one an upper one
    expect(two.loading_power_W).toBeLessThan(0.6 * 2 * one.loading_power_W);
    expect(two.loading_power_W).toBeGreaterThan(two.mechanical_power_W);
  });

  it('gain nothing on drives of their own', () => {
    const config = device('what-if-opposed-banks');
    const apart = solveOperatingPoint({ ...config, layout: { ...config.layout, sharedDrive: false } });
    const one = solve('hkust-kilowatt-2025');
    expect(apart.loading_power_W / one.loading_power_W).toBeCloseTo(2, 4);
  });
});

describe('a rotary drive', () => {
  it('of eight staggered cells cools like one train, with hardly more work than the loops enclose', () => {
    const wheel = solve('what-if-rotary');
    const train = solve('hkust-kilowatt-2025');
    // the same tubes at the same flow a tube; frame and heat loss differ by some tenths of a percent
    expect(wheel.cooling_power_W / train.cooling_power_W).toBeCloseTo(1, 1);
    expect(wheel.loading_power_W / wheel.mechanical_power_W).toBeLessThan(1.3);
    expect(train.loading_power_W / train.mechanical_power_W).toBeGreaterThan(2);
  });
});

describe('a single stage', () => {
  it('cools as well as the regenerator at zero lift, and not at all at 10 K', () => {
    // at zero lift both reservoirs are one
    const [single, regenerator] = [solve('what-if-single-stage'), solve('hkust-kilowatt-2025')];
    expect(single.cooling_power_W / regenerator.cooling_power_W).toBeCloseTo(1, 3);
    expect(solve('what-if-single-stage', { lift: '10 K' }).cooling_power_W).toBeLessThan(0);
    expect(solve('hkust-kilowatt-2025', { lift: '10 K' }).cooling_power_W).toBeGreaterThan(500);
  });
});

describe('a series of banks', () => {
  it('of two halves is one long cell: half the cells of twice the length, the same tubes, flow and strain', () => {
    const halves = solve('what-if-fluid-series', { dead_volume: '0 mL', housing_loss: '0 W/K' });
    // one bank of five cells, twice as long, with the nodes of both halves
    const long = solve('hkust-kilowatt-2025', {
      cells: '5',
      length: '204.6 mm',
      nodes: '40',
      dead_volume: '0 mL',
      housing_loss: '0 W/K',
    });
    expect(halves.sma_mass_g).toBeCloseTo(long.sma_mass_g, 6);
    expect(halves.peak_force_kN / long.peak_force_kN).toBeCloseTo(1, 2);
    // the boundary layer starts anew in the second half: more heat transfer there, never less
    expect(halves.cooling_power_W / long.cooling_power_W).toBeGreaterThan(1);
    expect(halves.cooling_power_W / long.cooling_power_W).toBeLessThan(1.1);
  });
});

describe('a recovery loop', () => {
  it('carries heat from the loaded to the unloaded bank, so that a Brayton machine spans a lift it cannot without', () => {
    const config = device('what-if-brayton', { lift: '8 K' });
    const { layout } = config;
    const blows = layout.blows.filter(({ from }) => from !== null);
    const without = solveOperatingPoint({ ...config, layout: { ...layout, blows } });
    expect(solveOperatingPoint(config).cooling_power_W).toBeGreaterThan(without.cooling_power_W + 200);
  });
});

describe('the pump', () => {
  it('pushes what its curve allows, no more than was asked for', () => {
    const free = solve('hkust-kilowatt-2025');
    const strong = solve('hkust-kilowatt-2025', {
      pump: 'curve',
      pump_shutoff_pressure: '5 bar',
      pump_free_flow: '5 L/s',
    });
    expect(strong.cooling_power_W).toBeCloseTo(free.cooling_power_W, 6);
    const weak = solve('hkust-kilowatt-2025', {
      pump: 'curve',
      pump_shutoff_pressure: '0.2 bar',
      pump_free_flow: '1 L/s',
    });
    expect(weak.utilization).toBeCloseTo(free.utilization, 6);
    expect(weak.pump_power_W).toBeLessThan(0.7 * free.pump_power_W);
    expect(weak.cooling_power_W).toBeLessThan(free.cooling_power_W);
  });
});

describe('a drive that sets the force', () => {
  it('does the same as one that sets the stroke, when it presses as hard', () => {
    const stroke = solve('hkust-kilowatt-2025', { waveform: 'ramp' });
    const force = solve('hkust-kilowatt-2025', {
      waveform: 'ramp',
      control: 'force',
      peak_force: `${stroke.peak_force_kN} kN`,
    });
    expect(force.peak_force_kN).toBeCloseTo(stroke.peak_force_kN, 9);
    expect(force.energy_residual).toBeLessThan(1e-6);
    // along another path to the same ends: the same latent heat, some percent apart
    expect(Math.abs(force.cooling_power_W / stroke.cooling_power_W - 1)).toBeLessThan(0.1);
  });
});
