/** A calibration for people to read, and for machines. */
import type { NumberParameter } from '../config/parameters/parameter.ts';
import { toDisplay } from '../config/quantity.ts';
import { parameterOf } from '../config/vary.ts';
import { labelOf } from '../report/calibration-figure.ts';
import type { Preset } from '../index.ts';
import type { Calibration, CalibratedParameter } from '../study/calibration/result.ts';
import type { MeasurementTable } from '../study/calibration/measurement-table.ts';
import { withSuffix } from '../study/calibration/quantity-columns.ts';
import { inWords, leanInWords } from '../study/calibration/warnings.ts';

export interface CalibrationReport {
  readonly preset: Preset;
  readonly table: MeasurementTable;
  readonly seed: number;
  readonly result: Calibration;
  /** Standard deviations in the units of the results, shape [rows][outputs]. */
  readonly deviations: readonly (readonly number[])[];
}

const parameterNamed = (name: string) => parameterOf(name) as NumberParameter;
const plain = (name: string, si: number): number =>
  Number(toDisplay(parameterNamed(name), si).toPrecision(10));
const digits = (value: number, count = 4): string => String(Number(value.toPrecision(count)));

export function calibrationText(report: CalibrationReport): string {
  const { preset, result } = report;
  return [
    preset.title,
    introduction(report),
    '',
    parameterTable(result.parameters),
    '',
    startTable(result),
    ...correlationTable(result),
    '',
    goodness(report),
    ...result.warnings.map(({ sentence }) => `\nWARNING: ${sentence}`),
    ...hintText(result),
    ...leanText(result),
  ].join('\n');
}

function introduction({ table, deviations }: CalibrationReport): string {
  const { values, outputs, fileName, place } = table;
  const rows = `${values.length} ${place === null ? 'operating point' : 'time'}${values.length === 1 ? '' : 's'}`;
  const measured = values.length * outputs.length;
  const what = `Fitted to ${fileName}: ${rows}, ${measured} measured value${measured === 1 ? '' : 's'} (${outputs.join(', ')}).`;
  if (table.deviations !== null) return `${what}\nStandard deviations: from the file.`;
  const estimated = outputs.map(
    (output, k) => `${digits(deviations[0][k], 2)} ${differenceUnit(output)} of ${output}`,
  );
  const assumption =
    outputs.length === 1
      ? 'the same in every row'
      : 'the same in every row, and the same share of the spread of each result';
  return `${what}\nStandard deviations: none in the file; taken to be ${assumption}, and estimated from the residuals: ${estimated.join(', ')}. Columns named …_sd would replace this assumption.`;
}

const differenceUnit = (output: string): string => labelOf(output).unit.replace('°C', 'K');

/** Rows of cells in columns, the first column to the left, others to the right. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, k) => Math.max(...rows.map((row) => row[k].length)));
  return rows
    .map((row) =>
      `  ${row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

function parameterTable(parameters: readonly CalibratedParameter[]): string {
  const rows = parameters.map(({ name, value, preset, interval, range }) => {
    const { display } = parameterNamed(name);
    const show = (si: number) => digits(toDisplay(parameterNamed(name), si));
    const ends = interval.map(({ value: end, end: how }, side) =>
      how === 'crossed' ? show(end) : `${show(end)} (open ${side === 0 ? 'below' : 'above'})`,
    );
    return [
      name,
      show(preset),
      show(value),
      ends.join(' to '),
      range.map(show).join(' to '),
      display === '1' ? '' : display,
    ];
  });
  return columns([['parameter', 'preset', 'fitted', '95 % interval', 'range', 'unit'], ...rows]);
}

function startTable({ parameters, starts }: Calibration): string {
  const rows = starts.map(({ from, to, sum, iterations, converged }, i) => {
    const moves = parameters.map(
      ({ name }, k) => `${inNumber(name, from[k])} → ${to === null ? '-' : inNumber(name, to[k])}`,
    );
    const end = to === null ? 'cannot be computed' : converged ? 'converged' : 'not converged';
    return [
      i === 0 ? '1 (preset)' : `${i + 1}`,
      ...moves,
      sum === null ? '-' : digits(sum),
      `${iterations ?? '-'}`,
      end,
    ];
  });
  const head = [
    'start',
    ...parameters.map(({ name }) => name.split('.').at(-1) ?? ''),
    'squares',
    'steps',
    'end',
  ];
  return columns([head, ...rows]);
}

const inNumber = (name: string, si: number): string => digits(toDisplay(parameterNamed(name), si));

function correlationTable({ parameters, correlation, condition }: Calibration): string[] {
  if (parameters.length < 2) return [];
  if (correlation === null)
    return ['', '  correlation: not defined, as some combination of the parameters moves nothing'];
  const names = parameters.map(({ name }) => name.split('.').at(-1) ?? '');
  const rows = correlation.map((row, k) => [names[k], ...row.map((value) => value.toFixed(3))]);
  return ['', columns([['correlation', ...names], ...rows]), `  condition number ${digits(condition, 2)}`];
}

function goodness({ table, result, deviations }: CalibrationReport): string {
  const { sum, freedom, residuals, model } = result;
  const all = residuals.flatMap((row, i) => row.map((value, k) => ({ value, i, k })));
  const { value, i, k } = all.reduce((worst, one) =>
    Math.abs(one.value) > Math.abs(worst.value) ? one : worst,
  );
  const { unit } = labelOf(table.outputs[k]);
  const worst = `Worst residual: ${table.outputs[k]} in line ${table.lines[i]}, measured ${digits(table.values[i][k])}, model ${digits(model[i][k])} ${unit}, ${Math.abs(value).toFixed(1)} standard deviations (of ${digits(deviations[i][k], 2)} ${differenceUnit(table.outputs[k])}).`;
  if (freedom === 0) return `No degrees of freedom: nothing is left to judge the fit by.\n${worst}`;
  if (table.deviations === null)
    return `${freedom} degrees of freedom; chi²/dof is 1 by construction, as the standard deviations are estimated.\n${worst}`;
  return `chi²/dof ${digits(sum / freedom, 3)} with ${freedom} degrees of freedom.\n${worst}`;
}

function hintText({ hint }: Calibration): string[] {
  if (hint === null) return [];
  const { parameter, output, at, time_s, share } = hint;
  if (output === null)
    return [
      `\nTo learn ${parameter}: no result at the operating points that were tried tells its ends apart; measure it, or one it is confused with, directly (gauge, scales, flow meter) and give it with --set.`,
    ];
  const where =
    time_s === null
      ? Object.entries(at)
          .map(([name, value]) => `${name} ${typeof value === 'number' ? inWords(name, value) : value}`)
          .join(', ')
      : `${digits(time_s / 60, 2)} min`;
  return [
    `\nTo learn ${parameter}: measure ${output}${where === '' ? '' : ` at ${where}`}; between the ends of its interval that changes by ${digits(100 * share, 2)} % of its size.`,
  ];
}

function leanText({ leans, parameters }: Calibration): string[] {
  if (leans.length === 0) return [];
  const rows = leans.map((lean) => {
    const { assumed, fitted, range } = lean;
    const of = parameters.find(({ name }) => name === fitted);
    const moves = of ? leanInWords(lean, of.value, of.range) : [];
    return [fitted, assumed, range.map((end) => inWords(assumed, end)).join(' to '), moves.join(' to ')];
  });
  return [
    '\nWhat the fit leans on: parameters of the preset that were not fitted, and where each would take the fit over its own',
    'range (in a straight line, nothing fitted again)',
    columns([['fitted', 'leans on', 'its range', 'would move the fit by'], ...rows]),
  ];
}

/** Names carry their unit, as in a table of measurements. */
export function calibrationJson({ preset, table, seed, result, deviations }: CalibrationReport): unknown {
  const named = (name: string) => withSuffix(name, parameterNamed(name).display);
  const record = (values: readonly number[]) =>
    Object.fromEntries(result.parameters.map(({ name }, k) => [named(name), plain(name, values[k])]));
  const width = (name: string, si: number) => plain(name, si) - plain(name, 0);
  return {
    preset: preset.key,
    claim: `calibrated to ${table.fileName}, which proves nothing about other data`,
    data: {
      file: table.fileName,
      kind: table.place === null ? 'operating points' : `run in time (${table.place})`,
      rows: table.values.length,
      results: table.outputs,
      standard_deviations: table.deviations === null ? 'estimated' : 'given',
    },
    seed,
    parameters: Object.fromEntries(
      result.parameters.map(({ name, value, preset: before, interval, range, standardError }) => [
        named(name),
        {
          value: plain(name, value),
          preset: plain(name, before),
          interval_95: interval.map(({ value: end }) => plain(name, end)),
          interval_ends: interval.map(({ end }) => END_WORDS[end]),
          standard_error: standardError === null ? null : width(name, standardError),
          range: range.map((end) => plain(name, end)),
        },
      ]),
    ),
    starts: result.starts.map(({ from, to, sum, iterations, converged }) => ({
      from: record(from),
      to: to && record(to),
      sum_of_squares: sum,
      iterations,
      converged,
    })),
    correlation: result.correlation,
    condition_number: Number.isFinite(result.condition) ? result.condition : null,
    degrees_of_freedom: result.freedom,
    chi_squared: table.deviations === null ? null : result.sum,
    residuals: table.values.flatMap((row, i) =>
      row.map((measured, k) => ({
        line: table.lines[i],
        result: table.outputs[k],
        measured,
        model: result.model[i][k],
        standard_deviation: deviations[i][k],
      })),
    ),
    warnings: result.warnings,
    leans: result.leans.map(({ fitted, assumed, range, shift, share }) => ({
      fitted: named(fitted),
      on: named(assumed),
      range: range.map((end) => plain(assumed, end)),
      would_move_it_by: shift.map((end) => width(fitted, end)),
      share_of_half_interval: share,
    })),
    measure_next: result.hint && {
      for: named(result.hint.parameter),
      result: result.hint.output,
      at: Object.fromEntries(
        Object.entries(result.hint.at).map(([name, value]) =>
          typeof value === 'number' ? [named(name), plain(name, value)] : [name, value],
        ),
      ),
      time_s: result.hint.time_s,
      relative_change: result.hint.share,
    },
  };
}

const END_WORDS = { crossed: 'closed', bound: 'open at the bound', failed: 'open, model fails' };
