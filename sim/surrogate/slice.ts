/**
 * A map of a surrogate: its outputs over two of its inputs, the others held. What the network computes is left to the
 * caller, who may have a tensor library for it; features, domain and outputs are those of every other answer.
 */
import type { Surrogate } from './surrogate.ts';

export interface Slice {
  /** Places of two different inputs, along x and along y. */
  readonly x: number;
  readonly y: number;
  /** Values of all inputs in their order; those of x and y are not looked at. */
  readonly at: readonly number[];
  readonly columns: number;
  readonly rows: number;
}

export interface SliceMap {
  /** Middles of the columns and of the rows, rising: the ranges of the two inputs in equal cells. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 where the point is within the validity domain; row by row, as all that follows. */
  readonly inside: Uint8Array;
  /** One an output; NaN outside of the domain, and in a COP where the machine does not cool. */
  readonly outputs: readonly Float64Array[];
}

/** What the network gives, row after row, for features that stand row after row. */
export type Forward = (features: Float32Array, rows: number) => ArrayLike<number>;

/** The plain pass, one row at a time. */
export const plainForward =
  ({ network, about }: Surrogate): Forward =>
  (features, rows) => {
    const wide = about.features.length;
    const each = about.outputs.length;
    const given = new Float32Array(rows * each);
    const input = new Float64Array(wide);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < wide; k++) input[k] = features[row * wide + k];
      given.set(network.run(input), row * each);
    }
    return given;
  };

/** Throws RangeError where x and y are not two inputs, or a value is missing. */
export function mapSlice(surrogate: Surrogate, slice: Slice, forward: Forward): SliceMap {
  const { inputs, features, outputs } = surrogate.about;
  const { columns, rows } = slice;
  if (slice.x === slice.y || inputs[slice.x] === undefined || inputs[slice.y] === undefined)
    throw new RangeError(`a map needs two different ones of ${inputs.length} inputs`);
  if (slice.at.length !== inputs.length)
    throw new RangeError(`a map of ${inputs.length} inputs was given ${slice.at.length} values`);
  const x = middles(inputs[slice.x], columns);
  const y = middles(inputs[slice.y], rows);
  const inside = new Uint8Array(columns * rows);
  const given = new Float32Array(columns * rows * features.length);
  const point = Float64Array.from(slice.at);
  let asked = 0;
  for (let cell = 0; cell < inside.length; cell++) {
    point[slice.x] = x[cell % columns];
    point[slice.y] = y[Math.floor(cell / columns)];
    if (!surrogate.fence.holds(point)) continue;
    inside[cell] = 1;
    given.set(surrogate.features(point), features.length * asked++);
  }
  const learned = forward(given.subarray(0, asked * features.length), asked);
  const values = outputs.map(() => new Float64Array(inside.length).fill(Number.NaN));
  const learnedHere = new Float64Array(outputs.length);
  const told = new Float64Array(outputs.length);
  for (let cell = 0, row = 0; cell < inside.length; cell++) {
    if (inside[cell] === 0) continue;
    for (let k = 0; k < outputs.length; k++) learnedHere[k] = learned[row * outputs.length + k];
    surrogate.decode(learnedHere, told);
    for (let k = 0; k < outputs.length; k++) values[k][cell] = told[k];
    row++;
  }
  return { x, y, inside, outputs: values };
}

const middles = ({ low, high }: { readonly low: number; readonly high: number }, count: number) =>
  Float64Array.from({ length: count }, (_, i) => low + ((i + 0.5) / count) * (high - low));
