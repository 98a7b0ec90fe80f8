/** The firmware in front of the real physics: what it latches must agree with itself. */
import { describe, expect, it } from 'vitest';
import type { BlockValues } from '../../controller/protocol/register-map.ts';
import { Firmware } from '../../controller/virtual-rig/firmware.ts';
import { buildStrokeSchedule, createHousePlant, houseRecipe } from '../../sim/index.ts';
import { kilowattPreset } from '../sim/kilowatt.ts';

describe('the firmware on the real plant', () => {
  it('latches outlet means, weighted by flow, that carry the cooling and heating power it latches', () => {
    const preset = kilowattPreset({ gap_tolerance: '0' });
    const { device } = preset;
    const plant = createHousePlant(preset);
    const recipe = houseRecipe(device);
    const buildSchedule = (r: typeof recipe) => buildStrokeSchedule(device, r);
    const firmware = new Firmware({ plant, buildSchedule, recipe, nowMs: () => 0 });
    firmware.obey(2);
    firmware.obey(3);
    while (firmware.cyclesCompleted < 200) firmware.step();
    const summary: BlockValues = firmware.lastCycle?.summary ?? {};
    const value = (name: string) => Number(summary[name]);
    const period = 1 / recipe.frequencyHz;
    // a trapezoid of flow: duty less one valve flank
    const blownKg = recipe.blowFlowKgPerS * (recipe.blowDuty * period - device.circuit.valve_switch_time);
    const perKelvin = (blownKg * 4180) / period;
    const { coldInletK, hotInletK } = plant.readings;
    // the loops swing by some tenths of a kelvin within a cycle, of 180 W/K each
    const cold = perKelvin * (coldInletK - 273.15 - value('cold_outlet_mean_C'));
    const hot = perKelvin * (value('hot_outlet_mean_C') - (hotInletK - 273.15));
    expect(Math.abs(cold - value('cooling_power_W'))).toBeLessThan(60);
    expect(Math.abs(hot - value('heating_power_W'))).toBeLessThan(60);
    expect(value('cold_outlet_mean_C')).toBeLessThan(coldInletK - 273.15);
  });
});
