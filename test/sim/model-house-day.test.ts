import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { houseDay, housePulldown } from '../../sim/study/model-house/house-run.ts';

const preset = 'hkust-kilowatt-2025';
const weather = readFileSync(
  new URL('../../fixtures/weather/hong-kong-summer-day.csv', import.meta.url),
  'utf8',
);
/** The same weather day and night, °C. */
const steadyWeather = (celsius: number) =>
  `time_h,temperature_C,relative_humidity_percent,irradiance_W_per_m2\n0,${celsius},40,0\n24,${celsius},40,0\n`;

describe('a day of the model house', () => {
  const day = houseDay.run({ machine: { preset }, weather }, loadMachine);
  const sum = (hourly: readonly number[] = []) => hourly.reduce((total, value) => total + value, 0);

  it('adds up: its hours are its energies and its running time', () => {
    // means over each minute, so that nothing is sampled
    expect(sum(day?.hourly_cooling_W) / 1000).toBeCloseTo(day?.cooling_kWh ?? Number.NaN, 6);
    expect(sum(day?.hourly_electric_W) / 1000).toBeCloseTo(day?.electric_kWh ?? Number.NaN, 6);
    // whether it runs is looked at once a minute; a day has some hundred starts
    expect(Math.abs(sum(day?.hourly_running_share) / 24 - (day?.running_share ?? Number.NaN))).toBeLessThan(
      0.03,
    );
    expect(day?.hourly_outdoor_C).toHaveLength(24);
  });

  it('keeps the house within the band of its thermostat', () => {
    // ±0.3 K about 21.5 °C; the loop, 2 K colder, takes 4 kJ/K more of 3 kJ/K of air while the fan runs on for 2 s
    for (const celsius of day?.room_C ?? [Number.NaN]) expect(Math.abs(celsius - 21.5)).toBeLessThan(0.55);
  });

  it('balances: in steady weather the room gets what comes in through walls and air', () => {
    const steady = houseDay.run({ machine: { preset }, weather: steadyWeather(31) }, loadMachine);
    const { room } = loadMachine({ preset }).device;
    const wall = 1 / (1 / room.wall_transmittance + 1 / room.wall_inner_coefficient);
    // 1.18 kg/m³ × 1.007 kJ/(kg K) of air; humidity below the dew point of the coil, so that nothing condenses
    const perKelvin = wall * room.wall_area + room.ventilation * room.air_volume * 1190;
    const mean = sum(steady?.hourly_room_C) / 24;
    const expected = (perKelvin * (31 - mean) * 24) / 1000;
    // the walls warm by a few tenths of a kelvin over the day: 37 kJ/K × 0.3 K is 3 Wh of 2.3 kWh; the loop's 4 kJ/K alike
    expect(
      Math.abs((steady?.cooling_kWh ?? Number.NaN) - (steady?.room_fan_kWh ?? 0) - expected),
    ).toBeLessThan(0.02 * expected);
    expect(steady?.condensate_kg).toBe(0);
  });

  it('costs more when it is hotter', () => {
    const [cool, hot] = [28, 33].map((celsius) =>
      houseDay.run({ machine: { preset }, weather: steadyWeather(celsius) }, loadMachine),
    );
    expect(hot?.electric_kWh).toBeGreaterThan(cool?.electric_kWh ?? Number.NaN);
  });

  it('is null for a machine that cannot run, and names a fault of the weather', () => {
    const impossible = { preset, changes: { 'recipe.blow_duty': 0.5 } };
    expect(houseDay.run({ machine: impossible, weather }, loadMachine)).toBeNull();
    expect(housePulldown.run({ machine: impossible, duration_s: 60, every_s: 30 }, loadMachine)).toBeNull();
    expect(() => houseDay.run({ machine: { preset }, weather: 'time_h\n0\n' }, loadMachine)).toThrow(
      'the header has no column temperature_C',
    );
  });
});
