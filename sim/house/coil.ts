/**
 * An air coil against a mixed loop. Part of the air touches the fins and leaves at their temperature and saturation,
 * the rest passes by: the bypass-factor method, the fins' temperature being the apparatus dew point when they are wet.
 *
 *   air ─ contact factor 1 − e^(−UA_air/C) ─ fins ─ inner conductance ─ loop
 *
 * The inner conductance is chosen so that a dry coil is exactly the effectiveness (1 − e^(−UA/C)) C of its whole UA.
 */
import {
  AIR_HEAT_CAPACITY,
  CONDENSATION_HEAT,
  dewPoint,
  saturatedHumidityRatio,
  saturatedSlope,
} from './moist-air.ts';

/** Newton's steps on the fins' temperature end below this, K; 1e-9 K is 1e-7 W here. */
const TOLERANCE_K = 1e-9;

/** Heat per second and kelvin between an air stream and a mixed loop, W/K. */
export const dryCoil = (conductance: number, airCapacity: number): number =>
  airCapacity * -Math.expm1(-conductance / airCapacity);

export class Coil {
  /** What the last `exchange` took from the air: heat, W, and water, kg/s. */
  sensibleW = 0;
  condensateKgPerS = 0;
  /** Temperature of the fins, K. */
  surfaceK = 0;
  private readonly airResistance: number;
  private readonly innerResistance: number;
  private readonly vapourResistance: number;

  /**
   * @param conductance loop to air, W/K; @param airCapacity heat capacity rate of the air, W/K
   * @param airSideShare share of the coil's resistance that lies between air and fins, above 0 and below 1
   */
  constructor(conductance: number, airCapacity: number, airSideShare: number) {
    const touching = dryCoil(conductance / airSideShare, airCapacity);
    this.airResistance = 1 / touching;
    this.innerResistance = 1 / dryCoil(conductance, airCapacity) - this.airResistance;
    // heat and vapour are carried by the same air (Lewis number 1)
    this.vapourResistance = AIR_HEAT_CAPACITY / touching;
  }

  /** Heat that goes into the loop, W. */
  get totalW(): number {
    return this.sensibleW + CONDENSATION_HEAT * this.condensateKgPerS;
  }

  /**
   * Air, its humidity and the loop may give way to what is exchanged, as they do over an implicit step of time; the
   * temperatures given are then those without any exchange.
   * @param airYield fall of the air temperature per heat, K/W; @param loopYield rise of the loop per heat, K/W
   * @param humidityYield fall of the humidity ratio per condensate, s/kg
   */
  exchange(
    airK: number,
    humidity: number,
    loopK: number,
    airYield = 0,
    loopYield = 0,
    humidityYield = 0,
  ): void {
    const air = 1 / (this.airResistance + airYield);
    const inner = 1 / (this.innerResistance + loopYield);
    const vapour = 1 / (this.vapourResistance + humidityYield);
    this.surfaceK = (air * airK + inner * loopK) / (air + inner);
    if (saturatedHumidityRatio(this.surfaceK) < humidity) {
      const dry = this.surfaceK;
      this.surfaceK = wetSurface(dry, air + inner, CONDENSATION_HEAT * vapour, humidity);
      this.condensateKgPerS = Math.max(0, vapour * (humidity - saturatedHumidityRatio(this.surfaceK)));
    } else this.condensateKgPerS = 0;
    this.sensibleW = air * (airK - this.surfaceK);
  }
}

/**
 * The temperature at which condensation balances what the fins lose by being warmer than dry ones, K:
 * 0 = latent (humidity − saturated(T)) − conductance (T − dry). The right side falls and is concave, so Newton's
 * method comes down on the root from above and never passes it.
 */
function wetSurface(dryK: number, conductance: number, latent: number, humidity: number): number {
  let temperature = dryK;
  const ceiling = dewPoint(humidity);
  for (let i = 0; i < 30; i++) {
    const condensing = latent * (humidity - saturatedHumidityRatio(temperature));
    const slope = latent * saturatedSlope(temperature) + conductance;
    const balance = condensing - conductance * (temperature - dryK);
    const next = Math.min(ceiling, temperature + balance / slope);
    const done = Math.abs(next - temperature) < TOLERANCE_K;
    temperature = next;
    if (done) break;
  }
  return temperature;
}
