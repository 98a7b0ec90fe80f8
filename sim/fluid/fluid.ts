/**
 * The heat-transfer fluid: water or an aqueous solution, with or without suspended graphene. Published correlations
 * are coded here because the CoolProp builds for JavaScript are old wrappers around 4 MB of WebAssembly, each made for
 * Node or for a page but not for both, and start asynchronously.
 */
import { UserError } from '../config/quantity.ts';
import { SOLUTIONS, type Solute, evaluate, freezingPoint } from './solutions.ts';
import { waterConductivity, waterDensity, waterHeatCapacity, waterViscosity } from './water.ts';

export type FluidBase = 'water' | Solute;

export interface FluidRecipe {
  base: FluidBase;
  /** Solute per solution, kg/kg; 0 for water. */
  massFraction: number;
  /** Suspended graphene, kg/m³. */
  grapheneLoading: number;
  /** Relative gain of conductivity per loading, m³/kg; the literature does not agree on it, so it is an input. */
  conductivityGain: number;
  /** Relative gain of viscosity per loading, m³/kg; likewise. */
  viscosityGain: number;
  /** Temperature at which density and heat capacity are taken, K. */
  referenceTemperature: number;
}

export interface Fluid {
  /** kg/m³ at the reference temperature; constant in a run, so that enthalpy is linear in T and energy closes. */
  readonly density: number;
  /** J/(kg K), likewise. */
  readonly heatCapacity: number;
  /** W/(m K) at a temperature in K; beyond the range the value at its end. */
  conductivityAt(temperature: number): number;
  /** Pa s at a temperature in K; beyond the range the value at its end. */
  viscosityAt(temperature: number): number;
  /** Where the properties hold, K: from the freezing point to the end of the correlations. */
  readonly lowK: number;
  readonly highK: number;
  /** Keys in the bibliography. */
  readonly sources: readonly string[];
}

/** Properties of a base without graphene; temperatures in K, values in SI. */
interface Base {
  readonly lowK: number;
  readonly highK: number;
  readonly source: string;
  density(temperature: number): number;
  heatCapacity(temperature: number): number;
  conductivity(temperature: number): number;
  viscosity(temperature: number): number;
}

const WATER: Base = {
  lowK: 273.15,
  highK: 373.15,
  source: 'iapws-sr6-08',
  density: waterDensity,
  heatCapacity: waterHeatCapacity,
  conductivity: waterConductivity,
  viscosity: waterViscosity,
};

function solutionBase(name: Solute, massFraction: number): Base {
  const solution = SOLUTIONS[name];
  return {
    lowK: freezingPoint(solution, massFraction),
    highK: solution.highK,
    source: 'melinder-2010',
    density: (t) => evaluate(solution, solution.density, massFraction, t),
    heatCapacity: (t) => evaluate(solution, solution.heatCapacity, massFraction, t),
    conductivity: (t) => evaluate(solution, solution.conductivity, massFraction, t),
    viscosity: (t) => 1e-3 * Math.exp(evaluate(solution, solution.logViscosity, massFraction, t)),
  };
}

/**
 * @returns the fluid of a recipe
 * @throws UserError if the mass fraction or the reference temperature is outside what the correlations cover
 */
export function makeFluid(recipe: FluidRecipe): Fluid {
  const { base: name, massFraction, grapheneLoading, referenceTemperature } = recipe;
  const largest = name === 'water' ? 0 : SOLUTIONS[name].largestMassFraction;
  if (!(massFraction >= 0 && massFraction <= largest)) {
    throw new UserError(
      name === 'water'
        ? `fluid: the mass fraction in pure water is ${massFraction}; allowed is 0, or choose another base.`
        : `fluid: the mass fraction of ${name} is ${massFraction}; allowed is 0 to ${largest}.`,
    );
  }
  const base = name === 'water' ? WATER : solutionBase(name, massFraction);
  const { lowK, highK } = base;
  if (!(referenceTemperature >= lowK && referenceTemperature <= highK)) {
    const celsius = (kelvin: number): string => (kelvin - 273.15).toFixed(1);
    throw new UserError(
      `fluid: the reference temperature is ${celsius(referenceTemperature)} °C; allowed for ${name} at a mass ` +
        `fraction of ${massFraction} is ${celsius(lowK)} °C (it freezes below) to ${celsius(highK)} °C.`,
    );
  }
  const conductivityFactor = 1 + recipe.conductivityGain * grapheneLoading;
  const viscosityFactor = 1 + recipe.viscosityGain * grapheneLoading;
  return {
    density: base.density(referenceTemperature),
    heatCapacity: base.heatCapacity(referenceTemperature),
    conductivityAt: table(lowK, highK, (t) => conductivityFactor * base.conductivity(t)),
    viscosityAt: table(lowK, highK, (t) => viscosityFactor * base.viscosity(t)),
    lowK,
    highK,
    sources: [base.source],
  };
}

/**
 * Widest step of a table, K. A viscosity falls by at most 15 % a kelvin, so that linear interpolation errs by at most
 * (0.15 · 0.25)² / 8 = 2e-4, far below what the correlations themselves promise.
 */
const TABLE_STEP = 0.25;

/** `f` from `low` to `high` as a table that is fast to read and allocates nothing; clamped at both ends. */
function table(
  low: number,
  high: number,
  f: (temperature: number) => number,
): (temperature: number) => number {
  const intervals = Math.ceil((high - low) / TABLE_STEP);
  const perKelvin = intervals / (high - low);
  const values = Float64Array.from({ length: intervals + 1 }, (_, i) => f(low + i / perKelvin));
  return (temperature) => {
    const place = Math.min(Math.max((temperature - low) * perKelvin, 0), intervals);
    const i = Math.min(Math.floor(place), intervals - 1);
    return values[i] + (place - i) * (values[i + 1] - values[i]);
  };
}
