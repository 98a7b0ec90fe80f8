/** `elastocool verify`: closed forms, conservation and slopes on the production kernels, for whoever doubts. */
import { Command } from 'commander';
import { type VerificationCase, verify } from '../index.ts';
import { listPresets, loadPreset, reportUserErrors } from './preset-file.ts';
import { startProgress } from './progress.ts';

/** About how many cases a preset brings, for the bar. */
const CASES = 14;

export function verifyCommand(): Command {
  return new Command('verify')
    .summary('check the physics against closed forms and conservation laws')
    .description(
      'Runs closed-form, conservation and convergence cases on the kernels that step the machines. Exit status 1 where one fails.',
    )
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool verify
  elastocool verify --json`,
    )
    .action(({ json }: { json: boolean }) => reportUserErrors(() => run(json)));
}

function run(json: boolean): void {
  const cases = listPresets().flatMap((key) => {
    const progress = startProgress(CASES, key);
    let done = 0;
    const found = verify(loadPreset(key, new Map()), (name) => progress.update(++done, name));
    progress.end();
    return found;
  });
  if (!cases.every(({ pass }) => pass)) process.exitCode = 1;
  process.stdout.write(`${json ? JSON.stringify({ cases }, null, 2) : describe(cases)}\n`);
}

function describe(cases: readonly VerificationCase[]): string {
  const width = Math.max(...cases.map(({ name }) => name.length));
  const cell = (value: number) => (value === 0 ? '0' : Number(value.toPrecision(5)).toString()).padStart(12);
  const head = `  ${'case'.padEnd(width)}${'value'.padStart(12)}${'reference'.padStart(12)}${'error'.padStart(10)}${'allowed'.padStart(10)}`;
  const small = (value: number) => (value === 0 ? '0' : value.toExponential(0)).padStart(10);
  const lines = cases.map(
    ({ name, value, reference, error, allowed, pass }) =>
      `  ${name.padEnd(width)}${cell(value)}${cell(reference)}${small(error)}${small(allowed)}  ${pass ? 'ok' : 'FAILS'}`,
  );
  const failed = cases.filter(({ pass }) => !pass).length;
  return [head, ...lines, '', `  ${cases.length - failed} hold, ${failed} fail`].join('\n');
}
