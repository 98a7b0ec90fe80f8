/** `elastocool runs`: what was recorded. */
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { RunEntry } from '../wire/record/run-list.ts';
import { addNote, describeRun, listRuns } from '../record/catalogue.ts';
import { diskUseSentence, formatBytes } from '../record/disk-use.ts';
import { findRun } from '../record/open-run.ts';
import { runsOption } from './recording.ts';

const EXAMPLES = `
ID is an id of the list, the beginning of one, or \`last\`.

Examples:
  npx elastocool runs
  npx elastocool runs --json
  npx elastocool runs show last
  npx elastocool runs note last "new seals in cell 4"
  npx elastocool export last --format csv --out data
  npx elastocool replay last --speed 10`;

interface RunsOptions {
  readonly runs: string;
  readonly json?: true;
}

export function runsCommand(): Command {
  const command = new Command('runs')
    .description('Lists the runs that were recorded; shows one; adds a note to one.')
    .addOption(runsOption())
    .option('--json', 'for machines')
    .addHelpText('after', EXAMPLES)
    .action((options: RunsOptions) => list(options));
  command
    .command('show <id>')
    .description('everything that the catalogue knows of a run')
    .action((id: string, _own: unknown, sub: Command) => show(id, sub.optsWithGlobals<RunsOptions>(), sub));
  command
    .command('note <id> <text>')
    .description('adds a note to a run')
    .action((id: string, text: string, _own: unknown, sub: Command) =>
      note(id, text, sub.optsWithGlobals<RunsOptions>(), sub),
    );
  return command;
}

async function list({ runs, json }: RunsOptions): Promise<void> {
  const folder = resolve(runs);
  const entries = await listRuns(folder);
  if (json === true) return console.log(JSON.stringify({ folder, runs: entries }, null, 2));
  for (const entry of entries) console.log(lineOf(entry));
  console.log(await diskUseSentence(folder));
}

function lineOf(entry: RunEntry): string {
  const { id, facts, duration_s, figures, recovered, size_bytes, black_boxes } = entry;
  if (facts === undefined) return `${id}  ${formatBytes(size_bytes).padStart(8)}  ${entry.problem ?? ''}`;
  const running = figures?.states_s.EXECUTE ?? 0;
  const words = [
    facts.rig,
    `${duration(duration_s ?? 0)}, ${duration(running)} in EXECUTE`,
    ...peakWords(figures?.peaks ?? {}),
    ...(figures?.first_out ?? []).map((key) => `first out: ${key}`),
    ...(black_boxes.length === 0
      ? []
      : [`${black_boxes.length} black box${black_boxes.length > 1 ? 'es' : ''}`]),
    ...(recovered ? ['recovered'] : []),
    ...[facts.note, ...entry.notes.map(({ text }) => text)]
      .filter((text) => text !== '')
      .map((t) => `"${t}"`),
  ];
  return `${id}  ${formatBytes(size_bytes).padStart(8)}  ${words.join('; ')}`;
}

/** The unit is the last part of a channel's name. */
const SHOWN = ['cooling_power_W', 'peak_stress_MPa', 'temperature_lift_K'];
const peakWords = (peaks: Readonly<Record<string, number>>): string[] =>
  SHOWN.flatMap((name) => (name in peaks ? [`${peaks[name].toPrecision(4)} ${name.split('_').at(-1)}`] : []));

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return seconds < 3600 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(2)} h`;
}

async function show(given: string, { runs, json }: RunsOptions, command: Command): Promise<void> {
  const folder = resolve(runs);
  const found = await findRun(folder, given);
  if (typeof found === 'string') return command.error(`error: ${found}`, { exitCode: 2 });
  const entry = await describeRun(folder, found.id);
  if (json === true) return console.log(JSON.stringify(entry, null, 2));
  const rows = Object.entries({
    ...entry,
    ...entry.facts,
    facts: undefined,
    figures: undefined,
    ...entry.figures,
  });
  for (const [key, value] of rows) if (value !== undefined) console.log(`${key.padEnd(14)} ${shown(value)}`);
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

async function note(given: string, text: string, { runs }: RunsOptions, command: Command): Promise<void> {
  const folder = resolve(runs);
  const found = await findRun(folder, given);
  if (typeof found === 'string') return command.error(`error: ${found}`, { exitCode: 2 });
  const problem = await addNote(folder, found.id, { at: new Date().toISOString(), text });
  if (problem !== null) return command.error(`error: ${problem}`, { exitCode: 1 });
  console.log(`Noted at ${found.id}.`);
}
