/** A surrogate judged by a sweep that it has not seen. */
import { UserError } from '../../index.ts';
import type { Score } from '../../surrogate/metadata.ts';
import { scoreOf } from '../../surrogate/score.ts';
import type { Surrogate } from '../../surrogate/surrogate.ts';
import type { SweepTable } from './sweep-table.ts';

/** Throws UserError where the sweep is of another machine or lacks an input. */
export function scoreTable(surrogate: Surrogate, table: SweepTable): Score {
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
