/** `elastocool verify`: closed forms, conservation and slopes on the production kernels, for whoever doubts. */
import { Command } from 'commander';
import { UserError, type VerificationCase, verify } from '../index.ts';
import { listPresets, loadPreset, reportUserErrors } from './preset-file.ts';
import { startProgress } from './progress.ts';

interface Options {
  json: boolean;
  only: string;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .summary('check the physics against closed forms and conservation laws')
    .description(
      'Runs closed-form, conservation and convergence cases on the kernels that step the machines, and the first and the ' +
        'second law on every preset. Prints value, reference, error, and how much of it is allowed. Takes about half a ' +
        'minute. Exit status 0: all hold; 1: one fails; 2: nothing could be run.',
    )
    .option('--json', 'print JSON for machines, with the reason of each tolerance and its source', false)
    .option('--only <text>', 'run the cases whose subject or name contains this', '')
    .addHelpText(
      'after',
      `
Examples:
  elastocool verify
  elastocool verify --only presets                 (first and second law of every machine)
  elastocool verify --only "NTU 12"                (a regenerator, by two published references and an independent one)
  elastocool verify --only regenerator --json      {"cases": [{"subject", "name", "value", "reference", "error",
                                                    "allowed", "pass", "reason", "source"}]}`,
    )
    .action((options: Options) => reportUserErrors(() => run(options)));
}

function run({ json, only }: Options): void {
  const presets = listPresets().map((key) => loadPreset(key, new Map()));
  const progress = startProgress(100, 'verify');
  const cases = verify(presets, {
    only,
    onCase: (done, total, name) => progress.update((100 * done) / total, name),
  });
  progress.end();
  if (cases.length === 0)
    throw new UserError(
      `--only ${only}: no case has this in its subject or name; "elastocool verify" without it lists them all.`,
    );
  if (!cases.every(({ pass }) => pass)) process.exitCode = 1;
  process.stdout.write(`${json ? JSON.stringify({ cases }, null, 2) : describe(cases)}\n`);
}

function describe(cases: readonly VerificationCase[]): string {
  const width = Math.max(...cases.map(({ name }) => name.length));
  const head = `${''.padEnd(width + 2)}${'value'.padStart(13)}${'reference'.padStart(13)}${'error'.padStart(9)}${'allowed'.padStart(9)}`;
  const line = ({ name, value, reference, error, allowed, pass }: VerificationCase) =>
    `  ${name.padEnd(width)}${digits(value).padStart(13)}${digits(reference).padStart(13)}${small(error).padStart(9)}${small(allowed).padStart(9)}  ${pass ? 'ok' : 'FAILS'}`;
  const tables = bySubject(cases).map(([subject, own]) => [subject, ...own.map(line)].join('\n'));
  return [head, ...tables, summary(cases)].join('\n\n');
}

function summary(cases: readonly VerificationCase[]): string {
  const perSubject = bySubject(cases).map(
    ([subject, own]) => `${subject} ${own.filter(({ pass }) => pass).length}/${own.length}`,
  );
  const failed = cases.filter(({ pass }) => !pass);
  const verdict =
    failed.length === 0 ? `All ${cases.length} cases hold` : `${failed.length} of ${cases.length} cases FAIL`;
  return [
    `${verdict}: ${perSubject.join(', ')}.`,
    ...failed.map(({ subject, name, reason }) => `  ${subject}: ${name}\n    allowed because: ${reason}`),
  ].join('\n');
}

function bySubject(cases: readonly VerificationCase[]): [string, VerificationCase[]][] {
  const subjects = [...new Set(cases.map(({ subject }) => subject))];
  return subjects.map((subject) => [subject, cases.filter((other) => other.subject === subject)]);
}

/** Six digits of a number that is compared; a power of ten where it is tiny. */
function digits(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) < 1e-3 ? value.toExponential(2) : Number(value.toPrecision(6)).toString();
}

const small = (value: number): string => (value === 0 ? '0' : value.toExponential(1));
