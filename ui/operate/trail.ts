/** Where the machine has been, out of the events. Pure. */
import type { EventMessage, State } from '../../controller/wire/messages.ts';

export interface Visit {
  readonly state: State;
  /** Wall time, ms since 1970. */
  readonly fromMs: number;
  /** Null while it is there, or where it is not known when it left. */
  readonly toMs: number | null;
  /** What led there, in the controller's words. */
  readonly cause: string;
}

/** `events` newest first, as the page keeps them; the visits come newest first too, at most `most` of them. */
export function trailOf(events: readonly EventMessage[], most: number): Visit[] {
  const visits: Visit[] = [];
  let left: { readonly from: State; readonly atMs: number } | null = null;
  for (const { about, at, sentence } of events) {
    if (about?.kind !== 'state') continue;
    const fromMs = Date.parse(at);
    // Where the next change began elsewhere, something was not heard: when this visit ended is not known.
    const toMs: number | null = left?.from === about.to ? left.atMs : null;
    visits.push({ state: about.to, fromMs, toMs, cause: causeOf(sentence) });
    if (visits.length === most) break;
    left = { from: about.from, atMs: fromMs };
  }
  return visits;
}

const causeOf = (sentence: string): string => sentence.replace(/^[A-Z]+ → [A-Z]+: /, '');
