/** The orderly end: STOP, the proof of rest, the dead-man disarmed. */
import type { Clock } from '../../protocol/byte-port.ts';
import type { Electronics } from '../electronics/electronics.ts';
import type { RigFile } from '../rig-file.ts';

/** Longest wait for the proof, ms. */
const PATIENCE_MS = 1000;
const POLL_MS = 20;

export interface Ending {
  readonly rig: RigFile;
  readonly clock: Clock;
  readonly line: () => Electronics | null;
  /** STOP was taken, enable is off and the train is unloaded. */
  readonly isAtRest: () => boolean;
}

/** Call after STOP was given. Where rest is not proven the dead-man stays armed and does the rest. */
export async function waitForRest({ rig, clock, line, isAtRest }: Ending): Promise<string> {
  const untilMs = clock.nowMs() + PATIENCE_MS + 1000 * rig.stop.pump_overrun_s;
  while (!isAtRest() && line() !== null && clock.nowMs() < untilMs) {
    await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
  }
  if (!isAtRest()) return 'The machine did not prove that it is at rest.';
  await line()?.disarmWatchdog(rig.watchdog_timeout_ms);
  return 'The machine is at rest.';
}
