/**
 * Aqueous solutions by the polynomials of Melinder's handbook: each property is a sum over powers of (mass percent of
 * solute − its middle) and (temperature in °C − its middle), at most cubic in temperature. At no solute they give water
 * (tests: density 0.1 %, conductivity 1 %, viscosity 2 %). The book is read through the open table of its coefficients
 * in the CoolProp repository. Against other tables: see test/sim/fluid-solutions.test.ts; the widest gap is the
 * viscosity of calcium chloride from −10 °C down, where the VDI table stands 12 to 30 % higher. Source: melinder-2010.
 */

/** Rows: powers 0 to 5 of the percentage; within a row: powers 0 to 3 of the temperature. */
type Polynomial = readonly (readonly number[])[];

export interface Solution {
  /** Solute per solution, kg/kg; from 0. */
  readonly largestMassFraction: number;
  /** Above this temperature the polynomials are not fitted, K. */
  readonly highK: number;
  readonly middlePercent: number;
  readonly middleCelsius: number;
  /** °C, powers of the percentage alone. */
  readonly freezing: readonly number[];
  /** kg/m³ */
  readonly density: Polynomial;
  /** J/(kg K) */
  readonly heatCapacity: Polynomial;
  /** W/(m K) */
  readonly conductivity: Polynomial;
  /** Natural logarithm of the viscosity in mPa s. */
  readonly logViscosity: Polynomial;
}

const horner = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((total, coefficient) => total * x + coefficient, 0);

/** Freezing point, K. @param massFraction solute per solution */
export function freezingPoint(solution: Solution, massFraction: number): number {
  return 273.15 + horner(solution.freezing, 100 * massFraction - solution.middlePercent);
}

/** One of the polynomials at a temperature in K. @param massFraction solute per solution */
export function evaluate(
  solution: Solution,
  polynomial: Polynomial,
  massFraction: number,
  temperature: number,
): number {
  const celsius = temperature - 273.15 - solution.middleCelsius;
  const inTemperature = polynomial.map((row) => horner(row, celsius));
  return horner(inTemperature, 100 * massFraction - solution.middlePercent);
}

export type Solute = 'ethylene_glycol' | 'propylene_glycol' | 'calcium_chloride';

export const SOLUTIONS: Readonly<Record<Solute, Solution>> = {
  ethylene_glycol: {
    largestMassFraction: 0.6,
    highK: 373.15,
    middlePercent: 30.8462,
    middleCelsius: 31.728,
    freezing: [-15.25, -0.808, -0.01334, -7.293e-5, 1.006e-6, 1.14e-9],
    density: [
      [1034, -0.4781, -0.002692, 4.725e-6],
      [1.311, -0.006876, 4.805e-5, 1.69e-8],
      [7.49e-5, 7.855e-5, -3.995e-7, 4.982e-9],
      [-0.0001062, 1.229e-6, -1.153e-8],
      [-9.623e-7, -7.211e-8],
      [4.891e-8],
    ],
    heatCapacity: [
      [3737, 2.93, -0.004675, -1.389e-5],
      [-17.99, 0.1046, -0.0004147, 1.847e-7],
      [-0.09933, 0.0003516, 5.109e-6, -7.138e-8],
      [0.00261, -1.189e-6, -1.643e-7],
      [1.537e-5, -4.272e-7],
      [-1.618e-6],
    ],
    conductivity: [
      [0.472, 0.0008903, -1.058e-6, -2.789e-9],
      [-0.004286, -1.473e-5, 1.059e-7, -1.142e-10],
      [1.747e-5, 6.814e-8, -3.612e-9, 2.365e-12],
      [3.017e-8, -2.412e-9, 4.004e-11],
      [-1.322e-9, 2.555e-11],
      [2.678e-11],
    ],
    logViscosity: [
      [0.4705, -0.0255, 0.0001782, -7.669e-7],
      [0.02471, -0.0001171, 1.052e-6, -1.634e-8],
      [3.328e-6, 1.086e-6, 1.051e-8, -6.475e-10],
      [1.659e-6, 3.157e-9, 4.063e-10],
      [3.089e-8, 1.831e-10],
      [-1.865e-9],
    ],
  },
  propylene_glycol: {
    largestMassFraction: 0.6,
    highK: 373.15,
    middlePercent: 30.7031,
    middleCelsius: 32.7083,
    freezing: [-13.25, -0.6631, -0.01094, -0.0002283, -3.409e-6, 1.465e-8],
    density: [
      [1018, -0.5406, -0.002666, 1.347e-5],
      [0.7604, -0.00945, 5.541e-5, -1.343e-7],
      [-0.002498, 2.7e-5, -4.018e-7, 3.376e-9],
      [-0.000155, 2.829e-6, -7.175e-9],
      [-1.131e-6, -2.221e-8],
      [2.342e-8],
    ],
    heatCapacity: [
      [3882, 2.699, -0.001659, -1.032e-5],
      [-13.04, 0.0507, -4.752e-5, 1.522e-6],
      [-0.1598, 9.534e-5, 1.167e-5, -4.87e-8],
      [0.0003539, 3.102e-5, -2.95e-7],
      [5e-5, -7.135e-7],
      [-4.959e-7],
    ],
    conductivity: [
      [0.4513, 0.0007955, 3.482e-8, -5.966e-9],
      [-0.004795, -1.678e-5, 8.941e-8, 1.493e-10],
      [2.076e-5, 1.563e-7, -4.615e-9, 9.897e-12],
      [-9.083e-8, -2.518e-9, 6.543e-11],
      [-5.952e-10, -3.605e-11],
      [2.104e-11],
    ],
    logViscosity: [
      [0.6837, -0.03045, 0.0002525, -1.399e-6],
      [0.03328, -0.0003984, 4.332e-6, -1.86e-8],
      [5.453e-5, -8.6e-8, -1.593e-8, -4.465e-11],
      [-3.9e-6, 1.054e-7, -1.589e-9],
      [-1.587e-8, 4.475e-10],
      [3.564e-9],
    ],
  },
  calcium_chloride: {
    largestMassFraction: 0.3,
    highK: 313.15,
    middlePercent: 18.7414,
    middleCelsius: 7.5257,
    freezing: [-16.21, -1.555, -0.05496, -0.002624, -0.0001726, -4.494e-6],
    density: [
      [1171, -0.1463, -0.001302, -0.0001871],
      [9.847, -0.02488, -0.000553, 1.665e-5],
      [0.03389, -0.002302, 3.526e-5, 2.788e-7],
      [0.001062, 6.291e-5, 1.806e-6],
      [2.785e-5, 6.423e-6],
      [-1.811e-6],
    ],
    heatCapacity: [
      [3133, 2.81, -0.01563, -1.233e-5],
      [-44.8, 0.03271, -0.001205, 9.346e-6],
      [0.9511, -0.005191, 0.0002282, -9.29e-7],
      [0.01472, 0.0001615, 5.073e-6],
      [-0.001346, -9.754e-6],
      [-6.674e-5],
    ],
    conductivity: [
      [0.558, 0.00146, 3.861e-7, 1.307e-8],
      [-0.00115, -1.008e-5, -6.54e-8, 4.728e-10],
      [-1.784e-5, 3.496e-7, -4.84e-9, -2.011e-10],
      [-4.415e-7, -3.462e-9, 3.922e-10],
      [4.699e-8, 6.179e-10],
      [2.929e-9],
    ],
    logViscosity: [
      [0.8939, -0.02647, 0.0001718, -7.918e-7],
      [0.04389, 0.0002102, -8.688e-7, -4.353e-8],
      [0.0009121, 3.993e-6, 3.785e-7, -9.979e-9],
      [1.963e-6, -4.892e-7, 1.526e-11],
      [2.997e-7, -3.631e-8],
      [3.435e-8],
    ],
  },
};
