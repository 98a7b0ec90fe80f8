/**
 * What the actuators do over one cycle, as a table of steps. Steps land exactly on every phase switch (start and end
 * of loading, of each blow, of unloading), so no part of a cycle is ever skipped or counted twice.
 */
import type { DeviceConfig } from './config/device-config.ts';

/** What an operator may change from cycle to cycle. */
export interface CycleRecipe {
  /** Cycles a second, Hz. */
  frequencyHz: number;
  /** Nominal strain of the load train at full stroke, 1. */
  strain: number;
  /** Flow through all cells during a blow, kg/s. */
  blowFlowKgPerS: number;
  /** Share of the period of each of the two blows, 0.05 to 0.5. */
  blowDuty: number;
}

/** One cycle in `steps` steps; every array has shape [steps]. Phase 0 is the start of loading. */
export interface CycleSchedule {
  readonly periodS: number;
  readonly steps: number;
  readonly dtS: Float64Array;
  /** Phase at the end of each step, the last one exactly 1. */
  readonly phaseEnd: Float64Array;
  /** Commanded shortening of the load train at the end of each step, m. */
  readonly shorteningM: Float64Array;
  /** Mean flow during each step, kg/s; + hot blow, - cold blow. */
  readonly flowKgPerS: Float64Array;
}

export declare function buildCycleSchedule(config: DeviceConfig, recipe: CycleRecipe): CycleSchedule;
