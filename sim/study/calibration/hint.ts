/** What to measure next: the result that tells the two ends of a wide interval apart best. */
import type { Changes } from '../../config/parameters/parameter.ts';
import type { StudyRunner } from '../study.ts';
import { valueOf } from './leans.ts';
import { type CalibrationProblem, changesAt } from './problem.ts';
import type { ProfileEnd } from './profile.ts';
import { POINT_OUTPUTS, RUN_OUTPUTS } from './quantity-columns.ts';
import { calibrationModel, calibrationObservation } from './studies.ts';

export interface Hint {
  /** The parameter that is known least. */
  readonly parameter: string;
  /** Result to be measured; null where none tells the ends apart. */
  readonly output: string | null;
  /** Where: parameters of the operating point, SI; empty for a run or for the preset's own. */
  readonly at: Changes;
  /** Time in a run, s. */
  readonly time_s: number | null;
  /** By how much it differs between the ends, as a share of its largest size (a temperature: of how far it varies). */
  readonly share: number;
}

/** Less than this share cannot be told from the noise of a usual instrument. */
const TELLING = 0.01;
/** Operating points of the data that are looked at. */
const LOOKED_AT = 6;

/** @param ends of the interval of parameter `index` */
export async function findHint(
  runner: StudyRunner,
  problem: CalibrationProblem,
  index: number,
  ends: readonly ProfileEnd[],
): Promise<Hint> {
  const seen =
    problem.place === null ? await pointViews(runner, problem, ends) : await runViews(runner, problem, ends);
  const parameter = problem.parameters[index].name;
  const sizes = new Map(seen.map(({ output }) => [output, sizeOf(output, seen)]));
  const telling = seen
    .filter(({ isKnown }) => !isKnown)
    .map((view) => ({ ...view, share: Math.abs(view.high - view.low) / (sizes.get(view.output) || 1) }))
    .toSorted((a, b) => b.share - a.share)
    .at(0);
  if (telling === undefined || !(telling.share > TELLING))
    return { parameter, output: null, at: {}, time_s: null, share: telling?.share ?? 0 };
  return { parameter, output: telling.output, at: telling.at, time_s: telling.time_s, share: telling.share };
}

/** One result at one place, with the parameters at either end. */
interface View {
  readonly output: string;
  readonly at: Changes;
  readonly time_s: number | null;
  readonly low: number;
  readonly high: number;
  /** Whether the data hold it already. */
  readonly isKnown: boolean;
}

async function pointViews(
  runner: StudyRunner,
  problem: CalibrationProblem,
  ends: readonly ProfileEnd[],
): Promise<View[]> {
  const { machine, inputs, outputs } = problem;
  const places = [...spread(inputs), ...elsewhere(runner, problem)];
  const asked = places.flatMap((at) =>
    ends.map(({ u }) => ({
      machine: { ...machine, changes: { ...machine.changes, ...changesAt(problem, u) } },
      at,
    })),
  );
  const found = await runner.run(calibrationObservation, asked);
  const keys = Object.values(POINT_OUTPUTS).map(({ key }) => key);
  // ratios are not measured, but what they are made of
  const isRatio = (key: string) => /^(specific|cop)_/.test(key);
  return places.flatMap((at, i) =>
    keys.flatMap((output, k): View[] => {
      if (isRatio(output)) return [];
      const [low, high] = [found[2 * i]?.[k], found[2 * i + 1]?.[k]];
      const isKnown = inputs.includes(at) && outputs.includes(output);
      return typeof low === 'number' && typeof high === 'number'
        ? [{ output, at, time_s: null, low, high, isKnown }]
        : [];
    }),
  );
}

/** Operating points beside those measured: one setting changed at a time. */
function elsewhere(runner: StudyRunner, { machine, parameters, inputs }: CalibrationProblem): Changes[] {
  const preset = runner.load(machine);
  const base = inputs[0];
  const usual = (name: string) => Number(base[name] ?? valueOf(preset, name));
  const tried: [string, number][] = [
    ['operation.lift', 0],
    ['operation.lift', 10],
    ['recipe.frequency', usual('recipe.frequency') / 2],
    ['recipe.frequency', usual('recipe.frequency') * 1.5],
    ['recipe.blow_flow', usual('recipe.blow_flow') / 2],
    ['recipe.blow_flow', usual('recipe.blow_flow') * 1.5],
    ['recipe.strain', usual('recipe.strain') * 0.7],
  ];
  const isFitted = (name: string) => parameters.some((parameter) => parameter.name === name);
  return tried.filter(([name]) => !isFitted(name)).map(([name, value]) => ({ ...base, [name]: value }));
}

/** Rows from first to last. */
function spread(inputs: readonly Changes[]): Changes[] {
  const every = Math.max(1, (inputs.length - 1) / (LOOKED_AT - 1));
  return Array.from({ length: Math.min(inputs.length, LOOKED_AT) }, (_, i) => inputs[Math.round(i * every)]);
}

/** The largest size of a result; of a temperature, which has no zero, how far it varies. */
function sizeOf(output: string, seen: readonly View[]): number {
  const all = seen.flatMap((view) => (view.output === output ? [view.low, view.high] : []));
  return output.endsWith('_C') ? Math.max(...all) - Math.min(...all) : Math.max(...all.map(Math.abs));
}

/** Times beyond the run, as multiples of its length. */
const LONGER = [1.5, 2, 4];

async function runViews(
  runner: StudyRunner,
  problem: CalibrationProblem,
  ends: readonly ProfileEnd[],
): Promise<View[]> {
  const absent = problem.place === 'house' ? 'box_C' : 'room_C';
  const outputs = Object.values(RUN_OUTPUTS).flatMap(({ key }) => (key === absent ? [] : [key]));
  const end = problem.times_s[problem.times_s.length - 1];
  const times_s = [...problem.times_s, ...LONGER.map((factor) => factor * end)];
  const wide: CalibrationProblem = { ...problem, outputs, times_s };
  const [low, high] = await runner.run(
    calibrationModel,
    ends.map(({ u }) => ({ problem: wide, u })),
  );
  if (low === null || high === null) return [];
  return times_s.flatMap((time_s, i) =>
    outputs.map((output, k) => ({
      output,
      at: {},
      time_s,
      low: low[i][k],
      high: high[i][k],
      isKnown: time_s <= end && problem.outputs.includes(output),
    })),
  );
}
