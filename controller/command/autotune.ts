/** `elastocool autotune`: the relay test of a rig file's regulator on the model house, in simulated time. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { loadPreset, reportUserErrors, setOption } from '../../sim/command/preset-file.ts';
import { startProgress } from '../../sim/command/progress.ts';
import { type Row, formatTable } from '../../sim/command/table.ts';
import { type Preset, UserError, parseWeatherTable } from '../../sim/index.ts';
import type { Candidate } from '../control/regulate/proposal.ts';
import { type PidPlan, pidPlan } from '../control/regulate/settings.ts';
import { type RigFile, parseRigFile } from '../control/rig-file.ts';
import { type Company, HANDS, type Outcome, SCENES, compare } from '../model/compare.ts';
import { COARSE, feedForwardTable, mapOverOutput } from '../model/feed-forward-table.ts';
import { type OfflineTest, offlineAutotune } from '../model/offline-autotune.ts';
import { inHouse } from './child.ts';

interface Options {
  readonly preset?: string;
  readonly rig: string;
  readonly set: Map<string, string>;
  readonly compare: boolean;
  readonly json: boolean;
}

const HOT_DAY = inHouse('fixtures/weather/hong-kong-summer-day.csv');

export function autotuneCommand(): Command {
  return new Command('autotune')
    .description(
      'Brings the model house to the set-point, lets it swing by a relay test, and proposes settings for regulator.pid ' +
        'of the rig file, with gain margin, phase margin and Ms of the loop. The same test runs on a rig from the page.',
    )
    .option('--preset <name>', 'which machine; by default the one that the rig file names')
    .option(
      '--rig <file>',
      'rig file with a regulator.pid section',
      inHouse('fixtures/rigs/virtual-kilowatt.yaml'),
    )
    .addOption(setOption())
    .option('--compare', 'also run thermostat, PID and PID with feed-forward against each other', false)
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  npx elastocool autotune
  npx elastocool autotune --preset hkust-kilowatt-2025 --json
  npx elastocool autotune --set outdoor_temperature="35 °C" --set heat_gain="100 W"
  npx elastocool autotune --compare`,
    )
    .action((options: Options) => reportUserErrors(() => run(options)));
}

function run(options: Options): void {
  const rig = readRig(options.rig);
  const { pid } = rig.regulator;
  if (pid === undefined)
    throw new UserError(`${options.rig}: there is no regulator.pid section, so there is nothing to tune.`);
  const plan = pidPlan(pid);
  const preset = loadPreset(options.preset ?? rig.preset, new Map([...COARSE, ...options.set]), 'room');
  const map = mapOverOutput(preset.device, rig.recipe, plan);
  const table = feedForwardTable(preset.device, map, plan);
  const test = offlineAutotune(preset, rig, table, watchProgress(preset));
  if (typeof test === 'string') throw new UserError(test);
  const tuned = withTuning(rig, test.proposal);
  const outcomes = options.compare ? compareAll({ preset, rig: tuned, map, table, weather: hotDay() }) : [];
  const print = options.json ? asJson : describe;
  process.stdout.write(`${print(preset, plan, test, outcomes)}\n`);
}

/** Throws UserError where there is none. */
export function readRig(path: string): RigFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new UserError(`--rig: ${path} cannot be read; give the path of a rig file.`);
  }
  const rig = parseRigFile(text);
  if (typeof rig === 'string') throw new UserError(`${path}: ${rig}`);
  return rig;
}

const hotDay = () => parseWeatherTable(readFileSync(HOT_DAY, 'utf8'), HOT_DAY);

function watchProgress(preset: Preset): (time_s: number, room_C: number, what: string) => void {
  const progress = startProgress(7200, preset.key);
  return (time_s, room_C, what) =>
    progress.update(time_s, `${what}, ${(time_s / 60).toFixed(0)} min, ${room_C.toFixed(2)} °C`);
}

function compareAll(company: Company): Outcome[] {
  return SCENES.flatMap((scene) => HANDS.map((hand) => compare(company, scene, hand)));
}

function withTuning(rig: RigFile, { settings }: Candidate): RigFile {
  const { pid } = rig.regulator;
  if (pid === undefined) return rig;
  const { integral_s, tracking_s } = settings;
  const gain = Math.abs(settings.gain_U_per_K);
  const tuned =
    pid.manipulated === 'frequency_Hz'
      ? { ...pid, gain_Hz_per_K: gain, integral_s, tracking_s }
      : { ...pid, gain_kg_per_s_K: gain, integral_s, tracking_s };
  return { ...rig, regulator: { ...rig.regulator, pid: tuned } };
}

function asJson(preset: Preset, plan: PidPlan, test: OfflineTest, outcomes: readonly Outcome[]): string {
  const { proposal, settled_s, test_s, output_before } = test;
  const { identified, ultimate, candidates, rule } = proposal;
  const shown = ({ settings, margins, rule }: Candidate) => ({
    rule,
    gain_per_K: Math.abs(settings.gain_U_per_K),
    integral_s: settings.integral_s,
    derivative_s: settings.derivative_s,
    gain_margin: margins.gain_margin,
    phase_margin_deg: margins.phase_margin_deg,
    ms: margins.ms,
  });
  const { model, ...swing } = identified;
  return JSON.stringify(
    {
      preset: preset.key,
      manipulated: plan.manipulated,
      output_unit: plan.unit,
      settled_s,
      test_s,
      output_before,
      swing: {
        period_s: swing.period_s,
        half_height_K: swing.swing_K,
        describing_function_gain_per_K: swing.describing_gain_U_per_K,
      },
      model: {
        slope_K_per_s_per_unit: model.slope_K_per_s_U,
        // JSON has no infinity: null is a plant that integrates.
        lag_s: Number.isFinite(model.lag_s) ? model.lag_s : null,
        dead_time_s: model.dead_s,
        third_harmonic_misfit: swing.misfit,
      },
      ultimate_gain_per_K: ultimate.gain_U_per_K,
      ultimate_period_s: ultimate.period_s,
      proposed: rule,
      tunings: candidates.map(shown),
      comparison: outcomes,
    },
    null,
    2,
  );
}

function describe(preset: Preset, plan: PidPlan, test: OfflineTest, outcomes: readonly Outcome[]): string {
  const { proposal, settled_s, test_s, output_before } = test;
  const { identified, ultimate, candidates } = proposal;
  const { unit } = plan;
  const { model } = identified;
  const rows: Row[] = [
    ['settled after', settled_s / 60, 'min'],
    ['the relay test took', test_s / 60, 'min'],
    ['output before the test', output_before, unit],
    ['half height of the swing', identified.swing_K, 'K'],
    ['period of the swing', identified.period_s, 's'],
    ['slope', model.slope_K_per_s_U, `K/s a ${unit}`],
    [
      'lag',
      Number.isFinite(model.lag_s) ? model.lag_s : 'integrates',
      Number.isFinite(model.lag_s) ? 's' : '',
    ],
    ['dead time', model.dead_s, 's'],
    ['ultimate gain', ultimate.gain_U_per_K, `${unit}/K`],
    ['ultimate period', ultimate.period_s, 's'],
  ];
  const tunings = candidates.map(
    ({ rule, settings, margins }, i) =>
      `  ${rule.padEnd(14)} gain ${Math.abs(settings.gain_U_per_K).toPrecision(3)} ${unit}/K, integral time ` +
      `${settings.integral_s.toFixed(0)} s: gain margin ${margins.gain_margin.toFixed(2)}, phase margin ` +
      `${margins.phase_margin_deg.toFixed(0)}°, Ms ${margins.ms.toFixed(2)}${i === 0 ? '   <- proposed' : ''}`,
  );
  return [
    `${preset.title}: relay test on the model house, ${plan.manipulated}`,
    '',
    formatTable(rows),
    '',
    ...tunings,
    ...(outcomes.length > 0 ? ['', comparison(outcomes)] : []),
  ].join('\n');
}

function comparison(outcomes: readonly Outcome[]): string {
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i < 2 ? cell.padEnd(18) : cell.padStart(12))).join('');
  return [
    'On a house that loses a fifth more than the model, with somebody at home:',
    line(['scene', 'hand', 'mean error', 'below', 'above', 'starts', 'electricity']),
    line(['', '', 'K', 'K', 'K', '', 'kJ']),
    ...outcomes.map(({ scene, hand, mean_error_K, below_K, above_K, starts, electric_kJ }) =>
      line([
        scene,
        hand,
        mean_error_K.toFixed(4),
        below_K.toFixed(2),
        above_K.toFixed(2),
        String(starts),
        electric_kJ.toFixed(0),
      ]),
    ),
  ].join('\n');
}
