/**
 * Where a surrogate may be asked: inside the box of what it was trained on, and near what it was trained on. Nearness
 * is the distance to the nearest of some hundred training points, spread so that every training point is within `reach`
 * of one: holes in the box, where a constraint or a refusal left no points, are refused as the outside is.
 */
import type { InputRange } from './features.ts';

export interface Domain {
  readonly inputs: readonly InputRange[];
  /** Positions of the kept training points in the unit box, one after the other. */
  readonly kept: readonly number[];
  /** In the unit box, whose sides are the ranges of the inputs. */
  readonly reach: number;
}

const MOST_KEPT = 256;
/** Some rows to each kept point: the reach is then the size of the gaps between the rows, not less. */
const ROWS_TO_KEPT = 8;
/** A hole must be wider than this share of the reach. */
const SLACK = 1.1;

/**
 * @param rows inputs of the training rows
 * @param inputs names and the box; each range wider than nothing
 */
export function domainOf(rows: readonly ArrayLike<number>[], inputs: readonly InputRange[]): Domain {
  const positions = rows.map((row) => inputs.map(({ low, high }, d) => (row[d] - low) / (high - low)));
  const nearest = new Float64Array(rows.length).fill(Number.POSITIVE_INFINITY);
  const most = Math.min(MOST_KEPT, Math.ceil(rows.length / ROWS_TO_KEPT));
  const kept: number[] = [];
  // the farthest from all that are kept is kept next (Gonzalez 1985)
  let next = 0;
  for (let count = 0; count < most; count++) {
    const chosen = positions[next].map(rounded);
    kept.push(...chosen);
    for (let row = 0; row < positions.length; row++)
      nearest[row] = Math.min(
        nearest[row],
        squaredDistance(positions[row], chosen, 0, Number.POSITIVE_INFINITY),
      );
    next = nearest.reduce((far, distance, row) => (distance > nearest[far] ? row : far), 0);
  }
  return { inputs, kept, reach: SLACK * Math.sqrt(nearest[next]) };
}

/** Four digits of a position are enough, and keep the file small. */
const rounded = (position: number): number => Number(position.toFixed(4));

export interface Fence {
  /** Whether a point is inside; fast. */
  readonly holds: (values: ArrayLike<number>) => boolean;
  /** Why a point is outside, as a sentence; null where it is inside. */
  readonly refusal: (values: ArrayLike<number>) => string | null;
}

export function fenceOf({ inputs, kept, reach }: Domain): Fence {
  const count = inputs.length;
  const points = Float64Array.from(kept);
  const lows = Float64Array.from(inputs, ({ low }) => low);
  const widths = Float64Array.from(inputs, ({ low, high }) => high - low);
  const position = new Float64Array(count);
  const limit = reach * reach;
  const inBox = (values: ArrayLike<number>): boolean => {
    for (let d = 0; d < count; d++) {
      position[d] = (values[d] - lows[d]) / widths[d];
      // rounding must not shut out the ends of the ranges
      if (!(position[d] > -EDGE && position[d] < 1 + EDGE)) return false;
    }
    return true;
  };
  const isNear = (): boolean => {
    for (let at = 0; at < points.length; at += count)
      if (squaredDistance(position, points, at, limit) <= limit) return true;
    return false;
  };
  return {
    holds: (values) => inBox(values) && isNear(),
    refusal(values) {
      if (inBox(values))
        return isNear()
          ? null
          : `no training point is near (${inputs.map(({ name }, d) => `${name} ${show(values[d])}`).join(', ')}); compute it, or train on a study that has points there`;
      const wrong = inputs.findIndex(({ low, high }, d) => !(values[d] >= low && values[d] <= high));
      const { name, low, high } = inputs[wrong];
      return `${name} ${show(values[wrong])} is outside ${show(low)} to ${show(high)}, what the surrogate was trained on; compute it, or train on a wider study`;
    },
  };
}

const EDGE = 1e-9;

const show = (value: number): string => String(Number(value.toPrecision(6)));

/** Gives up where it is beyond `limit`. */
function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>, at: number, limit: number): number {
  let sum = 0;
  for (let d = 0; d < a.length && sum <= limit; d++) {
    const step = a[d] - b[at + d];
    sum += step * step;
  }
  return sum;
}
