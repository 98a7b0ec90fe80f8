/** `elastocool sweep`: many points of a machine, from one file, on a laptop or a cluster. */
import { Command } from 'commander';
import { k8sCommand } from './sweep/k8s.ts';
import { mergeCommand } from './sweep/merge.ts';
import { planCommand } from './sweep/plan.ts';
import { runCommand } from './sweep/run.ts';
import { slurmCommand } from './sweep/slurm.ts';

const EXAMPLES = `
Examples:
  npx elastocool sweep plan fixtures/studies/kilowatt-map.yaml
  npx elastocool sweep run fixtures/studies/kilowatt-map.yaml --out map
  npx elastocool sweep run study.yaml --shard 1/8
  npx elastocool sweep merge study.yaml --csv
  npx elastocool sweep slurm study.yaml --partition short > study.sbatch`;

export function sweepCommand(): Command {
  return new Command('sweep')
    .summary('compute a machine over a grid or samples of its parameters, from a study file')
    .description(
      'Computes a machine at the many points that a study file describes: grids, lists, Sobol and Latin hypercube samples ' +
        'over any parameter, with constraints. The result is one Parquet file with units in its metadata.',
    )
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .addCommand(planCommand())
    .addCommand(runCommand())
    .addCommand(mergeCommand())
    .addCommand(slurmCommand())
    .addCommand(k8sCommand());
}
