/** What a cluster computes of a study: its sweep, or the points that its sensitivity is told from. */
import { Option } from 'commander';
import type { PointSet } from '../../study/sweep/base.ts';
import { parseSensitivity } from '../../study/sensitivity/plan.ts';
import { parseStudy } from '../../study/sweep/plan.ts';
import { type OpenStudy, openStudy } from './open-study.ts';

export interface ClusterWork {
  readonly kind: 'sweep' | 'sensitivity';
  readonly study: OpenStudy<PointSet>;
  /** Words of this program that compute a shard of the study, ... */
  readonly compute: readonly string[];
  /** ... and those that make one thing of all points; what they do, in words. */
  readonly finish: readonly string[];
  readonly outcome: string;
}

export const sensitivityOption = (): Option =>
  new Option(
    '--sensitivity',
    'compute the points of the sensitivity instead; what follows them tells the indices',
  ).default(false);

/** Throws UserError where the study cannot be run so. */
export const openWork = (file: string, isSensitivity: boolean): ClusterWork =>
  isSensitivity
    ? {
        kind: 'sensitivity',
        study: openStudy(file, parseSensitivity),
        compute: ['sensitivity'],
        finish: ['sensitivity'],
        outcome: 'tells the indices in its output',
      }
    : {
        kind: 'sweep',
        study: openStudy(file, parseStudy),
        compute: ['sweep', 'run'],
        finish: ['sweep', 'merge'],
        outcome: 'writes one file',
      };
