/** `elastocool room PRESET`: minutes to days of a machine at its place, the model house or an edge box. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { Command, Option } from 'commander';
import {
  type Preset,
  type RoomRun,
  UserError,
  type Weather,
  given,
  parseEpw,
  parseWeatherTable,
  readQuantity,
  runRoom,
} from '../index.ts';
import { loadPreset, reportUserErrors, setOption } from './preset-file.ts';
import { startProgress } from './progress.ts';
import { type Row, formatTable } from './table.ts';

interface Options {
  set: Map<string, string>;
  duration: string;
  place: 'house' | 'edge-box';
  weather?: string;
  day: string;
  full: boolean;
  json: boolean;
}

const DURATION = given('s', 1, 32 * 86_400, 's', 'how long');
const DAY = given('', 1, 365, '1', 'day of the year an EPW file is read from');
/** Samples in the series, at least 10 s apart. */
const SAMPLES = 300;
/** Rows of the printed series; the JSON holds every sample. */
const PRINTED_ROWS = 16;

export function roomCommand(): Command {
  return new Command('room')
    .summary('run a machine on its model house, or on an edge box, for minutes or days')
    .description(
      'Runs the machine with its loops, coils and thermostat on the model house (or a box of electronics), from its start temperature on. ' +
        'By default the machine is taken from its periodic solution at the present temperatures and only what is slow moves (multirate); --full steps every cycle.',
    )
    .argument('<preset>', 'which machine, e.g. hkust-kilowatt-2025, or the path of a preset file')
    .addOption(setOption())
    .option('--duration <time>', 'how long to run', '15 min')
    .addOption(
      new Option('--place <place>', 'what is cooled').choices(['house', 'edge-box']).default('house'),
    )
    .option(
      '--weather <file>',
      'a table (.csv) or an EnergyPlus file (.epw); else a sine about outdoor_temperature',
    )
    .option('--day <number>', 'day of the year to begin at in an EPW file', '200')
    .option('--full', 'step every cycle instead of multirate', false)
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool room hkust-kilowatt-2025
  elastocool room hkust-kilowatt-2025 --duration "1 h" --set setpoint="22 °C" --set heat_gain="100 W"
  elastocool room hkust-kilowatt-2025 --duration "24 h" --weather fixtures/weather/hong-kong-summer-day.csv --set start_time="0 h"
  elastocool room hkust-kilowatt-2025 --duration "24 h" --set outdoor_swing="3 K" --set outdoor_dew_point="24 °C"
  elastocool room hkust-kilowatt-2025 --place edge-box --duration "2 h" --set heat_load="1 kW"
  elastocool room hkust-kilowatt-2025 --full --json`,
    )
    .action((key: string, options: Options) => reportUserErrors(() => run(key, options)));
}

function run(key: string, options: Options): void {
  const preset = loadPreset(key, options.set, options.place === 'house' ? 'room' : 'edge_box');
  const duration = readQuantity('--duration', DURATION, options.duration);
  const weather = options.weather === undefined ? undefined : readWeather(options.weather, options.day);
  const started = performance.now();
  const progress = startProgress(duration, preset.key);
  const result = runRoom(preset, {
    durationS: duration,
    sampleEveryS: Math.max(10, duration / SAMPLES),
    method: options.full ? 'full' : 'multirate',
    place: options.place,
    weather,
    onProgress: (t, celsius) => progress.update(t, `${(t / 60).toFixed(1)} min, ${celsius.toFixed(2)} °C`),
  });
  progress.end();
  const wallTimeS = (performance.now() - started) / 1e3;
  if (options.json) {
    const output = { preset: preset.key, claim: preset.claim, ...result, wall_time_s: wallTimeS };
    process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
  } else {
    process.stdout.write(`${describe(preset, result, options.full, wallTimeS)}\n`);
  }
}

function readWeather(file: string, day: string): Weather {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`--weather: ${file} cannot be read; give the path of a .csv table or an .epw file.`);
  }
  return /\.epw$/i.test(file)
    ? parseEpw(text, file, Math.round(readQuantity('--day', DAY, day)))
    : parseWeatherTable(text, file);
}

function describe(preset: Preset, r: RoomRun, full: boolean, wallTimeS: number): string {
  const every = Math.max(1, Math.ceil(r.series.length / PRINTED_ROWS));
  const shown = r.series.filter((_, i) => i % every === 0 || i === r.series.length - 1);
  const what = r.place === 'house' ? 'house' : 'box';
  const isLong = r.series[r.series.length - 1].time_s > 3 * 3600;
  const line = (cells: readonly string[]) => cells.map((cell) => cell.padStart(12)).join('');
  const series = [
    line(['time', what, 'outdoors', 'cold loop', 'hot loop', 'cooling', 'electricity']),
    line([isLong ? 'h' : 'min', '°C', '°C', '°C', '°C', 'W', 'W']),
    ...shown.map((s) =>
      line([
        (s.time_s / (isLong ? 3600 : 60)).toFixed(1),
        s.controlled_C.toFixed(2),
        s.outdoor_C.toFixed(2),
        s.cold_inlet_C.toFixed(2),
        s.hot_inlet_C.toFixed(2),
        s.cooling_power_W.toFixed(0),
        s.electric_power_W.toFixed(0),
      ]),
    ),
  ].join('\n');
  const rows: Row[] = [
    ['set-point', r.setpoint_C, '°C'],
    ['time to set-point', r.time_to_setpoint_s, 's'],
    [`${what} at the end`, r.final_C, '°C'],
    ['highest after the set-point', r.highest_C, '°C'],
    ['outdoors at the end', r.outdoor_C, '°C'],
    ['cooling delivered', r.cooling_energy_kJ, 'kJ'],
    ['of it condensation on the coil', r.latent_energy_kJ, 'kJ'],
    ['condensate', r.condensate_kg, 'kg'],
    ['electricity used, fans included', r.electric_energy_kJ, 'kJ'],
    ['of it fans', r.fan_energy_kJ, 'kJ'],
    ['share of the time running', r.running_share, ''],
    ['cycles', String(r.cycles), ''],
    ['method', full ? 'every cycle stepped' : `multirate, ${r.periodic_points} periodic solutions`, ''],
    ['wall time', wallTimeS, 's'],
  ];
  const { room, edge_box } = preset.device;
  const at =
    r.place === 'house'
      ? `model house of ${room.air_volume} m³`
      : `edge box of ${edge_box.heat_load} W held at ${(edge_box.limit_temperature - 273.15).toFixed(1)} °C`;
  const warnings = r.warnings.map((text) => `\nwarning: ${text}`).join('');
  return `${preset.title}\n${at}, ${room.frequency} Hz, ${room.blow_flow} kg/s\n\n${series}\n\n${formatTable(rows)}\n\n${preset.claim}${warnings}`;
}
