import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { vary } from '../../sim/config/vary.ts';
import { House } from '../../sim/house/house.ts';
import { runRoom } from '../../sim/index.ts';
import { workingFluid } from '../../sim/machine/machine.ts';
import {
  type Powers,
  pulldownMap,
  shareWithin,
  timeToSetpoint,
} from '../../sim/study/model-house/pulldown-map.ts';
import { kilowattPreset } from './kilowatt.ts';

const machine = { preset: 'hkust-kilowatt-2025' };
const AREA = 11.6;
const INNER = 100;
const START_K = 304.15;
const SETPOINT_K = 294.65;

/** A house whose air, coil and loop follow its walls at once: walls of one heat capacity behind one resistance. */
function lumpedHouse(heatCapacity: number, transmittance: number): House {
  const { device } = vary(kilowattPreset(), {
    'room.wall_area': AREA,
    'room.wall_heat_capacity': heatCapacity,
    'room.wall_transmittance': transmittance,
    'room.wall_inner_coefficient': INNER,
    'room.air_volume': 0.05,
    'room.ventilation': 0,
    'room.setpoint': SETPOINT_K,
    'exchangers.cold_conductance': 1e5,
    'exchangers.cold_air_capacity': 1e5,
    'exchangers.cold_loop_volume': 1e-5,
    'exchangers.cold_fan_power': 0,
  });
  return new House(device, workingFluid(device));
}

const constantPower = (watts: number): Powers => ({
  at: (_cold, _hot, _ambient, into) => Object.assign(into, { coolingW: watts, heatingW: watts }),
});

describe('the time to the set-point', () => {
  it.each([
    [3000, 1, 300],
    [10_000, 3, 600],
    [30_000, 0.5, 800],
  ])(
    'of a lumped house (%d J/(m² K), %d W/(m² K)) under %d W is that of an exponential',
    (capacity, u, watts) => {
      // walls: T = T_out − P/(UA) (1 − e^(−t U/C)); the air lies P/(hA) below them
      const drop = START_K - SETPOINT_K - watts / (INNER * AREA);
      const expected = (-capacity / u) * Math.log1p((-drop * u * AREA) / watts);
      const time = timeToSetpoint(lumpedHouse(capacity, u), constantPower(watts), 36_000);
      // the step is a second, and backward Euler is late by half a step over t/τ < 3; 60 J/K of air add 0.2 %
      expect(Math.abs((time ?? Number.NaN) - expected)).toBeLessThan(2 + 0.003 * expected);
    },
  );

  it('does not exist where the walls let in more than is taken at the set-point, and does just beyond', () => {
    const u = 2;
    // at the set-point: P = drop of the walls × UA, they being P/(hA) warmer than the air
    const limit = (START_K - SETPOINT_K) / (1 / (u * AREA) + 1 / (INNER * AREA));
    const hours = 3600 * 20;
    expect(timeToSetpoint(lumpedHouse(1000, u), constantPower(0.995 * limit), hours)).toBeNull();
    expect(timeToSetpoint(lumpedHouse(1000, u), constantPower(1.005 * limit), hours)).not.toBeNull();
  });
});

describe('the map of the pulldown', () => {
  const grid = (name: string, values: readonly number[]) => ({ name, values });
  const [capacity, transmittance] = ['room.wall_heat_capacity', 'room.wall_transmittance'];

  it('says what a long run of the preset says', () => {
    const run = runRoom(loadMachine(machine), {
      place: 'house',
      method: 'multirate',
      durationS: 1200,
      sampleEveryS: 600,
    });
    const { room } = loadMachine(machine).device;
    const map = pulldownMap.run(
      {
        machine,
        x: grid(capacity, [room.wall_heat_capacity]),
        y: grid(transmittance, [room.wall_transmittance]),
        limit_s: 1200,
      },
      loadMachine,
    );
    expect(map.time_s).toEqual([[run.time_to_setpoint_s]]);
  });

  it('takes longer with heavier and with leakier walls, and less with larger exchangers', () => {
    const walls = pulldownMap.run(
      { machine, x: grid(capacity, [1500, 3000, 6000]), y: grid(transmittance, [0.5, 1, 2]), limit_s: 3600 },
      loadMachine,
    );
    const coils = pulldownMap.run(
      {
        machine,
        x: grid('exchangers.cold_conductance', [100, 200, 400]),
        y: grid('exchangers.hot_conductance', [250, 500, 900]),
        limit_s: 3600,
      },
      loadMachine,
    );
    const isRising = (times: readonly (number | null)[]) =>
      times.every((time, i) => time !== null && (i === 0 || time > (times[i - 1] ?? Number.NaN)));
    const columns = (rows: readonly (readonly (number | null)[])[]) =>
      rows[0].map((_, i) => rows.map((row) => row[i]));
    for (const row of [...walls.time_s, ...columns(walls.time_s)]) expect(row).toSatisfy(isRising);
    for (const row of [...coils.time_s, ...columns(coils.time_s)])
      expect(row.toReversed()).toSatisfy(isRising);
  });

  it('refuses a parameter of the machine', () => {
    const x = grid('recipe.strain', [0.03, 0.04]);
    expect(() =>
      pulldownMap.run({ machine, x, y: grid(transmittance, [1]), limit_s: 60 }, loadMachine),
    ).toThrow('recipe.strain belongs to the machine');
  });

  it('counts the cells within a span of time', () => {
    expect(
      shareWithin(
        {
          time_s: [
            [100, 200],
            [null, 300],
          ],
        },
        200,
        300,
      ),
    ).toBe(0.5);
  });
});
