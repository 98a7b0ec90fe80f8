/**
 * What `sweep slurm` prints, submitted to a real Slurm as its comments say. Left out where Debian's packages slurmctld,
 * slurmd, slurm-client and munge are not installed.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SlurmCluster, missingPrograms } from './slurm-cluster.ts';
import { POINTS, SampleStudy, pointsIn, sweep, toldCommands, until } from './sweep-samples.ts';

const missing = missingPrograms();
const LIMIT_MS = 300_000;

describe.skipIf(missing.length > 0)(
  `sweep slurm on Slurm (missing here: ${missing.join(', ') || 'nothing'})`,
  () => {
    let study: SampleStudy;
    let slurm: SlurmCluster;
    beforeAll(async () => {
      study = new SampleStudy();
      mkdirSync(study.at('slurm'));
      slurm = await SlurmCluster.start(study.at('slurm'), 3);
    }, LIMIT_MS);
    afterAll(async () => {
      await slurm?.stop();
      rmSync(study.folder, { recursive: true });
    }, LIMIT_MS);

    /** The script in a folder of its own, under the name that its comments give it. */
    function printed(name: string, ...args: string[]): { folder: string; out: string; told: string } {
      const [folder, out] = [study.at(name), study.at(`${name} results`)];
      mkdirSync(folder);
      const { status, stdout, stderr } = sweep(
        'slurm',
        study.file,
        '--out',
        out,
        '--partition',
        'main',
        ...args,
      );
      expect([status, stderr]).toEqual([0, '']);
      const [, file] = /\(this text saved as (\S+)\)/.exec(stdout) ?? [];
      writeFileSync(join(folder, file), stdout);
      return { folder, out, told: toldCommands(stdout) };
    }

    it(
      'computes in arrays no longer than the site takes, and merges to the bytes of a run in one piece',
      async () => {
        const five = ['--seconds-per-point', '60', '--task-minutes', '4'];
        // this Slurm takes no longer array, so the comments' second one is needed
        const long = printed('long', ...five);
        expect(() => slurm.type(long.told, long.folder)).toThrow(/[Aa]rray/);
        const { folder, out, told } = printed('arrays', ...five, '--array-limit', '3');
        slurm.type(told, folder);
        const all = slurm.queue();
        expect(all.filter((job) => job.includes('afterok:')).length).toBe(1);
        expect(all.length).toBeGreaterThan(1);
        await until(() => slurm.queue().length === 0, 200);
        expect(pointsIn(out)).toBe(POINTS);
        expect(study.parquetOf(out).equals(study.serial())).toBe(true);
        expect(study.wasRun()).toBe(false);
      },
      LIMIT_MS,
    );

    it(
      'goes back into the queue when its time is nearly over, and computes nothing twice',
      async () => {
        const { folder, out, told } = printed('requeue', '--seconds-per-point', '1');
        const id = slurm.type(`${told.split('\n')[0]}\necho "$tasks"`, folder).trim();
        await until(() => pointsIn(out) >= 2);
        slurm.type(`scancel --batch --signal=USR1 ${id}_0`, folder);
        await until(() => slurm.queue().some((job) => job.startsWith(`${id}_0 PENDING`)), 100);
        const kept = pointsIn(out);
        expect(kept).toBeLessThan(POINTS);
        // it would wait two minutes for whatever was wrong to pass
        slurm.type(`scontrol update JobId=${id}_0 StartTime=now`, folder);
        await until(() => slurm.queue().length === 0, 200);
        expect(slurm.about(`${id}_0`)).toMatch(/JobState=COMPLETED[^]*Restarts=1/);
        expect(pointsIn(out)).toBe(POINTS);
      },
      LIMIT_MS,
    );

    it(
      'does not come back when it is cancelled',
      async () => {
        const { folder, out, told } = printed('cancel', '--seconds-per-point', '1');
        const id = slurm.type(`${told.split('\n')[0]}\necho "$tasks"`, folder).trim();
        await until(() => pointsIn(out) >= 2);
        slurm.type(`scancel ${id}`, folder);
        await until(() => slurm.queue().length === 0, 100);
        expect(slurm.about(`${id}_0`)).toMatch(/JobState=CANCELLED/);
        expect(pointsIn(out)).toBeLessThan(POINTS);
      },
      LIMIT_MS,
    );
  },
);
