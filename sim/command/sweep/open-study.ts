/** A study file opened from the disk, and where its results stand. */
import { type Hash, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../index.ts';
import type { PointSet, StudyOptions } from '../../study/sweep/base.ts';
import type { SweepPlan } from '../../study/sweep/plan.ts';
import { engineFingerprint } from '../fingerprint.ts';
import { loadPreset } from '../preset-file.ts';

export interface OpenStudy<Plan = SweepPlan> {
  readonly file: string;
  readonly text: string;
  readonly plan: Plan;
  /** Of the program and its data. */
  readonly fingerprint: string;
  /** Changes with whatever changes a result: the program, the machine, the points. */
  readonly hash: string;
}

type Parse<Plan> = (text: string, options: StudyOptions) => Plan;

/** A study whose points are known beforehand. Throws UserError where it cannot be read or makes no sense. */
export function openStudy<Plan extends PointSet>(file: string, parse: Parse<Plan>): OpenStudy<Plan> {
  return openAs(file, parse, (plan, hash) => {
    hash.update(JSON.stringify(plan.designed));
    for (const index of plan.indices) hash.update(JSON.stringify([index, plan.machineAt(index).changes]));
  });
}

/** A study whose points come as it goes. Throws UserError likewise. */
export const openSearch = <Plan extends Solved>(file: string, parse: Parse<Plan>): OpenStudy<Plan> =>
  openAs(file, parse, () => {});

type Solved = Pick<PointSet, 'preset' | 'toleranceK'>;

function openAs<Plan extends Solved>(
  file: string,
  parse: Parse<Plan>,
  addPoints: (plan: Plan, hash: Hash) => void,
): OpenStudy<Plan> {
  const text = readText(file);
  const machineKey = (machine: string): string =>
    /\.ya?ml$/.test(machine) ? join(dirname(file), machine) : machine;
  const plan = parse(text, {
    fileName: file,
    load: (machine, overrides) => loadPreset(machineKey(machine), overrides),
    machineKey,
  });
  const fingerprint = engineFingerprint();
  const hash = createHash('sha256').update(
    JSON.stringify([fingerprint, plan.preset.device, plan.toleranceK]),
  );
  addPoints(plan, hash);
  return { file, text, plan, fingerprint, hash: hash.digest('hex').slice(0, 16) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      code === 'ENOENT'
        ? `${file}: there is no such file.`
        : `${file}: cannot be read (${code ?? 'unknown'}).`,
    );
  }
}

/** "kilowatt" of "studies/kilowatt.yaml". */
export const studyName = ({ file }: { readonly file: string }): string =>
  basename(file).replace(/\.ya?ml$/, '');

/** Beside the study unless told otherwise: STUDY.sweep. */
export const resultFolder = (
  study: { readonly file: string },
  given: string | undefined,
  kind: 'sweep' | 'sensitivity' | 'optimize' = 'sweep',
): string => given ?? join(dirname(study.file), `${studyName(study)}.${kind}`);

/** One of the equal parts of a study, for one task of a cluster: 1 to `of`. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}
export const WHOLE: Shard = { part: 1, of: 1 };
/** As many as their number of six digits can say. */
export const MOST_SHARDS = 999_999;

/** Every `of`-th point: neighbours, which take alike long, go to different tasks. */
export const pointsOf = ({ plan }: OpenStudy<PointSet>, { part, of }: Shard): number[] =>
  plan.indices.filter((_, i) => i % of === part - 1);

const PREFIX = 'points-';

export const linesFile = (folder: string, { hash }: OpenStudy<unknown>, { part, of }: Shard): string =>
  join(folder, `${PREFIX}${hash}-${part}-of-${of}.jsonl`);

/** Whether a file of the folder holds points of just this study. */
export const isLinesFile = (name: string, { hash }: OpenStudy<unknown>): boolean =>
  name.startsWith(`${PREFIX}${hash}-`) && name.endsWith('.jsonl');

/** Throws UserError; "3/8" is the third of eight. */
export function readShard(text: string): Shard {
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/.exec(text.trim()) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (part === undefined || shard.part < 1 || shard.part > shard.of)
    throw new UserError(`--shard ${text}: write i/N, for example 1/8, with i from 1 to N.`);
  return shard;
}
