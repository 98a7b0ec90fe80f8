/** `elastocool sweep k8s`: prints the Job that computes a study on a Kubernetes cluster. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { reportUserErrors } from '../preset-file.ts';
import { openWork, sensitivityOption } from './cluster-work.ts';
import { type KubernetesJob, mergeJob, sweepJob } from './k8s-job.ts';
import { type BundleOptions, bundle, bundleOptions, jobName, textLike, wholeWithin } from './task-bundle.ts';

interface Options extends BundleOptions {
  readonly sensitivity: boolean;
  readonly image: string;
  readonly claim: string;
  readonly memory?: string;
  readonly parallel: number;
  readonly merge: boolean;
}

/** Kubernetes takes ten times as many, but only together with more settings. */
const MOST_TASKS = 10_000;

export function k8sCommand(): Command {
  const command = new Command('k8s')
    .summary('print the Job that computes a study on a Kubernetes cluster')
    .description(
      'Prints an indexed Job (Kubernetes 1.29 or newer), its points bundled to tasks of some ten minutes. A pod that is ' +
        'stopped keeps what it has, and another goes on. The comments in front say how to hand in the study, and how to make ' +
        'one file afterwards. Exit status 2: the study cannot be run.',
    )
    .argument('<study>', 'the study file (YAML)')
    .addOption(sensitivityOption())
    .addOption(
      new Option('--image <name>', 'image with this program as elastocool on its PATH')
        .argParser(
          textLike(/^[a-z0-9][\w./:@-]*$/i, 'the name of an image, for example lab.example/elastocool:0.1.0'),
        )
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--claim <name>',
        'PersistentVolumeClaim for the results; ReadWriteMany where pods run on many nodes',
      )
        .argParser(claimName)
        .makeOptionMandatory(),
    );
  for (const option of bundleOptions()) command.addOption(option);
  return command
    .addOption(
      new Option(
        '--memory <size>',
        'of a pod; half a GiB and an eighth for each core where not given',
      ).argParser(textLike(/^\d+[KMGT]i?$/, 'a whole number with Mi or Gi, for example 2Gi')),
    )
    .addOption(
      new Option('--parallel <number>', 'most pods at a time')
        .argParser(wholeWithin(1, MOST_TASKS))
        .default(100),
    )
    .option(
      '--merge',
      'print the Job that comes after it instead: it writes one file, or tells the indices',
      false,
    )
    .addHelpText(
      'after',
      `
Examples:
  elastocool sweep k8s study.yaml --image lab.example/elastocool:0.1.0 --claim results > job.yaml
  elastocool sweep k8s study.yaml --image lab.example/elastocool:0.1.0 --claim results --merge > merge.yaml`,
    )
    .action((file: string, options: Options) => reportUserErrors(() => print(file, options)));
}

function claimName(text: string): string {
  if (text.length > 253 || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(text))
    throw new InvalidArgumentError('Allowed is a name of Kubernetes: lower case, digits, dots and dashes.');
  return text;
}

function print(file: string, options: Options): void {
  const work = openWork(file, options.sensitivity);
  const { cpus, image, claim, memory = `${512 + 128 * cpus}Mi`, parallel } = options;
  const name = jobName(work.study, work.kind);
  const job: KubernetesJob = { name, work, file, image, claim, cpus, memory, parallel };
  process.stdout.write(
    options.merge ? mergeJob(job) : sweepJob(job, bundle(work.study, options, MOST_TASKS)),
  );
}
