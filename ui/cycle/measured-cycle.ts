/** The measured cycle by phase, as the pictures of this view want it. */
import { telemetry } from '../session.ts';
import type { Ring } from '../store/ring.ts';
import { STRAIN, type WholeCycle } from '../store/waveforms.ts';
import { type Phases, phasesOf } from './phases.ts';

let known: { readonly of: string; readonly phases: Phases } | undefined;

/** Of the newest whole cycle: strokes from its strain, blows from the flow that was read at each phase. */
export function measuredPhases(): Phases | null {
  const { waveforms, flowByPhase } = telemetry;
  const cycle = waveforms.recent(0);
  if (cycle === undefined) return null;
  // After a reload cycles arrive before the readings that tell the flow.
  const of = `${cycle.firstRow} ${flowByPhase.isKnown}`;
  if (known?.of !== of) {
    const phases = phasesOf(
      cycle.bins,
      (bin) => waveforms.value(cycle, STRAIN, bin),
      (bin) => flowByPhase.at((bin + 0.5) / cycle.bins),
    );
    known = { of, phases };
  }
  return known.phases;
}

/** The newest whole cycles that are still kept, newest first, `most` of them at most. */
export function recentCycles(most: number): WholeCycle[] {
  const cycles: WholeCycle[] = [];
  for (let back = 0; back < most; back++) {
    const cycle = telemetry.waveforms.recent(back);
    if (cycle === undefined) break;
    cycles.push(cycle);
  }
  return cycles;
}

/** The last `most` rows of a ring in a column, oldest first; gaps are NaN. */
export function recentRows(ring: Ring, column: number, most: number): number[] {
  const count = Math.min(most, ring.length);
  return Array.from({ length: count }, (_, i) => ring.value(column, ring.length - count + i));
}
