/** The indexed Job of a sweep for Kubernetes, and the one that merges. The study comes as a ConfigMap, results go to a claim. */
import { Document } from 'yaml';
import type { ClusterWork } from './cluster-work.ts';
import { shellWord } from './shell-word.ts';
import { type TaskBundle, bundleWords } from './task-bundle.ts';

export interface KubernetesJob {
  /** Of the Job; its ConfigMap has the same. */
  readonly name: string;
  readonly work: Pick<ClusterWork, 'compute' | 'finish' | 'outcome'>;
  /** The study here. */
  readonly file: string;
  readonly image: string;
  readonly claim: string;
  readonly cpus: number;
  readonly memory: string;
  /** Most pods at a time. */
  readonly parallel: number;
}

const STUDY_FOLDER = '/study';
const RESULT_FOLDER = '/results';
/** A pod that is evicted has so long to keep its points. */
const GRACE_S = 60;
const TRIES = 3;

const studyAt = ({ name }: KubernetesJob): string => `${STUDY_FOLDER}/${name}.yaml`;
const resultsAt = ({ name }: KubernetesJob): string => `${RESULT_FOLDER}/${name}`;

/** Throws UserError where the path of the study cannot stand in a comment. */
export function sweepJob(job: KubernetesJob, bundle: TaskBundle): string {
  const { name, work, file, cpus, parallel } = job;
  const run = [
    'elastocool',
    ...work.compute,
    studyAt(job),
    '--out',
    resultsAt(job),
    '--threads',
    String(cpus),
  ];
  // the words after the script are $0 and $@: nothing of them is read by the shell
  const shard = `exec "$0" "$@" --shard "$((JOB_COMPLETION_INDEX + 1))/${bundle.tasks}"`;
  const comment = [
    `${bundleWords(bundle, cpus)}, of ${shellWord(file)}.`,
    `Hand in the study first, with one more --from-file for each machine file of your own that it names beside itself:`,
    `  kubectl create configmap ${name} --from-file=${name}.yaml=${shellWord(file)}`,
    `Then this; when it is complete, the Job of the same command with --merge ${work.outcome}, all in ${resultsAt(job)} on the claim:`,
    `  kubectl wait --for=condition=complete --timeout=-1s job/${name}`,
  ];
  return yamlOf(comment, name, job, ['/bin/sh', '-c', shard, ...run], {
    completionMode: 'Indexed',
    completions: bundle.tasks,
    parallelism: Math.min(bundle.tasks, parallel),
    backoffLimitPerIndex: TRIES,
    podFailurePolicy: {
      rules: [
        // stopped by a signal, or by the cluster: not the fault of the points, so it does not count
        { action: 'Ignore', onExitCodes: { containerName: 'sweep', operator: 'In', values: [75] } },
        { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
        // the study cannot be run, by any of them
        { action: 'FailJob', onExitCodes: { containerName: 'sweep', operator: 'In', values: [2] } },
      ],
    },
  });
}

export function mergeJob(job: KubernetesJob): string {
  const comment = [`It ${job.work.outcome}, from ${resultsAt(job)} on the claim ${job.claim}.`];
  const merge = ['elastocool', ...job.work.finish, studyAt(job), '--out', resultsAt(job)];
  return yamlOf(comment, `${job.name}-merge`, job, merge, { backoffLimit: TRIES });
}

function yamlOf(
  comment: readonly string[],
  name: string,
  { name: configMap, image, claim, cpus, memory }: KubernetesJob,
  command: readonly string[],
  spec: object,
): string {
  const document = new Document({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, labels: { 'app.kubernetes.io/name': 'elastocool' } },
    spec: {
      ...spec,
      template: {
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: GRACE_S,
          automountServiceAccountToken: false,
          containers: [
            {
              name: 'sweep',
              image,
              command,
              resources: { requests: { cpu: String(cpus), memory }, limits: { memory } },
              volumeMounts: [
                { name: 'study', mountPath: STUDY_FOLDER, readOnly: true },
                { name: 'results', mountPath: RESULT_FOLDER },
              ],
            },
          ],
          volumes: [
            { name: 'study', configMap: { name: configMap } },
            { name: 'results', persistentVolumeClaim: { claimName: claim } },
          ],
        },
      },
    },
  });
  document.commentBefore = comment.map((line) => ` ${line}`).join('\n');
  return document.toString({ lineWidth: 0 });
}
