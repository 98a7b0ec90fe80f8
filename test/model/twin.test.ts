import { describe, expect, it } from 'vitest';
import { Twin } from '../../controller/model/twin.ts';
import { kilowatt } from '../sim/kilowatt.ts';

const INLETS = { cold_C: 22, hot_C: 30, ambient_C: 28 };
const FAST = { frequency_Hz: 3.5, strain_percent: 4.5, blow_flow_kg_per_s: 0.19, blow_duty: 0.36 };
const SLOW = { ...FAST, frequency_Hz: 0.7, blow_flow_kg_per_s: 0.19 / 5 };

describe('the twin', () => {
  it('comes to the same power by whatever frequencies it was led there', () => {
    const device = kilowatt({ gap_tolerance: '0' });
    const coolingW = (twin: Twin): number => {
      let power = 0;
      for (let cycle = 0; cycle < 60; cycle++) power = twin.cycle(SLOW, INLETS).cooling_power_W;
      return power;
    };
    const straight = coolingW(new Twin(device, SLOW, 26));
    const led = new Twin(device, FAST, 26);
    for (let cycle = 0; cycle < 20; cycle++) led.cycle(FAST, INLETS);
    // a cycle leaves about half of what it found: 60 leave nothing of some kelvins but what rounding makes
    expect(straight).toBeGreaterThan(50);
    expect(coolingW(led)).toBeCloseTo(straight, 6);
  });
});
