/** Which stretch of device time the charts show, and where the pointer is on it. */
import { signal } from '@preact/signals';
import { aNumber, linked } from '../address.ts';
import { telemetry } from '../session.ts';

export const WINDOWS = [
  { label: '15 s', seconds: 15 },
  { label: '1 min', seconds: 60 },
  { label: '10 min', seconds: 600 },
  { label: 'all', seconds: Number.POSITIVE_INFINITY },
] as const;

export const windowS = linked('window', 60, aNumber());
/** Place of the pointer, as a share of the window from its left edge; null while it is nowhere. */
export const hover = signal<number | null>(null);

/** How far the axis runs on without data, as a share of the window. */
const RUN_ON = 0.3;

/** Right edge of every chart now: the rig's clock, running on for a while through silence. */
export function rightEdgeS(nowMs: number): number {
  return telemetry.clock.nowS(nowMs, RUN_ON * Math.min(windowS.value, 600));
}

/** Length of the window in s; `all` reaches back to the oldest row kept. */
export function shownS(toS: number): number {
  if (Number.isFinite(windowS.value)) return windowS.value;
  const { tick, cycle } = telemetry;
  const oldest = Math.min(tick.length > 0 ? tick.firstTimeS : toS, cycle.length > 0 ? cycle.firstTimeS : toS);
  return Math.max(15, toS - oldest);
}
