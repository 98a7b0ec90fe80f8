/** `elastocool room PRESET`: the model house pulled down by the machine. */
import { performance } from 'node:perf_hooks';
import { Command } from 'commander';
import { type Preset, type RoomPulldown, given, readQuantity, runRoomPulldown } from '../index.ts';
import { collectSet, loadPreset, reportUserErrors } from './preset-file.ts';
import { startProgress } from './progress.ts';
import { type Row, formatTable } from './table.ts';

interface Options {
  set: Map<string, string>;
  duration: string;
  json: boolean;
}

const DURATION = given('s', 1, 86_400, 's', 'how long');
const SAMPLE_S = 10;
/** Rows of the printed series; the JSON holds every sample. */
const PRINTED_ROWS = 16;

export function roomCommand(): Command {
  return new Command('room')
    .summary('pull the model house down')
    .description(
      'Runs the machine with its loops, coils and thermostat on the model house, from the outdoor temperature on.',
    )
    .argument('<preset>', 'which machine, e.g. hkust-kilowatt-2025')
    .option('--set <key=value>', 'change a parameter, with its unit; may be repeated', collectSet, new Map())
    .option('--duration <time>', 'how long to run', '15 min')
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool room hkust-kilowatt-2025
  elastocool room hkust-kilowatt-2025 --duration "1 h" --set setpoint="22 °C" --set heat_gain="100 W"
  elastocool room hkust-kilowatt-2025 --set gap_tolerance=0 --json      (ten equal cells, computed as one)`,
    )
    .action((key: string, options: Options) => reportUserErrors(() => run(key, options)));
}

function run(key: string, options: Options): void {
  const preset = loadPreset(key, options.set, 'room');
  const duration = readQuantity('--duration', DURATION, options.duration);
  const started = performance.now();
  const progress = startProgress(duration, preset.key);
  const result = runRoomPulldown(preset, duration, SAMPLE_S, (t, room) =>
    progress.update(t, `${(t / 60).toFixed(1)} min, house ${room.toFixed(2)} °C`),
  );
  progress.end();
  const wallTimeS = (performance.now() - started) / 1e3;
  if (options.json) {
    const output = { preset: preset.key, claim: preset.claim, ...result, wall_time_s: wallTimeS };
    process.stdout.write(`${JSON.stringify(output, null, 2)}\n`);
  } else {
    process.stdout.write(`${describe(preset, result, wallTimeS)}\n`);
  }
}

function describe(preset: Preset, r: RoomPulldown, wallTimeS: number): string {
  const every = Math.max(1, Math.ceil(r.series.length / PRINTED_ROWS));
  const shown = r.series.filter((_, i) => i % every === 0 || i === r.series.length - 1);
  const line = (cells: readonly string[]) => cells.map((cell) => cell.padStart(10)).join('');
  const series = [
    line(['time', 'house', 'wall', 'cold loop', 'hot loop', 'cooling', 'machine']),
    line(['min', '°C', '°C', '°C', '°C', 'W', '']),
    ...shown.map((s) =>
      line([
        (s.time_s / 60).toFixed(1),
        s.room_C.toFixed(2),
        s.wall_C.toFixed(2),
        s.cold_inlet_C.toFixed(2),
        s.hot_inlet_C.toFixed(2),
        s.cooling_power_W.toFixed(0),
        s.running ? 'runs' : 'rests',
      ]),
    ),
  ].join('\n');
  const rows: Row[] = [
    ['set-point', r.setpoint_C, '°C'],
    ['time to set-point', r.time_to_setpoint_s, 's'],
    ['house at the end', r.indoor_final_C, '°C'],
    ['outdoors', r.outdoor_C, '°C'],
    ['cooling delivered', r.cooling_energy_kJ, 'kJ'],
    ['electricity used', r.electric_energy_kJ, 'kJ'],
    ['cycles', String(r.cycles), ''],
    ['wall time', wallTimeS, 's'],
  ];
  const { frequency, blow_flow } = preset.device.room;
  return `${preset.title}\nmodel house of ${preset.device.room.air_volume} m³, ${frequency} Hz, ${blow_flow} kg/s\n\n${series}\n\n${formatTable(rows)}\n\n${preset.claim}`;
}
