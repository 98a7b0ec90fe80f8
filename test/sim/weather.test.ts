import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../sim/config/quantity.ts';
import {
  dewPoint,
  humidityRatio,
  saturatedHumidityRatio,
  saturationPressure,
} from '../../sim/house/moist-air.ts';
import { parseEpw, parseWeatherTable } from '../../sim/house/weather-file.ts';
import { sineWeather } from '../../sim/house/weather.ts';

const HOUR = 3600;
const SINE = {
  outdoor_temperature: 303.65,
  outdoor_swing: 2.5,
  warmest_time: 14 * HOUR,
  outdoor_dew_point: 299.65,
};

describe('the sine', () => {
  it('is warmest at its time, has its mean and swing and a constant dew point', () => {
    const weather = sineWeather(SINE);
    expect(weather.outdoorK(14 * HOUR)).toBeCloseTo(306.15, 10);
    expect(weather.outdoorK((24 + 2) * HOUR)).toBeCloseTo(301.15, 10);
    expect(weather.outdoorK(8 * HOUR)).toBeCloseTo(303.65, 10);
    expect(dewPoint(weather.humidityRatio(5 * HOUR))).toBeCloseTo(299.65, 9);
    expect(weather.irradianceWPerM2(12 * HOUR)).toBe(0);
  });

  it('is constant without a swing, and saturated where it is colder than its dew point', () => {
    const still = sineWeather({ ...SINE, outdoor_swing: 0 });
    expect(still.outdoorK(123_456)).toBe(303.65);
    const cold = sineWeather({ ...SINE, outdoor_temperature: 290 });
    expect(cold.humidityRatio(2 * HOUR)).toBe(saturatedHumidityRatio(287.5));
  });
});

const HEADER = 'time_h,temperature_C,relative_humidity_percent,irradiance_W_per_m2';
const table = (...rows: string[]): string => [HEADER, ...rows].join('\n');

describe('the table', () => {
  it('runs in straight lines through its rows and repeats, before 0 too', () => {
    const text = `# a day\n\n${table('0,20,50,0', '12,30,40,800', '24,20,50,0')}\n`;
    const weather = parseWeatherTable(text, 'day.csv');
    for (const day of [-1, 0, 3]) {
      expect(weather.outdoorK((24 * day + 3) * HOUR)).toBeCloseTo(295.65, 9);
      expect(weather.outdoorK((24 * day + 12) * HOUR)).toBeCloseTo(303.15, 9);
      expect(weather.irradianceWPerM2((24 * day + 18) * HOUR)).toBeCloseTo(400, 9);
    }
    expect(weather.humidityRatio(12 * HOUR)).toBeCloseTo(humidityRatio(0.4 * saturationPressure(303.15)), 12);
  });

  it('takes its columns in any order', () => {
    const text = 'irradiance_W_per_m2,time_h,relative_humidity_percent,temperature_C\n5,0,60,21\n7,1,70,23';
    expect(parseWeatherTable(text, 'day.csv').outdoorK(HOUR / 2)).toBeCloseTo(295.15, 9);
  });

  it.each([
    [
      'time_h,temperature_C\n0,1',
      'day.csv:1: the header has no column relative_humidity_percent, irradiance_W_per_m2;',
    ],
    ['', 'day.csv:1: the header has no column time_h'],
    [table('0,20,50,0'), 'day.csv: 1 row of values'],
    [table('0,20,50,0', '1,warm,50,0'), 'day.csv:3: temperature_C: "warm" given; allowed is -60 to 60 °C.'],
    [
      table('0,20,50,0', '1,20,120,0'),
      'day.csv:3: relative_humidity_percent: "120" given; allowed is 0.1 to 100 %.',
    ],
    [table('0,20,50,0', '1,20,50'), 'day.csv:3: irradiance_W_per_m2: "" given; allowed is 0 to 1500 W/m².'],
    [table('1,20,50,0', '2,20,50,0'), 'day.csv:2: time_h: 1 h given; allowed is 0 in the first row.'],
    [
      table('0,20,50,0', '0,20,50,0'),
      'day.csv:3: time_h: 0 h given; allowed is more than the 0 of the row before.',
    ],
  ])('says what is wrong with %j', (text, sentence) => {
    expect(() => parseWeatherTable(text, 'day.csv')).toThrow(sentence);
    expect(() => parseWeatherTable(text, 'day.csv')).toThrow(UserError);
  });

  it('reads the assumed day of Hong Kong: 28 to 33 °C, mean 30.5, dew point 26.5 °C', () => {
    const file = new URL('../../fixtures/weather/hong-kong-summer-day.csv', import.meta.url);
    const weather = parseWeatherTable(readFileSync(file, 'utf8'), 'hong-kong-summer-day.csv');
    const hours = Array.from({ length: 24 }, (_, hour) => weather.outdoorK(hour * HOUR) - 273.15);
    expect(Math.max(...hours)).toBe(hours[14]);
    expect(hours[14]).toBeCloseTo(33, 9);
    expect(Math.min(...hours)).toBeCloseTo(28, 9);
    expect(hours.reduce((sum, value) => sum + value) / 24).toBeCloseTo(30.5, 1);
    // humidity is rounded to 1 % in the file: a sixth of a kelvin
    for (let hour = 0; hour < 24; hour++)
      expect(Math.abs(dewPoint(weather.humidityRatio(hour * HOUR)) - 299.65)).toBeLessThan(0.2);
  });
});

/** Two days that anybody can work out: dry bulb is the hour of the file, radiation ten times it. */
function epw(change: (cells: string[], row: number) => void = () => undefined): string {
  const header = ['LOCATION,Nowhere,-,XXX,made,000000,22.3,114.2,8.0,65.0', ...Array(6).fill('COMMENTS,-')];
  const rows = Array.from({ length: 48 }, (_, i) => {
    const cells = ['2024', '7', `${1 + Math.floor(i / 24)}`, `${(i % 24) + 1}`, '60', 'flags'];
    cells.push(`${i + 1}`, '5', '50', '95461', '0', '0', '400', `${10 * (i + 1)}`, ...Array(21).fill('0'));
    change(cells, i);
    return cells.join(',');
  });
  return [...header, 'DATA PERIODS,1,1,Data,Monday,7/1,7/2', ...rows, ''].join('\r\n');
}

describe('the EPW file', () => {
  it('stands at its hours, its radiation in the middle of the hour before', () => {
    const weather = parseEpw(epw(), 'a.epw');
    expect(weather.outdoorK(10 * HOUR)).toBeCloseTo(283.15, 9);
    expect(weather.outdoorK(10.5 * HOUR)).toBeCloseTo(283.65, 9);
    expect(weather.irradianceWPerM2(9.5 * HOUR)).toBeCloseTo(100, 9);
    expect(weather.humidityRatio(10 * HOUR)).toBeCloseTo(
      humidityRatio(saturationPressure(278.15), 95_461),
      12,
    );
    // between the last hour, 48, and the first of the next round, 1
    expect(weather.outdoorK(0)).toBeCloseTo(273.15 + 48, 9);
    expect(weather.outdoorK(48.5 * HOUR)).toBeCloseTo(273.15 + 24.5, 9);
  });

  it('starts on the day asked for', () => {
    expect(parseEpw(epw(), 'a.epw', 2).outdoorK(10 * HOUR)).toBeCloseTo(273.15 + 34, 9);
  });

  it.each([
    ['time_h,1', 1, 'a.epw:1: "time_h" given; an EPW file begins with "LOCATION"'],
    [epw().replace('PERIODS,1,1', 'PERIODS,1,4'), 1, 'a.epw:8: "4" records an hour'],
    [
      epw().replace(/\r\n[^\r]*\r\n$/, '\r\n'),
      1,
      'a.epw: 47 rows of an hour given; allowed are whole days of 24.',
    ],
    [epw(), 3, 'a.epw: day 3 asked for; allowed is 1 to 2.'],
    [
      epw((cells, i) => i === 2 && (cells[6] = '99.9')),
      1,
      'a.epw:11: dry bulb temperature: "99.9" given; allowed is -70 to 70 °C.',
    ],
    [
      epw((cells, i) => i === 2 && (cells[9] = '999999')),
      1,
      'a.epw:11: atmospheric station pressure: "999999" given',
    ],
    [
      epw((cells, i) => i === 2 && (cells[13] = '9999')),
      1,
      'a.epw:11: global horizontal radiation: "9999" given',
    ],
    [epw((cells, i) => i === 2 && (cells[3] = '4')), 1, 'a.epw:11: hour: "4" given; allowed is 3.'],
    [
      epw((cells, i) => i === 2 && cells.splice(9)),
      1,
      'a.epw:11: 9 columns given; a row of an EPW file has 35.',
    ],
  ])('says what is wrong (%#)', (text, day, sentence) => {
    expect(() => parseEpw(text, 'a.epw', day)).toThrow(sentence);
    expect(() => parseEpw(text, 'a.epw', day)).toThrow(UserError);
  });
});
