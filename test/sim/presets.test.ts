/** Every file in fixtures/presets: its numbers have an origin, its machine obeys the laws, its claims hold. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { listPresets, loadPreset } from '../../sim/command/preset-file.ts';
import type { DeviceConfig } from '../../sim/config/device-config.ts';
import { buildCycleSchedule, solveOperatingPoint } from '../../sim/index.ts';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { Machine } from '../../sim/machine/machine.ts';
import { Evaluation } from '../../sim/study/literature/evaluation.ts';
import { measure } from '../../sim/study/literature/measures.ts';
import { operationRecipe } from '../../sim/study/operating-point.ts';
import { runCycle, toCyclicSteadyState } from '../../sim/study/steady-state.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const readYaml = (path: string): unknown => parse(readFileSync(new URL(path, FIXTURES), 'utf8'));
const BIBLIOGRAPHY = Object.keys(readYaml('bibliography.yaml') as object);

type Changes = Readonly<Record<string, string>>;
const load = (key: string, changes: Changes = {}) => loadPreset(key, new Map(Object.entries(changes)));
/** Coarse, and equal cells computed as one: the laws hold at every resolution. */
const quick = (key: string, changes: Changes = {}): DeviceConfig =>
  load(key, { nodes: '20', gap_tolerance: '0', ...changes }).device;

/** Every `source:` anywhere in a file. */
function citedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === 'source' && typeof child === 'string' ? [child] : citedIn(child),
  );
}

/** A machine with the means to run it between its two reservoirs. */
function atOperation(device: DeviceConfig) {
  const { mean_temperature: mean, lift, ambient_temperature: ambient } = device.operation;
  return {
    machine: new Machine(device, device.recipe.frequency, mean),
    schedule: buildCycleSchedule(device, operationRecipe(device)),
    ports: { cold: mean - lift / 2, hot: mean + lift / 2, ambient },
  };
}

const snapshot = (machine: Machine): Float64Array => {
  const state = new Float64Array(machine.stateLength);
  machine.saveState(state);
  return state;
};

const FILES = ['presets', 'alloys'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, FIXTURES))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${folder}/${name}`),
);

it.each(FILES)('%s cites nothing that is not in the bibliography', (file) => {
  for (const source of citedIn(readYaml(file))) expect(BIBLIOGRAPHY).toContain(source);
});

describe.each(listPresets())('%s', (key) => {
  it('is named as its file, and says of every value where it comes from', () => {
    const preset = load(key);
    expect(preset.key).toBe(key);
    expect(BIBLIOGRAPHY).toContain(preset.source);
    for (const [name, entry] of Object.entries(preset.provenance)) {
      const origin = entry.status === 'published' ? entry.source : entry.note;
      expect(origin, `${name} is ${entry.status}`).toBeTruthy();
    }
  });

  it('repeats its cycle, keeps the first law and says nothing of a range left', () => {
    const result = solveOperatingPoint(quick(key));
    expect(result.converged).toBe(true);
    expect(result.energy_residual).toBeLessThan(1e-6);
    expect(result.warnings).toEqual([]);
    expect(result.peak_stress_MPa).toBeLessThan(900);
  });

  it('makes at least the entropy of its alloy, and cools below Carnot', () => {
    const { operation } = quick(key);
    const lift = operation.lift > 0 ? operation.lift / 2 : 2;
    const device = quick(key, { lift: `${lift} K` });
    const { cold, hot, ambient } = atOperation(device).ports;
    const result = solveOperatingPoint(device);
    const { cooling_power_W: cooling, heating_power_W: heating } = result;
    expect(cooling).toBeGreaterThan(0);
    expect(result.cop_device_full_recovery ?? 0).toBeLessThan(cold / lift);
    const lost = result.mechanical_power_W + cooling - heating;
    // enthalpy over the temperature of its reservoir is no less than its entropy, as ln x ≤ x − 1
    const produced = heating / hot - cooling / cold + lost / ambient;
    expect(result.entropy_production_W_per_K).toBeGreaterThanOrEqual(0);
    expect(produced).toBeGreaterThan(result.entropy_production_W_per_K);
  });

  it('stays where the accelerated search left it', () => {
    const device = quick(key);
    const { machine, schedule, ports } = atOperation(device);
    const found = toCyclicSteadyState(machine, schedule, ports);
    const scale = machine.stateScale();
    const start = snapshot(machine);
    for (let cycle = 0; cycle < 5; cycle++) runCycle(machine, schedule, ports);
    const moved = snapshot(machine).map((value, i) => Math.abs(value - start[i]) * scale[i]);
    // both states lie within that error of the exact one; ξ is iterated to 1e-8, some 2e-6 K of latent heat at its ends
    expect(Math.max(...moved)).toBeLessThan(2 * found.extrapolatedError + 2e-6);
  });
});

it.each(['xjtu-roller-2024', 'dtu-plate-2016', 'ljubljana-2022'])(
  '%s marches without acceleration to the same cycle',
  (key) => {
    const { machine, schedule, ports } = atOperation(quick(key));
    const scale = machine.stateScale();
    const perCycle = (): number => {
      const before = snapshot(machine);
      runCycle(machine, schedule, ports);
      return Math.max(...snapshot(machine).map((value, i) => Math.abs(value - before[i]) * scale[i]));
    };
    let cycles = 0;
    while (perCycle() > 1e-9 && cycles < 500) cycles++;
    expect(cycles).toBeLessThan(500);
    const marched = snapshot(machine);
    const other = atOperation(quick(key));
    toCyclicSteadyState(other.machine, schedule, ports);
    const apart = snapshot(other.machine).map((value, i) => Math.abs(value - marched[i]) * scale[i]);
    // the search ends below 1e-6 K; the march, shrinking its change by less than 1 % a cycle at worst, below 1e-7
    expect(Math.max(...apart)).toBeLessThan(2e-6);
  },
);

const CLAIMED = listPresets().flatMap((key) =>
  load(key).targets.flatMap((target) =>
    target.metWithin === undefined ? [] : [[key, target.quantity, target, target.metWithin] as const],
  ),
);

it.each(CLAIMED)('%s meets its published %s as it claims', (preset, _, target, tolerance) => {
  const machine = new Evaluation({ preset, changes: {} }, loadMachine, 0.5);
  const ratio = (measure(machine, target) ?? Number.NaN) / target.value;
  expect(ratio).toBeGreaterThanOrEqual(1 - tolerance);
  if (target.bound === null) expect(ratio).toBeLessThanOrEqual(1 + tolerance);
});
