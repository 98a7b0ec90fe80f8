/** How finely channels of a unit are written, and how little an axis of it may cover: below this is the noise of sensors. */
interface UnitLook {
  readonly decimals: number;
  readonly leastSpan: number;
}

const LOOKS: Readonly<Record<string, UnitLook>> = {
  '°C': { decimals: 2, leastSpan: 1 },
  K: { decimals: 2, leastSpan: 1 },
  W: { decimals: 1, leastSpan: 10 },
  kN: { decimals: 2, leastSpan: 0.5 },
  MPa: { decimals: 1, leastSpan: 10 },
  bar: { decimals: 3, leastSpan: 0.05 },
  mm: { decimals: 3, leastSpan: 0.5 },
  'kg/s': { decimals: 4, leastSpan: 0.02 },
  '%': { decimals: 2, leastSpan: 1 },
  ms: { decimals: 1, leastSpan: 2 },
  '': { decimals: 2, leastSpan: 1 },
};

export const lookOf = (unit: string): UnitLook => LOOKS[unit] ?? { decimals: 3, leastSpan: 0.1 };
