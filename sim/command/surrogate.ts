/** `elastocool surrogate`: a fast model of a machine, learned from a sweep. */
import { Command } from 'commander';
import { askCommand } from './surrogate/ask.ts';
import { evaluateCommand } from './surrogate/evaluate.ts';
import { trainCommand } from './surrogate/train.ts';

const EXAMPLES = `
Examples:
  npx elastocool sweep run fixtures/studies/kilowatt-surrogate.yaml --out sweep
  npx elastocool surrogate train sweep/kilowatt-surrogate.parquet --out kilowatt
  npx elastocool surrogate evaluate kilowatt
  npx elastocool surrogate ask kilowatt --at frequency_Hz=3 --at blow_flow_kg_per_s=0.19 --at strain=0.045 --at lift_K=5 --at mean_temperature_C=26`;

export function surrogateCommand(): Command {
  return new Command('surrogate')
    .summary('learn a fast model of a machine from a sweep')
    .description(
      'Trains a small network on a sweep: thousands of operating points in the time of one simulation, with stated errors, ' +
        'and only within what it was trained on.',
    )
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .addCommand(trainCommand())
    .addCommand(evaluateCommand())
    .addCommand(askCommand());
}
