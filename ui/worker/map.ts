/** A trained model behind the maps of the page: opened once, asked many times. All that it says is computed by `sim`. */
import { UserError } from '../../sim/index.ts';
import { contourLines } from '../../sim/report/contour-lines.ts';
import { mapColor } from '../../sim/report/map-palette.ts';
import { readStudyBase } from '../../sim/study/sweep/base.ts';
import { namedParameters, shownValue, unitOf } from '../../sim/study/sweep/names.ts';
import type { Metadata } from '../../sim/surrogate/metadata.ts';
import { readSurrogate } from '../../sim/surrogate/model-file.ts';
import { type Forward, mapSlice, plainForward } from '../../sim/surrogate/slice.ts';
import type { Surrogate } from '../../sim/surrogate/surrogate.ts';
import { scaleLinear } from 'd3-scale';
import { loadMachine } from './machines.ts';
import type { MapAsk, MapCard, MapGrid, MapInput, MapLine, MapPoint } from './messages.ts';

export interface OpenModel {
  readonly surrogate: Surrogate;
  readonly forward: Forward;
  readonly card: MapCard;
}

/** Of a map: some thousand cells, each of a few pixels. */
const SIZE = { columns: 96, rows: 72 };
const RAMP_STEPS = 64;
const CONTOURS = 8;

/**
 * @param accelerate gives what computes whole maps, or null where nothing but the plain pass does
 * Throws UserError where it is no model of this program.
 */
export async function openModel(
  name: string,
  json: string,
  weights: ArrayBuffer,
  accelerate: (json: string, weights: ArrayBuffer) => Promise<Forward | null>,
): Promise<OpenModel> {
  const surrogate = readSurrogate(name, json, weights);
  const { inputs } = surrogate.about;
  if (inputs.length < 2)
    throw new UserError(
      `${name}: has one input, ${inputs[0].name}; a map needs two, so train on a study that varies two.`,
    );
  const tensors = await accelerate(json, weights);
  return {
    surrogate,
    forward: tensors ?? plainForward(surrogate),
    card: cardOf(surrogate.about, tensors === null ? 'plain' : 'TensorFlow.js'),
  };
}

function cardOf(about: Metadata, by: MapCard['by']): MapCard {
  const { machine, claim, outputs, training, held_out } = about;
  const inputs = inputsOf(about);
  return {
    machine,
    claim,
    inputs,
    outputs: outputs.map(({ name, unit }, k) => {
      const { rows, median_error_percent, p99_error_percent, worst } = held_out.outputs[k];
      return {
        name,
        unit,
        rows,
        medianPercent: median_error_percent,
        p99Percent: p99_error_percent,
        worstPercent: worst.at(0)?.error_percent ?? null,
      };
    }),
    trainedRows: training.rows,
    heldOutRows: held_out.rows,
    stopped:
      training.stopped === undefined
        ? null
        : { atStep: training.stopped.at_step, ofSteps: training.stopped.of_steps },
    held: heldOf(about),
    by,
    ramp: Array.from({ length: RAMP_STEPS }, (_, i) => mapColor((i + 0.5) / RAMP_STEPS)),
  };
}

function inputsOf({ machine, inputs }: Metadata): MapInput[] {
  const known = orNull(() => namedParameters(loadMachine({ machine, changes: new Map() }).device)) ?? [];
  return inputs.map(({ name, unit, low, high }) => ({
    name,
    unit,
    low,
    high,
    key: known.find(({ column }) => column === name)?.name ?? null,
  }));
}

/** What the study set, and what it varied between one value alone. */
function heldOf({ study, inputs }: Metadata): ReadonlyMap<string, string> | null {
  if (study === '') return null;
  return orNull(() => {
    const { set, factors } = readStudyBase(study, {
      fileName: 'study',
      load: (machine, changes) => loadMachine({ machine, changes }),
      machineKey: (machine) => machine,
    });
    const constant = factors
      .filter(({ column }) => !inputs.some(({ name }) => name === column))
      .map((factor): [string, string] => {
        if (factor.kind !== 'listed' || factor.values.length > 1)
          throw new UserError(`${factor.column}: is varied, and no input of the model.`);
        const { name, parameter, values } = factor;
        const unit = parameter.kind === 'number' ? unitOf(parameter) : '';
        return [name, `${shownValue(parameter, values[0])} ${unit}`.trim()];
      });
    return new Map([...Object.entries(set), ...constant]);
  });
}

/** Null where a machine or a study is none of this program. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

export function drawMap({ surrogate, forward }: OpenModel, of: MapAsk): MapGrid {
  const { x, y, inside, outputs } = mapSlice(surrogate, { ...of, ...SIZE }, forward);
  const lines = of.lines === null ? null : outputs[of.lines];
  return {
    of,
    x,
    y,
    inside,
    fill: outputs[of.fill],
    lines,
    contours: lines === null ? [] : contoursOf(x, y, lines),
  };
}

function contoursOf(x: Float64Array, y: Float64Array, values: Float64Array): MapLine[] {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length === 0) return [];
  const levels = scaleLinear()
    .domain([known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))])
    .ticks(CONTOURS);
  const grid = Array.from(y, (_, row) => [...values.subarray(row * x.length, (row + 1) * x.length)]);
  return levels.flatMap((level) =>
    contourLines([...x], [...y], grid, level).map((points): MapLine => ({ level, points })),
  );
}

export function readPoint({ surrogate }: OpenModel, at: readonly number[]): MapPoint {
  const told = new Float64Array(surrogate.about.outputs.length);
  surrogate.evaluate(at, told);
  return {
    at,
    values: Array.from(told, (value) => (Number.isNaN(value) ? null : value)),
    refusal: surrogate.fence.refusal(at),
  };
}
