/** `elastocool calibrate PRESET --data FILE --fit PARAMETERS`: parameters of a machine from measurements on it. */
import { existsSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { UserError } from '../index.ts';
import { calibrationFigure } from '../report/calibration-figure.ts';
import { calibrate } from '../study/calibration/calibrate.ts';
import type { Calibration } from '../study/calibration/result.ts';
import {
  deviationsOf,
  differences,
  parseFitParameters,
  preferredGroup,
  refuseOtherStart,
  refuseTooFew,
  resolveSet,
} from '../study/calibration/fit-parameters.ts';
import { valueOf } from '../study/calibration/leans.ts';
import type { CalibrationProblem } from '../study/calibration/problem.ts';
import { calibratedPresetText } from './calibrated-preset.ts';
import { type CalibrationReport, calibrationJson, calibrationText } from './calibration-report.ts';
import { readMeasurements } from './measurements.ts';
import { loadPreset, reportUserErrors, setOption } from './preset-file.ts';
import { startProgress } from './progress.ts';
import { StudyPool } from './study-pool.ts';
import { wholeNumber } from './whole-number.ts';

interface Options {
  data: string;
  fit: string[];
  out?: string;
  force: boolean;
  starts: number;
  seed: number;
  set: Map<string, string>;
  json: boolean;
  figure?: string;
}

const HELP = `
The data is a CSV table: commas between cells, points in numbers, one header line; lines that begin with # are skipped.
Column names end in their unit.

  Steady operating points, a row each:     lift_K,blow_flow_kg_per_s,cooling_power_W,cooling_power_W_sd
                                           0,0.010,80.1,1.5
                                           10,0.010,42.6,1.5
    inputs   any parameter: lift_K, mean_temperature_C, frequency_Hz, strain_percent, recipe.blow_duty, …;
             or cold_inlet_C with hot_inlet_C in place of lift and mean temperature
    results  what simulate prints: cooling_power_W, heating_power_W, mechanical_power_W, peak_force_kN,
             pressure_drop_bar, stroke_mm, … (a wrong name lists them all)
  A run in time, from its start:           time_s,room_C,cold_inlet_C
                                           0,31.0,31.0
                                           60,27.9,14.2
    results  room_C (model house) or box_C (edge box); cold_inlet_C, hot_inlet_C, cooling_power_W, electric_power_W
  Any result may have a column of standard deviations, cooling_power_W_sd; without them they are estimated.
  What is the same in all rows belongs in --set.

Each parameter is fitted within the range that the preset gives it, or within one of your own.

Examples:
  elastocool calibrate ljubljana-2022 --data fixtures/measurements/synthetic-ljubljana.csv --fit outer_gap,entropy_change
  elastocool calibrate ljubljana-2022 --data fixtures/measurements/synthetic-ljubljana.csv \\
      --fit "outer_gap=0.12..0.2 mm" --fit hysteresis_energy --out my-machine.yaml --figure fit.svg
  elastocool simulate my-machine.yaml --set lift="20 K"
  elastocool calibrate hkust-freezer-2026 --data fixtures/measurements/hkust-freezer-2026.csv --fit inner_gap,blow_flow
  elastocool calibrate hkust-kilowatt-2025 --data fixtures/measurements/synthetic-house.csv --fit wall_heat_capacity,wall_transmittance

Exit status: 0 fitted (read the warnings), 2 the data or the call cannot be used, 3 the fit did not converge.`;

export function calibrateCommand(): Command {
  return new Command('calibrate')
    .summary('fit parameters of a machine to your own measurements')
    .description(
      'Fits parameters of a machine to measurements by bounded least squares from several starts, says how sure each is (95 % profile-likelihood intervals) and which the data cannot tell, and writes the machine as a preset file.',
    )
    .argument('<preset>', 'which machine, e.g. ljubljana-2022, or the path of a preset file')
    .requiredOption('--data <file>', 'CSV table of measurements, see below')
    .requiredOption(
      '--fit <parameters>',
      'what is free: names with commas between, each perhaps with a range, "blow_flow=0.1..0.3 kg/s"; may be repeated',
      collectFit,
    )
    .option('--out <file>', 'write the calibrated machine to this .yaml file')
    .option('--force', 'write it over a file that exists', false)
    .option(
      '--starts <number>',
      'fits to begin: one at the preset, the others spread over the ranges',
      wholeNumber(1, 200),
      5,
    )
    .option('--seed <number>', 'where the starts lie', wholeNumber(0, 2 ** 31 - 1), 1)
    .addOption(setOption())
    .option('--json', 'print JSON for machines', false)
    .option('--figure <file>', 'draw measurements and model into this .svg file')
    .addHelpText('after', HELP)
    .action((key: string, options: Options) => reportUserErrors(() => run(key, options)));
}

function collectFit(text: string, previous: string[] = []): string[] {
  return [...previous, ...text.split(',').map((part) => part.trim())];
}

async function run(key: string, options: Options): Promise<void> {
  if (options.out !== undefined) checkOut(options.out, options.force);
  const asGiven = loadPreset(key, new Map());
  const table = readMeasurements(
    options.data,
    asGiven.device.layout.banks.map(({ name }) => name),
  );
  const preset = loadPreset(key, options.set, preferredGroup(table));
  const set = resolveSet(options.set, asGiven, table);
  const column = table.inputs.find(({ name }) => set.includes(name));
  if (column)
    throw new UserError(
      `--set ${column.name}: stands in ${table.fileName} as column ${column.column}; leave out one of the two.`,
    );
  const parameters = parseFitParameters(options.fit, preset, table, set);
  refuseTooFew(table, parameters);
  refuseOtherStart(table, preset);
  const changes = differences(asGiven, preset);
  const problem: CalibrationProblem = {
    machine: { preset: key, changes },
    parameters,
    place: table.place,
    inputs:
      table.place === null
        ? table.lines.map((_, i) =>
            Object.fromEntries(table.inputs.map(({ name, values }) => [name, values[i]])),
          )
        : [],
    times_s: table.times_s,
    outputs: table.outputs,
    values: table.values,
    deviations: deviationsOf(table),
  };
  const result = await fit(problem, options, {
    deviationsKnown: table.deviations !== null,
    preset: parameters.map(({ name }) => Number(valueOf(preset, name))),
  });
  const deviations = problem.deviations.map((row) => row.map((value) => value * result.scatter));
  const report: CalibrationReport = { preset, table, seed: options.seed, result, deviations };
  if (options.figure !== undefined)
    write(
      options.figure,
      calibrationFigure({
        title: `${preset.key} fitted to ${basename(table.fileName)}`,
        table,
        deviations,
        result,
      }),
    );
  if (options.out !== undefined) {
    const base = /\.ya?ml$/.test(key)
      ? key
      : fileURLToPath(new URL(`../../fixtures/presets/${basename(key)}.yaml`, import.meta.url));
    write(options.out, calibratedPresetText(options.out, { base, preset, set: changes, table, result }));
  }
  if (result.warnings.some(({ kind }) => kind === 'not converged')) process.exitCode = 3;
  process.stdout.write(
    options.json
      ? `${JSON.stringify(calibrationJson(report), null, 2)}\n`
      : `${calibrationText(report)}\n${written(options, table.place)}`,
  );
}

/** Before the work, not after it. */
function checkOut(out: string, force: boolean): void {
  if (!/\.ya?ml$/.test(out))
    throw new UserError(`--out: ${out} is not the name of a preset file; let it end in .yaml.`);
  if (existsSync(out) && !force)
    throw new UserError(`--out: ${out} exists; give another name, or --force to write over it.`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch {
    throw new UserError(`${file} cannot be written; give a path in a directory that exists.`);
  }
}

async function fit(
  problem: CalibrationProblem,
  { starts, seed, data }: Options,
  known: { deviationsKnown: boolean; preset: readonly number[] },
): Promise<Calibration> {
  const progress = startProgress(100, problem.machine.preset);
  const pool = new StudyPool({
    onProgress: (done, asked, study) =>
      progress.update((100 * done) / asked, `${study.replace('calibration-', '')} ${done} of ${asked}`),
  });
  try {
    const result = await calibrate(pool, problem, { starts, seed, ...known });
    if (result === null)
      throw new UserError(
        `${data}: the model cannot be computed at any of the ${starts} starts, in at least one of the rows; look for a row that asks for what the machine cannot do (try it with simulate), or give narrower ranges.`,
      );
    return result;
  } finally {
    progress.end();
    await pool.close();
  }
}

function written({ out, figure }: Options, place: CalibrationProblem['place']): string {
  const how = { house: 'room', 'edge-box': 'room --place edge-box' };
  const command = place === null ? 'simulate' : how[place];
  const machine = out === undefined ? '' : `\nWritten: ${out}; run it with: elastocool ${command} ${out}\n`;
  return machine + (figure === undefined ? '' : `\nDrawn: ${figure}\n`);
}
