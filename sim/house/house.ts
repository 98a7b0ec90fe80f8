/**
 * The model house: a room behind a coil in the cold loop, outdoors behind one in the hot loop.
 *
 *   cells ⇄ cold loop ─ coil ─ room air, humidity ─ wall layers ─ outdoors        cells ⇄ hot loop ─ coil ─ outdoors
 *                                └──── ventilation ────┘
 *
 * One implicit step couples loop, fins, air, humidity and walls: everything but the fins answers linearly to the heat
 * and water that the coil takes, so only their temperature is solved for (see Coil). All books are sums since the start.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/fluid.ts';
import { REFERENCE_TEMPERATURE_K } from '../machine/geometry.ts';
import { Coil } from './coil.ts';
import { Envelope } from './envelope.ts';
import { LOOPS_STATE_LENGTH, Loops } from './loops.ts';
import { AIR_DENSITY, AIR_HEAT_CAPACITY, CONDENSATION_HEAT, saturatedHumidityRatio } from './moist-air.ts';
import type { Place } from './place.ts';
import { type Weather, sineWeather } from './weather.ts';

export class House implements Place {
  roomK: number;
  /** kg of vapour to a kg of dry air. */
  humidity: number;
  fansRun = false;
  timeS: number;

  /** Heat the cold coil took out of the room air, and heat of condensation it took besides, J. */
  coilJ = 0;
  latentJ = 0;
  /** Electricity of both fans, and the part of it that heated the room, J. */
  fanJ = 0;
  roomFanJ = 0;
  /** Gains inside, the heat of the vapour among them included, J. */
  loadJ = 0;
  solarJ = 0;
  /** From outdoors through the walls, and with the air (vapour included), J. */
  envelopeJ = 0;
  ventilationJ = 0;
  /** Water, kg: from gains, with the air from outdoors, and liquid on coil and walls. */
  moistureKg = 0;
  ventilatedKg = 0;
  condensateKg = 0;

  readonly weather: Weather;
  private readonly config: DeviceConfig;
  private readonly loops: Loops;
  private readonly coil: Coil;
  private readonly walls: Envelope;
  private readonly dryAirKg: number;
  private readonly airCapacity: number;

  constructor(config: DeviceConfig, fluid: Fluid, weather: Weather = sineWeather(config.room)) {
    const { exchangers: x, room: r } = config;
    const start = r.initial_temperature;
    this.config = config;
    this.weather = weather;
    this.timeS = r.start_time;
    this.roomK = start;
    this.humidity = saturatedHumidityRatio(Math.min(r.initial_dew_point, start));
    this.loops = new Loops(config, fluid, start);
    this.coil = new Coil(x.cold_conductance, x.cold_air_capacity, x.cold_air_side_share);
    this.walls = new Envelope(
      {
        area: r.wall_area,
        heatCapacity: r.wall_heat_capacity,
        innerCoefficient: r.wall_inner_coefficient,
        transmittance: r.wall_transmittance,
        layers: Math.round(r.wall_layers),
      },
      start,
    );
    this.dryAirKg = AIR_DENSITY * r.air_volume;
    this.airCapacity = this.dryAirKg * AIR_HEAT_CAPACITY;
    this.stateLength = LOOPS_STATE_LENGTH + 3 + this.walls.temperatureK.length;
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
    return this.roomK;
  }

  get setpointK(): number {
    return this.config.room.setpoint;
  }

  /** The inner wall layer, K; setting it sets every layer. */
  get wallK(): number {
    return this.walls.temperatureK[0];
  }

  set wallK(kelvin: number) {
    this.walls.temperatureK.fill(kelvin);
  }

  /** The machine rests: both loops come back to their level. */
  level(dtS: number): void {
    this.loops.level(dtS);
  }

  step(dtS: number, movedKg: number, takenJ: number, givenJ: number): void {
    const { exchangers: x, room: r } = this.config;
    const { coil, loops, walls, weather } = this;
    this.timeS += dtS;
    const outdoorK = weather.outdoorK(this.timeS);
    const outdoorHumidity = weather.humidityRatio(this.timeS);
    const solarW = r.solar_aperture * weather.irradianceWPerM2(this.timeS);
    const roomFanW = this.fansRun ? x.cold_fan_power : 0;
    loops.exchange(movedKg, takenJ, givenJ);

    // air and humidity at the end of the step as they would be without the coil, and how they yield to it
    walls.prepare(dtS, outdoorK, solarW);
    const changes = r.ventilation * dtS;
    const airWeight = this.airCapacity * (1 + changes) + dtS * walls.inner * (1 - walls.layerShare);
    const intoAir =
      this.airCapacity * (this.roomK + changes * outdoorK) +
      dtS * (walls.inner * walls.layerBase + r.heat_gain + roomFanW);
    const moistureKg = r.moisture_gain * dtS;
    const freeHumidity =
      (this.humidity + changes * outdoorHumidity + moistureKg / this.dryAirKg) / (1 + changes);
    this.roomK = intoAir / airWeight;
    this.humidity = freeHumidity;

    if (this.fansRun) {
      coil.exchange(
        this.roomK,
        freeHumidity,
        loops.cold.temperatureK,
        dtS / airWeight,
        dtS / loops.cold.heatCapacity,
        dtS / (this.dryAirKg * (1 + changes)),
      );
      const condensateKg = coil.condensateKgPerS * dtS;
      this.roomK -= (coil.sensibleW * dtS) / airWeight;
      this.humidity -= condensateKg / (this.dryAirKg * (1 + changes));
      loops.cold.receive(0, coil.totalW * dtS);
      loops.reject(dtS, outdoorK);
      this.coilJ += coil.sensibleW * dtS;
      this.latentJ += CONDENSATION_HEAT * condensateKg;
      this.condensateKg += condensateKg;
      this.roomFanJ += roomFanW * dtS;
      this.fanJ += (x.cold_fan_power + x.hot_fan_power) * dtS;
    }

    this.envelopeJ += walls.follow(dtS, this.roomK, outdoorK);
    const ventilatedKg = changes * this.dryAirKg * (outdoorHumidity - this.humidity);
    this.ventilatedKg += ventilatedKg;
    this.ventilationJ +=
      changes * this.airCapacity * (outdoorK - this.roomK) + CONDENSATION_HEAT * ventilatedKg;
    this.moistureKg += moistureKg;
    this.loadJ += r.heat_gain * dtS + CONDENSATION_HEAT * moistureKg;
    this.solarJ += solarW * dtS;
    this.sweat();
  }

  /** What the air cannot hold condenses on the inner wall layer and warms it. */
  private sweat(): void {
    const surplusKg = this.dryAirKg * (this.humidity - saturatedHumidityRatio(this.roomK));
    if (surplusKg <= 0) return;
    this.humidity -= surplusKg / this.dryAirKg;
    this.condensateKg += surplusKg;
    this.walls.temperatureK[0] += (CONDENSATION_HEAT * surplusKg) / this.walls.layerCapacity;
  }

  get receivedJ(): number {
    const { loadJ, roomFanJ, solarJ, envelopeJ, ventilationJ, loops } = this;
    return loadJ + roomFanJ + solarJ + envelopeJ + ventilationJ - loops.rejectedJ;
  }

  storedEnergy(): number {
    const air = this.airCapacity * (this.roomK - REFERENCE_TEMPERATURE_K);
    const vapour = CONDENSATION_HEAT * this.storedWater();
    return this.loops.storedEnergy() + air + vapour + this.walls.storedEnergy(REFERENCE_TEMPERATURE_K);
  }

  /** Vapour in the room, kg: grows by moistureKg + ventilatedKg − condensateKg. */
  storedWater(): number {
    return this.dryAirKg * this.humidity;
  }

  readonly stateLength: number;

  saveState(into: Float64Array): void {
    this.loops.saveState(into);
    into[LOOPS_STATE_LENGTH] = this.timeS;
    into[LOOPS_STATE_LENGTH + 1] = this.roomK;
    into[LOOPS_STATE_LENGTH + 2] = this.humidity;
    into.set(this.walls.temperatureK, LOOPS_STATE_LENGTH + 3);
  }

  loadState(from: Float64Array): void {
    this.loops.loadState(from);
    this.timeS = from[LOOPS_STATE_LENGTH];
    this.roomK = from[LOOPS_STATE_LENGTH + 1];
    this.humidity = from[LOOPS_STATE_LENGTH + 2];
    const walls = this.walls.temperatureK;
    for (let i = 0; i < walls.length; i++) walls[i] = from[LOOPS_STATE_LENGTH + 3 + i];
  }
}
