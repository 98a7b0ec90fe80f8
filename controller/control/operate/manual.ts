/**
 * Manual mode: one axis at a time, slowly, and only while a button is held. A page repeats its request every 100 ms;
 * 300 ms after the last one the output is zero here, and the device drops it by its own dead-man just as soon. Letting
 * go stops the motion and unloads nothing: a train that moves by itself under somebody's hands is worse than one that
 * stands. Pure but for its memory: host time comes with every call, ms.
 */
import type { JogAxis } from '../../wire/messages.ts';
import type { RigFile } from '../rig-file.ts';
import { manualRefusal, type ManualSituation } from './manual-refusal.ts';

/** An output that is not renewed within this time is over. */
export const JOG_LIFE_MS = 300;
/** The device is told again this often while a button is held. */
const RENEW_MS = 100;
/** Longest wait for the device to be disabled after manual mode was left; then it counts as left, and a drive that is on is a mismatch. */
const LEAVE_MS = 3000;

/** What the device is asked to do until `lifeMs` are over. At most one of the first two is not zero. */
export interface JogOutput {
  /** + loads, - unloads. */
  readonly stroke_mm_per_s: number;
  /** + hot blow, - cold blow. */
  readonly flow_kg_per_s: number;
  /** Loading stops at this force. */
  readonly force_kN: number;
  readonly lifeMs: number;
}

export interface Manual {
  /** From entering until the device is disabled again. */
  isOn(): boolean;
  /** One sentence where it is refused. */
  enter(situation: ManualSituation): string | null;
  /** Motion ends now; the mode ends once `settle` sees the drive off. */
  leave(nowMs: number): void;
  settle(isDriveOff: boolean, nowMs: number): void;
  /** A button is held. One sentence where it is refused. */
  hold(axis: JogAxis, client: number, nowMs: number): string | null;
  /** A button was let go. */
  release(client: number, nowMs: number): void;
  /** Renews and ends what moves. Call in every tick. */
  tick(nowMs: number): void;
}

type Settings = NonNullable<RigFile['manual']>;

/** `send` brings an output to the device. */
export function createManual(settings: RigFile['manual'], send: (output: JogOutput) => void): Manual {
  let phase: 'off' | 'on' | 'leaving' = 'off';
  let leftMs = 0;
  let held: { readonly axis: JogAxis; readonly client: number; readonly untilMs: number } | null = null;
  /** When the device was last told to move; null while it was told to stand. */
  let sentMs: number | null = null;

  function tick(nowMs: number): void {
    if (settings === undefined) return;
    if (held !== null && nowMs >= held.untilMs) held = null;
    if (held === null) {
      if (sentMs !== null) send(outputOf(null, settings));
      sentMs = null;
    } else if (sentMs === null || nowMs - sentMs >= RENEW_MS) {
      sentMs = nowMs;
      send(outputOf(held.axis, settings));
    }
  }

  return {
    isOn: () => phase !== 'off',
    enter(situation) {
      const why = manualRefusal(settings !== undefined, situation);
      if (why === null) phase = 'on';
      return why;
    },
    leave(nowMs) {
      if (phase !== 'on') return;
      phase = 'leaving';
      leftMs = nowMs;
      held = null;
    },
    settle(isDriveOff, nowMs) {
      if (phase === 'leaving' && (isDriveOff || nowMs - leftMs > LEAVE_MS)) phase = 'off';
    },
    hold(axis, client, nowMs) {
      if (phase !== 'on') return 'The machine is not in manual mode.';
      const isFree = held === null || nowMs >= held.untilMs;
      if (held !== null && !isFree && held.client !== client) return 'Another page is jogging.';
      if (held !== null && !isFree && held.axis !== axis)
        return 'One axis at a time: let go of the other first.';
      held = { axis, client, untilMs: nowMs + JOG_LIFE_MS };
      tick(nowMs);
      return null;
    },
    release(client, nowMs) {
      if (held?.client === client) held = null;
      tick(nowMs);
    },
    tick,
  };
}

function outputOf(axis: JogAxis | null, { stroke_mm_per_s, flow_kg_per_s, force_kN }: Settings): JogOutput {
  const sign = axis === 'load' || axis === 'hot_blow' ? 1 : -1;
  const isStroke = axis === 'load' || axis === 'unload';
  const isFlow = axis === 'hot_blow' || axis === 'cold_blow';
  return {
    stroke_mm_per_s: isStroke ? sign * stroke_mm_per_s : 0,
    flow_kg_per_s: isFlow ? sign * flow_kg_per_s : 0,
    force_kN,
    lifeMs: JOG_LIFE_MS,
  };
}
