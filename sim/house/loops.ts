/** The fluid on both sides of the cells: mixed volumes, the hot one with its coil to outdoor air. */
import type { DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/fluid.ts';
import { REFERENCE_TEMPERATURE_K } from '../machine/geometry.ts';
import { dryCoil } from './coil.ts';

/** A mixed volume of fluid that gives and takes mass; enthalpy counted from REFERENCE_TEMPERATURE_K. */
export class Loop {
  temperatureK: number;
  massKg: number;
  private readonly specificHeat: number;

  constructor(fluid: Fluid, volume: number, temperatureK: number) {
    this.massKg = fluid.density * volume;
    this.specificHeat = fluid.heatCapacity;
    this.temperatureK = temperatureK;
  }

  /** J/K. */
  get heatCapacity(): number {
    return this.massKg * this.specificHeat;
  }

  /** Enthalpy, J. */
  storedEnergy(): number {
    return this.massKg * this.specificEnthalpy();
  }

  /** J/kg. */
  specificEnthalpy(): number {
    return this.specificHeat * (this.temperatureK - REFERENCE_TEMPERATURE_K);
  }

  /** @param massKg what flows in (out where negative); @param enthalpyJ what it brings, and any heat */
  receive(massKg: number, enthalpyJ: number): void {
    const enthalpy = this.storedEnergy() + enthalpyJ;
    this.massKg += massKg;
    this.temperatureK = REFERENCE_TEMPERATURE_K + enthalpy / this.heatCapacity;
  }
}

/**
 * Time constant of the line that brings both sides back to their level while the machine rests, s. Assumed: nothing of it is
 * published. Without one every stop in the middle of a cycle would leave the fluid of a blow on the other side for good.
 */
const LEVELLING_S = 10;

/** So many values a pair of loops adds to the state of a place. */
export const LOOPS_STATE_LENGTH = 4;

export class Loops {
  readonly cold: Loop;
  readonly hot: Loop;
  /** Heat given to outdoor air so far, J. */
  rejectedJ = 0;
  private readonly hotCoil: number;
  private readonly hotLevelKg: number;

  constructor({ exchangers: x }: DeviceConfig, fluid: Fluid, startK: number) {
    this.cold = new Loop(fluid, x.cold_loop_volume, startK);
    this.hot = new Loop(fluid, x.hot_loop_volume, startK);
    this.hotLevelKg = this.hot.massKg;
    this.hotCoil = dryCoil(x.hot_conductance, x.hot_air_capacity);
  }

  /** What passed the cells in this step. */
  exchange(movedKg: number, takenJ: number, givenJ: number): void {
    this.cold.receive(-movedKg, -takenJ);
    this.hot.receive(movedKg, givenJ);
  }

  /** The machine rests: what one side has too much flows to the other, with its temperature. */
  level(dtS: number): void {
    const movedKg = (this.hot.massKg - this.hotLevelKg) * -Math.expm1(-dtS / LEVELLING_S);
    const from = movedKg > 0 ? this.hot : this.cold;
    const enthalpyJ = movedKg * from.specificEnthalpy();
    this.hot.receive(-movedKg, -enthalpyJ);
    this.cold.receive(movedKg, enthalpyJ);
  }

  /** The hot coil over `dtS` with its fan running; implicit, so that a steady loop is exact at any step. */
  reject(dtS: number, outdoorK: number): void {
    const resistance = 1 / this.hotCoil + dtS / this.hot.heatCapacity;
    const heatJ = (dtS * (this.hot.temperatureK - outdoorK)) / resistance;
    this.hot.receive(0, -heatJ);
    this.rejectedJ += heatJ;
  }

  storedEnergy(): number {
    return this.cold.storedEnergy() + this.hot.storedEnergy();
  }

  /** Writes LOOPS_STATE_LENGTH values from the start of `into`. */
  saveState(into: Float64Array): void {
    into[0] = this.cold.massKg;
    into[1] = this.cold.temperatureK;
    into[2] = this.hot.massKg;
    into[3] = this.hot.temperatureK;
  }

  loadState(from: Float64Array): void {
    this.cold.massKg = from[0];
    this.cold.temperatureK = from[1];
    this.hot.massKg = from[2];
    this.hot.temperatureK = from[3];
  }
}
