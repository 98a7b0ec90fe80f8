/**
 * Pixel columns of a curve, filled from left to right: of each its lowest and its highest value at their own times, so that
 * a peak never hides. Columns are aligned to multiples of their width in time, so a picture that scrolls does not shimmer.
 * NaN lifts the pen; within one column values on both sides of an absence share its vertical stroke, and no line crosses
 * the absence to another column.
 */
import type { Polyline } from './polyline.ts';

export class PixelStrokes {
  #out: Polyline | null = null;
  #bucketS = 1;
  #bucket = Number.NaN;
  #low = 0;
  #high = 0;
  #lowAt = 0;
  #highAt = 0;
  #hasValue = false;
  /** Time of the first absence among the column's values; NaN where there is none. */
  #brokenAt = Number.NaN;

  /** `out` is added to. */
  begin(out: Polyline, bucketS: number): void {
    this.#out = out;
    this.#bucketS = bucketS;
    this.#bucket = Number.NaN;
    this.#empty();
  }

  value(timeS: number, value: number): void {
    this.#enter(timeS);
    if (Number.isNaN(value)) this.#absence(timeS);
    else this.#add(timeS, value, value);
  }

  /** Lowest and highest of some rows, infinite where all are absent; `isBroken`: an absence is among them. */
  block(timeS: number, low: number, high: number, isBroken: boolean): void {
    this.#enter(timeS);
    if (low > high) {
      this.#absence(timeS);
      return;
    }
    // Which rows of the block are absent is not known: the pen is lifted on both sides of it.
    if (isBroken) this.#absence(timeS);
    this.#add(timeS, low, high);
    if (isBroken && Number.isNaN(this.#brokenAt)) this.#brokenAt = timeS;
  }

  end(): void {
    this.#flush();
    this.#out = null;
  }

  #enter(timeS: number): void {
    const bucket = Math.floor(timeS / this.#bucketS);
    if (bucket === this.#bucket) return;
    this.#flush();
    this.#bucket = bucket;
  }

  #absence(timeS: number): void {
    if (!this.#hasValue) this.#out?.liftPen(timeS);
    else if (Number.isNaN(this.#brokenAt)) this.#brokenAt = timeS;
  }

  #add(timeS: number, low: number, high: number): void {
    if (!this.#hasValue || low < this.#low) {
      this.#low = low;
      this.#lowAt = timeS;
    }
    if (!this.#hasValue || high > this.#high) {
      this.#high = high;
      this.#highAt = timeS;
    }
    this.#hasValue = true;
  }

  #flush(): void {
    const out = this.#out;
    if (out !== null && this.#hasValue) {
      // extremes that both lie behind the absence have no line to the column before
      if (this.#brokenAt < Math.min(this.#lowAt, this.#highAt)) out.liftPen(this.#brokenAt);
      const isLowFirst = this.#isLowFirst(out);
      if (isLowFirst) out.add(this.#lowAt, this.#low);
      if (this.#low !== this.#high) out.add(this.#highAt, this.#high);
      if (!isLowFirst) out.add(this.#lowAt, this.#low);
      if (!Number.isNaN(this.#brokenAt)) out.liftPen(this.#highAt);
    }
    this.#empty();
  }

  /** Of one block it is not known which came first: the nearer to where the pen is, or strokes would look like saw teeth. */
  #isLowFirst({ length, y }: Polyline): boolean {
    if (this.#lowAt !== this.#highAt) return this.#lowAt < this.#highAt;
    const pen = length === 0 ? Number.NaN : y[length - 1];
    return !(Math.abs(pen - this.#high) < Math.abs(pen - this.#low));
  }

  #empty(): void {
    this.#hasValue = false;
    this.#brokenAt = Number.NaN;
  }
}
