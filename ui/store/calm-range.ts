/** Axis limits that stand still: they widen at once when data leaves them and shrink only when much is empty. */
export interface Range {
  low: number;
  high: number;
}

/** Limits at round numbers that leave a little air around [low, high], at least `leastSpan` apart. */
export function roundRange(low: number, high: number, leastSpan: number): Range {
  const centre = (low + high) / 2;
  const span = Math.max((high - low) * 1.12, leastSpan);
  const step = roundStep(span / 5);
  const from = Math.floor((centre - span / 2) / step) * step;
  return {
    // Air below zero would suggest that values could go there.
    low: low >= 0 ? Math.max(0, from) : from,
    high: Math.ceil((centre + span / 2) / step) * step,
  };
}

/** 1, 2 or 5 times a power of ten, about `value` or above. */
function roundStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const mantissa = value / power;
  return (mantissa <= 1.1 ? 1 : mantissa <= 2.2 ? 2 : mantissa <= 5.5 ? 5 : 10) * power;
}

/** Moves `range` only where it must; true where it moved. */
export function calm(range: Range, low: number, high: number, leastSpan: number): boolean {
  if (!(low <= high)) return false;
  const inside = low >= range.low && high <= range.high;
  const wanted = roundRange(low, high, leastSpan);
  const roomy = range.high - range.low > 1.8 * (wanted.high - wanted.low);
  if (inside && !roomy) return false;
  range.low = wanted.low;
  range.high = wanted.high;
  return true;
}
