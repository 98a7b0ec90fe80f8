/** `elastocool replay`: a recorded run on the page, or its decisions decided again. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { decodeDecision, Redecision, type Divergence } from '../control/decide/journal.ts';
import { parseRigFile, type RigFile } from '../control/rig-file.ts';
import { findRun, openRun, type OpenRun } from '../record/open-run.ts';
import { listRunIds } from '../record/run-folder.ts';
import { Hub } from '../server/hub.ts';
import { createReplay } from '../server/replay-link.ts';
import { LOOPBACK, startWebServer } from '../server/web-server.ts';
import { JOURNAL_TOPIC } from '../wire/record/topics.ts';
import { inHouse } from './child.ts';
import { localAddress } from './reach-options.ts';
import { runsOption } from './recording.ts';
import { preparePage } from './run.ts';
import { webPortOption, type WebPortOption } from './web-port.ts';

const EXAMPLES = `
RUN is an id of \`elastocool runs\`, the beginning of one, or \`last\`. On the page the pace of time can be changed while it
plays. Without a page every decision of the controller is made again from the inputs in the record (and in the earlier parts
of its session, which lead to it): "identical", or the first that differs, and exit status 1.

Examples:
  npx elastocool replay last
  npx elastocool replay 20261128-174531 --speed 10
  npx elastocool replay last --headless --json`;

interface ReplayOptions extends WebPortOption {
  readonly runs: string;
  readonly speed: number;
  readonly headless?: true;
  readonly json?: true;
}

export function replayCommand(): Command {
  return new Command('replay')
    .description('Plays a recorded run on the page, or decides it again.')
    .argument('<run>', 'which run')
    .option('--speed <factor>', 'how fast it plays, 0.1 to 100', readSpeed, 1)
    .option('--headless', 'no page: make every decision again and compare')
    .option('--json', 'with --headless, for machines')
    .addOption(webPortOption())
    .addOption(runsOption())
    .addHelpText('after', EXAMPLES)
    .action(replay);
}

function readSpeed(text: string): number {
  const speed = Number(text);
  if (speed >= 0.1 && speed <= 100) return speed;
  throw new InvalidArgumentError('A number from 0.1 to 100 is allowed.');
}

async function replay(given: string, options: ReplayOptions, command: Command): Promise<void> {
  const folder = resolve(options.runs);
  const found = await findRun(folder, given);
  if (typeof found === 'string') return command.error(`error: ${found}`, { exitCode: 2 });
  const run = await openRun(folder, found.id);
  if (typeof run === 'string') return command.error(`error: ${run}`, { exitCode: 2 });
  if (options.headless !== true) return play(run, options);
  const rig = parseRigFile((await run.attachment('rig.yaml')) ?? '');
  if (typeof rig === 'string')
    return command.error(`error: the rig file in the record: ${rig}`, { exitCode: 2 });
  const verdict = await decideAgain(folder, run, rig);
  await run.close();
  console.log(options.json === true ? JSON.stringify(verdict, null, 2) : describe(verdict));
  if (verdict.divergence !== null) process.exitCode = 1;
}

async function play(run: OpenRun, { speed, port }: ReplayOptions): Promise<void> {
  preparePage();
  const hub = new Hub();
  const replayed = createReplay(run, run.id, speed);
  const web = await startWebServer({
    hub,
    pageFolder: inHouse('dist/ui'),
    port,
    tokenRequired: false,
    host: LOOPBACK,
    allowHosts: [],
    audit: () => {},
  });
  hub.attach(replayed.link);
  console.log(`Run ${run.id} plays on ${localAddress(LOOPBACK, web.port)}`);
  console.log('Ctrl-C ends it.');
  process.once('SIGINT', () => process.exit(0));
  await replayed.play();
  hub.announce('info', 'The record ends here.');
}

interface Verdict {
  readonly run: string;
  readonly identical: boolean;
  readonly decisions: number;
  readonly divergence: Divergence | null;
}

/** What was decided before a part began is in the parts of its session before it. */
async function decideAgain(folder: string, run: OpenRun, rig: RigFile): Promise<Verdict> {
  const again = new Redecision(rig);
  const verdict = (divergence: Divergence | null): Verdict => ({
    run: run.id,
    identical: divergence === null,
    decisions: again.count,
    divergence,
  });
  for (const part of await partsUpTo(folder, run)) {
    for await (const recorded of part.read([JOURNAL_TOPIC])) {
      if (recorded.kind !== 'decision') continue;
      const divergence = again.check(decodeDecision(recorded.text));
      if (divergence !== null) return verdict(divergence);
    }
    if (part !== run) await part.close();
  }
  return verdict(null);
}

async function partsUpTo(folder: string, run: OpenRun): Promise<OpenRun[]> {
  const parts = [run];
  for (const id of await listRunIds(folder)) {
    if (id === run.id) continue;
    const other = await openRun(folder, id);
    if (typeof other === 'string') continue;
    const isBefore = other.facts.session === run.facts.session && other.facts.part < run.facts.part;
    if (isBefore) parts.push(other);
    else await other.close();
  }
  return parts.toSorted((a, b) => a.facts.part - b.facts.part);
}

function describe({ run, decisions, divergence }: Verdict): string {
  if (divergence === null) return `${run}: identical, ${decisions} decisions.`;
  const { index, atMs, recorded, decided } = divergence;
  return [
    `${run}: decision ${index + 1} differs, at ${(atMs / 1000).toFixed(3)} s of the controller's clock.`,
    `  recorded: ${JSON.stringify(recorded)}`,
    `  decided:  ${JSON.stringify(decided)}`,
  ].join('\n');
}
