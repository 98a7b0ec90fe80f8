/**
 * What the machine does when, told from what it did: strokes from the strain of a cycle, blows from its flow. The rest
 * belongs to none of the four.
 */
export const PHASE_NAMES = ['loading', 'hot_blow', 'unloading', 'cold_blow'] as const;
export type PhaseName = (typeof PHASE_NAMES)[number];

/** A stretch of the cycle, in shares of the period; one that runs over the end of the cycle is two. */
export interface PhaseBand {
  readonly name: PhaseName;
  readonly from: number;
  readonly to: number;
}

/** A stroke moves while its strain changes by more than this share of its swing a bin width of 1/128. */
const MOVING_SHARE = 0.004;
/** A blow is open above this share of the largest flow. */
const OPEN_SHARE = 0.1;

export interface Phases {
  /** By bin: strokes and blows, which may overlap. */
  readonly stroke: readonly (PhaseName | null)[];
  readonly blow: readonly (PhaseName | null)[];
}

/** `strain` and `flow` (+ hot blow) by bin, NaN where unknown; the cycle closes on itself. */
export function phasesOf(
  bins: number,
  strain: (bin: number) => number,
  flow: (bin: number) => number,
): Phases {
  const all = Array.from({ length: bins }, (_, i) => i);
  const strains = all.map(strain).filter((value) => !Number.isNaN(value));
  const swing = Math.max(...strains) - Math.min(...strains);
  const least = (MOVING_SHARE * swing * 128) / bins;
  const widest = Math.max(...all.map((bin) => Math.abs(flow(bin)) || 0));
  return {
    stroke: all.map((bin) => {
      // Centred, so that both edges of a stroke lie half a bin outside of it.
      const change = (strain((bin + 1) % bins) - strain((bin + bins - 1) % bins)) / 2;
      return change > least ? 'loading' : change < -least ? 'unloading' : null;
    }),
    blow: all.map((bin) => {
      const now = flow(bin);
      if (!(widest > 0)) return null;
      return now > OPEN_SHARE * widest ? 'hot_blow' : now < -OPEN_SHARE * widest ? 'cold_blow' : null;
    }),
  };
}

/** What colours a moment: a stroke before a blow, as it is the shorter. */
export const phaseAt = ({ stroke, blow }: Phases, bin: number): PhaseName | null => stroke[bin] ?? blow[bin];

/** Runs of the same name, in order. */
export function bandsOf(names: readonly (PhaseName | null)[]): PhaseBand[] {
  const bands: PhaseBand[] = [];
  let from = 0;
  for (let bin = 1; bin <= names.length; bin++) {
    const name = names[from];
    if (bin < names.length && names[bin] === name) continue;
    if (name !== null) bands.push({ name, from: from / names.length, to: bin / names.length });
    from = bin;
  }
  return bands;
}
