/**
 * Quantities as people write them, "3.5 Hz", "900 MPa", "31 °C", "0.2 wt%", "60 rpm", read by mathjs `unit()` (never
 * `evaluate`: a user's text must not run) behind a small normaliser for what mathjs does not know.
 */
import { math } from '../mathjs.ts';
import type { ChoiceParameter, NumberParameter } from './parameters/parameter.ts';

/** Thrown for anything a user wrote that cannot be used; the message is one sentence for that user. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Rewrites what mathjs does not read: degree signs, superscripts, micro and middle dot, percent, rpm, ppm. */
function normalise(text: string): string {
  return text
    .trim()
    .replace(/−/g, '-')
    .replace(/[°º]\s*C\b/g, 'degC')
    .replace(/[°º]\s*F\b/g, 'degF')
    .replace(/²/g, '^2')
    .replace(/³/g, '^3')
    .replace(/[µμ]/g, 'u')
    .replace(/[·⋅]/g, ' ')
    .replace(/\s1\//, ' /')
    .replace(/\b(\d[\d.eE+-]*)\s*rpm\b/, (_, n: string) => `${Number(n) / 60} Hz`)
    .replace(/^(\S+?)\s*(?:wt|vol)?\s*%$/, (_, n: string) => `${Number(n) / 100}`)
    .replace(/^(\S+?)\s*ppm$/, (_, n: string) => `${Number(n) / 1e6}`);
}

/**
 * Reads `text` as a value of `parameter` in its SI unit (temperatures in kelvin). Throws UserError with key, what was
 * given and what is allowed.
 */
export function readQuantity(key: string, parameter: NumberParameter, text: string): number {
  const value = toSi(key, parameter, text);
  if (!Number.isFinite(value) || value < parameter.min || value > parameter.max) {
    throw new UserError(
      `${key}: ${text.trim()} is outside its bounds; allowed is ${allowedRange(parameter)}.`,
    );
  }
  if (parameter.whole && !Number.isInteger(value))
    throw new UserError(
      `${key}: ${text.trim()} is a count; give a whole number, ${allowedRange(parameter)}.`,
    );
  return value;
}

/** Reads `text` as one of the words of a choice. Throws UserError with key, what was given and what is allowed. */
export function readChoice<Option extends string>(
  key: string,
  parameter: ChoiceParameter<Option>,
  text: string,
): Option {
  const word = text.trim();
  const found = parameter.options.find((option) => option === word);
  if (found === undefined)
    throw new UserError(`${key}: "${word}" is not a choice; allowed are ${parameter.options.join(', ')}.`);
  return found;
}

function toSi(key: string, parameter: NumberParameter, text: string): number {
  const given = text.trim();
  const normal = normalise(given);
  const allowed = `allowed is ${allowedRange(parameter)}`;
  if (parameter.solutionDensity !== undefined && /wt\s*%$/.test(given) && PLAIN_NUMBER.test(normal)) {
    return Number(normal) * parameter.solutionDensity;
  }
  if (parameter.unit === '') {
    if (PLAIN_NUMBER.test(normal)) return Number(normal);
    throw new UserError(`${key}: "${given}" is not a pure number or percentage; ${allowed}.`);
  }
  if (PLAIN_NUMBER.test(normal)) {
    throw new UserError(
      `${key}: "${given}" has no unit; write for example "${given} ${parameter.display}"; ${allowed}.`,
    );
  }
  if (/(^|[\s\d])C$/.test(normal)) {
    throw new UserError(
      `${key}: "${given}" reads as coulomb; write "°C" or "degC" for a temperature; ${allowed}.`,
    );
  }
  if (parameter.unit === 'K' && /deg[CF]$/.test(normal)) {
    throw new UserError(
      `${key}: "${given}" is a temperature, but ${key} is a difference; write it in K; ${allowed}.`,
    );
  }
  const target = parameter.unit === 'degC' ? 'K' : mathUnit(parameter.unit);
  try {
    return math.unit(normal).toNumber(target);
  } catch {
    throw new UserError(`${key}: "${given}" cannot be read in ${parameter.display}; ${allowed}.`);
  }
}

/** An SI value in the unit people write, e.g. 0.00025 m → 0.25 mm. */
export function toDisplay(parameter: NumberParameter, value: number): number {
  if (parameter.unit === 'degC') return value - 273.15;
  if (parameter.display === parameter.unit || parameter.display === '1') return value;
  return math.unit(value, mathUnit(parameter.unit)).toNumber(mathUnit(parameter.display));
}

/** mathjs reads K^-1 where people write 1/K. */
const mathUnit = (unit: string): string => unit.replace(/^1\/(\w+)$/, '$1^-1');

export function allowedRange(parameter: NumberParameter): string {
  const show = (v: number) => `${Number(toDisplay(parameter, v).toPrecision(6))}`;
  const unit = parameter.display === '1' ? '' : ` ${parameter.display}`;
  return `${show(parameter.min)} to ${show(parameter.max)}${unit}`;
}
