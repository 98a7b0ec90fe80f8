/** The adiabatic change of temperature of an alloy: the law itself, loaded and unloaded at a stroke. */
import type { BankConfig } from '../../config/device-config.ts';
import { workedAlloy } from '../../machine/geometry.ts';
import { LoadTrain } from '../../machine/load-train.ts';
import { makeLaw } from '../../material/make-law.ts';

export interface AdiabaticChange {
  /** Rise of temperature on loading from rest, K, positive. */
  readonly loading_K: number;
  /** Change of temperature on unloading from equilibrium at the peak stress, K, negative. */
  readonly unloading_K: number;
}

/** Per stroke; twice as many move either change by less than 0.01 K. */
const STEPS = 400;
/** Heat is exchanged until a wait brings no more than this, K. */
const EQUILIBRIUM_K = 1e-6;
const MAX_WAITS = 10_000;
/** Any cross-section (m²) gives the same, and the frame is not there: stress is what is set. */
const AREA = 1;
const RIGID = Number.POSITIVE_INFINITY;

/**
 * Both changes of a repeating cycle that starts each stroke in equilibrium at `temperatureC`: loaded, held, unloaded,
 * held. Martensite that stays at this temperature without stress takes no part. The alloy is as the cycles before
 * (material.cycles_before) have left it.
 * @param stressMPa peak stress, above 0
 */
export function adiabaticChange(
  material: BankConfig['material'],
  temperatureC: number,
  stressMPa: number,
): AdiabaticChange {
  const room = temperatureC + 273.15;
  const law = makeLaw(material.law, workedAlloy({ material }).parameters, material.elements, 1, room);
  const train = new LoadTrain([{ law, area: AREA, nodeLength: 1 }], RIGID);
  const peak = stressMPa * 1e6 * AREA;
  const stroke = (from: number, to: number): number => {
    for (let k = 1; k <= STEPS; k++) train.advanceToForce(from + ((to - from) * k) / STEPS);
    const change = law.temperature[0] - room;
    rest(to);
    return change;
  };
  const rest = (force: number) => {
    for (let k = 0; Math.abs(law.temperature[0] - room) > EQUILIBRIUM_K && k < MAX_WAITS; k++) {
      law.temperature[0] = room;
      train.advanceToForce(force);
    }
    law.temperature[0] = room;
  };
  stroke(0, peak);
  const unloading_K = stroke(peak, 0);
  return { loading_K: stroke(0, peak), unloading_K };
}
