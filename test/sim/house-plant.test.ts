/** The installation as its electronics see it, held against operating points: the same machine in two harnesses. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildStrokeSchedule, createHousePlant, houseRecipe, solveOperatingPoint } from '../../sim/index.ts';
import { BlowClock } from '../../sim/machine/blow-clock.ts';
import { kilowatt, kilowattPreset } from './kilowatt.ts';

/** Equal cells, and loops so large that they stand still within a cycle, as the inlets of an operating point do. */
const STILL = { gap_tolerance: '0', cold_loop_volume: '50 L', hot_loop_volume: '50 L' };
const SETTLING_S = 240;
const MEASURED_S = 60;

/** Cooling power of a plant that runs at a frequency, W, and the inlets that it had in the mean of its fluid, K. */
function settled(frequencyHz: number) {
  const preset = kilowattPreset(STILL);
  const plant = createHousePlant(preset);
  const recipe = { ...houseRecipe(preset.device), frequencyHz };
  const { steps, dtS, shorteningM, flowKgPerS } = buildStrokeSchedule(preset.device, recipe);
  const [cold, hot] = [
    { kg: 0, kgK: 0 },
    { kg: 0, kgK: 0 },
  ];
  let coolingJ = 0;
  const take = (into: typeof cold, kg: number, kelvin: number): void => {
    into.kg += kg;
    into.kgK += kg * kelvin;
  };
  for (let cycle = 0; cycle < (SETTLING_S + MEASURED_S) * frequencyHz; cycle++) {
    const isMeasured = cycle >= SETTLING_S * frequencyHz;
    if (cycle === SETTLING_S * frequencyHz) ({ coolingJ } = plant.energies);
    for (let i = 0; i < steps; i++) {
      plant.step(dtS[i], { shorteningM: shorteningM[i], flowKgPerS: flowKgPerS[i] });
      const { coldInletK, hotInletK } = plant.readings;
      const kg = isMeasured ? flowKgPerS[i] * dtS[i] : 0;
      take(cold, Math.max(0, kg), coldInletK);
      take(hot, Math.max(0, -kg), hotInletK);
    }
  }
  return {
    recipe,
    coolingW: (plant.energies.coolingJ - coolingJ) / MEASURED_S,
    coldK: cold.kgK / cold.kg,
    hotK: hot.kgK / hot.kg,
    outdoorK: plant.readings.outdoorK,
  };
}

describe('the plant of a virtual rig', () => {
  // The loops still drift by 1 to 5 mK/s: 2e-5 to 5e-5 was seen. (With the preset's loops of 1 L, which swing with blows of
  // up to 0.22 L, it is 0.1, 0.6 and 1.4 %.) Walls lumped for 3.5 Hz throughout give 13 % more at 1 and 0.4 Hz.
  it.each([3.5, 1, 0.4])('cools at %d Hz what an operating point with its inlets says', (frequencyHz) => {
    const { recipe, coolingW, coldK, hotK, outdoorK } = settled(frequencyHz);
    const device = kilowatt({
      ...STILL,
      'recipe.frequency': `${frequencyHz} Hz`,
      'recipe.strain': `${recipe.strain}`,
      'recipe.blow_flow': `${recipe.blowFlowKgPerS} kg/s`,
      'recipe.blow_duty': `${recipe.blowDuty}`,
      mean_temperature: `${(coldK + hotK) / 2} K`,
      lift: `${hotK - coldK} K`,
      ambient_temperature: `${outdoorK} K`,
    });
    const point = solveOperatingPoint(device);
    expect(Math.abs(coolingW / point.cooling_power_W - 1)).toBeLessThan(2e-4);
  });

  it('closes its first law over a change of frequency', () => {
    const preset = kilowattPreset(STILL);
    const plant = createHousePlant(preset);
    const { machine } = plant;
    const balanceJ = (): number =>
      machine.storedEnergy() +
      plant.energies.heatingJ +
      machine.lossJ -
      plant.energies.workJ -
      plant.energies.coolingJ -
      machine.wallJ;
    const start = balanceJ();
    for (const frequencyHz of [3.5, 0.5, 2]) {
      const recipe = { ...houseRecipe(preset.device), frequencyHz };
      const { steps, dtS, shorteningM, flowKgPerS } = buildStrokeSchedule(preset.device, recipe);
      for (let cycle = 0; cycle < 4; cycle++)
        for (let i = 0; i < steps; i++)
          plant.step(dtS[i], { shorteningM: shorteningM[i], flowKgPerS: flowKgPerS[i] });
    }
    expect(Math.abs(machine.wallJ)).toBeGreaterThan(1);
    // some hundred joules move to and fro in each of the twelve cycles
    expect(Math.abs(balanceJ() - start)).toBeLessThan(1e-3);
  });
});

describe('the peak force of a plant that runs slowly', () => {
  it('follows the warmth of its cells as the rig file of the machine says', () => {
    const text = readFileSync(new URL('../../fixtures/rigs/virtual-kilowatt.yaml', import.meta.url), 'utf8');
    const { plausibility } = parse(text) as { plausibility: { force_percent_per_K: number } };
    const preset = kilowattPreset({ gap_tolerance: '0' });
    const plant = createHousePlant(preset);
    const peaks = [3.5, 1, 0.4, 0.15].map((frequencyHz) => {
      const recipe = { ...houseRecipe(preset.device), frequencyHz };
      const { steps, dtS, shorteningM, flowKgPerS } = buildStrokeSchedule(preset.device, recipe);
      let [forceN, hottestK] = [0, 0];
      for (let cycle = 0; cycle < 60 * frequencyHz + 10; cycle++) {
        [forceN, hottestK] = [0, 0];
        for (let i = 0; i < steps; i++) {
          plant.step(dtS[i], { shorteningM: shorteningM[i], flowKgPerS: flowKgPerS[i] });
          forceN = Math.max(forceN, plant.readings.forceN);
          hottestK = Math.max(hottestK, plant.readings.cellK[0]);
        }
      }
      return { forceN, hottestK };
    });
    const [fast, ...slow] = peaks;
    for (const { forceN, hottestK } of slow) {
      const rise = (plausibility.force_percent_per_K / 100) * (hottestK - fast.hottestK);
      // as it is, it falls by more than half of the ±8 % that the interlock allows
      expect(forceN / fast.forceN).toBeLessThan(0.96);
      // one number for all frequencies: a fit, 0.6 % was seen
      expect(Math.abs(forceN / (fast.forceN * (1 + rise)) - 1)).toBeLessThan(0.01);
    }
  });
});

describe('the clock of the blows', () => {
  const seen = (clock: BlowClock, flows: string, stepS: number, fromS = 0): number => {
    flows.split('').forEach((flow, i) => {
      clock.see(fromS + i * stepS, flow === '+' ? 0.1 : flow === '-' ? -0.1 : 0);
    });
    return clock.frequencyHz;
  };

  it('counts from one beginning of the hot blow to the next, pauses and halts of a blow included', () => {
    expect(seen(new BlowClock(3.5), '++..--..', 0.1)).toBe(3.5);
    expect(seen(new BlowClock(3.5), '++..--..+', 0.1)).toBeCloseTo(1.25, 12);
    expect(seen(new BlowClock(3.5), '+.+.--..+', 0.1)).toBeCloseTo(1.25, 12);
  });

  it('takes a rest for no cycle', () => {
    const clock = new BlowClock(3.5);
    seen(clock, '++..--', 0.1);
    clock.forget();
    expect(seen(clock, '+.-', 0.1, 60)).toBe(3.5);
    expect(seen(clock, '+', 0.1, 60.4)).toBeCloseTo(2.5, 12);
  });
});
