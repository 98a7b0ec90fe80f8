/** `elastocool surrogate evaluate`: how far a surrogate is from the model, over rows that were computed. */
import { Command } from 'commander';
import { UserError } from '../../index.ts';
import type { Score } from '../../surrogate/metadata.ts';
import { scoreOf } from '../../surrogate/score.ts';
import type { Surrogate } from '../../surrogate/surrogate.ts';
import { reportUserErrors } from '../preset-file.ts';
import { openModel } from './model-folder.ts';
import { scoreJson, scoreText, worstText } from './score-text.ts';
import { type SweepTable, readSweepTable } from './sweep-table.ts';

interface Options {
  data?: string;
  json: boolean;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .summary('say how far a surrogate is from the model it learned')
    .description(
      'Prints the median and the 99th percentile of the errors of each output, the worst cases, and the share of points that ' +
        'the surrogate refused: of the rows that were held out when it was trained, or of the rows of another sweep.',
    )
    .argument('<model>', 'the folder of the surrogate, or its model.json')
    .option('--data <file>', 'the .parquet file of a sweep over the same inputs')
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Examples:
  elastocool surrogate evaluate kilowatt
  elastocool surrogate evaluate kilowatt --data other/check.parquet --json`,
    )
    .action((model: string, options: Options) => reportUserErrors(() => evaluate(model, options)));
}

async function evaluate(model: string, { data, json }: Options): Promise<void> {
  const surrogate = openModel(model);
  const { about } = surrogate;
  const score = data === undefined ? about.held_out : scoreTable(surrogate, await readSweepTable(data));
  if (json) {
    process.stdout.write(`${JSON.stringify(scoreJson(score))}\n`);
    return;
  }
  const which = data === undefined ? 'held out of the training' : `of ${data}`;
  process.stdout.write(
    `${about.machine}\n${scoreText(score, which)}\n\n${worstText(score, about.outputs)}\n\n${about.claim}\n`,
  );
}

/** Throws UserError where the sweep is of another machine or lacks an input. */
function scoreTable(surrogate: Surrogate, table: SweepTable): Score {
  const { inputs, outputs, machine } = surrogate.about;
  const other = table.about.get('machine');
  if (other !== machine)
    throw new UserError(`${table.file}: is a sweep of ${other}; the surrogate is of ${machine}.`);
  const column = (name: string): Float64Array => {
    const found = table.columns.find((one) => one.name === name);
    if (found === undefined)
      throw new UserError(
        `${table.file}: has no column ${name}, which the surrogate needs; vary or keep it in the study.`,
      );
    return found.values;
  };
  const given = inputs.map(({ name }) => column(name));
  const stray = table.inputs.find(({ name }) => !inputs.some((one) => one.name === name));
  if (stray !== undefined)
    throw new UserError(`${table.file}: varies ${stray.name}, of which the surrogate knows nothing.`);
  const truths = outputs.map(({ name }) => column(name));
  const rows = Array.from({ length: table.rows }, (_, row) => row);
  return scoreOf(surrogate, {
    inputs: rows.map((row) => given.map((values) => values[row])),
    outputs: rows.map((row) => truths.map((values) => values[row])),
  });
}
