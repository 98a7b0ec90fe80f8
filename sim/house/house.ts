/**
 * What stands around the device: a mixed loop with a coil to air on either side, the model house, outdoors.
 *
 *   cells ⇄ cold loop ─coil─ room air ─ inner wall layer ─ outdoors        cells ⇄ hot loop ─coil─ outdoors
 *
 * Each loop keeps mass and enthalpy, so what one blow takes out and the next brings back is never invented. Coils:
 * effectiveness of an air stream against a mixed loop, Q = (1 − e^(−UA/C_air)) C_air (T_air − T_loop).
 */
import type { DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/fluid.ts';
import { REFERENCE_TEMPERATURE_K } from '../machine/geometry.ts';

/** ρ c_p of air near 25 °C and 1 bar, J/(m³ K). */
const AIR_HEAT_CAPACITY = 1.185 * 1006;

/** A mixed volume of fluid that gives and takes mass; enthalpy counted from REFERENCE_TEMPERATURE_K. */
class Loop {
  temperatureK: number;
  private massKg: number;
  private readonly heatCapacity: number;

  constructor(fluid: Fluid, volume: number, temperatureK: number) {
    this.massKg = fluid.density * volume;
    this.heatCapacity = fluid.heatCapacity;
    this.temperatureK = temperatureK;
  }

  /** @param massKg what flows in (out where negative); @param enthalpyJ what it brings, and any heat */
  receive(massKg: number, enthalpyJ: number): void {
    const enthalpy =
      this.massKg * this.heatCapacity * (this.temperatureK - REFERENCE_TEMPERATURE_K) + enthalpyJ;
    this.massKg += massKg;
    this.temperatureK = REFERENCE_TEMPERATURE_K + enthalpy / (this.massKg * this.heatCapacity);
  }
}

export class House {
  roomK: number;
  wallK: number;
  /** Whether the fans run; still coils exchange nothing. */
  fansRun = false;
  /** Heat taken out of the room air by the cold coil so far, J, and electricity of both fans, J. */
  coilJ = 0;
  fanJ = 0;
  readonly outdoorK: number;
  private readonly config: DeviceConfig;
  private readonly coldLoop: Loop;
  private readonly hotLoop: Loop;

  constructor(config: DeviceConfig, fluid: Fluid) {
    this.config = config;
    const start = config.room.initial_temperature;
    this.roomK = start;
    this.wallK = start;
    this.outdoorK = config.room.outdoor_temperature;
    this.coldLoop = new Loop(fluid, config.exchangers.cold_loop_volume, start);
    this.hotLoop = new Loop(fluid, config.exchangers.hot_loop_volume, start);
  }

  get coldLoopK(): number {
    return this.coldLoop.temperatureK;
  }

  get hotLoopK(): number {
    return this.hotLoop.temperatureK;
  }

  /**
   * @param movedKg fluid that went from the cold to the hot side through the cells (negative: back)
   * @param takenJ enthalpy the cells took from the cold loop; @param givenJ what they gave to the hot loop
   */
  step(dtS: number, movedKg: number, takenJ: number, givenJ: number): void {
    const { exchangers: x, room: r } = this.config;
    const running = this.fansRun ? dtS : 0;
    const cold = coil(x.cold_conductance, x.cold_air_capacity) * (this.roomK - this.coldLoopK) * running;
    const hot = coil(x.hot_conductance, x.hot_air_capacity) * (this.hotLoopK - this.outdoorK) * running;
    this.coldLoop.receive(-movedKg, -takenJ + cold);
    this.hotLoop.receive(movedKg, givenJ - hot);
    this.coilJ += cold;
    this.fanJ += (x.cold_fan_power + x.hot_fan_power) * running;

    const intoWall = r.wall_inner_coefficient * r.wall_area * (this.roomK - this.wallK) * dtS;
    const fromOutdoors = r.wall_transmittance * r.wall_area * (this.outdoorK - this.wallK) * dtS;
    const airCapacity = AIR_HEAT_CAPACITY * r.air_volume;
    const ventilated = r.ventilation * airCapacity * (this.outdoorK - this.roomK) * dtS;
    this.roomK +=
      (ventilated + r.heat_gain * dtS + x.cold_fan_power * running - cold - intoWall) / airCapacity;
    this.wallK += (intoWall + fromOutdoors) / (r.wall_heat_capacity * r.wall_area);
  }
}

/** Heat per second and kelvin between an air stream and a mixed loop, W/K. */
const coil = (conductance: number, airCapacity: number): number =>
  airCapacity * -Math.expm1(-conductance / airCapacity);
