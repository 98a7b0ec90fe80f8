/** What is varied: a parameter and the values it takes, from a list, along a grid, or sampled from a range. */
import type { Preset } from '../../config/device-config.ts';
import type { NumberParameter, Parameter } from '../../config/parameters/parameter.ts';
import { UserError, readChoice, readQuantity } from '../../config/quantity.ts';
import { triangularQuantile } from '../sampling/triangular.ts';
import type { NamedParameter } from './names.ts';
import { valueOf } from './names.ts';
import type { FactorFile } from './study-file.ts';

/** A parameter at given values, SI or words. */
export interface Listed extends NamedParameter {
  readonly kind: 'listed';
  readonly values: readonly (number | string)[];
}

/** A parameter whose value is drawn. */
export interface Sampled extends NamedParameter {
  readonly kind: 'sampled';
  readonly parameter: NumberParameter;
  /** SI. */
  readonly low: number;
  readonly high: number;
  /** @param share 0 to 1, the probability of less; @returns SI, whole for a count */
  readonly quantile: (share: number) => number;
}

export type Factor = Listed | Sampled;

/**
 * @param key as the user wrote it
 * @throws UserError with what was given and what is allowed
 */
export function readFactor(key: string, named: NamedParameter, file: FactorFile, preset: Preset): Factor {
  if (file === 'prior') return priorFactor(key, named, preset);
  if ('values' in file) {
    const values = file.values.map((text) => readValue(key, named.parameter, String(text)));
    return { ...named, kind: 'listed', values: distinct(key, values) };
  }
  const { parameter } = named;
  if (parameter.kind === 'choice')
    throw new UserError(`${key}: is a choice of words; give values: [${parameter.options.join(', ')}].`);
  const [low, high] = [file.from, file.to].map((text) => readQuantity(key, parameter, String(text)));
  if (!(low < high))
    throw new UserError(`${key}: from ${file.from} to ${file.to} is no range; from must be less.`);
  if (file.spacing === 'log' && low <= 0)
    throw new UserError(`${key}: a logarithmic spacing cannot start at ${file.from}; start above 0.`);
  const at = along(low, high, file.spacing);
  if (file.points !== undefined) {
    if (file.likely !== undefined)
      throw new UserError(`${key}: likely is for a range that is sampled; leave out points, or likely.`);
    const steps = file.points - 1;
    const grid = Array.from({ length: file.points }, (_, i) => whole(parameter, at(i / steps)));
    return { ...named, kind: 'listed', values: distinct(key, grid) };
  }
  if (file.likely === undefined) return sampled(named, parameter, low, high, at);
  const mode = readQuantity(key, parameter, String(file.likely));
  if (file.spacing === 'log' || mode < low || mode > high)
    throw new UserError(`${key}: likely must lie from ${file.from} to ${file.to}, with a linear spacing.`);
  return sampled(named, parameter, low, high, (share) => triangularQuantile({ low, mode, high }, share));
}

function priorFactor(key: string, named: NamedParameter, preset: Preset): Factor {
  const { name, parameter } = named;
  const range = preset.provenance[name]?.range;
  if (range === undefined || range[0] >= range[1] || parameter.kind === 'choice')
    throw new UserError(`${key}: ${preset.key} states no range for it; give from and to.`);
  const [low, high] = range;
  const mode = valueOf(preset.device, name) as number;
  return sampled(named, parameter, low, high, (share) => triangularQuantile({ low, mode, high }, share));
}

function sampled(
  named: NamedParameter,
  parameter: NumberParameter,
  low: number,
  high: number,
  at: (share: number) => number,
): Sampled {
  // each whole number has a slice of its own
  const quantile = parameter.whole
    ? (share: number) => Math.min(high, Math.floor(low + share * (high - low + 1)))
    : at;
  return { ...named, kind: 'sampled', parameter, low, high, quantile };
}

const along = (low: number, high: number, spacing: 'linear' | 'log') =>
  spacing === 'log'
    ? (share: number) => clamp(low * (high / low) ** share, low, high)
    : (share: number) => clamp(low + share * (high - low), low, high);

/** Rounding must not leave the bounds. */
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

const whole = (parameter: NumberParameter, value: number): number =>
  parameter.whole ? Math.round(value) : value;

const readValue = (key: string, parameter: Parameter, text: string): number | string =>
  parameter.kind === 'choice' ? readChoice(key, parameter, text) : readQuantity(key, parameter, text);

function distinct<T>(key: string, values: readonly T[]): readonly T[] {
  if (new Set(values).size < values.length)
    throw new UserError(`${key}: a value stands twice in its list; give each once, or fewer points.`);
  return values;
}
