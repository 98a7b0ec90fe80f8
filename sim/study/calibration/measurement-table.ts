/**
 * A table of measurements as a person saves it from a spreadsheet. Two kinds, told apart by their columns: steady
 * operating points, a row each (parameters such as lift_K, results of simulate such as cooling_power_W), and a run in
 * time (time_s and room_C or box_C). Any result may have a column of standard deviations, cooling_power_W_sd.
 */
import { type NumberParameter, given } from '../../config/parameters/parameter.ts';
import { UserError } from '../../config/quantity.ts';
import { type CsvRow, type CsvTable, checkNumber, tableOf } from './csv-rows.ts';
import {
  type Output,
  POINT_OUTPUTS,
  type QuantityColumn,
  RUN_OUTPUTS,
  columnOf,
  inUnitOfKey,
  parameterColumn,
  readCell,
} from './quantity-columns.ts';

export interface MeasurementTable {
  readonly fileName: string;
  /** null for steady operating points. */
  readonly place: 'house' | 'edge-box' | null;
  /** Line of each row in the file, shape [rows]. */
  readonly lines: readonly number[];
  /** Parameters that differ from row to row, SI; none in a run. */
  readonly inputs: readonly {
    readonly column: string;
    readonly name: string;
    readonly values: readonly number[];
  }[];
  /** Since the start of the run, shape [rows]; empty for operating points. */
  readonly times_s: readonly number[];
  /** Results by their key, "cooling_power_W". */
  readonly outputs: readonly string[];
  /** In the unit of the key, shape [rows][outputs]. */
  readonly values: readonly (readonly number[])[];
  /** Standard deviations like the values; null where the file has none. */
  readonly deviations: readonly (readonly number[])[] | null;
}

const TIME = given('s', 0, 32 * 86_400, 's', 'time since the start of the run');
const INLETS = {
  cold_inlet: given('degC', 173.15, 473.15, 'degC', ''),
  hot_inlet: given('degC', 173.15, 473.15, 'degC', ''),
};
const DEVIATION = '_sd';

interface OutputColumn extends QuantityColumn {
  readonly output: Output;
}

/**
 * @param banks names of the banks of the machine, which a column may be qualified with
 * Throws UserError with file, line, column, what was given and what is allowed.
 */
export function parseMeasurements(
  records: readonly CsvRow[],
  fileName: string,
  banks: readonly string[],
): MeasurementTable {
  const table = tableOf(records, fileName);
  const isRun = table.header.some((name) => name === 'time' || name.startsWith('time_'));
  return isRun ? parseRun(table, banks) : parsePoints(table, banks);
}

function parsePoints(table: CsvTable, banks: readonly string[]): MeasurementTable {
  const { fileName, where, rows } = table;
  const outputs: OutputColumn[] = [];
  const inputs: QuantityColumn[] = [];
  const inlets: QuantityColumn[] = [];
  for (const name of quantities(table)) {
    const output = outputColumn(name, POINT_OUTPUTS, where);
    const inlet = output ? undefined : columnOf(name, INLETS, where);
    const input = output || inlet ? undefined : parameterColumn(name, 'recipe', banks, where);
    if (output) outputs.push(output);
    else if (inlet) inlets.push(inlet);
    else if (input) inputs.push(input);
    else
      throw new UserError(
        `${where}: column ${name} is neither a parameter with its unit (lift_K, frequency_Hz, recipe.blow_flow_kg_per_s) nor a result (${keysOf(POINT_OUTPUTS)}); rename it or remove it.`,
      );
  }
  refuseTwice(inputs, where);
  if (outputs.length === 0)
    throw new UserError(
      `${where}: there is no column of results to fit to; name one of ${keysOf(POINT_OUTPUTS)}, or time_s and room_C for a run in time.`,
    );
  if (rows.length === 0) throw new UserError(`${fileName}: there is no row of values under the header.`);
  const read = inputs.map((column) => ({
    column: column.column,
    name: column.stem,
    values: readColumn(table, column),
  }));
  for (const { column, values } of read) refuseConstantInput(table, column, values);
  return {
    fileName,
    place: null,
    lines: rows.map(({ line }) => line),
    inputs: [...read, ...inletInputs(table, inlets, inputs)],
    times_s: [],
    ...readOutputs(table, outputs),
  };
}

/** Lift and mean temperature from the two inlet temperatures, which is what thermometers read. */
function inletInputs(
  table: CsvTable,
  inlets: readonly QuantityColumn[],
  inputs: readonly QuantityColumn[],
): MeasurementTable['inputs'] {
  if (inlets.length === 0) return [];
  const { where } = table;
  const cold = inlets.find(({ stem }) => stem === 'cold_inlet');
  const hot = inlets.find(({ stem }) => stem === 'hot_inlet');
  if (cold === undefined || hot === undefined)
    throw new UserError(
      `${where}: column ${inlets[0].column} alone does not say the lift; give cold_inlet_C and hot_inlet_C, or lift_K and mean_temperature_C.`,
    );
  const double = inputs.find(
    ({ stem }) => stem === 'operation.lift' || stem === 'operation.mean_temperature',
  );
  if (double)
    throw new UserError(
      `${where}: column ${double.column} follows from ${cold.column} and ${hot.column}; leave it or those out.`,
    );
  const [low, high] = [readColumn(table, cold), readColumn(table, hot)];
  const lift = low.map((value, i) => high[i] - value);
  const wrong = lift.findIndex((value) => value < 0);
  if (wrong >= 0)
    throw new UserError(
      `${table.fileName}:${table.rows[wrong].line}: column ${hot.column} is below ${cold.column}; the hot inlet is the warmer one.`,
    );
  const column = `${cold.column} and ${hot.column}`;
  if (low.every((value, i) => value === low[0] && high[i] === high[0]))
    refuseConstantInput(table, column, low);
  return [
    { column, name: 'operation.lift', values: lift },
    { column, name: 'operation.mean_temperature', values: low.map((value, i) => (high[i] + value) / 2) },
  ];
}

function parseRun(table: CsvTable, banks: readonly string[]): MeasurementTable {
  const { fileName, where, rows } = table;
  let time: QuantityColumn | undefined;
  const outputs: OutputColumn[] = [];
  for (const name of quantities(table)) {
    const clock = columnOf(name, { time: TIME }, where);
    const output = clock ? undefined : outputColumn(name, RUN_OUTPUTS, where);
    if (clock) {
      if (time)
        throw new UserError(`${where}: columns ${time.column} and ${name} are both times; leave one out.`);
      time = clock;
    } else if (output) outputs.push(output);
    else {
      const parameter = parameterColumn(name, 'room', banks, where);
      throw new UserError(
        parameter
          ? `${where}: column ${name} is a parameter, which stays as it is in a run in time; leave the column out and write --set ${parameter.stem}="value ${parameter.parameter.display}".`
          : `${where}: column ${name} is not a result of a run in time (${keysOf(RUN_OUTPUTS)}); rename it or remove it.`,
      );
    }
  }
  const has = (stem: string) => outputs.some((one) => one.stem === stem);
  if (time === undefined || has('room') === has('box'))
    throw new UserError(
      has('room') && has('box')
        ? `${where}: columns room_C and box_C together: a run is that of a house or of an edge box; leave one out.`
        : `${where}: a run in time needs the column room_C (model house) or box_C (edge box) beside its time.`,
    );
  const times_s = readColumn(table, time);
  const stuck = times_s.findIndex((value, i) => i > 0 && value <= times_s[i - 1]);
  if (stuck >= 0)
    throw new UserError(
      `${fileName}:${rows[stuck].line}: column ${time.column}: ${rows[stuck].cells[table.header.indexOf(time.column)]} is not later than the row before; time must increase.`,
    );
  if (!(times_s.at(-1)! > 0))
    throw new UserError(
      `${fileName}: ${rows.length} row of values; a run needs at least 2, the last later than 0 s.`,
    );
  return {
    fileName,
    place: has('room') ? 'house' : 'edge-box',
    lines: rows.map(({ line }) => line),
    inputs: [],
    times_s,
    ...readOutputs(table, outputs),
  };
}

const keysOf = (outputs: Readonly<Record<string, Output>>): string =>
  Object.values(outputs)
    .map(({ key }) => key)
    .join(', ');

/** Names of the columns that are not standard deviations. */
const quantities = ({ header }: CsvTable): string[] => header.filter((name) => !name.endsWith(DEVIATION));

function outputColumn(
  name: string,
  outputs: Readonly<Record<string, Output>>,
  where: string,
): OutputColumn | undefined {
  const parameters: Record<string, NumberParameter> = {};
  for (const [stem, { parameter }] of Object.entries(outputs)) parameters[stem] = parameter;
  const found = columnOf(name, parameters, where);
  return found && { ...found, output: outputs[found.stem] };
}

function refuseTwice(columns: readonly QuantityColumn[], where: string): void {
  const twice = columns.find(({ stem }, i) => columns.findIndex((one) => one.stem === stem) !== i);
  if (twice)
    throw new UserError(
      `${where}: column ${twice.column} is ${twice.stem}, which another column says already; leave one out.`,
    );
}

function readColumn({ fileName, header, rows }: CsvTable, column: QuantityColumn): number[] {
  const at = header.indexOf(column.column);
  return rows.map(({ line, cells }) => {
    checkNumber(cells[at], column.column, `${fileName}:${line}`);
    return readCell(column, cells[at], `${fileName}:${line}`);
  });
}

function refuseConstantInput({ where, rows }: CsvTable, column: string, values: readonly number[]): void {
  if (rows.length < 2 || values.some((value) => value !== values[0])) return;
  throw new UserError(
    `${where}: column ${column} has the same value in all ${rows.length} rows, so that it identifies nothing; leave it out and give the value with --set.`,
  );
}

function readOutputs(
  table: CsvTable,
  columns: readonly OutputColumn[],
): Pick<MeasurementTable, 'outputs' | 'values' | 'deviations'> {
  const { where, header, rows, fileName } = table;
  refuseTwice(columns, where);
  const series = columns.map((column) =>
    readColumn(table, column).map((value) => inUnitOfKey(column.output, value)),
  );
  for (const [k, { column }] of columns.entries())
    if (rows.length > 2 && series[k].every((value) => value === series[k][0]))
      throw new UserError(
        `${where}: column ${column} has the same value in all ${rows.length} rows; a result that never changes identifies nothing (a stuck sensor?): leave it out.`,
      );
  const deviations = columns.map((column) => readDeviations(table, column));
  const orphan = header.find(
    (name) => name.endsWith(DEVIATION) && !columns.some(({ column }) => column + DEVIATION === name),
  );
  if (orphan !== undefined)
    throw new UserError(
      `${where}: column ${orphan} belongs to no column of results; allowed are ${columns.map(({ column }) => column + DEVIATION).join(', ')}.`,
    );
  const without = columns.findIndex((_, k) => deviations[k] === null);
  const isGiven = deviations.some((one) => one !== null);
  if (isGiven && without >= 0)
    throw new UserError(
      `${where}: column ${columns[without].column + DEVIATION} is missing; give standard deviations for every result or for none.`,
    );
  const rowsOf = (all: readonly (readonly number[])[]) => rows.map((_, i) => all.map((one) => one[i]));
  if (rows.length === 0) throw new UserError(`${fileName}: there is no row of values under the header.`);
  return {
    outputs: columns.map(({ output }) => output.key),
    values: rowsOf(series),
    deviations: isGiven ? rowsOf(deviations.map((one) => one ?? [])) : null,
  };
}

/** A standard deviation is in the unit of its result, a temperature's in K. */
function readDeviations(table: CsvTable, { column, parameter, unit, output }: OutputColumn): number[] | null {
  const name = column + DEVIATION;
  if (!table.header.includes(name)) return null;
  const isTemperature = parameter.unit === 'degC';
  const own: QuantityColumn = {
    column: name,
    stem: name,
    parameter: { ...parameter, min: 0, ...(isTemperature ? { unit: 'K', display: 'K' } : {}) },
    unit: isTemperature ? 'K' : unit,
  };
  const values = readColumn(table, own);
  const zero = values.findIndex((value) => value === 0);
  if (zero >= 0)
    throw new UserError(
      `${table.fileName}:${table.rows[zero].line}: column ${name} is 0; a standard deviation is above 0: how far would a second measurement be off?`,
    );
  return isTemperature ? values : values.map((value) => inUnitOfKey(output, value));
}
