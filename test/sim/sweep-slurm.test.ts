/**
 * What `sweep slurm` prints, submitted to a real Slurm as its comments say. Left out where Debian's packages slurmctld,
 * slurmd, slurm-client and munge are not installed.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SlurmCluster, missingPrograms } from './slurm-cluster.ts';
import {
  FEW,
  MANY,
  SampleStudy,
  THREE_TASKS,
  pointsIn,
  sweep,
  toldCommands,
  until,
} from './sweep-samples.ts';

const missing = missingPrograms();
const LIMIT_MS = 300_000;

describe.skipIf(missing.length > 0)(
  `sweep slurm on Slurm (missing here: ${missing.join(', ') || 'nothing'})`,
  () => {
    let study: SampleStudy;
    let long: SampleStudy;
    let slurm: SlurmCluster;
    beforeAll(async () => {
      study = new SampleStudy(FEW);
      long = new SampleStudy(MANY);
      mkdirSync(study.at('slurm'));
      slurm = await SlurmCluster.start(study.at('slurm'), 2);
    }, LIMIT_MS);
    afterAll(async () => {
      await slurm?.stop();
      for (const { folder } of [study, long]) rmSync(folder, { recursive: true });
    }, LIMIT_MS);

    /** The script in a folder of its own, under the name that its comments give it. */
    function printed(
      of: SampleStudy,
      name: string,
      ...args: string[]
    ): { folder: string; out: string; told: string } {
      const [folder, out] = [of.at(name), of.at(`${name} results`)];
      mkdirSync(folder);
      const told = ['--out', out, '--partition', 'main', ...args];
      const { status, stdout, stderr } = sweep('slurm', of.file, ...told);
      expect([status, stderr]).toEqual([0, '']);
      const [, file] = /\(this text saved as (\S+)\)/.exec(stdout) ?? [];
      writeFileSync(join(folder, file), stdout);
      return { folder, out, told: toldCommands(stdout) };
    }

    it(
      'computes in arrays no longer than the site takes, and merges to the bytes of a run in one piece',
      async () => {
        // this Slurm takes no longer array, so the comments' second one is needed
        const tooLong = printed(study, 'too long', ...THREE_TASKS);
        expect(() => slurm.type(tooLong.told, tooLong.folder)).toThrow(/[Aa]rray/);
        const { folder, out, told } = printed(study, 'arrays', ...THREE_TASKS, '--array-limit', '2');
        slurm.type(told, folder);
        const all = slurm.queue();
        expect(all.filter((job) => job.includes('afterok:')).length).toBe(1);
        expect(all.length).toBeGreaterThan(1);
        await until(() => slurm.queue().length === 0, 200);
        expect(pointsIn(out)).toBe(FEW);
        expect(study.parquetOf(out).equals(study.serial())).toBe(true);
        expect(study.wasRun()).toBe(false);
      },
      LIMIT_MS,
    );

    it(
      'goes back into the queue when its time is nearly over, and computes nothing twice',
      async () => {
        const { folder, out, told } = printed(long, 'requeue', '--seconds-per-point', '1');
        const id = slurm.type(`${told.split('\n')[0]}\necho "$tasks"`, folder).trim();
        await until(() => pointsIn(out) >= 2);
        slurm.type(`scancel --batch --signal=USR1 ${id}_0`, folder);
        await until(() => slurm.queue().some((job) => job.startsWith(`${id}_0 PENDING`)), 100);
        const kept = pointsIn(out);
        expect(kept).toBeLessThan(MANY);
        // It would wait two minutes. Not at once: a node takes a start within the second (Slurm counts in whole ones) of
        // the order to end the same task for one that was meant before it, and fails the task with 1:0.
        slurm.type(`scontrol update JobId=${id}_0 StartTime=now+3`, folder);
        await until(() => slurm.queue().length === 0, 200);
        expect(slurm.about(`${id}_0`), slurm.log('slurmd')).toMatch(/JobState=COMPLETED[^]*Restarts=1/);
        expect(pointsIn(out)).toBe(MANY);
      },
      LIMIT_MS,
    );

    it(
      'does not come back when it is cancelled',
      async () => {
        const { folder, out, told } = printed(long, 'cancel', '--seconds-per-point', '1');
        const id = slurm.type(`${told.split('\n')[0]}\necho "$tasks"`, folder).trim();
        await until(() => pointsIn(out) >= 2);
        slurm.type(`scancel ${id}`, folder);
        await until(() => slurm.queue().length === 0, 100);
        expect(slurm.about(`${id}_0`)).toMatch(/JobState=CANCELLED/);
      },
      LIMIT_MS,
    );
  },
);
