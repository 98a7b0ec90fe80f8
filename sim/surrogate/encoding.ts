/**
 * How each output is learned, and what an error of it is: relative to its value where that is large, to a floor below. The
 * error that is reported is the one that is trained on: each residual is divided by what it is relative to.
 */

/**
 * - `plain`: v / scale
 * - `ln`: ln(v / scale), for what is always positive
 * - `quotient`: ln((cooling power / v) / scale): a COP by the power that it divides by, which is smooth where the COP is not
 */
export const WAYS = ['plain', 'ln', 'quotient'] as const;

export interface Encoding {
  /** With its unit, "cooling_power_W". */
  readonly name: string;
  readonly unit: string;
  readonly way: (typeof WAYS)[number];
  readonly scale: number;
  /** Errors are relative to the value, but at least to this; in the unit of the output. */
  readonly floor: number;
}

export const COOLING_POWER = 'cooling_power_W';
/** The floor, as a part of the range of the output where the machine cools. */
export const FLOOR_SHARE = 0.1;

/** A COP means something only where the machine cools. */
export const isRatio = (name: string): boolean => name.startsWith('cop_');

export interface NamedColumn {
  readonly name: string;
  readonly unit: string;
  /** Finite numbers. */
  readonly values: ArrayLike<number>;
}

/** @param cooling power of the same rows, W, where it is an output */
export function encodingOf(
  { name, unit, values }: NamedColumn,
  cooling: ArrayLike<number> | undefined,
): Encoding {
  const counted = cooling === undefined ? values : Array.from(values).filter((_, row) => cooling[row] > 0);
  const { low, high } = extent(counted.length > 1 ? counted : values);
  const floor = FLOOR_SHARE * (high - low || Math.abs(high) || 1);
  const all = extent(values);
  if (isRatio(name) && cooling !== undefined && everyRow(values, (value, row) => cooling[row] / value > 0))
    return {
      name,
      unit,
      way: 'quotient',
      scale: middle(values, (value, row) => Math.log(cooling[row] / value)),
      floor,
    };
  if (all.low > 0) return { name, unit, way: 'ln', scale: middle(values, Math.log), floor };
  return { name, unit, way: 'plain', scale: 3 * floor, floor };
}

/** Geometric mean, so that what is learned lies around 0. */
function middle(values: ArrayLike<number>, logarithm: (value: number, row: number) => number): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += logarithm(values[row], row);
  return Math.exp(sum / values.length);
}

export function encode({ way, scale }: Encoding, value: number, cooling: number): number {
  if (way === 'ln') return Math.log(value / scale);
  return way === 'quotient' ? Math.log(cooling / value / scale) : value / scale;
}

/**
 * What the residuals of the encoded values of a row are multiplied with to be errors: relative, or to the floor. The cooling
 * power answers for the COPs that are decoded from it as well: where little power is needed, a watt is much of a COP.
 * @param values of the row, in the order of the encodings
 */
export function weightsOf(encodings: readonly Encoding[], values: ArrayLike<number>): number[] {
  const cooling = values[encodings.findIndex(({ name }) => name === COOLING_POWER)];
  const ofRatios = encodings.flatMap(({ way, floor }, k) =>
    way === 'quotient' && cooling > 0 ? [Math.max(cooling, (floor * cooling) / values[k])] : [],
  );
  return encodings.map(({ name, way, scale, floor }, k) => {
    if (way !== 'plain') return 1;
    const own = Math.max(Math.abs(values[k]), floor);
    return scale / (name === COOLING_POWER ? Math.min(own, ...ofRatios) : own);
  });
}

/** @param cooling power already decoded, W; only a quotient asks for it */
export function decode({ way, scale }: Encoding, learned: number, cooling: number): number {
  if (way === 'ln') return scale * Math.exp(learned);
  return way === 'quotient' ? cooling / (scale * Math.exp(learned)) : scale * learned;
}

/** In percent, as it is reported. */
export const errorPercent = ({ floor }: Encoding, told: number, truth: number): number =>
  (100 * Math.abs(told - truth)) / Math.max(Math.abs(truth), floor);

function extent(values: ArrayLike<number>): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return { low, high };
}

function everyRow(values: ArrayLike<number>, holds: (value: number, row: number) => boolean): boolean {
  for (let row = 0; row < values.length; row++) if (!holds(values[row], row)) return false;
  return true;
}
