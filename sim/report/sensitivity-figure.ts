/** Sobol indices of one result as bars: first order and total, with their intervals. */
import type { SobolIndices } from '../study/sensitivity/indices.ts';
import { barFigure } from './bar-figure.ts';

/**
 * @param names of the parameters, in the order of the indices
 * Throws RangeError where the result does not vary.
 */
export function sensitivityFigure(result: string, names: readonly string[], indices: SobolIndices): string {
  const found = indices.parameters ?? [];
  const series = (['first', 'total'] as const).map((kind) => ({
    label: kind === 'first' ? 'first order: alone' : 'total: with all it does together with others',
    // a share of less than a thousandth is none
    values: found.map((one) => Math.round(one[kind].value * 1e3) / 1e3),
    low: found.map((one) => one[kind].low),
    high: found.map((one) => one[kind].high),
  }));
  return barFigure({
    title: `What ${result} depends on`,
    value: { label: 'share of the variance (Sobol index)', unit: '' },
    groups: names,
    series,
    note: `From ${indices.rows} rows; whiskers are bootstrap intervals of 95 %. First order after Saltelli (2010), total after Jansen (1999).`,
  });
}
