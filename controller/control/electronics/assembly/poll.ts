/**
 * What is read when, as the rig file says: points that are due often together with the heartbeat, which waits for
 * them; the rest beside it, at the lowest priority. A value that is not renewed in time is no value.
 */
import type { Device } from '../../../device/device.ts';
import type { Reading, Readings } from '../../../device/readings.ts';
import type { RigPlan } from '../../../device/rig-devices.ts';
import { everyOf } from '../../../device/time-budget.ts';
import type { Clock } from '../../../protocol/byte-port.ts';
import { PRIORITY, type Failure, type Priority } from '../../../protocol/transaction.ts';
import { byDevice, type Devices } from './commands.ts';

/** What is read at least this often is waited for, ms. */
const AWAITED_MS = 100;
/** A value may be this much older than its rate says before it is none, ms: some lost replies. */
const GRACE_MS = 1000;

interface Round {
  readonly device: Device;
  readonly points: readonly string[];
  /** Every how many ticks. */
  readonly every: number;
  isBusy: boolean;
}

export interface Poll {
  /** Reads what is due; the first failure among what is waited for, or null. */
  tick(): Promise<Failure | null>;
  /** The value of `device.point`; NaN where it is not there, too old or not to be believed. */
  value(point: string): number;
  /** The last readings of a device, for its fault codes. */
  readings(device: Device): Readings;
}

/** `points`: `device.point` of everything that the machine map reads. */
export function createPoll(clock: Clock, plan: RigPlan, devices: Devices, points: readonly string[]): Poll {
  const everyTicks = new Map(points.map((point) => [point, rateOf(plan, point)]));
  const rounds = [...new Set(everyTicks.values())].flatMap((every) =>
    [
      ...byDevice(
        points.filter((point) => everyTicks.get(point) === every),
        devices,
      ),
    ].map(([device, own]): Round => ({ device, points: own, every, isBusy: false })),
  );
  const kept = new Map<string, Reading>();
  let ticks = 0;

  async function read(round: Round, priority: Priority): Promise<Failure | null> {
    round.isBusy = true;
    const answer = await round.device.read(round.points, { priority });
    round.isBusy = false;
    if (!answer.ok) return answer;
    for (const [point, reading] of Object.entries(answer.value))
      kept.set(`${round.device.name}.${point}`, reading);
    return null;
  }

  return {
    async tick() {
      // All at first; then those of one rate take turns, so that no tick has them all.
      const due = rounds.filter(
        ({ every, isBusy }, turn) => (ticks === 0 || (ticks + turn) % every === 0) && !isBusy,
      );
      ticks++;
      const isAwaited = ({ every }: Round): boolean => every * plan.periodMs <= AWAITED_MS;
      for (const round of due) if (!isAwaited(round)) void read(round, PRIORITY.bulk);
      const failures = await Promise.all(due.filter(isAwaited).map((round) => read(round, PRIORITY.status)));
      return failures.find((failure) => failure !== null) ?? null;
    },
    value(point) {
      const reading = kept.get(point);
      if (reading === undefined || reading.quality !== 'good') return Number.NaN;
      const mostMs = GRACE_MS + (everyTicks.get(point) ?? 1) * plan.periodMs;
      return clock.nowMs() - reading.atMs <= mostMs ? reading.value : Number.NaN;
    },
    readings: (device) =>
      Object.fromEntries(
        [...kept]
          .filter(([name]) => name.startsWith(`${device.name}.`))
          .map(([name, reading]) => [name.slice(device.name.length + 1), reading]),
      ),
  };
}

/** Every how many ticks; `wire` refuses a point without a rate. */
function rateOf({ buses, slowEvery }: RigPlan, point: string): number {
  const [device = '', name = ''] = point.split('.');
  const poll = buses.flatMap((bus) => bus.devices).find((one) => one.name === device)?.poll[name];
  return poll === undefined ? 1 : (everyOf(poll, slowEvery) ?? 1);
}
