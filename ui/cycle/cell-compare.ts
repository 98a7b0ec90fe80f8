/** Ten cells of one cycle against their median: which one does something else than the others, and in what. */
import { type Deviation, deviations, medianOf } from './spread.ts';

/** Less than this is never called apart, K: assumed, twenty counts of the waveform's temperatures (0.01 K). */
export const FLOOR_K = 0.2;

export interface CellFigures {
  readonly mean: Deviation;
  readonly swing: Deviation;
  /** By bin: the cell minus the median of all at that phase, K. */
  readonly apart: Float32Array;
}

export interface CellsCompared {
  readonly cells: readonly CellFigures[];
  /** Beyond these a deviation stands out, K. */
  readonly meanLimit: number;
  readonly swingLimit: number;
  /** Medians over the cells, °C and K. */
  readonly mean_C: number;
  readonly swing_K: number;
}

/** `value(cell, bin)` in °C; a cell that says nothing at all is absent throughout. */
export function compareCells(
  count: number,
  bins: number,
  value: (cell: number, bin: number) => number,
): CellsCompared {
  const cells = Array.from({ length: count }, (_, cell) =>
    Array.from({ length: bins }, (_, bin) => value(cell, bin)),
  );
  const means = cells.map((values) => values.reduce((sum, one) => sum + one, 0) / bins);
  const swings = cells.map((values) => Math.max(...values) - Math.min(...values));
  const [mean, swing] = [deviations(means, FLOOR_K), deviations(swings, FLOOR_K)];
  const middle = Array.from({ length: bins }, (_, bin) => medianOf(cells.map((values) => values[bin])));
  return {
    cells: cells.map((values, cell) => ({
      mean: mean.each[cell],
      swing: swing.each[cell],
      apart: Float32Array.from(values, (one, bin) => one - middle[bin]),
    })),
    meanLimit: mean.limit,
    swingLimit: swing.limit,
    mean_C: medianOf(means),
    swing_K: medianOf(swings),
  };
}
