/** `elastocool surrogate ask`: one operating point from a surrogate, or why it does not say. */
import { Command } from 'commander';
import { UserError } from '../../index.ts';
import type { Surrogate } from '../../surrogate/surrogate.ts';
import { pairsOption, reportUserErrors } from '../preset-file.ts';
import { formatTable } from '../table.ts';
import { openModel } from './open-model.ts';

interface Options {
  at: Map<string, string>;
  json: boolean;
}

export function askCommand(): Command {
  return new Command('ask')
    .summary('ask a surrogate for one operating point')
    .description(
      'Prints what a surrogate says of one operating point. Exit status 2 where the point is outside of what it was trained on: ' +
        'it does not extrapolate.',
    )
    .argument('<model>', 'the folder of the surrogate, or its model.json')
    .addOption(pairsOption('--at <input=number>', 'an input, in the unit of its name'))
    .option('--json', 'print JSON for machines', false)
    .addHelpText(
      'after',
      `
Example:
  elastocool surrogate ask kilowatt --at frequency_Hz=3 --at blow_flow_kg_per_s=0.19 --at strain=0.045 --at lift_K=5 --at mean_temperature_C=26`,
    )
    .action((model: string, options: Options) => reportUserErrors(() => ask(model, options)));
}

function ask(model: string, { at, json }: Options): void {
  const surrogate = openModel(model);
  const { outputs, claim, machine } = surrogate.about;
  const values = valuesOf(surrogate, at);
  const refusal = surrogate.fence.refusal(values);
  if (refusal !== null) throw new UserError(`${refusal}.`);
  const told = new Float64Array(outputs.length);
  surrogate.evaluate(values, told);
  const results = outputs.map(({ name, unit }, k) => ({
    name,
    unit,
    value: Number.isNaN(told[k]) ? null : told[k],
  }));
  if (json) {
    const numbers = Object.fromEntries(results.map(({ name, value }) => [name, value]));
    process.stdout.write(`${JSON.stringify({ machine, claim, ...numbers })}\n`);
    return;
  }
  process.stdout.write(
    `${machine}, as its surrogate says\n${formatTable(results.map(({ name, value, unit }) => [name, value, unit]))}\n\n${claim}\n`,
  );
}

function valuesOf({ about: { inputs } }: Surrogate, at: ReadonlyMap<string, string>): number[] {
  const stray = [...at.keys()].find((name) => !inputs.some((one) => one.name === name));
  const allowed = inputs.map(({ name, low, high }) => `${name} (${round(low)} to ${round(high)})`).join(', ');
  if (stray !== undefined)
    throw new UserError(`--at ${stray}: is no input of this surrogate; its inputs are ${allowed}.`);
  return inputs.map(({ name }) => {
    const text = at.get(name);
    if (text === undefined) throw new UserError(`--at ${name}=… is missing; the inputs are ${allowed}.`);
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value))
      throw new UserError(`--at ${name}=${text}: is no number; the unit stands in the name.`);
    return value;
  });
}

const round = (value: number): number => Number(value.toPrecision(4));
