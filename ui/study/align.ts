/** What two runs have in common on one axis: where time of each stands on it. Pure; times in s of each record. */

export const ALIGNMENTS = ['start', 'state', 'cycle', 'phase'] as const;
export type AlignmentKind = (typeof ALIGNMENTS)[number];

/** Whole cycles in order, one entry each. */
export interface Cycles {
  readonly number: Float64Array;
  readonly endS: Float64Array;
  readonly periodS: Float64Array;
}

export interface Landmarks {
  readonly fromS: number;
  readonly toS: number;
  /** Where a state was entered, in order. */
  readonly states: readonly { readonly state: string; readonly atS: number }[];
  readonly cycles: Cycles;
}

export interface Alignment {
  /** Place on the axis of a time in s: s, cycles, or % of a period. */
  readonly xOf: (timeS: number) => number;
  readonly timeOf: (x: number) => number;
}

/** Why a run cannot stand on the axis that is wanted. */
export type Unaligned =
  | { readonly why: 'no state' }
  | { readonly why: 'no cycles' }
  | { readonly why: 'no such cycle'; readonly last: number };

export interface Wish {
  readonly kind: AlignmentKind;
  /** For `state`: its first entry is zero. */
  readonly state: string;
  /** For `phase`: which cycle of the run, from 1. */
  readonly cycle: number;
  /** Moves the run to later, s. */
  readonly offsetS: number;
}

export function align(marks: Landmarks, { kind, state, cycle, offsetS }: Wish): Alignment | Unaligned {
  if (kind === 'start') return linear(marks.fromS, 1, offsetS);
  if (kind === 'state') {
    const entered = marks.states.find((one) => one.state === state);
    return entered === undefined ? { why: 'no state' } : linear(entered.atS, 1, offsetS);
  }
  const ends = ordinals(marks.cycles);
  if (ends.length === 0) return { why: 'no cycles' };
  if (kind === 'cycle') return byCycles(marks.cycles, ends, offsetS);
  const at = ends.indexOf(cycle + 1);
  if (at < 0) return { why: 'no such cycle', last: ends[ends.length - 1] - 1 };
  const periodS = marks.cycles.periodS[at];
  return linear(marks.cycles.endS[at] - periodS, 100 / periodS, offsetS);
}

export const isAligned = (found: Alignment | Unaligned): found is Alignment => 'xOf' in found;

const linear = (zeroS: number, perS: number, offsetS: number): Alignment => ({
  xOf: (timeS) => (timeS + offsetS - zeroS) * perS,
  timeOf: (x) => x / perS - offsetS + zeroS,
});

/**
 * Where each cycle ends, counted in cycles of the run: the first begins at 1 and ends at 2. One that was not read is
 * counted; where the device began to count anew, the count goes on.
 */
function ordinals({ number }: Cycles): Float64Array {
  const ends = new Float64Array(number.length);
  for (let i = 0; i < ends.length; i++) {
    const step = i === 0 ? 1 : number[i] - number[i - 1];
    ends[i] = (i === 0 ? 1 : ends[i - 1]) + (step >= 1 ? step : 1);
  }
  return ends;
}

/** Between the ends of cycles in even steps; before the first and after the last at the pace of these. */
function byCycles({ endS, periodS }: Cycles, ends: Float64Array, offsetS: number): Alignment {
  const times = Float64Array.of(endS[0] - periodS[0], ...endS);
  const places = Float64Array.of(1, ...ends);
  return {
    xOf: (timeS) => along(times, places, timeS + offsetS),
    timeOf: (x) => along(places, times, x) - offsetS,
  };
}

function along(from: Float64Array, to: Float64Array, value: number): number {
  let low = 1;
  let high = from.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (from[middle] < value) low = middle + 1;
    else high = middle;
  }
  const span = from[low] - from[low - 1];
  const share = span > 0 ? (value - from[low - 1]) / span : 0;
  return to[low - 1] + share * (to[low] - to[low - 1]);
}
