/** `elastocool regenerator`: the effectiveness of a balanced passive regenerator, to hold the kernels against tables. */
import { Command } from 'commander';
import { type RegeneratorResult, UserError, given, readQuantity, solveRegenerator } from '../index.ts';
import { reportUserErrors } from './preset-file.ts';
import { startProgress } from './progress.ts';
import { formatTable } from './table.ts';

interface Options {
  ntu: string;
  utilization: string;
  json: boolean;
}

const NTU = given('', 1, 100, '1', 'UA / heat capacity rate, per blow');
const UTILIZATION = given(
  '',
  0.01,
  2,
  '1',
  'heat capacity of the fluid of one blow / heat capacity of the matrix',
);

export function regeneratorCommand(): Command {
  return new Command('regenerator')
    .summary('solve a balanced passive regenerator, to check the kernels')
    .description(
      'Effectiveness of a balanced passive regenerator (no fluid hold-up, no axial conduction) in periodic state, by the kernels that step the machines.',
    )
    .requiredOption('--ntu <number>', `${NTU.help}, 1 to 100`)
    .requiredOption('--utilization <number>', `${UTILIZATION.help}, 0.01 to 2`)
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool regenerator --ntu 12 --utilization 0.1            (published: 0.8559)
  elastocool regenerator --ntu 60 --utilization 1.2 --json`,
    )
    .action((options: Options) => reportUserErrors(() => run(options)));
}

function run(options: Options): void {
  const ntu = readQuantity('--ntu', NTU, options.ntu);
  const utilization = readQuantity('--utilization', UTILIZATION, options.utilization);
  const progress = startProgress(8, 'regenerator');
  const result = solveRegenerator(ntu, utilization, {
    onCycle: (cycle, residual) => progress.update(-Math.log10(residual), `cycle ${cycle}`),
  });
  progress.end();
  if (!result.converged) {
    throw new UserError(
      `NTU ${ntu}, utilization ${utilization}: not periodic after ${result.cycles} cycles.`,
    );
  }
  process.stdout.write(`${options.json ? JSON.stringify(result, null, 2) : describe(result)}\n`);
}

function describe(r: RegeneratorResult): string {
  return formatTable([
    ['NTU per blow', r.ntu, ''],
    ['utilization', r.utilization, ''],
    ['effectiveness', r.effectiveness.toFixed(5), ''],
    ['effectiveness, cold side', r.effectiveness_cold.toFixed(5), ''],
    ['taken away with the hold-up', r.hold_up_effect, ''],
    ['smallest hold-up, share of a blow', r.hold_up, ''],
    ['nodes', String(r.nodes), ''],
    ['cycles', String(r.cycles), ''],
  ]);
}
