/** Measurements beside the fitted model: over the one thing that was varied, over time, or as residuals. */
import { toDisplay } from '../config/quantity.ts';
import { parameterOf } from '../config/vary.ts';
import type { NumberParameter } from '../config/parameters/parameter.ts';
import type { Calibration } from '../study/calibration/result.ts';
import type { MeasurementTable } from '../study/calibration/measurement-table.ts';
import { type Series, xyFigure } from './xy-figure.ts';

/** What is drawn of a calibration; `deviations` are standard deviations in the units of the results. */
export interface CalibrationFigure {
  readonly title: string;
  readonly table: MeasurementTable;
  readonly deviations: readonly (readonly number[])[];
  readonly result: Pick<Calibration, 'model' | 'residuals' | 'parameters'>;
}

/** A whole SVG document. */
export function calibrationFigure(figure: CalibrationFigure): string {
  const { place, inputs, outputs } = figure.table;
  if (place !== null) return overTime(figure);
  return inputs.length === 1 && outputs.length === 1 ? overInput(figure) : residualsByLine(figure);
}

const NOTE = 'Points: measured, bars one standard deviation either way. Line: the fitted model.';

function overInput({ title, table, deviations, result }: CalibrationFigure): string {
  const [{ name, values }] = table.inputs;
  const parameter = parameterOf(name) as NumberParameter;
  const order = values.map((_, i) => i).toSorted((a, b) => values[a] - values[b]);
  const x = order.map((i) => toDisplay(parameter, values[i]));
  const { label, unit } = labelOf(table.outputs[0]);
  const y = order.map((i) => table.values[i][0]);
  const series: Series[] = [
    { kind: 'line', label: 'fitted model', x, y: order.map((i) => result.model[i][0]) },
    {
      kind: 'points',
      label: `measured (${nameOf(table.fileName)})`,
      x,
      y,
      low: order.map((i) => table.values[i][0] - deviations[i][0]),
      high: order.map((i) => table.values[i][0] + deviations[i][0]),
    },
  ];
  const xUnit = parameter.display === '1' ? '' : parameter.display;
  return xyFigure({
    title,
    x: {
      label: name.split('.').slice(-1)[0].replaceAll('_', ' '),
      unit: xUnit.replace('degC', '°C'),
      domain: padded(x),
    },
    y: { label, unit },
    series,
    note: NOTE,
  });
}

/** Temperatures only: powers would need an axis of their own. */
function overTime({ title, table, deviations, result }: CalibrationFigure): string {
  const x = table.times_s.map((time) => time / 60);
  const dashes = [{}, { dash: 'long' }, { dash: 'short' }] as const;
  const series = table.outputs.flatMap((output, k): Series[] => {
    if (!output.endsWith('_C')) return [];
    const { label } = labelOf(output);
    const color = COLORS[k % COLORS.length];
    return [
      {
        kind: 'line',
        label: `${label}, model`,
        color,
        x,
        y: result.model.map((row) => row[k]),
        ...dashes[k % 3],
      },
      {
        kind: 'points',
        label: `${label}, measured`,
        color,
        shape: SHAPES[k % SHAPES.length],
        x,
        y: table.values.map((row) => row[k]),
        low: table.values.map((row, i) => row[k] - deviations[i][k]),
        high: table.values.map((row, i) => row[k] + deviations[i][k]),
      },
    ];
  });
  return xyFigure({
    title,
    x: { label: 'time', unit: 'min', domain: padded(x) },
    y: { label: 'temperature', unit: '°C' },
    series,
    note: NOTE,
  });
}

const COLORS = ['#0072b2', '#d55e00', '#009e73', '#7a4a8c'];
/** Told apart in grey. */
const SHAPES = ['circle', 'square', 'diamond'] as const;

/** Room for marks at the ends. */
function padded(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = (high - low) * 0.04 || 1;
  return [low - pad, high + pad];
}

const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

function residualsByLine({ title, table, result }: CalibrationFigure): string {
  const [first, last] = [Math.min(...table.lines) - 1, Math.max(...table.lines) + 1];
  const level = (y: number, label?: string): Series => ({
    kind: 'line',
    x: [first, last],
    y: [y, y],
    color: '#55606e',
    ...(y === 0 ? {} : { dash: 'short' as const }),
    ...(label ? { label } : {}),
  });
  return xyFigure({
    title,
    x: { label: `line of ${nameOf(table.fileName)}`, unit: '' },
    y: { label: 'model − measured', unit: 'standard deviations' },
    series: [
      level(0),
      level(1.96, '±1.96: 95 % should lie inside'),
      level(-1.96),
      ...table.outputs.map(
        (output, k): Series => ({
          kind: 'points',
          label: labelOf(output).label,
          shape: SHAPES[k % SHAPES.length],
          color: COLORS[k % COLORS.length],
          x: table.lines,
          y: result.residuals.map((row) => row[k]),
        }),
      ),
    ],
    note: 'Residuals of the fitted model over their standard deviations, by line of the file.',
  });
}

/** "cooling power" and "W" from "cooling_power_W". */
export function labelOf(output: string): { label: string; unit: string } {
  const found = /^(.*?)_(W_per_g|percent|W|MPa|kN|mm|bar|g|C)$/.exec(output);
  const unit = found?.[2] ?? '';
  const shown: Record<string, string> = { W_per_g: 'W/g', percent: '%', C: '°C' };
  return { label: (found?.[1] ?? output).replaceAll('_', ' '), unit: shown[unit] ?? unit };
}
