/** Published figures against the machines that stand for a system, and what that is worth. */
import type { Preset } from '../../config/device-config.ts';
import type { Target } from '../../config/target.ts';
import { weightedQuantiles } from '../sampling/weighted.ts';
import type { Ensemble } from './ensemble.ts';
import type { LiteratureRow, Verdict } from './row.ts';

/** A prediction wider than this, half its interval over its median, says nothing. */
const WIDEST = 0.5;
/** Ends and middle of the 90 % interval. */
const SHARES = [0.05, 0.5, 0.95];

/**
 * A row for each published figure of the preset that has a role.
 * @param sureOf the grade of a source of the bibliography
 */
export function scoreSystem(
  preset: Preset,
  ensemble: Ensemble,
  sureOf: (source: string) => string,
): LiteratureRow[] {
  return preset.targets.flatMap((target, k): LiteratureRow[] => {
    const { role, source } = target;
    if (role === undefined || source === undefined) return [];
    const samples = ensemble.members.map(({ figures, weight }) => ({
      value: figures[k] ?? Number.NaN,
      weight,
    }));
    const [low, model, high] = weightedQuantiles(samples, SHARES).map((v) => (Number.isNaN(v) ? null : v));
    const verdict = judge(target, low, model, high);
    return [
      {
        system: preset.key,
        quantity: target.quantity,
        unit: target.unit,
        published: target.value,
        bound: target.bound,
        published_low: target.low,
        published_high: target.high,
        model,
        low,
        high,
        role,
        sure: target.sure ?? sureOf(source),
        source,
        pass: role === 'prediction' ? verdict === 'pass' : null,
        verdict,
        note: target.note,
      },
    ];
  });
}

function judge(
  { role, value, bound }: Target,
  low: number | null,
  model: number | null,
  high: number | null,
): Verdict {
  if (low === null || model === null || high === null) return 'not computed';
  if (role === 'calibration') return 'calibrated';
  const [yes, no, open] =
    role === 'prediction'
      ? (['pass', 'fail', 'uninformative'] as const)
      : (['agrees', 'disagrees', 'undecided'] as const);
  if (bound === null) {
    if (value < low || value > high) return no;
    return (high - low) / 2 <= WIDEST * Math.abs(model) ? yes : open;
  }
  // the whole interval on one side of a bound says yes or no, whatever its width
  const [worst, best] = bound === 'at least' ? [low - value, high - value] : [value - high, value - low];
  if (worst >= 0) return yes;
  return best < 0 ? no : open;
}

export interface Score {
  readonly predictions: number;
  readonly passed: number;
  readonly failed: number;
  readonly uninformative: number;
  /** Not scored. */
  readonly calibrations: number;
  readonly consistency: number;
  readonly agreeing: number;
}

export function scoreOf(rows: readonly LiteratureRow[]): Score {
  const count = (test: (row: LiteratureRow) => boolean) => rows.filter(test).length;
  return {
    predictions: count(({ role }) => role === 'prediction'),
    passed: count(({ verdict }) => verdict === 'pass'),
    failed: count(({ verdict }) => verdict === 'fail'),
    uninformative: count(({ verdict }) => verdict === 'uninformative'),
    calibrations: count(({ role }) => role === 'calibration'),
    consistency: count(({ role }) => role === 'consistency'),
    agreeing: count(({ verdict }) => verdict === 'agrees'),
  };
}
