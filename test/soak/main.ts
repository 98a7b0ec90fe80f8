/**
 * The chaos soak: `npm run soak -- --minutes 10 --seed 1`. Trials in memory under a virtual clock, one after the other,
 * until the time is up; each must hold every invariant. `--trial k` plays one of them again.
 */
import { Command, InvalidArgumentError } from 'commander';
import { runChaos, type ChaosResult } from './chaos.ts';
import { measurePromises } from './promises.ts';

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly trial?: number;
}

const whole = (text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number from 0 is allowed.');
  return Number(text);
};

const minutes = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && value <= 10_000))
    throw new InvalidArgumentError('Allowed is more than 0 and up to 10000.');
  return value;
};

const program = new Command('soak')
  .description('Draws faults, commands and repairs at random from a seed and checks what must always hold.')
  .option('--minutes <number>', 'how long', minutes, 10)
  .option('--seed <number>', 'what is drawn', whole, 1)
  .option('--trial <number>', 'play this trial of the seed again, with everything that happens', whole)
  .addHelpText(
    'after',
    '\nExamples:\n  npm run soak -- --minutes 10 --seed 1\n  npm run soak -- --seed 1 --trial 42',
  )
  .action((options: Options) =>
    options.trial === undefined ? soak(options) : playAgain(options.seed, options.trial),
  );

await program.parseAsync();

async function playAgain(seed: number, trial: number): Promise<void> {
  const result = await runChaos(seed, trial);
  console.log(result.script.join('\n'));
  report(seed, result);
  if (result.problem !== null) process.exitCode = 1;
}

function report(seed: number, { trial, hash, problem }: ChaosResult): void {
  const outcome = problem === null ? 'all invariants held' : `FAILED ${problem}`;
  console.log(`seed ${seed} trial ${trial} trace ${hash}: ${outcome}`);
}

async function soak({ minutes: lastsMin, seed }: Options): Promise<void> {
  const promises = await measurePromises();
  const untilMs = performance.now() + 60_000 * lastsMin;
  const results: ChaosResult[] = [];
  for (let trial = 0; performance.now() < untilMs; trial++) {
    const result = await runChaos(seed, trial);
    results.push(result);
    if (result.problem !== null || trial % 20 === 0) report(seed, result);
    if (result.problem !== null) console.log(`  again: npm run soak -- --seed ${seed} --trial ${trial}`);
  }
  conclude(seed, results);
  console.log(await promises.conclude(results.flatMap(({ lostLinkMs }) => lostLinkMs)));
}

function conclude(seed: number, results: readonly ChaosResult[]): void {
  const failed = results.filter(({ problem }) => problem !== null).length;
  const sum = (of: (r: ChaosResult) => number): number => results.reduce((total, r) => total + of(r), 0);
  const hours = sum((r) => r.simulatedS) / 3600;
  console.log(
    `seed ${seed}: ${results.length} trials, ${failed} failed; ${hours.toFixed(2)} h of the machine, ` +
      `${sum((r) => r.readings)} readings believed, none of them wrong, ${sum((r) => r.transitions)} transitions.`,
  );
  if (failed > 0) process.exitCode = 1;
}
