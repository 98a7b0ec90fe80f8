/**
 * What the network is given of a point. Raw: the inputs. Physical: also their logarithms, and the numbers of similarity
 * that decide what a regenerator does, as far as the inputs change them. Each is a product of powers of inputs; the constant
 * before it is dropped, since every feature is scaled to mean 0 and deviation 1 afterwards.
 */

export interface Feature {
  readonly name: string;
  /** Exponent by the name of the input. */
  readonly powers: Readonly<Record<string, number>>;
  /** The natural logarithm of the product. */
  readonly logarithm: boolean;
}

export interface InputRange {
  /** With its unit, "blow_flow_kg_per_s". */
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

export const FEATURE_SETS = ['physical', 'raw'] as const;
export type FeatureSet = (typeof FEATURE_SETS)[number];

/** Narrow channels: the heat transfer coefficient is that of developed flow, whatever the flow. */
const SIMILARITY: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  utilization: {
    blow_flow_kg_per_s: 1,
    blow_duty: 1,
    frequency_Hz: -1,
    length_mm: -1,
    outer_diameter_mm: -1,
    wall_thickness_mm: -1,
    tubes_per_cell: -1,
  },
  NTU: { blow_flow_kg_per_s: -1, length_mm: 1, outer_diameter_mm: 1, tubes_per_cell: 1, outer_gap_mm: -1 },
  Fourier: { frequency_Hz: -1, blow_duty: 1, outer_gap_mm: -2 },
};

/** A logarithm tells more than its number only over a wide range. */
const WIDE = 2;

export function featuresOf(inputs: readonly InputRange[], set: FeatureSet): Feature[] {
  const raw = inputs.map(({ name }): Feature => ({ name, powers: { [name]: 1 }, logarithm: false }));
  if (set === 'raw') return raw;
  const positive = inputs.filter(({ low }) => low > 0);
  const logarithms = positive
    .filter(({ low, high }) => high / low >= WIDE)
    .map(({ name }): Feature => ({ name: `ln ${name}`, powers: { [name]: 1 }, logarithm: true }));
  const similar = Object.entries(SIMILARITY).flatMap(([name, all]): Feature[] => {
    const powers = Object.entries(all).filter(([input]) => positive.some((one) => one.name === input));
    return powers.length === 0 ? [] : [{ name, powers: Object.fromEntries(powers), logarithm: false }];
  });
  return [...raw, ...logarithms, ...similar];
}

/** Features by position of the inputs, ready to be computed many times. */
export function compileFeatures(
  features: readonly Feature[],
  inputs: readonly string[],
): (values: ArrayLike<number>, into: Float64Array) => void {
  const terms = features.map(({ powers, logarithm }) => ({
    logarithm,
    at: Object.keys(powers).map((name) => inputs.indexOf(name)),
    exponents: Object.values(powers),
  }));
  return (values, into) => {
    for (let k = 0; k < terms.length; k++) {
      const { at, exponents, logarithm } = terms[k];
      let product = 1;
      for (let i = 0; i < at.length; i++) product *= power(values[at[i]], exponents[i]);
      into[k] = logarithm ? Math.log(product) : product;
    }
  };
}

/** Math.pow is slow, and these are most of what is asked of it. */
function power(value: number, exponent: number): number {
  if (exponent === 1) return value;
  return exponent === -1 ? 1 / value : value ** exponent;
}
