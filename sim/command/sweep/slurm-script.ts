/** The batch script of a sweep for Slurm: one job array, or several where the site takes no array so long. */
import type { ClusterWork } from './cluster-work.ts';
import { shellWord } from './shell-word.ts';
import { type TaskBundle, bundleWords } from './task-bundle.ts';

export interface SlurmJob extends Pick<ClusterWork, 'compute' | 'finish' | 'outcome'> {
  readonly name: string;
  readonly bundle: TaskBundle;
  readonly cpus: number;
  /** Slurm's MaxArraySize there: an array has fewer tasks, or as many. */
  readonly arrayLimit: number;
  /** Of a task, as Slurm writes it: minutes, or [days-]hours:minutes:seconds. */
  readonly time: string;
  readonly memory?: string;
  readonly partition?: string;
  readonly account?: string;
  /** Lines of shell before all else, as they are. */
  readonly prologue: readonly string[];
  /** Words that start this program. */
  readonly program: readonly string[];
  /** Absolute paths: a task starts where sbatch was called. */
  readonly study: string;
  readonly folder: string;
}

/** The signal comes so long before the time is over; what is under way then is given up. */
const NOTICE_S = 60;
/** A task that was put back so often makes no way. */
const MOST_RESTARTS = 20;

/** First task and count of each array. */
export function arraysOf(tasks: number, arrayLimit: number): { first: number; count: number }[] {
  return Array.from({ length: Math.ceil(tasks / arrayLimit) }, (_, i) => ({
    first: i * arrayLimit,
    count: Math.min(arrayLimit, tasks - i * arrayLimit),
  }));
}

/** Throws UserError where a path cannot stand in a script. */
export function slurmScript(job: SlurmJob): string {
  const { name, bundle, cpus, arrayLimit, time, memory, partition, account, prologue } = job;
  const arrays = arraysOf(bundle.tasks, arrayLimit);
  const file = `${name}.sbatch`;
  const lines = [
    '#!/bin/bash',
    ...Object.entries({
      'job-name': name,
      array: `0-${arrays[0].count - 1}`,
      'cpus-per-task': cpus,
      time,
      mem: memory,
      partition,
      account,
      signal: `B:USR1@${NOTICE_S}`,
    }).flatMap(([key, value]) => (value === undefined ? [] : [`#SBATCH --${key}=${value}`])),
    '#SBATCH --requeue',
    '#SBATCH --open-mode=append',
    '',
    `# ${bundleWords(bundle, cpus)}, of ${shellWord(job.study)}.`,
    `# Submit it, and what ${job.outcome} when all tasks are done (this text saved as ${file}):`,
    '#',
    ...arrays.map(({ first, count }, i) =>
      i === 0
        ? `#   tasks=$(sbatch --parsable ${file})`
        : `#   tasks=$tasks:$(sbatch --parsable --array=0-${count - 1} ${file} ${first})`,
    ),
    `#   sbatch --array=0-0 --dependency="afterok:$tasks" --kill-on-invalid-dep=yes ${file} merge`,
    '#',
    '# A task keeps every point as it comes. Near the end of its time it stops and goes back into the queue; submitted again,',
    '# by you, it computes only what is missing.',
    '',
    ...(prologue.length > 0 ? [...prologue, ''] : []),
    'set -euo pipefail',
    `program=(${job.program.map(shellWord).join(' ')})`,
    `study=${shellWord(job.study)}`,
    `folder=${shellWord(job.folder)}`,
    '',
    `if [ "\${1-}" = merge ]; then exec "\${program[@]}" ${job.finish.join(' ')} "$study" --out "$folder"; fi`,
    '',
    `part=$((\${1:-0} + SLURM_ARRAY_TASK_ID + 1))`,
    `"\${program[@]}" ${job.compute.join(' ')} "$study" --out "$folder" --shard "$part/${bundle.tasks}" --threads ${cpus} &`,
    'task=$!',
    'signal=none',
    `trap 'signal=USR1; kill -TERM "$task" || true' USR1`,
    `trap 'signal=TERM; kill -TERM "$task" || true' TERM`,
    '# a signal ends the waiting, not the task',
    'while true; do',
    '  status=0',
    '  wait "$task" || status=$?',
    '  kill -0 "$task" 2>/dev/null || break',
    'done',
    '',
    '# Stopped (75, or 143 before it had begun), so the same command goes on. Put back by the place in the array, since the bare',
    '# number of a task may be that of the whole array; and not after TERM, which is how a job is cancelled.',
    `case $signal-$status in USR1-75 | USR1-143)`,
    `  if [ "\${SLURM_RESTART_COUNT:-0}" -lt ${MOST_RESTARTS} ]; then`,
    `    scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}" || true`,
    '  fi ;;',
    'esac',
    'exit "$status"',
  ];
  return `${lines.join('\n')}\n`;
}
