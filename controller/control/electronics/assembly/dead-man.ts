/** The watchdogs of several devices as one: armed together, kicked every tick, looked at now and then. */
import type { Device, DeviceWatchdog } from '../../../device/device.ts';
import type { Failure } from '../../../protocol/transaction.ts';

/** Every so many kicks each device is asked whether its watchdog is armed. */
const VERIFY_EVERY = 25;

export interface DeadMan {
  /** `drivers` are the devices that move something; a sentence names those that have no watchdog. */
  arm(timeoutMs: number, drivers: readonly Device[]): Promise<string | null>;
  /** A profile knows no disarming; what is at rest may trip. */
  disarm(): Promise<string | null>;
  /** The first failure, or null. */
  kick(): Promise<Failure | null>;
  /** All are armed, and said so when last asked. */
  isArmed(): boolean;
}

export function deadMan(devices: readonly Device[]): DeadMan {
  const guarded = devices.flatMap(({ name, watchdog }) => (watchdog === null ? [] : [{ name, watchdog }]));
  let isArmed = false;
  let kicks = 0;
  /** What all were armed with last, ms. */
  let armedMs: number | null = null;

  async function verify(): Promise<void> {
    const answers = await Promise.all(guarded.map(({ watchdog }) => watchdog.verify()));
    isArmed = answers.every((answer) => answer.ok && answer.value);
  }

  const holds = async (watchdog: DeviceWatchdog): Promise<boolean> => {
    const answer = await watchdog.verify();
    return answer.ok && answer.value;
  };

  return {
    async arm(timeoutMs, drivers) {
      const slow: string[] = [];
      for (const { name, watchdog } of guarded) {
        const [leastMs] = watchdog.range_ms;
        // Some keep their settings in memory that wears out: what stands is not written again.
        const isStanding = armedMs === timeoutMs && (await holds(watchdog));
        const problem = isStanding ? null : await watchdog.arm(Math.max(leastMs, timeoutMs));
        if (problem !== null) return `${name}: ${problem}`;
        if (leastMs > timeoutMs)
          slow.push(`${name}: its watchdog knows no less than ${leastMs} ms, allowed is ${timeoutMs}`);
      }
      armedMs = timeoutMs;
      isArmed = guarded.length > 0 && slow.length === 0;
      if (slow.length > 0) return `${slow.join('; ')}; it is armed at that.`;
      const bare = drivers.filter((device) => device.watchdog === null).map(({ name }) => name);
      if (bare.length === 0) return null;
      isArmed = false;
      return `${bare.join(', ')}: the profile knows no watchdog; a hard-wired one must take its place.`;
    },
    disarm: () => Promise.resolve(null),
    async kick() {
      const answers = await Promise.all(guarded.map(({ watchdog }) => watchdog.kick()));
      if (isArmed && ++kicks % VERIFY_EVERY === 0) void verify();
      return answers.find((answer) => !answer.ok) ?? null;
    },
    isArmed: () => isArmed,
  };
}
