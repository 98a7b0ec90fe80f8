import { describe, expect, it } from 'vitest';
import { createHousePlant } from '../../sim/index.ts';
import { House } from '../../sim/house/house.ts';
import { REFERENCE_TEMPERATURE_K } from '../../sim/machine/geometry.ts';
import { workingFluid } from '../../sim/machine/machine.ts';
import { kilowatt, kilowattPreset } from './kilowatt.ts';

describe('the loops of the house', () => {
  it('keep mass and enthalpy: what a blow takes leaves the loop as warm as it was, what comes back mixes', () => {
    const device = kilowatt();
    const fluid = workingFluid(device);
    const house = new House(device, fluid);
    const start = house.coldLoopK;
    const [moved, total] = [0.02, fluid.density * device.exchangers.cold_loop_volume];
    const enthalpy = (kelvin: number) => moved * fluid.heatCapacity * (kelvin - REFERENCE_TEMPERATURE_K);
    // no time passes: no coil, no wall
    house.step(0, moved, enthalpy(start), enthalpy(start + 8));
    expect(house.coldLoopK).toBeCloseTo(start, 10);
    expect(house.hotLoopK).toBeCloseTo(start + (8 * moved) / (total + moved), 10);
    house.step(0, -moved, -enthalpy(start - 5), -enthalpy(house.hotLoopK));
    expect(house.coldLoopK).toBeCloseTo(start - (5 * moved) / total, 10);
    expect(house.hotLoopK).toBeCloseTo(start + (8 * moved) / (total + moved), 10);
  });

  it('stay where they are while fluid of one temperature moves to and fro', () => {
    const plant = createHousePlant(kilowattPreset({ gap_tolerance: '0' }));
    const start = plant.readings.coldInletK;
    for (const flowKgPerS of [0.19, -0.19]) {
      for (let k = 0; k < 20; k++) plant.step(0.005, { shorteningM: 0, flowKgPerS });
      // all is at 31 °C but for the fan, 15 W into 3 kJ/K of air: 1e-3 K in 0.2 s, a thousandth of it in the loop
      expect(Math.abs(plant.readings.coldInletK - start)).toBeLessThan(1e-4);
      expect(Math.abs(plant.readings.hotInletK - start)).toBeLessThan(1e-4);
    }
  });

  it('come back to their level after a stop in the middle of a cycle, with all their energy', () => {
    const plant = createHousePlant(kilowattPreset({ gap_tolerance: '0' }));
    const { house } = plant;
    const state = new Float64Array(house.stateLength);
    /** First in the state of a house. */
    const coldKg = (): number => {
      house.saveState(state);
      return state[0];
    };
    const level = coldKg();
    for (let k = 0; k < 20; k++) plant.step(0.005, { shorteningM: 0, flowKgPerS: 0.19 });
    const stopped = coldKg();
    expect(level - stopped).toBeCloseTo(0.019, 6);
    const storedJ = house.storedEnergy();
    house.level(10);
    // one time constant: 1/e is left; fluid only changes its place
    expect((level - coldKg()) / (level - stopped)).toBeCloseTo(Math.exp(-1), 6);
    expect(house.storedEnergy()).toBeCloseTo(storedJ, 6);
    for (let k = 0; k < 1000; k++) plant.step(0.25, { shorteningM: 0, flowKgPerS: 0 });
    expect(coldKg()).toBeCloseTo(level, 9);
  });
});
