import { waterViscosity } from './properties.ts';
export const FLUID_BASES = ['water', 'ethylene_glycol', 'propylene_glycol', 'calcium_chloride'] as const;
export type FluidBase = (typeof FLUID_BASES)[number];
export interface FluidRecipe {
  base: FluidBase;
  massFraction: number;
  grapheneLoading: number;
  conductivityGain: number;
  viscosityGain: number;
  referenceTemperature: number;
}
export interface Fluid {
  readonly density: number;
  readonly heatCapacity: number;
  conductivityAt(temperature: number): number;
  viscosityAt(temperature: number): number;
  readonly lowK: number;
  readonly highK: number;
  readonly sources: readonly string[];
}
export function makeFluid(r: FluidRecipe): Fluid {
  const mu = waterViscosity(r.referenceTemperature) * (1 + r.viscosityGain * r.grapheneLoading);
  const k = 0.607 * (1 + r.conductivityGain * r.grapheneLoading);
  return {
    density: 997,
    heatCapacity: 4180,
    conductivityAt: () => k,
    viscosityAt: () => mu,
    lowK: 273.15,
    highK: 373.15,
    sources: [],
  };
}
