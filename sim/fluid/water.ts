/**
 * Liquid water at 0.1 MPa by the IAPWS supplementary release SR6-08(2011): volume and heat capacity are derivatives of
 * one Gibbs energy, viscosity and conductivity are fits of four powers. Stated uncertainty: density 1e-6, heat capacity
 * 0.1 %, viscosity 1 %, conductivity 1.5 %. Temperatures in K. Source: iapws-sr6-08.
 */

/** J/(kg K), of that release. */
const GAS_CONSTANT = 461.51805;
/** The release counts temperature in units of this, K. */
const UNIT = 10;

/** A term of a series: coefficient and power. */
type Term = readonly [coefficient: number, power: number];

const sum = (terms: readonly Term[], x: number): number =>
  terms.reduce((total, [coefficient, power]) => total + coefficient * x ** power, 0);

/** Of the Gibbs energy, in α = 10 K / (593 K − T) and β = 10 K / (T − 232 K). */
const GIBBS_ALPHA: readonly Term[] = [
  [-1.661470539e5, 4],
  [2.70878164e6, 5],
  [-1.557191544e8, 7],
];
const GIBBS_BETA: readonly Term[] = [
  [-8.237426256e-1, 2],
  [1.908956353, 3],
  [-2.017597384, 4],
  [8.546361348e-1, 5],
];
const GIBBS_LOG = -8.983025854;

/** Of the volume. */
const VOLUME_CONSTANT = 1.93763157e-2;
const VOLUME_ALPHA: readonly Term[] = [
  [6.74458446e3, 4],
  [-2.22521604e5, 5],
  [1.00231247e8, 7],
  [-1.63552118e9, 8],
  [8.32299658e9, 9],
];
const VOLUME_BETA: readonly Term[] = [
  [5.78545292e-3, 1],
  [-1.53195665e-2, 2],
  [3.11337859e-2, 3],
  [-4.23546241e-2, 4],
  [3.38713507e-2, 5],
  [-1.19946761e-2, 6],
];

/** In T / 300 K: µPa s, and W/(m K). */
const VISCOSITY: readonly Term[] = [
  [280.68, -1.9],
  [511.45, -7.7],
  [61.131, -19.6],
  [0.45903, -40],
];
const CONDUCTIVITY: readonly Term[] = [
  [1.663, -1.15],
  [-1.7781, -3.4],
  [1.1567, -6],
  [-0.432115, -7.6],
];

const alpha = (temperature: number): number => UNIT / (593 - temperature);
const beta = (temperature: number): number => UNIT / (temperature - 232);

/** The second derivative of a series in α or β brings n(n + 1) down and two powers up. */
const curvature = ([coefficient, n]: Term): Term => [n * (n + 1) * coefficient, n + 2];

/** kg/m³ */
export function waterDensity(temperature: number): number {
  const series =
    VOLUME_CONSTANT + sum(VOLUME_ALPHA, alpha(temperature)) + sum(VOLUME_BETA, beta(temperature));
  return 1e5 / (GAS_CONSTANT * UNIT * series);
}

/** J/(kg K) */
export function waterHeatCapacity(temperature: number): number {
  const series =
    sum(GIBBS_ALPHA.map(curvature), alpha(temperature)) + sum(GIBBS_BETA.map(curvature), beta(temperature));
  return -GAS_CONSTANT * (GIBBS_LOG + (temperature / UNIT) * series);
}

/** Pa s */
export const waterViscosity = (temperature: number): number => 1e-6 * sum(VISCOSITY, temperature / 300);

/** W/(m K) */
export const waterConductivity = (temperature: number): number => sum(CONDUCTIVITY, temperature / 300);
