/** From what came over the wire to a reading, and from a value to what goes over the wire. */
import type { PointBasics, Quality } from './profile-points.ts';

export interface Reading {
  /** In the point's unit; NaN where the quality says that nothing was measured. */
  readonly value: number;
  /** Clock when its reply was complete, ms. */
  readonly atMs: number;
  readonly quality: Quality;
}

export type Readings = Readonly<Record<string, Reading>>;

/** What a family delivers: a raw number, or the quality of a field that holds none. */
export type Raw = number | Exclude<Quality, 'good'>;

export function toReading(point: PointBasics, raw: Raw, atMs: number): Reading {
  if (typeof raw !== 'number') return { value: Number.NaN, atMs, quality: raw };
  const value = raw * point.scale + point.offset;
  if (!Number.isFinite(value)) return { value: Number.NaN, atMs, quality: 'no_data' };
  const quality =
    point.max !== undefined && value > point.max
      ? 'over_range'
      : point.min !== undefined && value < point.min
        ? 'under_range'
        : 'good';
  return { value, atMs, quality };
}

/** Sums such as 0.1 * 3 carry rounding; a raw value this close to a whole number means it. */
const WHOLE = 1e-9;

/** The raw value nearest to `value`. */
export function toRaw(point: PointBasics, value: number): number {
  const raw = (value - point.offset) / point.scale;
  const whole = Math.round(raw);
  return Math.abs(raw - whole) <= WHOLE * Math.max(1, Math.abs(whole)) ? whole : raw;
}
