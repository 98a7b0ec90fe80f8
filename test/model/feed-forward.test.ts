import { describe, expect, it } from 'vitest';
import { expectedOutput, mostUsefulOutput } from '../../controller/control/regulate/feed-forward.ts';
import { pidPlan } from '../../controller/control/regulate/settings.ts';
import { compare } from '../../controller/model/compare.ts';
import { COARSE, feedForwardTable, mapOverOutput } from '../../controller/model/feed-forward-table.ts';
import { slowStage } from '../../controller/model/stage.ts';
import { recipeFor } from '../../controller/control/regulate/recipe-for.ts';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { noPowers } from '../../sim/index.ts';
import { rigFile } from './virtual-machine.ts';

const rig = rigFile();
if (rig.regulator.pid === undefined) throw new Error('the rig file has no PID');
const plan = pidPlan(rig.regulator.pid);
/** Coarser still than the shipped one. */
const preset = loadPreset(
  rig.preset,
  new Map([...COARSE, ['nodes', '10'], ['blow_steps', '8'], ['ramp_steps', '6']]),
);
const map = mapOverOutput(preset.device, rig.recipe, plan);
const table = feedForwardTable(preset.device, map, plan);

describe('the table of expected outputs', () => {
  it('holds the house: an output left alone ends at its set-point', () => {
    const { room } = preset.device;
    const setpoint_C = room.setpoint - 273.15;
    const output = expectedOutput(table, setpoint_C, room.outdoor_temperature - 273.15) ?? Number.NaN;
    const stage = slowStage(preset, map, plan.manipulated);
    let [room_C, time_s] = [Number.NaN, 0];
    while (time_s < 6 * 3600)
      stage.advance(
        recipeFor(rig.recipe, plan.manipulated, output),
        (reading) => ({ room_C, time_s } = reading),
      );
    // Straight lines between set-points 4 K and outdoor temperatures 4 K apart; 1 K is a tenth of the load.
    expect(Math.abs(room_C - setpoint_C)).toBeLessThan(1);
  });

  it('asks for more where it is warmer outside, and for less where a warmer house will do', () => {
    const at = (setpoint: number, outdoor: number) => expectedOutput(table, setpoint, outdoor) ?? Number.NaN;
    expect(at(22, 36)).toBeGreaterThan(at(22, 30));
    expect(at(26, 36)).toBeLessThan(at(22, 36));
    expect(at(22, Number.NaN)).toBeNaN();
    expect(at(22, 1000)).toBe(at(22, 44));
  });

  it('knows where more output cools less: nearer the more lift there is', () => {
    const most = [0, 8, 12, 20].map((lift) => mostUsefulOutput(table, lift) ?? Number.NaN);
    expect(most[0]).toBe(3.5);
    expect(most).toEqual(most.toSorted((a, b) => b - a));
    const powers = noPowers();
    const cooling = (output: number): number => {
      map.at(output, 291.15, 311.15, 311.15, powers);
      return powers.coolingW;
    };
    expect(cooling(3.5)).toBeLessThan(cooling(most[3]));
    expect(cooling(0.5)).toBeLessThan(cooling(most[3]));
  });

  it('coarse steps move the powers of the map by less than 2 %, of the slowest cycles by less than 10 %', () => {
    const fine = mapOverOutput(loadPreset(rig.preset, new Map()).device, rig.recipe, plan);
    const coarse = mapOverOutput(loadPreset(rig.preset, COARSE).device, rig.recipe, plan);
    const [a, b] = [noPowers(), noPowers()];
    for (const [output, allowed] of [
      [0.15, 0.1],
      [3.5, 0.02],
    ]) {
      fine.at(output, 290, 300, 300, a);
      coarse.at(output, 290, 300, 300, b);
      for (const key of ['coolingW', 'heatingW', 'workW'] as const)
        expect(Math.abs(b[key] / a[key] - 1)).toBeLessThan(allowed);
    }
  });
});

describe('on a house that is not the one of the model', () => {
  const weather = { outdoorK: () => 304.15, irradianceWPerM2: () => 0, humidityRatio: () => 0.0076 };
  const company = { preset, rig, map, table, weather };

  it('feed-forward takes a good part of the error of a step of the weather; thermostat > PID > PID with it', () => {
    const [thermostat, pid, forward] = (['thermostat', 'pid', 'pid_feed_forward'] as const).map((hand) =>
      compare(company, 'weather_step', hand),
    );
    expect(pid.mean_error_K).toBeLessThan(thermostat.mean_error_K / 5);
    expect(forward.mean_error_K).toBeLessThan(0.85 * pid.mean_error_K);
    expect(forward.above_K).toBeLessThan(pid.above_K / 2);
  });

  it('a load that nobody announced is left to the PID, which holds without stopping', () => {
    const pid = compare(company, 'load_step', 'pid');
    expect(pid.starts).toBe(0);
    expect(compare(company, 'load_step', 'thermostat').starts).toBeGreaterThan(5);
    expect(compare(company, 'load_step', 'pid_feed_forward').mean_error_K).toBeCloseTo(pid.mean_error_K, 3);
  });
});
