/** `elastocool interlocks`: the interlock table as the controller will run it, the rows of the rig file included. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { parseRigFile } from '../control/rig-file.ts';
import type { Interlock } from '../control/safety/interlock.ts';
import { CONDITION_CHANNELS } from '../control/safety/own-row.ts';
import { tableOf } from '../control/safety/table.ts';
import { inHouse } from './child.ts';

const EXAMPLES = `
A rig file tunes rows that are built in, as far as the column "may be" says, and adds rows of its own:

  interlocks:
    - {key: no_flow, debounce_ms: 300, action: abort}
    - key: bearing_hot
      when: hot_inlet_C > 60 and abs(flow_kg_per_s) < 0.05
      debounce_ms: 500
      action: stop
      states: [EXECUTE]
      bypassable: true
      cause: The bearing runs hot without flow
      remedy: Let it cool, check the pump, then RESET.

A condition has channels (--channels), numbers, + - * /, comparisons, and, or, not, abs, min, max. A reading that is
missing makes it unknown, and unknown counts as met where the row stops or aborts.

Examples:
  npx elastocool interlocks my-rig.yaml
  npx elastocool interlocks my-rig.yaml --json
  npx elastocool interlocks --channels`;

interface Options {
  readonly json?: true;
  readonly channels?: true;
}

export function interlocksCommand(): Command {
  return new Command('interlocks')
    .description('Prints the interlock table of a machine: what is watched, for how long, and what follows.')
    .argument('[rig]', 'rig file', inHouse('fixtures/rigs/virtual-kilowatt.yaml'))
    .option('--channels', 'print what a condition may name, with units')
    .option('--json', 'print JSON for machines')
    .addHelpText('after', EXAMPLES)
    .action(interlocks);
}

function interlocks(file: string, { json, channels }: Options, command: Command): void {
  if (channels) return print(channelList(json === true));
  const table = tableOfFile(file);
  if (typeof table === 'string') return command.error(`error: ${table}`, { exitCode: 2 });
  print(json ? JSON.stringify({ interlocks: table.map(asRow) }, null, 2) : asText(table));
}

function tableOfFile(file: string): readonly Interlock[] | string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return `${file}: the rig file cannot be read; is the path right?`;
  }
  const rig = parseRigFile(text);
  return typeof rig === 'string' ? `${file}: ${rig}` : tableOf(rig);
}

const asRow = (row: Interlock) => ({
  key: row.key,
  when: row.when,
  action: row.action,
  weakest_action: row.tuning?.weakest ?? row.action,
  debounce_ms: typeof row.debounceMs === 'number' ? row.debounceMs : null,
  longest_debounce_ms:
    row.tuning?.longestDebounceMs ?? (typeof row.debounceMs === 'number' ? row.debounceMs : 0),
  off_delay_ms: row.offDelayMs ?? 0,
  latched: row.latched,
  states: row.states ?? null,
  bypassable: row.bypassable === true,
  remedy: row.remedy,
});

function asText(table: readonly Interlock[]): string {
  const lines = table.map((row) => {
    const {
      key,
      when,
      action,
      weakest_action,
      debounce_ms,
      longest_debounce_ms,
      latched,
      bypassable,
      states,
    } = asRow(row);
    const debounce = debounce_ms === null ? 'by cycle' : `${debounce_ms} ms`;
    const weaker = weakest_action === action ? action : `${weakest_action} or graver`;
    const marks = [
      latched ? 'latched' : '',
      bypassable ? 'bypassable' : '',
      states === null ? '' : `in ${states.join(', ')}`,
    ];
    return [
      key.padEnd(26),
      action.padEnd(7),
      debounce.padStart(9),
      `   may be ${weaker}, up to ${longest_debounce_ms} ms`.padEnd(44),
      marks.filter((mark) => mark !== '').join(', '),
      `\n    ${when}`,
    ].join('');
  });
  return ['In the order of their claim to be the first-out cause of a tick:', '', ...lines].join('\n');
}

function channelList(isJson: boolean): string {
  const channels = [...CONDITION_CHANNELS].map(([name, unit]) => ({ name, unit }));
  if (isJson) return JSON.stringify({ channels }, null, 2);
  return channels.map(({ name, unit }) => `${name.padEnd(24)}${unit}`).join('\n');
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
