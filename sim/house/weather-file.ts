/** Weather from the text of a file: a CSV table of our own, or an EPW file. Both repeat after their last hour. */
import { UserError } from '../config/quantity.ts';
import { humidityRatio, saturationPressure } from './moist-air.ts';
import { type Weather, periodicSeries } from './weather.ts';

const HOUR_S = 3600;
const DAY_HOURS = 24;
const ZERO_CELSIUS_K = 273.15;

interface Column {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

const column = (name: string, min: number, max: number, unit: string): Column => ({ name, min, max, unit });

const TABLE_COLUMNS = [
  column('time_h', 0, 1e6, 'h'),
  column('temperature_C', -60, 60, '°C'),
  column('relative_humidity_percent', 0.1, 100, '%'),
  column('irradiance_W_per_m2', 0, 1500, 'W/m²'),
] as const;

/**
 * A CSV table whose header line names the columns time_h, temperature_C, relative_humidity_percent and
 * irradiance_W_per_m2 in any order; empty lines and lines that begin with # are skipped. time_h begins at 0, increases,
 * and its last value is the period (24 with the values of 0 for a day that repeats). Between rows, temperature,
 * humidity ratio and irradiance run in straight lines. Throws UserError with file, line, column, given and allowed.
 */
export function parseWeatherTable(text: string, fileName: string): Weather {
  const rows = splitRows(text).filter(({ cells }) => cells[0] !== '' && !cells[0].startsWith('#'));
  const header = rows.shift();
  const places = TABLE_COLUMNS.map(({ name }) => header?.cells.indexOf(name) ?? -1);
  const missing = TABLE_COLUMNS.filter((_, i) => places[i] < 0).map(({ name }) => name);
  if (missing.length > 0) {
    throw new UserError(
      `${fileName}:${header?.line ?? 1}: the header has no column ${missing.join(', ')}; it must name ${TABLE_COLUMNS.map(({ name }) => name).join(', ')}.`,
    );
  }
  if (rows.length < 2)
    throw new UserError(`${fileName}: ${rows.length} row of values; a table needs at least 2.`);
  const series = TABLE_COLUMNS.map(() => new Float64Array(rows.length));
  for (const [i, row] of rows.entries()) {
    for (const [k, of] of TABLE_COLUMNS.entries()) series[k][i] = readCell(fileName, row, places[k], of);
    const expected = i === 0 ? series[0][0] === 0 : series[0][i] > series[0][i - 1];
    if (!expected) {
      const allowed = i === 0 ? '0 in the first row' : `more than the ${series[0][i - 1]} of the row before`;
      throw new UserError(`${fileName}:${row.line}: time_h: ${series[0][i]} h given; allowed is ${allowed}.`);
    }
  }
  const [hours, celsius, percent, irradiance] = series;
  const times = hours.map((hour) => hour * HOUR_S);
  const period = times[times.length - 1];
  const kelvin = celsius.map((value) => value + ZERO_CELSIUS_K);
  const humidity = kelvin.map((value, i) => humidityRatio((percent[i] / 100) * saturationPressure(value)));
  return {
    outdoorK: periodicSeries(times, kelvin, period),
    irradianceWPerM2: periodicSeries(times, irradiance, period),
    humidityRatio: periodicSeries(times, humidity, period),
  };
}

/** The columns used of an EPW row, by their place in it; a missing value (99.9, 999999, 9999) is above its maximum. */
const EPW_COLUMNS = {
  dryBulb: [6, column('dry bulb temperature', -70, 70, '°C')],
  dewPoint: [7, column('dew point temperature', -70, 70, '°C')],
  pressure: [9, column('atmospheric station pressure', 31_000, 120_000, 'Pa')],
  irradiance: [13, column('global horizontal radiation', 0, 1500, 'Wh/m²')],
} as const;
const EPW_HEADER_LINES = 8;
const EPW_ROW_CELLS = 14;

/**
 * An EPW file: eight header lines, then one row an hour (energyplus-epw). Temperatures and pressure stand at the hour
 * named, radiation is the sum of the hour before and therefore stands in its middle. Throws UserError as above.
 * @param dayOfYear whose midnight is time 0; 1 is the first day of the file
 */
export function parseEpw(text: string, fileName: string, dayOfYear = 1): Weather {
  const lines = splitRows(text);
  if (lines[0].cells[0] !== 'LOCATION')
    throw new UserError(
      `${fileName}:1: "${lines[0].cells[0]}" given; an EPW file begins with "LOCATION" and has ${EPW_HEADER_LINES} header lines.`,
    );
  const perHour = lines[EPW_HEADER_LINES - 1]?.cells[2];
  if (perHour !== '1')
    throw new UserError(
      `${fileName}:${EPW_HEADER_LINES}: "${perHour ?? ''}" records an hour given in DATA PERIODS; allowed is 1.`,
    );
  const rows = lines.slice(EPW_HEADER_LINES).filter(({ cells }) => cells[0] !== '');
  const days = rows.length / DAY_HOURS;
  if (rows.length === 0 || !Number.isInteger(days))
    throw new UserError(`${fileName}: ${rows.length} rows of an hour given; allowed are whole days of 24.`);
  if (!Number.isInteger(dayOfYear) || dayOfYear < 1 || dayOfYear > days)
    throw new UserError(`${fileName}: day ${dayOfYear} asked for; allowed is 1 to ${days}.`);
  const read = ([place, of]: readonly [number, Column]) =>
    Float64Array.from(rows, (row) => readCell(fileName, row, place, of));
  for (const [i, row] of rows.entries()) {
    if (row.cells.length < EPW_ROW_CELLS)
      throw new UserError(
        `${fileName}:${row.line}: ${row.cells.length} columns given; a row of an EPW file has 35.`,
      );
    readCell(fileName, row, 3, column('hour', (i % DAY_HOURS) + 1, (i % DAY_HOURS) + 1, ''));
  }
  const kelvin = read(EPW_COLUMNS.dryBulb).map((value) => value + ZERO_CELSIUS_K);
  const pressure = read(EPW_COLUMNS.pressure);
  const humidity = read(EPW_COLUMNS.dewPoint).map((value, i) =>
    humidityRatio(saturationPressure(value + ZERO_CELSIUS_K), pressure[i]),
  );
  const period = rows.length * HOUR_S;
  const start = (dayOfYear - 1) * DAY_HOURS * HOUR_S;
  const atHour = Float64Array.from(rows, (_, i) => (i + 1) * HOUR_S);
  const midHour = atHour.map((time) => time - HOUR_S / 2);
  const shifted = (times: Float64Array, values: Float64Array) => {
    const series = periodicSeries(times, values, period);
    return (timeS: number) => series(timeS + start);
  };
  return {
    outdoorK: shifted(atHour, kelvin),
    irradianceWPerM2: shifted(midHour, read(EPW_COLUMNS.irradiance)),
    humidityRatio: shifted(atHour, humidity),
  };
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const splitRows = (text: string): Row[] =>
  text.split(/\r?\n/).map((line, i) => ({ line: i + 1, cells: line.split(',').map((cell) => cell.trim()) }));

function readCell(fileName: string, { line, cells }: Row, place: number, of: Column): number {
  const given = cells[place] ?? '';
  const value = given === '' ? Number.NaN : Number(given);
  if (value >= of.min && value <= of.max) return value;
  const range = of.min === of.max ? `${of.min}` : `${of.min} to ${of.max}`;
  throw new UserError(
    `${fileName}:${line}: ${of.name}: "${given}" given; allowed is ${range}${of.unit === '' ? '' : ` ${of.unit}`}.`,
  );
}
