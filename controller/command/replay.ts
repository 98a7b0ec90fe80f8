/** `elastocool replay`: a recorded run on the page, or its decisions made again. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { SPEEDS } from '../wire/replay.ts';
import { findRun, openRun } from '../record/open-run.ts';
import { type Rehearsed, rehearseRun } from '../record/rehearse-run.ts';
import { replayOnPage } from './replay-page.ts';
import { runsOption } from './recording.ts';
import { reportOption, webPortOption } from './web-port.ts';

const EXAMPLES = `
RUN is an id of \`elastocool runs\`, the beginning of one, or \`last\`. The page shows the record as it was, marked REPLAY, with
pause, pace and place; commands are refused, since nothing is at the other end.

With --headless nothing is shown: every recorded decision of the controller is made again from its recorded inputs by this
version of the program, and compared. Exit status 0: identical; 1: the first divergence is printed; 2: it cannot be done.

Examples:
  npx elastocool replay last
  npx elastocool replay last --speed 10 --port 9000
  npx elastocool replay last --headless --json`;

interface ReplayOptions {
  readonly runs: string;
  readonly speed: number;
  readonly port: number;
  readonly report: string;
  readonly headless?: true;
  readonly json?: true;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description('Shows a recorded run on the page, or decides it again and compares.')
    .argument('<run>', 'which run')
    .addOption(new Option('--speed <factor>', 'pace at the beginning').default(1).argParser(readSpeed))
    .addOption(webPortOption())
    .addOption(reportOption())
    .option('--headless', 'decide again and compare')
    .addOption(runsOption())
    .option('--json', 'for machines; with --headless')
    .addHelpText('after', EXAMPLES)
    .action(replay);
}

function readSpeed(text: string): number {
  const speed = Number(text);
  if (!(speed >= SPEEDS.least && speed <= SPEEDS.most))
    throw new InvalidArgumentError(`Allowed is ${SPEEDS.least} to ${SPEEDS.most}.`);
  return speed;
}

async function replay(given: string, options: ReplayOptions, command: Command): Promise<void> {
  const folder = resolve(options.runs);
  const found = await findRun(folder, given);
  if (typeof found === 'string') return command.error(`error: ${found}`, { exitCode: 2 });
  if (options.headless === true) return headless(folder, found.id, options.json === true, command);
  const run = await openRun(folder, found.id);
  if (typeof run === 'string') return command.error(`error: ${run}`, { exitCode: 2 });
  const { speed, port, report } = options;
  const problem = await replayOnPage(run, {
    speed,
    port,
    runsFolder: folder,
    reportFolder: resolve(report),
  });
  if (problem !== null) command.error(`error: ${problem}`, { exitCode: 2 });
}

async function headless(folder: string, id: string, asJson: boolean, command: Command): Promise<void> {
  const rehearsed = await rehearseRun(folder, id);
  if (typeof rehearsed === 'string') return command.error(`error: ${rehearsed}`, { exitCode: 2 });
  console.log(
    asJson ? JSON.stringify({ identical: rehearsed.divergence === null, ...rehearsed }) : words(rehearsed),
  );
  if (rehearsed.divergence !== null) process.exitCode = 1;
}

function words({ runs, decisions, divergence }: Rehearsed): string {
  const of = runs.length === 1 ? `run ${runs[0]}` : `${runs.length} runs up to ${runs.at(-1) ?? ''}`;
  if (divergence === null) return `identical: ${decisions} decisions of ${of} were made again.`;
  const { at, atMs, run, recorded, decided } = divergence;
  return [
    `diverged at ${at} (host clock ${atMs.toFixed(1)} ms) in run ${run}, after ${decisions - 1} identical decisions:`,
    `  recorded ${JSON.stringify(recorded)}`,
    `  decided  ${JSON.stringify(decided)}`,
  ].join('\n');
}
