/**
 * The promise in full: seeded transactions with three slaves over a faulty line, in memory, on a virtual clock.
 * `node test/protocol/million.ts --transactions 1000000 --seed 1`; exit status 1 where one believed reply was wrong.
 */
import { Command, InvalidArgumentError } from 'commander';
import { BAD_LINE, ECHO, READS, runOverFaults } from './fault-run.ts';

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('A whole number is allowed.');
  return value;
}

const { transactions, seed, json } = new Command('million')
  .option('--transactions <count>', 'how many', whole, 1_000_000)
  .option('--seed <number>', 'of requests and faults', whole, 1)
  .option('--json', 'for machines', false)
  .parse()
  .opts<{ transactions: number; seed: number; json: boolean }>();

const progress = (done: number): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${transactions} `);
};
const outcome = await runOverFaults({
  seed,
  transactions,
  faults: BAD_LINE,
  probes: [ECHO, ECHO, READS],
  progress,
});
const { done, ok, lies, failures, faults, simulatedS } = outcome;
const named = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
if (process.stderr.isTTY) process.stderr.write('\r');
process.stdout.write(
  json
    ? `${JSON.stringify({ seed, ...outcome })}\n`
    : `${done} transactions (seed ${seed}, 3 slaves, ${(simulatedS / 3600).toFixed(1)} h of line time): ${lies.length} wrong; ` +
        `${ok} believed; failed: ${named(failures)}; faults injected: ${named(faults)}.\n`,
);
for (const lie of lies) process.stdout.write(`${lie}\n`);
process.exitCode = lies.length === 0 ? 0 : 1;
