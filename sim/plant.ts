/**
 * The machine as its electronics see it: command a shortening and a flow, step, read sensors. The virtual rig puts
 * firmware and a serial line in front of it; the offline studies drive it with the same cycle schedule.
 */

/** What the actuators do during one step. */
export interface ActuatorCommand {
  /** Shortening of the whole load train at the end of the step, m; 0 is unloaded. */
  shorteningM: number;
  /** Fluid flow through all cells, kg/s; + hot blow (cold side to hot side), - cold blow, 0 valves shut. */
  flowKgPerS: number;
}

/** Sensor readings after a step; one object, overwritten in place. */
export interface PlantReadings {
  timeS: number;
  forceN: number;
  /** Highest cell stress, Pa, compression positive. */
  stressPa: number;
  shorteningM: number;
  pressurePa: number;
  /** Flow through the cells, kg/s; + hot blow, - cold blow. */
  flowKgPerS: number;
  /** Fluid temperatures at the ports of the cells, K. */
  coldInletK: number;
  hotInletK: number;
  coldOutletK: number;
  hotOutletK: number;
  roomK: number;
  outdoorK: number;
  /** Temperature at mid-length of the tubes of each cell, K, shape [cells]. */
  cellK: Float64Array;
  /** The same at the places of PROFILE_PLACES, shape [cells x places]. */
  profileK: Float64Array;
  /** Share of the flow through each cell, kg/s, signed like it, shape [cells]. */
  cellFlowKgPerS: Float64Array;
}

/** Thermocouples along a tube besides the one at mid-length: share of the length from the cold end. */
export const PROFILE_PLACES = [0.1, 0.3, 0.9] as const;

/** Energies since the plant was made, J; differences over a cycle give powers. */
export interface PlantEnergies {
  /** Net enthalpy taken from the cold loop by the cells. */
  coolingJ: number;
  /** Net enthalpy given to the hot loop by the cells. */
  heatingJ: number;
  /** Net work of the actuator on the load train. */
  workJ: number;
  /** The part of `workJ` that was put in (force times shortening, never negative). */
  loadingWorkJ: number;
  /** Electrical energy of the pump. */
  pumpJ: number;
}

export interface Plant {
  readonly readings: PlantReadings;
  readonly energies: PlantEnergies;
  /** Advances by `dtS` (above 0); splits it itself where transport asks for shorter steps. */
  step(dtS: number, command: ActuatorCommand): void;
}
