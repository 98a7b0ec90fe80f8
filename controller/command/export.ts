/** `elastocool export`: a recorded run for other programs. */
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { readNotes } from '../record/catalogue.ts';
import { FORMATS, type Format, exportRun } from '../record/export/export-run.ts';
import { TABLES, type TableName } from '../record/export/table.ts';
import { findRun, openRun } from '../record/open-run.ts';
import { runsOption } from './recording.ts';

const EXAMPLES = `
RUN is an id of \`elastocool runs\`, the beginning of one, or \`last\`. Names of columns carry their unit; units and titles
also stand in about.json and in the metadata of Parquet and HDF5. Loaders for Python and MATLAB: controller/record/README.md.

Examples:
  npx elastocool export last --format csv --out data
  npx elastocool export last --format parquet --group tick --group cycle --out data
  npx elastocool export 20261128-174531 --format hdf5 --out data --json`;

interface ExportOptions {
  readonly runs: string;
  readonly format: Format;
  readonly out: string;
  readonly group: readonly TableName[];
  readonly json?: true;
}

export function exportCommand(): Command {
  return new Command('export')
    .description('Writes a recorded run as CSV, Parquet or HDF5.')
    .argument('<run>', 'which run')
    .addOption(new Option('--format <format>', 'file format').choices(FORMATS).makeOptionMandatory())
    .requiredOption('--out <folder>', 'a folder named like the run is made in it')
    .addOption(
      new Option('--group <name...>', 'only these tables')
        .choices(TABLES)
        .default([], 'all that the run has'),
    )
    .addOption(runsOption())
    .option('--json', 'for machines')
    .addHelpText('after', EXAMPLES)
    .action(exportOne);
}

async function exportOne(given: string, options: ExportOptions, command: Command): Promise<void> {
  const folder = resolve(options.runs);
  const found = await findRun(folder, given);
  if (typeof found === 'string') return command.error(`error: ${found}`, { exitCode: 2 });
  const run = await openRun(folder, found.id);
  if (typeof run === 'string') return command.error(`error: ${run}`, { exitCode: 2 });
  try {
    const names = options.group.length === 0 ? TABLES : options.group;
    const notes = await readNotes(folder, found.id);
    const exported = await exportRun(run, notes, options.format, resolve(options.out), names);
    if (options.json === true) console.log(JSON.stringify({ run: run.id, exported }, null, 2));
    else for (const { file, table, rows } of exported) console.log(`${file}: ${table}, ${rows} rows`);
    if (exported.length === 0) console.log('The run has none of these tables.');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    command.error(`error: the export of ${run.id} broke off: ${why}`, { exitCode: 1 });
  } finally {
    await run.close();
  }
}
