/** One published figure beside what the model says. */
import type { Bound, Role } from '../../config/target.ts';

export type Verdict =
  | 'calibrated'
  /** Predictions: the published figure inside the interval, and that no wider than ±50 %. */
  | 'pass'
  | 'fail'
  | 'uninformative'
  /** Consistency checks, which are not scored. */
  | 'agrees'
  | 'disagrees'
  | 'undecided'
  /** Nothing can be computed. */
  | 'not computed';

export interface LiteratureRow {
  readonly system: string;
  readonly quantity: string;
  readonly unit: string;
  readonly published: number;
  /** "at least": published is a lower bound; "at most": an upper one; null: a figure. */
  readonly bound: Bound | null;
  /** Range of the published figure, where one is known or its digits say so. */
  readonly published_low: number;
  readonly published_high: number;
  /** Weighted median over the members, and the ends of the 90 % interval; null where nothing can be computed. */
  readonly model: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly role: Role;
  /** T, P, 2, M or D, as in fixtures/bibliography.yaml. */
  readonly sure: string;
  readonly source: string;
  /** null where the row is not scored. */
  readonly pass: boolean | null;
  readonly verdict: Verdict;
  /** How it was met, or why it is missed. */
  readonly note: string;
}
