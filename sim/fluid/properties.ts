/**
 * The heat-transfer fluid: water with suspended graphene. Loading changes conductivity and viscosity by factors that
 * the literature does not agree on (conductivity 0 to +50 %, viscosity 0 to +50 %), so both are inputs.
 */
export interface Fluid {
  /** kg/m³ */
  readonly density: number;
  /** J/(kg K) */
  readonly heatCapacity: number;
  /** W/(m K) */
  readonly conductivity: number;
  /** Pa s */
  readonly viscosity: number;
}

/**
 * Viscosity of water, Pa s, 273 to 373 K, within 2.5 %: the Vogel form μ = A·10^(B/(T−C)) with
 * A 2.414e-5 Pa s, B 247.8 K, C 140 K.
 */
export function waterViscosity(temperature: number): number {
  return 2.414e-5 * 10 ** (247.8 / (temperature - 140));
}
