/** The work behind an answer, in pieces short enough that a newer request may come in between. */
import {
  type OperatingPoint,
  PARAMETERS,
  UserError,
  runRoom,
  solveOperatingPoint,
  traceCycle,
} from '../../sim/index.ts';
import { explainRefusal, loadMachine } from './machines.ts';
import type { Curve, Question, Result } from './messages.ts';
import { EXPECTED_POINTS, type Sweep, sweepFrequency, sweepLift } from './sweep.ts';

/** The house is shown for as long as the published one took, and a third more, s. */
const HOUSE_S = 1200;
const HOUSE_SAMPLE_S = 5;

/** The cycle and the operating point, and no more. */
export function* cycle(question: Question): Generator<Result, void> {
  try {
    const { device } = loadMachine(question);
    yield { type: 'trace', trace: traceCycle(device), frequencyHz: device.recipe.frequency, expected: 0 };
  } catch (error) {
    yield refusal(question, error);
  }
}

/** The cycle and the operating point first, then both curves in turn. */
export function* curves(question: Question): Generator<Result, void> {
  try {
    yield* solveCurves(question);
  } catch (error) {
    yield refusal(question, error);
  }
}

function* solveCurves(question: Question): Generator<Result, void> {
  const { device } = loadMachine(question);
  const { lift } = device.operation;
  const { frequency } = device.recipe;
  const trace = traceCycle(device);
  yield { type: 'trace', trace, frequencyHz: frequency, expected: EXPECTED_POINTS };
  const power = trace.operating_point.cooling_power_W;
  const lifts = sweepLift(lift, power, PARAMETERS.operation.lift.max);
  const bounds = PARAMETERS.recipe.frequency;
  const frequencies = sweepFrequency(frequency, power, bounds.min, bounds.max);
  const waiting = [
    follow('lift', lifts, (x) => solve(question, 'operation.lift', `${x} K`)),
    follow('frequency', frequencies, (x) => solve(question, 'recipe.frequency', `${x} Hz`)),
  ];
  for (let curve = waiting.shift(); curve !== undefined; curve = waiting.shift()) {
    const next = curve.next();
    if (next.done) continue;
    yield next.value;
    waiting.push(curve);
  }
}

/** A place that `sim` refuses is left out; the sweep hears that nothing cools there. */
function* follow(
  curve: Curve,
  sweep: Sweep,
  solveAt: (x: number) => OperatingPoint | null,
): Generator<Result, void> {
  let next = sweep.next();
  while (!next.done) {
    const x = next.value;
    const point = solveAt(x);
    if (point !== null) yield { type: 'point', curve, x, point };
    next = sweep.next(point?.cooling_power_W ?? Number.NaN);
  }
}

function solve({ machine, changes }: Question, key: string, text: string): OperatingPoint | null {
  try {
    return solveOperatingPoint(loadMachine({ machine, changes: new Map(changes).set(key, text) }).device);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** @param onProgress called with the share of the run that is done, 0 to 1 */
export function* house(question: Question, onProgress: (share: number) => void): Generator<Result, void> {
  try {
    let told = 0;
    const run = runRoom(loadMachine(question), {
      place: 'house',
      method: 'multirate',
      durationS: HOUSE_S,
      sampleEveryS: HOUSE_SAMPLE_S,
      onProgress(timeS) {
        if (timeS < told + HOUSE_S / 100) return;
        told = timeS;
        onProgress(Math.min(1, timeS / HOUSE_S));
      },
    });
    yield { type: 'house', run };
  } catch (error) {
    yield refusal(question, error);
  }
}

/** What is not a user's mistake is told too, in the program's words: the page must not fall silent. */
function refusal(question: Question, error: unknown): Result {
  if (error instanceof UserError) return { type: 'refused', refusals: explainRefusal(question, error) };
  const what = error instanceof Error ? error.message : String(error);
  return { type: 'refused', refusals: [{ key: null, sentence: `The simulation stopped: ${what}.` }] };
}
