/**
 * A constant heat load instead of a room: the closed box of an edge computer, its electronics on a cold plate in the
 * cold loop, held at their limit temperature.
 *
 *   cells ⇄ cold loop ─ cold plate ─ box (constant load) ─ small loss ─ outdoors        cells ⇄ hot loop ─ coil ─ outdoors
 */
import type { DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/fluid.ts';
import { REFERENCE_TEMPERATURE_K } from '../machine/geometry.ts';
import { LOOPS_STATE_LENGTH, Loops } from './loops.ts';
import type { Place } from './place.ts';
import { type Weather, sineWeather } from './weather.ts';

export class EdgeBox implements Place {
  boxK: number;
  fansRun = false;
  timeS: number;
  /** Heat the cold plate took from the box, J. */
  coilJ = 0;
  /** Heat of the electronics, J. */
  loadJ = 0;
  /** From outdoors through the box, J. */
  envelopeJ = 0;
  /** Electricity of the hot coil's fan, J; there is none in the box. */
  fanJ = 0;
  readonly weather: Weather;
  readonly stateLength = LOOPS_STATE_LENGTH + 2;
  private readonly config: DeviceConfig;
  private readonly loops: Loops;

  constructor(config: DeviceConfig, fluid: Fluid, weather: Weather = sineWeather(config.room)) {
    const start = config.room.initial_temperature;
    this.config = config;
    this.weather = weather;
    this.timeS = config.room.start_time;
    this.boxK = start;
    this.loops = new Loops(config, fluid, start);
  }

  get coldLoopK(): number {
    return this.loops.cold.temperatureK;
  }

  get hotLoopK(): number {
    return this.loops.hot.temperatureK;
  }

  get outdoorK(): number {
    return this.weather.outdoorK(this.timeS);
  }

  get controlledK(): number {
    return this.boxK;
  }

  get setpointK(): number {
    return this.config.edge_box.limit_temperature;
  }

  step(dtS: number, movedKg: number, takenJ: number, givenJ: number): void {
    const { edge_box: b, exchangers: x } = this.config;
    const { cold } = this.loops;
    this.timeS += dtS;
    const outdoorK = this.outdoorK;
    this.loops.exchange(movedKg, takenJ, givenJ);

    // the box at the end of the step as it would be without the plate, and how it yields to it
    const weight = b.heat_capacity + dtS * b.loss_conductance;
    const into = b.heat_capacity * this.boxK + dtS * (b.loss_conductance * outdoorK + b.heat_load);
    this.boxK = into / weight;
    if (this.fansRun) {
      const resistance = 1 / b.plate_conductance + dtS / weight + dtS / cold.heatCapacity;
      const plateJ = (dtS * (this.boxK - cold.temperatureK)) / resistance;
      this.boxK -= plateJ / weight;
      cold.receive(0, plateJ);
      this.loops.reject(dtS, outdoorK);
      this.coilJ += plateJ;
      this.fanJ += x.hot_fan_power * dtS;
    }
    this.loadJ += b.heat_load * dtS;
    this.envelopeJ += dtS * b.loss_conductance * (outdoorK - this.boxK);
  }

  get receivedJ(): number {
    return this.loadJ + this.envelopeJ - this.loops.rejectedJ;
  }

  storedEnergy(): number {
    const box = this.config.edge_box.heat_capacity * (this.boxK - REFERENCE_TEMPERATURE_K);
    return this.loops.storedEnergy() + box;
  }

  saveState(into: Float64Array): void {
    this.loops.saveState(into);
    into[LOOPS_STATE_LENGTH] = this.timeS;
    into[LOOPS_STATE_LENGTH + 1] = this.boxK;
  }

  loadState(from: Float64Array): void {
    this.loops.loadState(from);
    this.timeS = from[LOOPS_STATE_LENGTH];
    this.boxK = from[LOOPS_STATE_LENGTH + 1];
  }
}
