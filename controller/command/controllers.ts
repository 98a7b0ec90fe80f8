/** `elastocool controllers bench`: the controllers of a rig file against each other, on a virtual rig on told time. */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { loadPreset, reportUserErrors } from '../../sim/command/preset-file.ts';
import { startProgress } from '../../sim/command/progress.ts';
import { UserError, fatigueLife, shortestLife } from '../../sim/index.ts';
import { pidPlan } from '../control/regulate/settings.ts';
import type { RigFile } from '../control/rig-file.ts';
import { type League, type Row, play } from '../league/play.ts';
import { SCENARIOS, type Scenario } from '../league/scenario.ts';
import { leagueTable, verdictOf } from '../league/table.ts';
import { feedForwardTable, mapOverOutput } from '../model/feed-forward-table.ts';
import { ROUGH, machineOutlook } from '../model/machine-outlook.ts';
import { readRig } from './autotune.ts';
import { inHouse } from './child.ts';

type Kind = RigFile['regulator']['kind'];
const KINDS: readonly Kind[] = ['thermostat', 'pid', 'mpc', 'seek'];

interface Options {
  readonly rig: string;
  readonly scenario: readonly string[];
  readonly controller: readonly Kind[];
  readonly seed: number;
  readonly jobs: number;
  readonly json: boolean;
  readonly out?: string;
}

export function controllersCommand(): Command {
  const command = new Command('controllers').description(
    'Compares the controllers of a rig file: who holds the house best, and for how much electricity.',
  );
  command.addCommand(benchCommand());
  return command;
}

function benchCommand(): Command {
  return new Command('bench')
    .summary('run thermostat, PID, model and extremum seeking through the same scenarios')
    .description(
      'Every controller drives the virtual rig as it drives a real one: supervisor, interlocks and Modbus bytes, in ' +
        'simulated time. Prints the IAE, overshoot below the set-point, electricity (fans included), cycles, travel of the ' +
        `frequency, starts and what is published of the life spent. Scenarios:\n${SCENARIOS.map(({ name, what }) => `  ${name.padEnd(18)} ${what}`).join('\n')}`,
    )
    .option(
      '--rig <file>',
      'rig file with the sections to compare',
      inHouse('fixtures/rigs/virtual-kilowatt.yaml'),
    )
    .option(
      '--scenario <name...>',
      'only these',
      SCENARIOS.map(({ name }) => name),
    )
    .option('--controller <kind...>', 'only these', [...KINDS])
    .option('--seed <number>', 'of the noise', whole, 1)
    .option('--jobs <number>', 'rigs at once', whole, availableParallelism())
    .option('--json', 'print JSON for machines', false)
    .option('--out <file>', 'also write the JSON there')
    .addHelpText(
      'after',
      `
Examples:
  npx elastocool controllers bench
  npx elastocool controllers bench --scenario pulldown load-step --controller thermostat mpc
  npx elastocool controllers bench --json --out league.json`,
    )
    .action((options: Options) => reportUserErrors(() => bench(options)));
}

function whole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError(`${text} given, allowed is a whole number from 1 on.`);
  return value;
}

async function bench(options: Options): Promise<void> {
  const rig = readRig(options.rig);
  const scenarios = options.scenario.map(scenarioNamed);
  const kinds = options.controller.map((kind) => kindOf(rig, kind));
  const league = prepare(rig, options.seed);
  const games = scenarios.flatMap((scenario) => kinds.map((kind) => ({ scenario, kind })));
  const progress = startProgress(games.length, 'league');
  const rows: Row[] = [];
  let next = 0;
  let done = 0;
  const worker = async (): Promise<void> => {
    for (let at = next++; at < games.length; at = next++) {
      const { scenario, kind } = games[at];
      rows[at] = await play(league, scenario, kind, { ...rig, regulator: { ...rig.regulator, kind } });
      progress.update(++done, `${scenario.name}, ${kind}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.jobs, games.length) }, worker));
  progress.end();
  const json = JSON.stringify({ rig: options.rig, seed: options.seed, rows, ...verdictOf(rows) }, null, 2);
  if (options.out !== undefined) writeFileSync(options.out, `${json}\n`);
  process.stdout.write(`${options.json ? json : leagueTable(rows)}\n`);
}

function scenarioNamed(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (found !== undefined) return found;
  throw new UserError(
    `--scenario: ${name} given, allowed are ${SCENARIOS.map((scenario) => scenario.name).join(', ')}.`,
  );
}

function kindOf({ regulator }: RigFile, kind: Kind): Kind {
  if (!KINDS.includes(kind))
    throw new UserError(`--controller: ${kind} given, allowed are ${KINDS.join(', ')}.`);
  if (kind !== 'thermostat' && regulator[kind] === undefined)
    throw new UserError(
      `--controller: ${kind} given, but the rig file has no regulator.${kind}; add that section or leave it out.`,
    );
  return kind;
}

/** What the model beside the rig would compute: of the machine as its preset has it. */
function prepare(rig: RigFile, seed: number): League {
  const { pid, mpc } = rig.regulator;
  if (pid === undefined || mpc === undefined)
    throw new UserError('The league needs regulator.pid and regulator.mpc in the rig file; add them.');
  const { device } = loadPreset(rig.preset, ROUGH);
  const plan = pidPlan(pid);
  const table = feedForwardTable(device, mapOverOutput(device, rig.recipe, plan), plan);
  return {
    presetFile: fileURLToPath(new URL(`../../fixtures/presets/${rig.preset}.yaml`, import.meta.url)),
    coarse: ROUGH,
    seed,
    table: { ...table, outlook: machineOutlook(device, rig.recipe, mpc) },
    lifeAt: (strain) =>
      shortestLife(
        device.layout.banks.map(({ material }) => fatigueLife(material.family, material.mode, strain)),
      ),
  };
}
