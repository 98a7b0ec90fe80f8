/** How far a part is from the limits that stop it. Pure. */

export interface Limits {
  readonly stressMPa: number;
  readonly pressureBar: number;
  readonly temperatureHighC: number;
  readonly temperatureLowC: number;
  readonly dataAgeMs: number;
}

export interface LimitSpec {
  readonly of: keyof Limits;
  /** Interlock that acts on it. */
  readonly key: string;
  readonly unit: string;
  readonly decimals: number;
  /** True where the value must stay above the limit. */
  readonly isFloor: boolean;
  /** What the interlock looks at besides the newest reading, where it looks at more. */
  readonly now: string;
  readonly ofCycle: string | null;
}

export interface Headroom {
  readonly value: number;
  readonly limit: number;
  /** Positive within the limit, in the unit of the limit; NaN where nothing was read. */
  readonly left: number;
}

/** The graver of what is now and what the last whole cycle reached; NaN is absence, and takes no part. */
export function headroom(
  spec: Pick<LimitSpec, 'isFloor'>,
  limit: number,
  values: readonly number[],
): Headroom {
  const read = values.filter((value) => !Number.isNaN(value));
  if (read.length === 0) return { value: Number.NaN, limit, left: Number.NaN };
  const value = spec.isFloor ? Math.min(...read) : Math.max(...read);
  return { value, limit, left: spec.isFloor ? value - limit : limit - value };
}
