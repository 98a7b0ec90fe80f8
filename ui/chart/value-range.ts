/** The limits of a value axis in the unit shown, calm from picture to picture. */
import { calm, type Range } from '../store/calm-range.ts';
import { type Conversion, conversionOf, convert } from '../units.ts';
import type { ValueAxis } from './time-chart-spec.ts';

export class ValueRange {
  readonly range: Range = { low: 0, high: 0 };
  conversion: Conversion;
  readonly #axis: ValueAxis;
  #low = Number.POSITIVE_INFINITY;
  #high = Number.NEGATIVE_INFINITY;

  constructor(axis: ValueAxis) {
    this.#axis = axis;
    this.conversion = conversionOf(axis.unit ?? '');
  }

  begin(): void {
    const conversion = conversionOf(this.#axis.unit ?? '');
    // In another unit nothing of the old limits holds.
    if (conversion.unit !== this.conversion.unit) this.range.low = this.range.high = 0;
    this.conversion = conversion;
    const zero = this.#axis.includeZero === true;
    this.#low = zero ? 0 : Number.POSITIVE_INFINITY;
    this.#high = zero ? 0 : Number.NEGATIVE_INFINITY;
  }

  /** Values in the channel's own unit. */
  include(low: number, high: number): void {
    this.#low = Math.min(this.#low, convert(low, this.conversion));
    this.#high = Math.max(this.#high, convert(high, this.conversion));
  }

  end(): void {
    const leastSpan = this.#axis.leastSpan * this.conversion.scale;
    calm(this.range, this.#low, this.#high, leastSpan);
    if (this.range.low === this.range.high) this.range.high = this.range.low + leastSpan;
  }
}
