/** How late the ticks of the control loop come, ms. Kept as a histogram, so that hours cost no memory. */
export interface LatenessSummary {
  readonly ticks: number;
  /** Ticks that were left out because the one before had not ended. */
  readonly skipped: number;
  readonly minMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export interface Lateness {
  add(lateMs: number): void;
  skip(ticks: number): void;
  /** Quantiles are upper edges of 0.1 ms bins; all NaN before the first tick. */
  summary(): LatenessSummary;
}

const BIN_MS = 0.1;
/** The last bin holds everything later than 100 ms; its quantile reads as the maximum. */
const BINS = 1001;

export function createLateness(): Lateness {
  const bins = new Uint32Array(BINS);
  let ticks = 0;
  let skipped = 0;
  let minMs = Number.NaN;
  let maxMs = Number.NaN;

  function quantile(share: number): number {
    let seen = 0;
    for (let bin = 0; bin < BINS - 1; bin++) {
      seen += bins[bin] ?? 0;
      if (seen > 0 && seen >= share * ticks) return Math.min((bin + 1) * BIN_MS, maxMs);
    }
    return maxMs;
  }

  return {
    add(lateMs) {
      const bin = Math.min(BINS - 1, Math.max(0, Math.floor(lateMs / BIN_MS)));
      bins[bin] = (bins[bin] ?? 0) + 1;
      ticks++;
      minMs = ticks === 1 ? lateMs : Math.min(minMs, lateMs);
      maxMs = ticks === 1 ? lateMs : Math.max(maxMs, lateMs);
    },
    skip(count) {
      skipped += count;
    },
    summary: () => ({ ticks, skipped, minMs, p50Ms: quantile(0.5), p99Ms: quantile(0.99), maxMs }),
  };
}

export const latenessSentence = (s: LatenessSummary): string =>
  `Control loop: ${s.ticks} ticks, ${s.skipped} skipped; lateness min ${s.minMs.toFixed(1)}, p50 ${s.p50Ms.toFixed(1)}, p99 ${s.p99Ms.toFixed(1)}, max ${s.maxMs.toFixed(1)} ms.`;
