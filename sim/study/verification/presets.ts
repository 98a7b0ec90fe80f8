/**
 * Conservation and the second law for the machine of every preset, in cyclic steady state at its own recipe. Work is
 * measured here, as ∮ F du of the trains; heat is what crosses the ports (enthalpy of what enters and leaves); time and
 * mass are counted while the cycle runs.
 */
import type { DeviceConfig, Preset } from '../../config/device-config.ts';
import { buildCycleSchedule } from '../../cycle-schedule.ts';
import { Machine } from '../../machine/machine.ts';
import { operationRecipe, solveOperatingPoint } from '../operating-point.ts';
import { runCycle, toCyclicSteadyState } from '../steady-state.ts';
import { type Check, atLeast, atMost, near, once } from './case.ts';

/** K */
const HIGHEST_LIFT = 10;

export function presetChecks({ key, device }: Preset): Check[] {
  const cycle = once(() => observeCycle(device));
  const check = (name: string, reason: string, measure: Check['measure']): Check => ({
    subject: 'presets',
    name: `${key}: ${name}`,
    reason,
    measure,
  });
  const balances = [
    check(
      'energy of every step of the first two cycles, storage included / work put in',
      'round-off of some 1e5 additions on stores a hundred times what is put in',
      () => near(largestImbalance(device), 0, 1e-9),
    ),
    check(
      'first law of a cycle, (W + Q_c − Q_h − loss) / largest',
      'storage is left out: steady within 1e-7 K times some 100 J/K, of some 100 J moved; the rest is round-off',
      () => near(cycle().residual, 0, 1e-6),
    ),
    check(
      'entropy gained by reservoirs and ambient, at least that of the transformation, J/K',
      'Q_h/T_h − Q_c/T_c + loss/T_ambient of a cycle; exchange and mixing of heat only add to it',
      () => atLeast(cycle().entropyGained, cycle().entropyProduced),
    ),
  ];
  const others = [
    check(
      'time of a cycle as run, s',
      'round-off of some hundred additions: a step that is skipped or done twice shows',
      () => near(cycle().timeS, 1 / device.recipe.frequency, 1e-12),
    ),
    check(
      'fluid that all blows move in a cycle as run, kg',
      'trapezoids, taken at the middle of steps that end on every corner of theirs: exact to round-off',
      () => near(cycle().blownKg, blownInClosedForm(device), 1e-9),
    ),
    check('least entropy that the transformation produces in a step, J/K', 'second law of the alloy', () =>
      atLeast(cycle().leastProduced, 0),
    ),
    check(
      `COP with all work recovered / Carnot, at ${HIGHEST_LIFT} K lift or half of what the machine can do`,
      'second law: nothing between two reservoirs does better',
      () => atMost(shareOfCarnot(device), 1),
    ),
  ];
  // a law as published may not keep the first law, and says so
  const { banks } = new Machine(device, device.recipe.frequency, device.operation.mean_temperature);
  return banks.every(({ law }) => law.conservesEnergy) ? [...balances, ...others] : others;
}

/** Parts that every look at a machine starts from. */
function made(device: DeviceConfig) {
  const { mean_temperature, lift, ambient_temperature } = device.operation;
  return {
    machine: new Machine(device, device.recipe.frequency, mean_temperature),
    schedule: buildCycleSchedule(device, operationRecipe(device)),
    ports: {
      cold: mean_temperature - lift / 2,
      hot: mean_temperature + lift / 2,
      ambient: ambient_temperature,
    },
  };
}

/** From rest on, far from steady state: what steady state cannot show, as all stores return there. */
function largestImbalance(device: DeviceConfig): number {
  const { machine, schedule, ports } = made(device);
  const { books } = machine.circuit;
  const balance = () =>
    machine.storedEnergy() - machine.workJ - books.coolingJ + books.heatingJ + machine.lossJ;
  const start = balance();
  let largest = 0;
  for (let k = 0; k < 2; k++)
    runCycle(machine, schedule, ports, () => {
      largest = Math.max(largest, Math.abs(balance() - start));
    });
  return largest / machine.loadingWorkJ;
}

/** One cycle of the machine in steady state, J, J/K, s, kg. */
function observeCycle(device: DeviceConfig) {
  const { machine, schedule, ports } = made(device);
  toCyclicSteadyState(machine, schedule, ports, { toleranceK: 1e-7 });

  const { trains, circuit } = machine;
  const { books } = circuit;
  const start = { ...books, loss: machine.lossJ, produced: machine.entropyProduced() };
  const last = trains.map(({ force, shortening }) => ({ force, shortening }));
  let [work, timeS, blownKg, produced] = [0, 0, 0, start.produced];
  let leastProduced = Number.POSITIVE_INFINITY;
  runCycle(machine, schedule, ports, (i) => {
    for (const [k, { force, shortening }] of trains.entries()) {
      work += 0.5 * (last[k].force + force) * (shortening - last[k].shortening);
      last[k] = { force, shortening };
    }
    timeS += schedule.dtS[i];
    for (const flow of circuit.flowKgPerS) blownKg += flow * schedule.dtS[i];
    leastProduced = Math.min(leastProduced, machine.entropyProduced() - produced);
    produced = machine.entropyProduced();
  });
  const cooling = books.coolingJ - start.coolingJ;
  const heating = books.heatingJ - start.heatingJ;
  const loss = machine.lossJ - start.loss;
  return {
    residual: (work + cooling - heating - loss) / Math.max(work, Math.abs(cooling), Math.abs(heating)),
    timeS,
    blownKg,
    leastProduced,
    entropyProduced: produced - start.produced,
    entropyGained: heating / ports.hot - cooling / ports.cold + loss / ports.ambient,
  };
}

/** Flow times the time a blow lasts, less one flank of its valve. */
function blownInClosedForm({ layout, recipe, circuit }: DeviceConfig): number {
  return layout.blows.reduce((sum, blow) => {
    const lasts = (blow.lasts ?? recipe.blow_duty) / recipe.frequency;
    const flank = Math.min(circuit.valve_switch_time, lasts / 2);
    return sum + recipe.blow_flow * blow.flow * (lasts - flank);
  }, 0);
}

/** 0 where the machine does not cool even without a lift. */
function shareOfCarnot(device: DeviceConfig): number {
  const at = (lift: number) => {
    const point = solveOperatingPoint({ ...device, operation: { ...device.operation, lift } });
    const carnot = (device.operation.mean_temperature - lift / 2) / lift;
    return { cooling: point.cooling_power_W, share: (point.cop_device_full_recovery ?? 0) / carnot };
  };
  if (at(2 * HIGHEST_LIFT).cooling > 0) return at(HIGHEST_LIFT).share;
  // about where the power ends; half of it is well inside
  let [low, high] = [0, 2 * HIGHEST_LIFT];
  for (let k = 0; k < 3; k++) {
    const middle = (low + high) / 2;
    if (at(middle).cooling > 0) low = middle;
    else high = middle;
  }
  return Math.max(0, at(high / 2).share);
}
