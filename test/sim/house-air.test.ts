import { describe, expect, it } from 'vitest';
import { Coil, dryCoil } from '../../sim/house/coil.ts';
import {
  AIR_HEAT_CAPACITY,
  CONDENSATION_HEAT,
  dewPoint,
  humidityRatio,
  saturatedHumidityRatio,
  saturatedSlope,
  saturationPressure,
} from '../../sim/house/moist-air.ts';

/** J per kg of dry air, by the constants of the house. */
const moistEnthalpy = (temperatureK: number, ratio: number): number =>
  AIR_HEAT_CAPACITY * (temperatureK - 273.15) + CONDENSATION_HEAT * ratio;

const kelvin = (celsius: number): number => celsius + 273.15;

describe('moist air', () => {
  it('has the saturation pressure of the tables (ashrae-2017, table 3)', () => {
    const table = [
      [5, 872.6],
      [25, 3169.7],
      [50, 12351.3],
    ];
    // the Magnus form claims 0.4 %
    for (const [celsius, pascal] of table)
      expect(Math.abs(saturationPressure(kelvin(celsius)) / pascal - 1)).toBeLessThan(0.004);
  });

  it('has the humidity ratio of the tables (ashrae-2017, table 2)', () => {
    // 0.4 % of the pressure, and 0.5 % that vapour in air is not an ideal gas (enhancement factor)
    expect(Math.abs(saturatedHumidityRatio(kelvin(5)) / 0.005425 - 1)).toBeLessThan(0.009);
    expect(Math.abs(saturatedHumidityRatio(kelvin(25)) / 0.020173 - 1)).toBeLessThan(0.009);
    expect(humidityRatio(3169.7, 95_461)).toBeCloseTo(0.02136, 4);
  });

  it('has the enthalpy of the tables (ashrae-2017, table 2) but for what it leaves out', () => {
    for (const [celsius, ratio, joule] of [
      [5, 0.005425, 18_639],
      [25, 0.020173, 76_504],
    ]) {
      // left out: 1.86 kJ/(kg K) of the vapour and 1 kJ/kg of 2501; 0.05 kJ/kg of the rounded 1006 J/(kg K)
      const leftOut = ratio * (1860 * celsius + 1000);
      expect(Math.abs(joule - leftOut - moistEnthalpy(kelvin(celsius), ratio))).toBeLessThan(50);
    }
  });

  it('has dew point and slope that belong to it', () => {
    for (const celsius of [-20, 0, 12, 26.5, 45]) {
      const ratio = saturatedHumidityRatio(kelvin(celsius));
      expect(dewPoint(ratio)).toBeCloseTo(kelvin(celsius), 9);
      const rise =
        saturatedHumidityRatio(kelvin(celsius + 1e-3)) - saturatedHumidityRatio(kelvin(celsius - 1e-3));
      // central difference: relative error of the order of (1e-3/20 K)², round-off 1e-16 / 1e-4
      expect(Math.abs(saturatedSlope(kelvin(celsius)) / (rise / 2e-3) - 1)).toBeLessThan(1e-7);
    }
  });
});

const [CONDUCTANCE, CAPACITY, SHARE] = [200, 180, 0.77];
const coil = new Coil(CONDUCTANCE, CAPACITY, SHARE);
const ratioAt = (celsius: number): number => saturatedHumidityRatio(kelvin(celsius));

describe('the air coil', () => {
  it('is the effectiveness of its whole conductance when dry, whatever the share of the air side', () => {
    for (const share of [0.1, 0.5, 0.77, 0.99]) {
      const dry = new Coil(CONDUCTANCE, CAPACITY, share);
      dry.exchange(kelvin(24), ratioAt(5), kelvin(12));
      expect(dry.totalW).toBeCloseTo(dryCoil(CONDUCTANCE, CAPACITY) * 12, 8);
      expect(dry.condensateKgPerS).toBe(0);
      dry.exchange(kelvin(12), ratioAt(5), kelvin(24));
      expect(dry.totalW).toBeCloseTo(dryCoil(CONDUCTANCE, CAPACITY) * -12, 8);
    }
  });

  it('balances energy and water: air in, air out on the line to the apparatus dew point, condensate, loop', () => {
    const airKgPerS = CAPACITY / AIR_HEAT_CAPACITY;
    const touching = 1 - Math.exp(-CONDUCTANCE / SHARE / CAPACITY);
    const inner = 1 / (1 / dryCoil(CONDUCTANCE, CAPACITY) - 1 / (touching * CAPACITY));
    for (const [air, dew, loop] of [
      [31, 26.5, 15],
      [22, 14, 10],
      [22, 22, 5],
    ]) {
      const ratio = ratioAt(dew);
      coil.exchange(kelvin(air), ratio, kelvin(loop));
      const saturated = saturatedHumidityRatio(coil.surfaceK);
      const outK = kelvin(air) + touching * (coil.surfaceK - kelvin(air));
      const outRatio = ratio + touching * (saturated - ratio);
      expect(airKgPerS * (ratio - outRatio)).toBeCloseTo(coil.condensateKgPerS, 12);
      const given = airKgPerS * (moistEnthalpy(kelvin(air), ratio) - moistEnthalpy(outK, outRatio));
      expect(given).toBeCloseTo(coil.totalW, 7);
      // the fins' temperature is solved to 1e-9 K; inner conductance and slope are of the order of 1 kW/K
      expect(Math.abs(inner * (coil.surfaceK - kelvin(loop)) - coil.totalW)).toBeLessThan(1e-5);
    }
  });

  it('agrees within 3 % with fins of many temperatures, integrated along the air', () => {
    for (const [air, dew, loop] of [
      [31, 26.5, 15],
      [22, 26, 19],
      [22, 14, 10],
      [26, 14, 11],
    ]) {
      coil.exchange(kelvin(air), ratioAt(dew), kelvin(loop));
      const [heat, latent] = integrateAlong(kelvin(air), ratioAt(dew), kelvin(loop));
      // one fin temperature instead of many: what the method neglects, measured at 0.8 to 1.8 % of the whole heat
      expect(Math.abs(coil.totalW / (heat + latent) - 1)).toBeLessThan(0.03);
      const own = CONDENSATION_HEAT * coil.condensateKgPerS;
      expect(Math.abs(own - latent) / (heat + latent)).toBeLessThan(0.03);
    }
  });

  it('is continuous where the fins become wet', () => {
    const surfaceDry = 12 + 12 * (1 - SHARE_OF_DRY_DROP);
    let before: number | undefined;
    for (let dew = surfaceDry - 0.01; dew < surfaceDry + 0.01; dew += 1e-4) {
      coil.exchange(kelvin(24), ratioAt(dew), kelvin(12));
      // 1e-4 K of dew point is 6e-8 of humidity ratio: 0.02 W of latent heat at most
      if (before !== undefined) expect(Math.abs(coil.totalW - before)).toBeLessThan(0.03);
      before = coil.totalW;
    }
    expect(coil.condensateKgPerS).toBeGreaterThan(0);
  });
});

/** Air to fins, as a share of the drop from air to loop, dry. */
const SHARE_OF_DRY_DROP =
  dryCoil(CONDUCTANCE, CAPACITY) / (CAPACITY * (1 - Math.exp(-CONDUCTANCE / SHARE / CAPACITY)));

/** Heat and latent heat, W, slice by slice; in each the fins' temperature is found by halving. */
function integrateAlong(airK: number, ratio: number, loopK: number): [heat: number, latent: number] {
  const slices = 400;
  const outer = CONDUCTANCE / SHARE / slices;
  const inner = CONDUCTANCE / (1 - SHARE) / slices;
  let [air, humidity, heat, latent] = [airK, ratio, 0, 0];
  for (let i = 0; i < slices; i++) {
    let [low, high] = [loopK, air + 10];
    let [sensible, condensing] = [0, 0];
    for (let k = 0; k < 50; k++) {
      const fins = (low + high) / 2;
      sensible = outer * (air - fins);
      condensing = (outer / AIR_HEAT_CAPACITY) * Math.max(0, humidity - saturatedHumidityRatio(fins));
      if (sensible + CONDENSATION_HEAT * condensing > inner * (fins - loopK)) low = fins;
      else high = fins;
    }
    air -= sensible / CAPACITY;
    humidity -= (condensing * AIR_HEAT_CAPACITY) / CAPACITY;
    heat += sensible;
    latent += CONDENSATION_HEAT * condensing;
  }
  return [heat, latent];
}
