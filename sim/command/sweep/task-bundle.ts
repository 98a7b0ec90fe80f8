/** How the points of a study are bundled into tasks of a cluster, and the options that say so for every scheduler. */
import { InvalidArgumentError, Option } from 'commander';
import type { PointSet } from '../../study/sweep/base.ts';
import type { ClusterWork } from './cluster-work.ts';
import { type OpenStudy, studyName } from './open-study.ts';
import { secondsPerPoint } from './plan.ts';

export interface BundleOptions {
  readonly secondsPerPoint?: number;
  readonly taskMinutes: number;
  readonly cpus: number;
}

export interface TaskBundle {
  readonly points: number;
  /** On one core. */
  readonly secondsEach: number;
  /** One task is one shard. */
  readonly tasks: number;
  /** What a task takes on its cores. */
  readonly minutesEach: number;
}

export const bundleOptions = (): Option[] => [
  new Option(
    '--seconds-per-point <s>',
    'what a point takes on one core there; measured here where not given',
  ).argParser(numberWithin(1e-6, 1e6, 's')),
  new Option('--task-minutes <min>', 'so long should a task take')
    .argParser(numberWithin(1, 10_000, 'min'))
    .default(10),
  new Option('--cpus <number>', 'cores of a task').argParser(wholeWithin(1, 4096)).default(1),
];

/** As few tasks as keep each to its time, and never more than `most`. */
export function bundle(study: OpenStudy<PointSet>, options: BundleOptions, most: number): TaskBundle {
  const points = study.plan.indices.length;
  const secondsEach = options.secondsPerPoint ?? secondsPerPoint(study);
  const minutes = (points * secondsEach) / options.cpus / 60;
  const tasks = Math.min(Math.max(1, Math.ceil(minutes / options.taskMinutes)), points, most);
  return { points, secondsEach, tasks, minutesEach: minutes / tasks };
}

/** "4 tasks of some 9 min on 2 cores", for the comment of what is printed. */
export const bundleWords = ({ points, secondsEach, tasks, minutesEach }: TaskBundle, cpus: number): string =>
  `${points} points of some ${secondsEach.toPrecision(2)} s: ${tasks} ${tasks === 1 ? 'task' : 'tasks'} of some ` +
  `${minutesEach.toPrecision(2)} min on ${cpus === 1 ? 'one core' : `${cpus} cores`}`;

/** A name that any scheduler takes: lower case, digits and dashes, at most 40 of them. */
export const jobName = (study: OpenStudy<PointSet>, kind: ClusterWork['kind']): string =>
  `${kind}-${studyName(study).toLowerCase()}`
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/-+$/, '');

export function wholeWithin(min: number, max: number): (text: string) => number {
  return (text) => {
    if (!/^\d{1,9}$/.test(text) || Number(text) < min || Number(text) > max)
      throw new InvalidArgumentError(`Allowed is a whole number from ${min} to ${max}.`);
    return Number(text);
  };
}

function numberWithin(min: number, max: number, unit: string): (text: string) => number {
  return (text) => {
    if (!/^\d+(\.\d+)?(e-?\d+)?$/i.test(text) || Number(text) < min || Number(text) > max)
      throw new InvalidArgumentError(`Allowed is a number of ${unit} from ${min} to ${max}.`);
    return Number(text);
  };
}

/** For values that stand in a script as they are. */
export function textLike(pattern: RegExp, allowed: string): (text: string) => string {
  return (text) => {
    if (!pattern.test(text)) throw new InvalidArgumentError(`Allowed is ${allowed}.`);
    return text;
  };
}
