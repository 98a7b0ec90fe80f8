/** `elastocool proof-test`: walks an engineer through the proof tests of a machine and stores what came of them. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { openElectronics } from '../control/electronics/open-electronics.ts';
import { placeOf } from '../control/electronics/place.ts';
import type { Electronics } from '../control/electronics/electronics.ts';
import { overdueTests } from '../control/proof/overdue.ts';
import { parseProofTests, type ProofTest } from '../control/proof/proof-list.ts';
import { appendProof, PROOF_STORE, readProofs, type ProofRecord } from '../control/proof/proof-store.ts';
import { terminalFace } from '../control/proof/terminal-face.ts';
import { walkThrough } from '../control/proof/walk.ts';
import { parseRigFile, type RigFile } from '../control/rig-file.ts';
import { systemClock } from '../port/system-clock.ts';
import { inHouse } from './child.ts';

const EXAMPLES = `
The machine must be at rest and nothing else may drive it: end \`serve\` first. Some tests make the device trip; CLEAR
it afterwards. Each answer is stored at once, with name, time and the device's own serial number and firmware. Until
all tests are passed on a device that is not virtual the page warns that they are overdue.

Examples:
  npx elastocool proof-test my-rig.yaml --serial /dev/ttyUSB0 --by "A. Lee"
  npx elastocool proof-test my-rig.yaml --serial COM3 --only watchdog
  npx elastocool proof-test my-rig.yaml --serial COM3 --due          (only those that are overdue)
  npx elastocool proof-test my-rig.yaml --list                       (what there is, without a machine)`;

interface Options {
  readonly serial?: string;
  readonly only?: string;
  readonly due?: true;
  readonly by?: string;
  readonly tests: string;
  readonly store: string;
  readonly list?: true;
  readonly json?: true;
}

export function proofTestCommand(): Command {
  return new Command('proof-test')
    .description('Walks an engineer through the proof tests of a machine and stores what came of them.')
    .argument('<rig>', 'rig file of the machine')
    .option(
      '--serial <line>',
      'device path, or tcp://HOST:PORT; BUS=PATH,BUS=PATH for a machine of several devices',
    )
    .option('--only <id>', 'this test alone')
    .option('--due', 'only tests that are overdue on this device')
    .option('--by <name>', 'who tests; asked for where it is left out')
    .option('--tests <file>', 'list of tests', inHouse('fixtures/safety/proof-tests.yaml'))
    .option('--store <file>', 'where records are appended', PROOF_STORE)
    .option('--list', 'print the tests and end')
    .option('--json', 'print JSON for machines; questions go to the error output')
    .addHelpText('after', EXAMPLES)
    .action(proofTest);
}

async function proofTest(rigPath: string, options: Options, command: Command): Promise<void> {
  const refuse = (sentence: string): never => command.error(`error: ${sentence}`, { exitCode: 2 });
  const rig = readRig(rigPath, refuse);
  const tests = readTests(options.tests, options.only, refuse);
  if (options.list) return print(options.json ? JSON.stringify({ tests }, null, 2) : listing(tests));
  const open = openElectronics(rig, placeOf(rigPath, options.serial), systemClock);
  const electronics = typeof open === 'string' ? open : await open();
  if (typeof electronics === 'string') return refuse(`${electronics} Is --serial right?`);
  try {
    await run({ rig, tests, electronics, options, refuse });
  } finally {
    electronics.close();
  }
}

type Refuse = (sentence: string) => never;

function readText(file: string, refuse: Refuse): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return refuse(`${file}: the file cannot be read; is the path right?`);
  }
}

function readRig(file: string, refuse: Refuse): RigFile {
  const rig = parseRigFile(readText(file, refuse));
  return typeof rig === 'string' ? refuse(`${file}: ${rig}`) : rig;
}

function readTests(file: string, only: string | undefined, refuse: Refuse): readonly ProofTest[] {
  const tests = parseProofTests(readText(file, refuse));
  if (typeof tests === 'string') return refuse(`${file}: ${tests}`);
  const chosen = only === undefined ? tests : tests.filter(({ id }) => id === only);
  if (chosen.length > 0) return chosen;
  return refuse(`--only ${only}: no such test; known are ${tests.map(({ id }) => id).join(', ')}.`);
}

interface Run {
  readonly rig: RigFile;
  readonly tests: readonly ProofTest[];
  readonly electronics: Electronics;
  readonly options: Options;
  readonly refuse: Refuse;
}

async function run({ rig, tests, electronics, options, refuse }: Run): Promise<void> {
  const identity = await electronics.identify();
  if (typeof identity === 'string') return refuse(identity);
  const store = resolve(options.store);
  const due = overdueTests(tests, readProofs(store), identity.title, Date.now()).map(({ test }) => test);
  const chosen = options.due ? due : tests;
  const people = listenToPeople(options.json === true);
  people.say(
    `Proof tests of ${rig.name}, ${identity.title}: ${tests.length}, of which ${due.length} are overdue.`,
  );
  const by = options.by ?? (await people.ask('Who tests: '))?.trim() ?? '';
  if (by === '') return refuse('a proof test needs a name: give it with --by.');
  const records = await walkThrough(chosen, {
    face: terminalFace(people),
    lend: () => ({ electronics, clock: systemClock, rig }),
    giveBack: () => {},
    rigName: rig.name,
    device: identity.title,
    by,
    store: (record) => appendProof(store, record),
    wallTime: () => new Date().toISOString(),
  });
  people.end();
  report(records, chosen.length, identity.title, store, options.json === true);
}

/** Questions and answers, line by line: a terminal or a pipe. */
function listenToPeople(isQuiet: boolean) {
  const output = isQuiet ? process.stderr : process.stdout;
  const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  const iterator = lines[Symbol.asyncIterator]();
  return {
    say: (text: string): void => void output.write(`${text}\n`),
    async ask(question: string): Promise<string | null> {
      output.write(question);
      const { done, value } = await iterator.next();
      if (!process.stdin.isTTY) output.write('\n');
      return done === true ? null : value;
    },
    end: (): void => lines.close(),
  };
}

function report(
  records: readonly ProofRecord[],
  asked: number,
  device: string,
  store: string,
  isJson: boolean,
): void {
  const count = (outcome: ProofRecord['outcome']): number =>
    records.filter((record) => record.outcome === outcome).length;
  const [passed, failed, skipped] = [count('pass'), count('fail'), count('skipped')];
  if (isJson) print(JSON.stringify({ device, tests: records, passed, failed, skipped, store }, null, 2));
  else print(`\n${passed} passed, ${failed} failed, ${skipped} skipped of ${asked}. Stored in ${store}`);
  process.exitCode = failed > 0 || records.length < asked ? 1 : 0;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const listing = (tests: readonly ProofTest[]): string =>
  tests
    .map(
      ({ id, title, expected, check, interval_days }) =>
        `${id}\n  ${title}\n  expected: ${expected}\n  every ${interval_days} days, ${check === 'person' ? 'seen by a person' : 'read by the program'}`,
    )
    .join('\n');
