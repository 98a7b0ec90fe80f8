/** `elastocool surrogate evaluate`: how far a surrogate is from the model, over rows that were computed. */
import { Command } from 'commander';
import { engineFingerprint } from '../fingerprint.ts';
import { reportUserErrors } from '../preset-file.ts';
import { openModel } from './open-model.ts';
import { scoreJson, scoreText, stoppedText, worstText } from './score-text.ts';
import { scoreTable } from './score-table.ts';
import { readSweepTable } from './sweep-table.ts';

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
  const isOther = about.engine !== engineFingerprint();
  const { stopped } = about.training;
  const which = data === undefined ? 'held out of the training' : `of ${data}`;
  process.stdout.write(
    `${about.machine}\n${scoreText(score, which)}\n\n${worstText(score, about.outputs)}\n\n${about.claim}\n${isOther ? OTHER_ENGINE : ''}${stopped === undefined ? '' : `${stoppedText(stopped)}\n`}`,
  );
}

const OTHER_ENGINE =
  'It learned from another state of this program than the one that runs now; where the physics changed, train it again.\n';
