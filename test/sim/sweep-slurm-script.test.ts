/** The batch script that `sweep slurm` prints, driven by hand: Slurm's own variables are set as Slurm would. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { arraysOf } from '../../sim/command/sweep/slurm-script.ts';
import {
  FEW,
  MANY,
  PROGRAM,
  SampleStudy,
  THREE_TASKS,
  pointsIn,
  refusal,
  sweep,
  toldCommands,
  until,
} from './sweep-samples.ts';

const study = new SampleStudy(FEW);
const long = new SampleStudy(MANY);
afterAll(() => [study, long].forEach(({ folder }) => rmSync(folder, { recursive: true })));

/** Stands for the one command of Slurm's that the script calls, and writes down what it was asked for. */
const bin = study.at('bin');
const ASKED = study.at('asked of Slurm');
mkdirSync(bin);
writeFileSync(join(bin, 'scontrol'), `#!/bin/sh\necho "$@" >> '${ASKED}'\n`, { mode: 0o755 });
/** What Slurm sets. */
const slurm = (index: number) => ({
  ...process.env,
  PATH: [bin, process.env.PATH].join(delimiter),
  SLURM_ARRAY_TASK_ID: String(index),
  SLURM_ARRAY_JOB_ID: '7',
});
const askedOfSlurm = (): string => (existsSync(ASKED) ? readFileSync(ASKED, 'utf8') : '');

function printed(
  { file: studyFile }: SampleStudy,
  out: string,
  ...args: string[]
): { file: string; text: string } {
  const { status, stdout, stderr } = sweep('slurm', studyFile, '--out', out, ...args);
  expect([status, stderr]).toEqual([0, '']);
  const file = `${out}.sbatch`;
  writeFileSync(file, stdout);
  return { file, text: stdout };
}

const LIMIT_MS = 300_000;

/** Two parameters: 4 (2 + 2) points. */
const SENSE = `machine: ljubljana-2022
set: { nodes: 8, blow_steps: 6, ramp_steps: 4, courant: 1 }
vary:
  frequency: { from: 0.1 Hz, to: 0.4 Hz }
  blow_flow: { from: 5 g/s, to: 20 g/s }
outputs: [cooling_power_W]
sample: { points: 4 }
`;
const SENSE_POINTS = 16;
const TWO_TASKS = ['--seconds-per-point', '30', '--task-minutes', '4'];

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
      study,
      study.at('asked'),
      ...THREE_TASKS,
      ...'--cpus 2 --memory 4G --partition short --account lab42 --prologue true'.split(' '),
      '--prologue',
      'module load "nodejs/24"',
    );
    const asked = text.split('\n').flatMap((line) => /^#SBATCH --(.*)$/.exec(line)?.[1] ?? []);
    expect(asked).toEqual([
      expect.stringMatching(/^job-name=sweep-[a-z0-9-]+$/),
      'array=0-1',
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
    expect(text).toContain('\ntrue\nmodule load "nodejs/24"\n\nset -euo pipefail\n');
    const checker = spawnSync('shellcheck', ['--severity=warning', file], { encoding: 'utf8' });
    const read = checker.error ? spawnSync('bash', ['-n', file], { encoding: 'utf8' }) : checker;
    expect([read.status, read.stdout, read.stderr]).toEqual([0, '', '']);
  });

  it(
    'computes in its tasks, array by array, and merges to the bytes of a run in one piece',
    () => {
      const serial = study.serial();
      const out = study.at('by hand');
      const { file, text } = printed(study, out, ...THREE_TASKS, '--array-limit', '2');
      const submitted = toldCommands(text).matchAll(/--parsable (?:--array=0-(\d+) )?\S+\.sbatch ?(\d*)\)/g);
      const [, own] = /#SBATCH --array=0-(\d+)/.exec(text) ?? [];
      const arrays = [...submitted].map(([, last = own, first]) => ({ last: Number(last), first }));
      expect(arrays).toEqual([
        { last: 1, first: '' },
        { last: 0, first: '2' },
      ]);
      for (const { last, first } of arrays)
        for (let index = 0; index <= last; index++) {
          const args = [file, ...(first === '' ? [] : [first])];
          const { status, stderr } = spawnSync('bash', args, { env: slurm(index), encoding: 'utf8' });
          expect([status, stderr]).toEqual([0, '']);
        }
      expect(pointsIn(out)).toBe(FEW);
      expect(spawnSync('bash', [file, 'merge'], { env: slurm(0) }).status).toBe(0);
      expect(study.parquetOf(out).equals(serial)).toBe(true);
      expect(study.wasRun()).toBe(false);
    },
    LIMIT_MS,
  );

  it(
    'computes a sensitivity in its tasks, and tells the indices of a run in one piece',
    () => {
      const file = study.at('sense.yaml');
      writeFileSync(file, SENSE);
      const program = (...args: string[]) =>
        spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8' });
      const whole = program('sensitivity', file, '--out', study.at('sense whole'));
      expect([whole.status, whole.stderr]).toEqual([0, '']);
      const out = study.at('sense by hand');
      const script = `${out}.sbatch`;
      const { status, stdout, stderr } = sweep('slurm', file, '--sensitivity', '--out', out, ...TWO_TASKS);
      expect([status, stderr]).toEqual([0, '']);
      writeFileSync(script, stdout);
      expect(stdout).toContain('#SBATCH --job-name=sensitivity-sense\n#SBATCH --array=0-1\n');
      for (const index of [0, 1]) expect(spawnSync('bash', [script], { env: slurm(index) }).status).toBe(0);
      expect(pointsIn(out)).toBe(SENSE_POINTS);
      const told = spawnSync('bash', [script, 'merge'], { env: slurm(0), encoding: 'utf8' });
      expect([told.status, told.stdout]).toEqual([0, whole.stdout]);
      // nothing was left to compute
      expect(pointsIn(out)).toBe(SENSE_POINTS);
    },
    LIMIT_MS,
  );

  it.each([
    // what Slurm sends when time is nearly over, and when the job was cancelled
    ['SIGUSR1', 'requeue 7_0\n'],
    ['SIGTERM', ''],
  ] as const)(
    'keeps its points after %s, and goes on',
    async (signal, asked) => {
      const out = long.at(signal);
      const { file } = printed(long, out, '--seconds-per-point', '1');
      const task = spawn('bash', [file], { env: slurm(0), stdio: 'ignore' });
      const ended = new Promise<number | null>((resolve) => task.once('close', resolve));
      await until(() => pointsIn(out) >= 2 || task.exitCode !== null);
      task.kill(signal);
      expect(await ended).toBe(75);
      expect(askedOfSlurm()).toBe(asked);
      rmSync(ASKED, { force: true });
      const kept = pointsIn(out);
      expect(kept).toBeGreaterThanOrEqual(2);
      expect(kept).toBeLessThan(MANY);
      expect(spawnSync('bash', [file], { env: slurm(0) }).status).toBe(0);
      expect(pointsIn(out)).toBe(MANY);
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
  ])('refuses %j', async (args, says) => {
    expect(await refusal('slurm', study.file, ...args)).toMatch(says);
  });

  it('refuses a path that would end a comment', () => {
    const { status, stdout, stderr } = sweep('slurm', study.file, ...THREE_TASKS, '--out', 'x\ntouch y');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^elastocool: .*has a control character/);
  });
});
