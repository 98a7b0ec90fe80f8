/** The batch script that `sweep slurm` prints, driven by hand: only Slurm's own variables are set as Slurm would. */
import { spawn, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { arraysOf } from '../../sim/command/sweep/slurm-script.ts';
import { POINTS, SampleStudy, pointsIn, sweep, toldCommands, until } from './sweep-samples.ts';

const study = new SampleStudy();
afterAll(() => rmSync(study.folder, { recursive: true }));

/** What Slurm sets, and no Slurm to ask. */
const slurm = (index: number) => ({
  ...process.env,
  SLURM_ARRAY_TASK_ID: String(index),
  SLURM_ARRAY_JOB_ID: '7',
  SLURM_CONF: '/nowhere',
});

function printed(out: string, ...args: string[]): { file: string; text: string } {
  const { status, stdout, stderr } = sweep('slurm', study.file, '--out', out, ...args);
  expect([status, stderr]).toEqual([0, '']);
  const file = `${out}.sbatch`;
  writeFileSync(file, stdout);
  return { file, text: stdout };
}

const LIMIT_MS = 180_000;
/** Eighteen points of a minute in tasks of four. */
const FIVE_TASKS = ['--seconds-per-point', '60', '--task-minutes', '4'];

describe.skipIf(process.platform === 'win32')('sweep slurm', () => {
  it('splits tasks to arrays that the site takes, each task once', () => {
    expect(arraysOf(1001, 1001)).toEqual([{ first: 0, count: 1001 }]);
    expect(arraysOf(2003, 1001)).toEqual([
      { first: 0, count: 1001 },
      { first: 1001, count: 1001 },
      { first: 2002, count: 1 },
    ]);
  });

  it('asks for what it was told to ask for', () => {
    const { text, file } = printed(
      study.at('asked'),
      ...FIVE_TASKS,
      ...['--cpus', '2', '--memory', '4G', '--partition', 'short', '--account', 'lab42'],
      ...['--prologue', 'module load "nodejs/24"', '--prologue', 'true'],
    );
    const asked = text.split('\n').flatMap((line) => /^#SBATCH --(.*)$/.exec(line)?.[1] ?? []);
    expect(asked).toEqual([
      expect.stringMatching(/^job-name=sweep-[a-z0-9-]+$/),
      'array=0-2',
      'cpus-per-task=2',
      // three times three minutes
      'time=9',
      'mem=4G',
      'partition=short',
      'account=lab42',
      'signal=B:USR1@60',
      'requeue',
      'open-mode=append',
    ]);
    expect(text).toContain('\nmodule load "nodejs/24"\ntrue\n\nset -euo pipefail\n');
    const checker = spawnSync('shellcheck', [file], { encoding: 'utf8' });
    const read = checker.error ? spawnSync('bash', ['-n', file], { encoding: 'utf8' }) : checker;
    expect([read.status, read.stdout, read.stderr]).toEqual([0, '', '']);
  });

  it(
    'computes in its tasks, array by array, and merges to the bytes of a run in one piece',
    () => {
      const serial = study.serial();
      const out = study.at('by hand');
      const { file, text } = printed(out, ...FIVE_TASKS, '--array-limit', '2');
      const submitted = toldCommands(text).matchAll(/--parsable (?:--array=0-(\d+) )?\S+\.sbatch ?(\d*)\)/g);
      const [, own] = /#SBATCH --array=0-(\d+)/.exec(text) ?? [];
      const arrays = [...submitted].map(([, last = own, first]) => ({ last: Number(last), first }));
      expect(arrays).toEqual([
        { last: 1, first: '' },
        { last: 1, first: '2' },
        { last: 0, first: '4' },
      ]);
      for (const { last, first } of arrays)
        for (let index = 0; index <= last; index++) {
          const args = [file, ...(first === '' ? [] : [first])];
          const { status, stderr } = spawnSync('bash', args, { env: slurm(index), encoding: 'utf8' });
          expect([status, stderr]).toEqual([0, '']);
        }
      expect(pointsIn(out)).toBe(POINTS);
      expect(spawnSync('bash', [file, 'merge'], { env: slurm(0) }).status).toBe(0);
      expect(study.parquetOf(out).equals(serial)).toBe(true);
      expect(study.wasRun()).toBe(false);
    },
    LIMIT_MS,
  );

  it.each(['SIGUSR1', 'SIGTERM'] as const)(
    'keeps its points when it is told by %s, and goes on',
    async (signal) => {
      const out = study.at(signal);
      const { file } = printed(out, '--seconds-per-point', '1');
      const task = spawn('bash', [file], { env: slurm(0), stdio: 'ignore' });
      const ended = new Promise<number | null>((resolve) => task.once('close', resolve));
      await until(() => pointsIn(out) >= 2 || task.exitCode !== null);
      task.kill(signal);
      expect(await ended).toBe(75);
      const kept = pointsIn(out);
      expect(kept).toBeGreaterThanOrEqual(2);
      expect(kept).toBeLessThan(POINTS);
      expect(spawnSync('bash', [file], { env: slurm(0) }).status).toBe(0);
      expect(pointsIn(out)).toBe(POINTS);
    },
    LIMIT_MS,
  );

  it.each([
    [['--array-limit', '0'], /Allowed is a whole number from 1/],
    [['--partition', 'a b'], /Allowed is a name of letters, digits/],
    [['--account', 'x\n#SBATCH --uid=0'], /Allowed is a name of letters, digits/],
    [['--memory', '2 GB'], /Allowed is a whole number with K, M, G or T/],
    [['--time', 'soon'], /Allowed is for example 30 \(min\)/],
    [['--prologue', 'a\nb'], /Allowed is one line/],
    [['--seconds-per-point', '-1'], /Allowed is a number of s/],
    [['--out', 'x\ny'], /has a control character/],
  ])('refuses %j', (args, says) => {
    const { status, stdout, stderr } = sweep('slurm', study.file, ...FIVE_TASKS, ...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(says);
  });
});
