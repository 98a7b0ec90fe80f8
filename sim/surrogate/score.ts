/** How far a surrogate is from the model it learned, over rows that were computed. */
import { errorPercent, isRatio, COOLING_POWER } from './encoding.ts';
import type { OutputErrors, Score } from './metadata.ts';
import type { Surrogate } from './surrogate.ts';

/** Rows of a sweep: inputs and outputs in the order of the surrogate; an absent number is NaN. */
export interface Rows {
  readonly inputs: readonly ArrayLike<number>[];
  readonly outputs: readonly ArrayLike<number>[];
}

const WORST = 3;

interface Miss {
  readonly error_percent: number;
  readonly told: number;
  readonly truth: number;
  readonly row: number;
}

/** A COP is judged where the machine truly cools; where the surrogate says that it does not, as 0. */
export function scoreOf(surrogate: Surrogate, rows: Rows): Score {
  const { inputs, outputs } = surrogate.about;
  const cooling = outputs.findIndex(({ name }) => name === COOLING_POWER);
  const misses: Miss[][] = outputs.map(() => []);
  const told = new Float64Array(outputs.length);
  let refused = 0;
  for (const [row, values] of rows.inputs.entries()) {
    if (!surrogate.evaluate(values, told)) {
      refused++;
      continue;
    }
    const truths = rows.outputs[row];
    for (const [k, output] of outputs.entries()) {
      const truth = truths[k];
      if (!Number.isFinite(truth) || (isRatio(output.name) && cooling >= 0 && !(truths[cooling] > 0)))
        continue;
      const value = Number.isNaN(told[k]) ? 0 : told[k];
      misses[k].push({ error_percent: errorPercent(output, value, truth), told: value, truth, row });
    }
  }
  const at = (row: number) =>
    Object.fromEntries(inputs.map(({ name }, d) => [name, Number(rows.inputs[row][d].toPrecision(6))]));
  return {
    rows: rows.inputs.length,
    refused_percent: rows.inputs.length === 0 ? 0 : (100 * refused) / rows.inputs.length,
    outputs: outputs.map(({ name }, k): OutputErrors => {
      const sorted = misses[k].toSorted((a, b) => a.error_percent - b.error_percent);
      return {
        name,
        rows: sorted.length,
        median_error_percent: quantile(sorted, 0.5),
        p99_error_percent: quantile(sorted, 0.99),
        worst: sorted
          .slice(-WORST)
          .toReversed()
          .map(({ row, ...miss }) => ({ ...miss, at: at(row) })),
      };
    }),
  };
}

/** Null without rows. */
function quantile(sorted: readonly Miss[], share: number): number | null {
  return sorted.length === 0
    ? null
    : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].error_percent;
}
