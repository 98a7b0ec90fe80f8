/**
 * What a proof test can see for itself, by the readings of the device. Nothing here moves the machine; a check that
 * writes leaves the device tripped, as it should be, and its limits and watchdog as they were asked for.
 */
import type { Clock } from '../../protocol/byte-port.ts';
import { FAULT_BITS, WATCHDOG_STATE } from '../../protocol/register-map.ts';
import type { Electronics } from '../electronics/electronics.ts';
import type { Status } from '../line/readings.ts';
import type { RigFile } from '../rig-file.ts';
import { isEnableOff } from '../state/proofs.ts';
import type { Check } from './proof-list.ts';

export interface Finding {
  readonly outcome: 'pass' | 'fail';
  readonly note: string;
}

export interface Bench {
  readonly electronics: Electronics;
  readonly clock: Clock;
  readonly rig: RigFile;
}

/** How long a person may take to press a button. */
const PATIENCE_MS = 60_000;
const POLL_MS = 20;
const BEATS = 50;
/** The device may take this much longer than its time-out says to trip and to say so. */
const GRACE_MS = 100;
const BELOW_K = 2;

export function runCheck(check: Exclude<Check, 'person'>, bench: Bench): Promise<Finding> {
  switch (check) {
    case 'at_rest':
      return atRest(bench);
    case 'emergency_stop':
      return emergencyStop(bench);
    case 'watchdog':
      return watchdog(bench);
    case 'temperature_trip':
      return temperatureTrip(bench);
    default:
      return check satisfies never;
  }
}

const pass = (note: string): Finding => ({ outcome: 'pass', note });
const fail = (note: string): Finding => ({ outcome: 'fail', note });

const sleep = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => void clock.after(ms, resolve));

const drive = (status: Status): string =>
  `force ${status.force_kN.toFixed(2)} kN, drive ${isEnableOff(status) ? 'off' : 'ON'}`;

const hasFault = (status: Status, bit: keyof typeof FAULT_BITS): boolean =>
  ((status.fault_word >> FAULT_BITS[bit]) & 1) === 1;

async function atRest({ electronics, rig }: Bench): Promise<Finding> {
  const answer = await electronics.look();
  if (!answer.ok) return fail(`The device does not answer: ${answer.sentence}`);
  const isLoose = Math.abs(answer.value.force_kN) < rig.plausibility.unloaded_force_kN;
  return isLoose && isEnableOff(answer.value) ? pass(drive(answer.value)) : fail(drive(answer.value));
}

/** Looks until it is so; the last reading where it never was, or a sentence where nobody answers. */
async function waitFor(
  { electronics, clock }: Bench,
  withinMs: number,
  isSo: (status: Status) => boolean,
): Promise<{ readonly status: Status; readonly isSo: boolean; readonly afterMs: number } | string> {
  const beganMs = clock.nowMs();
  for (;;) {
    const answer = await electronics.look();
    if (!answer.ok) return `The device does not answer: ${answer.sentence}`;
    const afterMs = clock.nowMs() - beganMs;
    if (isSo(answer.value)) return { status: answer.value, isSo: true, afterMs };
    if (afterMs >= withinMs) return { status: answer.value, isSo: false, afterMs };
    await sleep(clock, POLL_MS);
  }
}

async function emergencyStop(bench: Bench): Promise<Finding> {
  const seen = await waitFor(
    bench,
    PATIENCE_MS,
    (status) => hasFault(status, 'emergencyStop') && isEnableOff(status),
  );
  if (typeof seen === 'string') return fail(seen);
  const when = `after ${(seen.afterMs / 1000).toFixed(1)} s`;
  return seen.isSo
    ? pass(`The device reports its emergency stop ${when}; ${drive(seen.status)}.`)
    : fail(`The device reports no emergency stop ${when}; ${drive(seen.status)}.`);
}

/** Why a check that trips the device must not begin. */
async function hindrance({ electronics }: Bench): Promise<string | null> {
  const answer = await electronics.look();
  if (!answer.ok) return `The device does not answer: ${answer.sentence}`;
  if (!isEnableOff(answer.value))
    return `The drive is on (${drive(answer.value)}): bring the machine to rest first.`;
  return null;
}

async function watchdog(bench: Bench): Promise<Finding> {
  const { electronics, clock, rig } = bench;
  const timeoutMs = rig.watchdog_timeout_ms;
  const problem = (await hindrance(bench)) ?? (await electronics.armWatchdog(timeoutMs));
  if (problem !== null) return fail(problem);
  for (let beat = 1; beat <= BEATS; beat++) {
    const answer = await electronics.beat(beat);
    if (!answer.ok) return fail(`The heartbeat was not answered: ${answer.sentence}`);
    if (answer.value.watchdog_state === WATCHDOG_STATE.tripped)
      return fail('It tripped although the heart beat.');
    await sleep(clock, POLL_MS);
  }
  const silence = await waitFor(
    bench,
    2 * timeoutMs + GRACE_MS,
    (status) => status.watchdog_state === WATCHDOG_STATE.tripped && isEnableOff(status),
  );
  await electronics.disarmWatchdog(timeoutMs);
  if (typeof silence === 'string') return fail(silence);
  // The last beat was one pause before the watch began.
  const afterMs = Math.round(silence.afterMs + POLL_MS);
  const note = `${silence.isSo ? 'Tripped' : 'Not tripped'} after ${afterMs} ms of silence, set are ${timeoutMs} ms; ${drive(silence.status)}.`;
  return silence.isSo && afterMs <= timeoutMs + GRACE_MS ? pass(note) : fail(note);
}

async function temperatureTrip(bench: Bench): Promise<Finding> {
  const { electronics, rig } = bench;
  const problem = await hindrance(bench);
  if (problem !== null) return fail(problem);
  const before = await electronics.look();
  if (!before.ok) return fail(before.sentence);
  const warmestC = Math.max(...before.value.cell_C);
  const limits = {
    ...rig.limits,
    temperature_high_C: warmestC - BELOW_K,
    temperature_low_C: warmestC - 2 * BELOW_K,
  };
  const refused = await electronics.writeLimits(limits);
  const seen = await waitFor(
    bench,
    2000,
    (status) => hasFault(status, 'overTemperature') && isEnableOff(status),
  );
  const restored = await electronics.writeLimits(rig.limits);
  if (refused !== null) return fail(`The limit was not taken: ${refused}`);
  if (restored !== null) return fail(`The limits could not be set back: ${restored} Do so before you go on.`);
  if (typeof seen === 'string') return fail(seen);
  const given = `limit ${limits.temperature_high_C.toFixed(1)} °C, warmest cell ${warmestC.toFixed(1)} °C`;
  return seen.isSo
    ? pass(`Tripped after ${Math.round(seen.afterMs)} ms with ${given}; ${drive(seen.status)}.`)
    : fail(`Not tripped with ${given}; ${drive(seen.status)}.`);
}
