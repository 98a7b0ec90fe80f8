/**
 * One machine made of several devices on several buses: a servo press, pumps, valves, thermocouple modules, a load
 * cell. The stroke itself is timed by the drive; here its set-points are written, its readings gathered and its dead-man
 * kicked. The clock is the host's, so a clock that stands still cannot be seen here: a device that falls silent is.
 */
import type { Clock } from '../../../protocol/byte-port.ts';
import type { RigPlan } from '../../../device/rig-devices.ts';
import { failure, PRIORITY } from '../../../protocol/transaction.ts';
import type { Electronics } from '../electronics.ts';
import { carryOut, drivers, stepsOf, type Devices } from './commands.ts';
import { CycleEstimator } from './cycle-estimator.ts';
import { deadMan } from './dead-man.ts';
import { createJogger } from './jogger.ts';
import type { MachineMap } from './machine-map.ts';
import { createPoll } from './poll.ts';
import { createPresent } from './present.ts';
import { setpoints } from './setpoints.ts';
import { wire, type Wiring } from './wiring.ts';

export interface AssemblyParts {
  readonly clock: Clock;
  readonly map: MachineMap;
  readonly plan: RigPlan;
  /** By the name of the rig file. */
  readonly devices: Devices;
  /** Closes the ports. */
  readonly close: () => void;
}

/** One sentence where the map does not fit the devices. */
export function assembly(parts: AssemblyParts): Electronics | string {
  const wiring = wire(parts.map, parts.plan);
  return typeof wiring === 'string' ? wiring : assembled(parts, wiring);
}

function assembled({ clock, map, plan, devices, close }: AssemblyParts, wiring: Wiring): Electronics {
  const all = [...devices.values()];
  const poll = createPoll(clock, plan, devices, wiring.read);
  const watchdogs = deadMan(all);
  const settings = setpoints(devices);
  const jogger = createJogger(clock, wiring.manual, devices);
  const estimator = new CycleEstimator(map.fluid_heat_capacity_J_per_kg_K);
  const present = createPresent({
    clock,
    map,
    wiring,
    devices,
    poll,
    isArmed: () => watchdogs.isArmed(),
    frequencyHz: () => settings.frequencyHz(),
  });

  return {
    async identify() {
      for (const device of all) {
        const answer = await device.identify();
        if (!answer.ok) return `${device.name}: ${answer.sentence}`;
      }
      return {
        isVirtual: false,
        title: `${all.length} devices: ${all.map(({ name }) => name).join(', ')}`,
      };
    },
    async beat(heartbeat) {
      const askedMs = clock.nowMs();
      const [missing, kicked] = await Promise.all([poll.tick(), watchdogs.kick()]);
      if (missing !== null) return missing;
      const value = present(heartbeat, kicked === null);
      const atMs = clock.nowMs();
      estimator.add(value, atMs);
      return { ok: true, value, atMs, roundTripMs: atMs - askedMs };
    },
    async look() {
      const askedMs = clock.nowMs();
      const missing = await poll.tick();
      if (missing !== null) return missing;
      const atMs = clock.nowMs();
      return { ok: true, value: present(Number.NaN, false), atMs, roundTripMs: atMs - askedMs };
    },
    command: (command) => carryOut(stepsOf(command, map), command, devices),
    async writeLimits(limits) {
      for (const device of all) {
        const answer = await device.runList('onConnect', { priority: PRIORITY.bulk });
        if (!answer.ok) return `${device.name}: ${answer.sentence}`;
      }
      return settings.write(wiring.limits, { ...limits });
    },
    writeStopOrder: ({ pump_overrun_s }) =>
      Promise.resolve(
        pump_overrun_s === 0
          ? null
          : 'stop.pump_overrun_s: the devices of an assembled machine know no overrun; 0 is allowed.',
      ),
    armWatchdog: (timeoutMs) => watchdogs.arm(timeoutMs, drivers(map, devices)),
    disarmWatchdog: () => watchdogs.disarm(),
    async stageRecipe(recipe) {
      const problem = await settings.write(wiring.recipe, { ...recipe });
      if (problem !== null || map.recipe.apply === undefined) return problem;
      const applied = await carryOut(map.recipe.apply, null, devices);
      return applied.ok ? null : `The recipe could not be applied: ${applied.sentence}`;
    },
    jog: (output) => jogger.jog(output),
    recipeMismatch: (recipe) => settings.mismatch(wiring.recipe, { ...recipe }),
    accelerate: () => Promise.resolve('a real machine runs at the pace of the world.'),
    readCycle() {
      const last = estimator.last();
      return Promise.resolve(
        last === null
          ? failure('refused', 'No whole cycle was seen yet.')
          : { ok: true, value: last, atMs: clock.nowMs(), roundTripMs: 0 },
      );
    },
    readWaveform: () => Promise.resolve(null),
    close,
  };
}
