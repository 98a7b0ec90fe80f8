/**
 * Columns of a table of measurements: each name is a quantity and its unit, "blow_flow_kg_per_s", "lift_K",
 * "pressure_drop_bar", "strain_percent"; a parameter may carry its group, "recipe.blow_flow_kg_per_s".
 */
import { resolveOverrides } from '../../config/overrides.ts';
import { type GroupKey, PARAMETERS } from '../../config/parameters/index.ts';
import { type NumberParameter, given } from '../../config/parameters/parameter.ts';
import { UserError, readQuantity, toDisplay } from '../../config/quantity.ts';
import { parameterOf } from '../../config/vary.ts';

/** What can be measured: a result of simulate, or a temperature or power in a run; read like a parameter. */
export interface Output {
  /** Name of the result, with its unit: "cooling_power_W". */
  readonly key: string;
  readonly parameter: NumberParameter;
}

const output = (key: string, unit: string, min: number, max: number, display: string): Output => ({
  key,
  parameter: given(unit, min, max, display, ''),
});

const POWER = ['W', -1e6, 1e6, 'W'] as const;
const TEMPERATURE = ['degC', 173.15, 473.15, 'degC'] as const;
const SHARE = ['', -1e3, 1e3, '1'] as const;

/** Results of simulate that can be measured on a machine. */
export const POINT_OUTPUTS: Readonly<Record<string, Output>> = {
  cooling_power: output('cooling_power_W', ...POWER),
  heating_power: output('heating_power_W', ...POWER),
  mechanical_power: output('mechanical_power_W', ...POWER),
  loading_power: output('loading_power_W', ...POWER),
  pump_power: output('pump_power_W', ...POWER),
  specific_cooling_power: output('specific_cooling_power_W_per_g', 'W/kg', -1e6, 1e6, 'W/g'),
  cop_material: output('cop_material', ...SHARE),
  cop_device: output('cop_device', ...SHARE),
  cop_system: output('cop_system', ...SHARE),
  sma_mass: output('sma_mass_g', 'kg', 0, 1e4, 'g'),
  peak_stress: output('peak_stress_MPa', 'Pa', 0, 1e10, 'MPa'),
  peak_force: output('peak_force_kN', 'N', 0, 1e9, 'kN'),
  stroke: output('stroke_mm', 'm', 0, 1, 'mm'),
  pressure_drop: output('pressure_drop_bar', 'Pa', 0, 1e8, 'bar'),
  residual_strain: output('residual_strain_percent', '', 0, 0.2, '1'),
  cell_temperature_min: output('cell_temperature_min_C', ...TEMPERATURE),
  cell_temperature_max: output('cell_temperature_max_C', ...TEMPERATURE),
};

/** What can be measured while a machine cools its house (room) or an edge box (box). */
export const RUN_OUTPUTS: Readonly<Record<string, Output>> = {
  room: output('room_C', ...TEMPERATURE),
  box: output('box_C', ...TEMPERATURE),
  cold_inlet: output('cold_inlet_C', ...TEMPERATURE),
  hot_inlet: output('hot_inlet_C', ...TEMPERATURE),
  cooling_power: output('cooling_power_W', ...POWER),
  electric_power: output('electric_power_W', ...POWER),
};

/** The reading of an output in the unit of its key, from its SI value. */
export function inUnitOfKey({ key, parameter }: Output, si: number): number {
  return key.endsWith('_percent') ? 100 * si : toDisplay(parameter, si);
}

/** "kg_per_s" from "kg/s", "W_per_m2_K" from "W/(m^2 K)", "C" from "degC", "" from "1". */
export function unitSuffix(unit: string): string {
  if (unit === '1') return '';
  return unit
    .replace('degC', 'C')
    .replace(/^1\//, '/')
    .replace(/[()^]/g, '')
    .replace('/', '_per_')
    .trim()
    .replace(/\s+/g, '_')
    .replace(/_+/g, '_')
    .replace(/^_/, '');
}

/** "blow_flow_kg_per_s" from "blow_flow" and "kg/s". */
export const withSuffix = (stem: string, unit: string): string =>
  unit === '1' ? stem : `${stem}_${unitSuffix(unit)}`;

/** What stands behind a number so that readQuantity reads it: "kg/s" from "kg_per_s". */
function unitText(suffix: string): string {
  if (suffix === '' || suffix === 'percent') return suffix === '' ? '' : '%';
  if (suffix === 'C' || suffix === 'degC') return 'degC';
  const powers = (text: string) =>
    text
      .split('_')
      .join(' ')
      .replace(/([A-Za-z])(\d+(\.\d+)?)/g, '$1^$2');
  const at = suffix.startsWith('per_') ? 0 : suffix.indexOf('_per_');
  if (at < 0) return powers(suffix);
  const above = suffix.slice(0, at);
  const below = powers(suffix.slice(at + (at === 0 ? 4 : 5)));
  return `${above === '' ? '1' : powers(above)}/${below.includes(' ') ? `(${below})` : below}`;
}

/** A column by its name. */
export interface QuantityColumn {
  readonly column: string;
  /** "group.key" (or "bank.group.key") of a parameter, or the stem of an output or of time. */
  readonly stem: string;
  readonly parameter: NumberParameter;
  /** Behind each number. */
  readonly unit: string;
}

/** Reads a cell; the SI value. Throws UserError with `where` in front. */
export function readCell({ column, parameter, unit }: QuantityColumn, text: string, where: string): number {
  return readQuantity(`${where}: column ${column}`, parameter, unit === '' ? text : `${text} ${unit}`);
}

/**
 * The column called `column`, as one of `stems` by the longest that fits. undefined where none does. Throws UserError
 * where its unit is missing or of another kind.
 */
export function columnOf(
  column: string,
  stems: Readonly<Record<string, NumberParameter>>,
  where: string,
): QuantityColumn | undefined {
  const stem = longestOf(column, Object.keys(stems));
  if (stem === undefined) return undefined;
  const parameter = stems[stem];
  const unit = unitText(column.slice(stem.length + 1));
  const usual = withSuffix(stem, parameter.display);
  try {
    const { whole: _, ...anyNumber } = parameter;
    const probe = { ...anyNumber, min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
    readQuantity(column, probe, unit === '' ? '1' : `1 ${unit}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const unitSaid = parameter.display === '1' ? 'is a pure number' : `is measured in ${parameter.display}`;
    throw new UserError(
      unit === ''
        ? `${where}: column ${column} says no unit, but ${stem} ${unitSaid}; name it ${usual}.`
        : `${where}: column ${column}: "${unit}" is no unit of ${stem}, which ${unitSaid}; name it ${usual} and convert its values.`,
    );
  }
  return { column, stem, parameter, unit };
}

/** The column of a parameter, or undefined. Throws UserError where its unit is missing or of another kind. */
export function parameterColumn(
  column: string,
  prefer: GroupKey,
  banks: readonly string[],
  where: string,
): QuantityColumn | undefined {
  // units have capitals and points of their own: W_per_K, Pa0.5
  const path = /^(?:[a-z][a-z0-9_-]*\.)*/.exec(column)?.[0] ?? '';
  const leaf = column.slice(path.length);
  const key = longestOf(
    leaf,
    Object.values(PARAMETERS).flatMap((group) => Object.keys(group)),
  );
  if (key === undefined) return undefined;
  const [stem] = resolveOverrides(new Map([[path + key, '']]), prefer, banks).keys();
  const parameter = parameterOf(stem);
  if (parameter.kind === 'choice')
    throw new UserError(
      `${where}: column ${column}: ${key} is a choice of words; say it with --set ${key}=${parameter.options[0]}.`,
    );
  const found = columnOf(leaf, { [key]: parameter }, where);
  return found && { ...found, column, stem };
}

function longestOf(column: string, stems: readonly string[]): string | undefined {
  return stems
    .filter((stem) => column === stem || column.startsWith(`${stem}_`))
    .toSorted((a, b) => b.length - a.length)
    .at(0);
}
