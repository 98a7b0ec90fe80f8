/** Where a fault reaches into the plant: before a step, at what is true after it, at what the sensors say of that. */
import type { ActuatorCommand, PlantEnergies, PlantReadings } from '../../../sim/index.ts';

/** What hooks may know besides the readings. */
export interface Surroundings {
  /** Simulated time since this fault was injected, s. */
  readonly sinceS: number;
  /** Simulated length of this step, s. */
  readonly dtS: number;
  /** Largest shortening that was ever commanded, m. */
  readonly fullStrokeM: number;
  /** Shortening commanded before and in this step, m, before any fault. */
  readonly fromM: number;
  readonly toM: number;
  /** Highest cell stress over force, Pa/N. */
  readonly stressPerN: number;
}

export interface PlantHook {
  command?(command: ActuatorCommand, around: Surroundings): void;
  truth?(truth: PlantReadings, around: Surroundings): void;
  sensed?(sensed: PlantReadings, around: Surroundings): void;
  /** `gained`: what the meters count in this step, J. */
  metered?(gained: PlantEnergies, truth: PlantReadings, around: Surroundings): void;
}

/** Scales a load: the highest stress follows the force. */
export function scaleLoad(readings: PlantReadings, factor: number): void {
  readings.forceN *= factor;
  readings.stressPa *= factor;
}

export function setLoad(readings: PlantReadings, forceN: number, stressPerN: number): void {
  readings.forceN = forceN;
  readings.stressPa = forceN * stressPerN;
}
