/** The present of the machine, put together from the last readings of its devices. */
import type { Clock } from '../../../protocol/byte-port.ts';
import { DRIVE_STATE, FAULT_BITS, WATCHDOG_STATE } from '../../../protocol/register-map.ts';
import type { Status } from '../../line/readings.ts';
import type { Devices } from './commands.ts';
import type { Condition, MachineMap } from './machine-map.ts';
import type { Poll } from './poll.ts';
import type { Wiring } from './wiring.ts';

/** Readings that a machine may lack. */
const SCALARS = [
  'phase',
  'force_kN',
  'stress_MPa',
  'stroke_mm',
  'flow_kg_per_s',
  'pressure_bar',
  'cold_inlet_C',
  'hot_inlet_C',
  'cold_outlet_C',
  'hot_outlet_C',
  'room_C',
  'outdoor_C',
] as const;

export interface PresentParts {
  readonly clock: Clock;
  readonly map: MachineMap;
  readonly wiring: Wiring;
  readonly devices: Devices;
  readonly poll: Poll;
  readonly isArmed: () => boolean;
  /** Of the recipe that was written last. */
  readonly frequencyHz: () => number;
}

/** Gives the status that answers a heartbeat; `isKicked`: every watchdog took it. */
export function createPresent(parts: PresentParts): (heartbeat: number, isKicked: boolean) => Status {
  const { clock, map, wiring, devices, poll } = parts;
  const absent = SCALARS.filter((name) => wiring.readings[name] === undefined);
  const openedMs = clock.nowMs();
  const cycles = createCycleCount();

  const holds = ({ point, is, above, below }: Condition): boolean => {
    const value = poll.value(point);
    if (is !== undefined) return value === is;
    return above === undefined ? value < (below ?? Number.NaN) : value > above;
  };

  function driveState(): number {
    if (holds(map.state.tripped)) return DRIVE_STATE.tripped;
    if (holds(map.state.running)) return DRIVE_STATE.running;
    return holds(map.state.enabled) ? DRIVE_STATE.enabled : DRIVE_STATE.disabled;
  }

  function faultWord(): number {
    return Object.entries(map.faults).reduce((word, [name, condition]) => {
      const bit = FAULT_BITS[name as keyof typeof FAULT_BITS];
      return condition !== undefined && holds(condition) ? word | (1 << bit) : word;
    }, 0);
  }

  function status(heartbeat: number, isKicked: boolean): Status {
    const drive = driveState();
    const cycle = map.cycle_number === undefined ? null : poll.value(map.cycle_number);
    const read = Object.fromEntries(
      SCALARS.map((name) => {
        const from = wiring.readings[name];
        return [name, from === undefined ? Number.NaN : from.scale * poll.value(from.point) + from.offset];
      }),
    ) as Record<(typeof SCALARS)[number], number>;
    return {
      ...read,
      cell_C: wiring.cells.map(({ point, scale, offset }) => scale * poll.value(point) + offset),
      device_clock_ms: Math.round(clock.nowMs() - openedMs),
      drive_state: drive,
      fault_word: faultWord(),
      watchdog_state: parts.isArmed() ? WATCHDOG_STATE.armed : WATCHDOG_STATE.disarmed,
      heartbeat_echo: isKicked ? heartbeat : Number.NaN,
      acceleration: 1,
      cycle_number: cycle ?? cycles.count(drive === DRIVE_STATE.running, parts.frequencyHz(), clock.nowMs()),
      absent,
      device_faults: [...devices.values()].flatMap((device) =>
        device.faults(poll.readings(device)).map((fault) => `${device.name}: ${fault}`),
      ),
    };
  }

  return status;
}

/** Cycles of a machine that does not count them: its frequency while it runs. */
function createCycleCount() {
  let cycles = 0;
  let lastMs: number | null = null;
  return {
    count(isRunning: boolean, frequencyHz: number, nowMs: number): number {
      if (isRunning && lastMs !== null) cycles += (frequencyHz * (nowMs - lastMs)) / 1000;
      lastMs = nowMs;
      return Math.floor(cycles);
    },
  };
}
