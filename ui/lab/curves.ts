/** The curves of one setup, as they grow answer by answer. */
import type { Answer, CycleTrace, OperatingPoint } from '../worker/messages.ts';
import type { Setup } from './setup.ts';

export interface CurvePoint {
  readonly x: number;
  readonly point: OperatingPoint;
}

/** One set of curves and the setup it belongs to. */
export interface Curves extends Setup {
  readonly trace: CycleTrace;
  readonly liftK: number;
  readonly frequencyHz: number;
  /** In rising order of x, the present point among them. */
  readonly lift: readonly CurvePoint[];
  readonly frequency: readonly CurvePoint[];
}

/** What stands after one more answer to a question about `setup`. */
export function grown(now: Curves | null, setup: Setup, answer: Answer): Curves | null {
  if (answer.type === 'trace') {
    const { trace, frequencyHz } = answer;
    const point = trace.operating_point;
    const liftK = point.temperature_lift_K;
    const { machine, changes } = setup;
    return {
      machine,
      changes,
      trace,
      liftK,
      frequencyHz,
      lift: [{ x: liftK, point }],
      frequency: [{ x: frequencyHz, point }],
    };
  }
  if (answer.type !== 'point' || now === null) return now;
  const { curve, x, point } = answer;
  return { ...now, [curve]: [...now[curve], { x, point }].toSorted((a, b) => a.x - b.x) };
}
