/**
 * Records one cycle in equal phase bins: each bin holds the mean of a straight line between readings, so that every
 * bin of a whole cycle is filled, however long the firmware's steps are.
 */
import { WAVEFORM_BINS, WAVEFORM_SCALE } from '../protocol/register-map.ts';

/** A whole recorded cycle; never changed once it exists. */
export interface Waveform {
  readonly cycleNumber: number;
  readonly startMs: number;
  readonly periodUs: number;
  /** Bin by bin, channel by channel, in counts of WAVEFORM_SCALE. */
  readonly counts: Int16Array;
}

export const NO_WAVEFORM: Waveform = {
  cycleNumber: 0,
  startMs: 0,
  periodUs: 0,
  counts: new Int16Array(WAVEFORM_BINS * WAVEFORM_SCALE.length),
};

const CHANNELS = WAVEFORM_SCALE.length;

export class WaveformRecorder {
  private readonly sums = new Float64Array(WAVEFORM_BINS * CHANNELS);
  private readonly before = new Float64Array(CHANNELS);
  private phase = 0;

  /** @param values one number a channel at phase 0, in the units of WAVEFORM_SCALE */
  begin(values: ArrayLike<number>): void {
    this.sums.fill(0);
    this.before.set(values);
    this.phase = 0;
  }

  /** @param phaseEnd phase reached, 0 to 1 and never falling */
  add(phaseEnd: number, values: ArrayLike<number>): void {
    const start = this.phase;
    const length = phaseEnd - start;
    const last = Math.min(WAVEFORM_BINS - 1, Math.ceil(phaseEnd * WAVEFORM_BINS) - 1);
    for (let bin = Math.floor(start * WAVEFORM_BINS); bin <= last && length > 0; bin++) {
      const from = Math.max(start, bin / WAVEFORM_BINS);
      const to = Math.min(phaseEnd, (bin + 1) / WAVEFORM_BINS);
      this.addPiece(bin, to - from, ((from + to) / 2 - start) / length, values);
    }
    this.before.set(values);
    this.phase = phaseEnd;
  }

  finish(cycleNumber: number, startMs: number, periodS: number): Waveform {
    const counts = Int16Array.from(this.sums, (sum, i) => {
      const count = Math.round((sum * WAVEFORM_BINS) / WAVEFORM_SCALE[i % CHANNELS].perCount);
      return Math.max(-32_768, Math.min(32_767, count));
    });
    return { cycleNumber, startMs, periodUs: Math.round(1e6 * periodS), counts };
  }

  private addPiece(bin: number, width: number, share: number, values: ArrayLike<number>): void {
    for (let channel = 0; channel < CHANNELS; channel++) {
      const value = this.before[channel] + share * (values[channel] - this.before[channel]);
      this.sums[bin * CHANNELS + channel] += value * width;
    }
  }
}
