/** `elastocool faults`: every fault of the list against real processes, and whether each ended as declared. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { boardOf } from '../control/electronics/settings.ts';
import { parseRigFile } from '../control/rig-file.ts';
import type { FaultSpec } from '../protocol/faults/fault.ts';
import { faultNamed, FAULTS } from '../protocol/faults/index.ts';
import { tableFoot, tableHead, tableRow } from './faults/table.ts';
import { TrialRunner } from './faults/trial.ts';
import type { TrialSetting } from './faults/trial-pair.ts';
import { trialRigText, writeTrialRigFile } from './faults/trial-rig-file.ts';
import type { Verdict } from './faults/verdict.ts';

const EXAMPLES = `
Each trial starts a virtual rig and a control process of its own, brings the machine to EXECUTE, breaks one thing while
the train is loaded, and judges state, first-out cause and time to safety; the time is the rig's own truth: train
unloaded, enable off. No real device can be given a fault: there is no way to tell it. Exit status 1 where one fails.

Examples:
  npx elastocool faults
  npx elastocool faults --list
  npx elastocool faults --only tube-broken --only unplug
  npx elastocool faults --json --parallel 2`;

interface Options {
  readonly json?: true;
  readonly list?: true;
  readonly only: readonly FaultSpec[];
  readonly parallel: number;
}

export function faultsCommand(): Command {
  return new Command('faults')
    .description('Breaks the virtual rig in every way of the list and says how the controller answered.')
    .option('--only <name>', 'only this fault; may be repeated', addFault, [])
    .option('--parallel <number>', 'trials at a time', readCount, 2 * availableParallelism())
    .option('--list', 'print what can be broken and what must follow, and end')
    .option('--json', 'print {"faults": [...]} for machines')
    .addHelpText('after', EXAMPLES)
    .action((options: Options) => (options.list ? printList(options) : run(options)));
}

function addFault(name: string, before: readonly FaultSpec[]): readonly FaultSpec[] {
  const spec = faultNamed(name);
  if (spec === undefined)
    throw new InvalidArgumentError(`There is no fault ${name}; "elastocool faults --list" prints them.`);
  return [...before, spec];
}

function readCount(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 32) throw new InvalidArgumentError('Allowed is 1 to 32.');
  return count;
}

function printList({ json }: Options): void {
  if (json) return void process.stdout.write(`${JSON.stringify({ faults: FAULTS }, null, 2)}\n`);
  for (const { name, place, what, seen, parameter, state, cause } of FAULTS) {
    const unit = parameter === null ? '' : ` (${parameter.name} ${parameter.value})`;
    process.stdout.write(
      `${name}${unit}\n  ${place}: ${what}\n  seen: ${seen}\n  ends in ${state}, by ${cause}\n`,
    );
  }
}

async function run({ json, only, parallel }: Options): Promise<void> {
  const startMs = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-faults-'));
  const rigFile = join(folder, 'rig.yaml');
  writeTrialRigFile(rigFile);
  try {
    if (!json) console.log(tableHead());
    const chosen = only.length > 0 ? only : FAULTS;
    const { verdicts, repeated } = await runAll(chosen, parallel, settingOf(rigFile), (verdict) => {
      if (!json) console.log(tableRow(verdict));
    });
    if (json) console.log(JSON.stringify({ faults: verdicts }, null, 2));
    else console.log(tableFoot(verdicts, (performance.now() - startMs) / 1000, repeated));
    if (verdicts.some(({ pass }) => !pass)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function settingOf(rigFile: string): TrialSetting {
  const rig = parseRigFile(trialRigText());
  if (typeof rig === 'string') throw new Error(`${rigFile}: ${rig}`);
  const board = boardOf(rig.electronics);
  if (board?.kind !== 'modbus') throw new Error(`${rigFile}: the trials speak Modbus.`);
  return { rigFile, rig: { preset: rig.preset, baudRate: board.baudRate, kind: board.kind } };
}

/** So many at a time; the verdicts in the order of the list. */
async function runAll(
  specs: readonly FaultSpec[],
  parallel: number,
  setting: TrialSetting,
  done: (verdict: Verdict) => void,
): Promise<{ verdicts: readonly Verdict[]; repeated: number }> {
  const verdicts: Verdict[] = [];
  let repeated = 0;
  const queue = [...specs.entries()];
  const work = async (): Promise<void> => {
    const runner = new TrialRunner(setting);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [at, spec] = next;
      const verdict = await runner.run(spec);
      verdicts[at] = verdict;
      done(verdict);
    }
    repeated += runner.repeated;
    await runner.end();
  };
  await Promise.all(Array.from({ length: Math.min(parallel, specs.length) }, work));
  return { verdicts, repeated };
}
