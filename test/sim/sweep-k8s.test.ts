/** The Jobs that `sweep k8s` prints: their shape, and their command as a pod would run it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { FEW, PROGRAM, SampleStudy, THREE_TASKS, pointsIn, refusal, sweep } from './sweep-samples.ts';

const study = new SampleStudy(FEW);
afterAll(() => rmSync(study.folder, { recursive: true }));
const WHERE = ['--image', 'lab.example/elastocool:0.1.0', '--claim', 'results'];
const LIMIT_MS = 300_000;

interface Job {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: Readonly<Record<string, unknown>> & {
    readonly completions: number;
    readonly template: {
      readonly spec: Readonly<Record<string, unknown>> & { readonly containers: readonly Container[] };
    };
  };
}
interface Container {
  readonly command: readonly string[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

function printed(...args: string[]): { text: string; job: Job } {
  const { status, stdout, stderr } = sweep('k8s', study.file, ...WHERE, ...args);
  expect([status, stderr]).toEqual([0, '']);
  return { text: stdout, job: parse(stdout) as Job };
}

describe.skipIf(process.platform === 'win32')('sweep k8s', () => {
  it('prints an indexed Job in which a stopped pod costs no try', () => {
    const { job } = printed(...THREE_TASKS, '--parallel', '2');
    expect([job.apiVersion, job.kind]).toEqual(['batch/v1', 'Job']);
    expect(job.metadata.name).toMatch(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
    expect(job.spec).toMatchObject({
      completionMode: 'Indexed',
      completions: 3,
      parallelism: 2,
      backoffLimitPerIndex: 3,
      podFailurePolicy: {
        rules: [
          { action: 'Ignore', onExitCodes: { containerName: 'sweep', operator: 'In', values: [75] } },
          { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
          { action: 'FailJob', onExitCodes: { containerName: 'sweep', operator: 'In', values: [2] } },
        ],
      },
    });
    // without it Kubernetes refuses a podFailurePolicy
    expect(job.spec.template.spec.restartPolicy).toBe('Never');
    const [container] = job.spec.template.spec.containers;
    expect(container).toMatchObject({
      name: 'sweep',
      image: 'lab.example/elastocool:0.1.0',
      resources: { requests: { cpu: '1', memory: '640Mi' }, limits: { memory: '640Mi' } },
    });
    expect(container.volumeMounts.map(({ name }) => name)).toEqual(['study', 'results']);
    expect(job.spec.template.spec.volumes).toEqual([
      { name: 'study', configMap: { name: job.metadata.name } },
      { name: 'results', persistentVolumeClaim: { claimName: 'results' } },
    ]);
  });

  it(
    'computes in its pods and merges to the bytes of a run in one piece',
    () => {
      const { job, text } = printed(...THREE_TASKS);
      const { job: merge } = printed('--merge');
      const [, key] = /create configmap \S+ --from-file=(\S+?)='/.exec(text) ?? [];
      const bin = study.at('bin');
      mkdirSync(bin);
      symlinkSync(PROGRAM, join(bin, 'elastocool'));
      const root = study.at('root');
      mkdirSync(join(root, 'study'), { recursive: true });
      copyFileSync(study.file, join(root, 'study', key));
      const inPod = ({ spec }: Job, index?: number): void => {
        const [{ command, volumeMounts }] = spec.template.spec.containers;
        const isMounted = (word: string) =>
          volumeMounts.some(({ mountPath }) => word.startsWith(`${mountPath}/`));
        const [file, ...args] = command.map((word) => (isMounted(word) ? join(root, word) : word));
        const { status, stderr } = spawnSync(file, args, {
          encoding: 'utf8',
          env: {
            PATH: [bin, join(process.execPath, '..'), process.env.PATH].join(delimiter),
            ...(index === undefined ? {} : { JOB_COMPLETION_INDEX: String(index) }),
          },
        });
        expect([status, stderr]).toEqual([0, '']);
      };
      for (let index = 0; index < job.spec.completions; index++) inPod(job, index);
      const results = join(root, 'results', job.metadata.name);
      expect(pointsIn(results)).toBe(FEW);
      inPod(merge);

      const out = study.at('serial');
      const copy = join(root, 'study', key);
      expect(sweep('run', copy, '--out', out).status).toBe(0);
      const file = key.replace(/yaml$/, 'parquet');
      const same = spawnSync('cmp', [join(results, file), join(out, file)], { encoding: 'utf8' });
      expect([same.status, same.stdout]).toEqual([0, '']);
      expect(study.wasRun()).toBe(false);
    },
    LIMIT_MS,
  );

  it('asks pods for a sensitivity too', () => {
    const file = study.at('sense.yaml');
    writeFileSync(
      file,
      'machine: ljubljana-2022\nvary: { frequency: { from: 0.1 Hz, to: 0.4 Hz } }\nsample: { points: 4 }\n',
    );
    const jobOf = (...args: string[]): Job => {
      const all = ['--sensitivity', '--seconds-per-point', '60', '--task-minutes', '4', ...args];
      const { status, stdout, stderr } = sweep('k8s', file, ...WHERE, ...all);
      expect([status, stderr]).toEqual([0, '']);
      return parse(stdout) as Job;
    };
    const [job, finish] = [jobOf(), jobOf('--merge')].map(({ metadata, spec }) => ({
      ...metadata,
      completions: spec.completions,
      command: spec.template.spec.containers[0].command.join(' '),
    }));
    // 4 (1 + 2) points of a minute
    expect([job.name, job.completions]).toEqual(['sensitivity-sense', 3]);
    expect(job.command).toContain(
      ' elastocool sensitivity /study/sensitivity-sense.yaml --out /results/sensitivity-sense --threads 1',
    );
    expect(job.command).toContain('--shard "$((JOB_COMPLETION_INDEX + 1))/3"');
    expect(finish.command).toBe(
      'elastocool sensitivity /study/sensitivity-sense.yaml --out /results/sensitivity-sense',
    );
  });

  it.each([
    [['--image', 'a b', '--claim', 'x'], /Allowed is the name of an image/],
    [['--image', 'a', '--claim', 'Results!'], /Allowed is a name of Kubernetes/],
    [['--image', 'a'], /required option '--claim <name>'/],
    [['--image', 'a', '--claim', 'x', '--memory', '1 GB'], /Allowed is a whole number with Mi or Gi/],
  ])('refuses %j', async (args, says) => {
    expect(await refusal('k8s', study.file, ...args)).toMatch(says);
  });
});
