/** From names in the address to places in a model, and to a point that lies within its bounds. */
import { stepOf } from '../lab/field-text.ts';
import type { MapAsk, MapCard, MapInput } from '../worker/messages.ts';
import { NO_LINES } from './asked.ts';

/** Whole steps within the bounds: numbers that a person would choose. */
export interface Steps {
  readonly step: number;
  readonly first: number;
  readonly last: number;
}

export function stepsOf({ low, high }: MapInput): Steps {
  const step = stepOf(low, high);
  return { step, first: Math.ceil(low / step - ROUNDING), last: Math.floor(high / step + ROUNDING) };
}

const ROUNDING = 1e-9;

/** 0.3, not 0.30000000000000004. */
export const valueAt = ({ step }: Steps, count: number): number => Number((step * count).toPrecision(12));

/** The value of whole steps that is next to a value, within the bounds. */
export function nextTo(input: MapInput, value: number): number {
  const steps = stepsOf(input);
  return valueAt(steps, Math.min(steps.last, Math.max(steps.first, Math.round(value / steps.step))));
}

export interface Wish {
  readonly x: string;
  readonly y: string;
  readonly fill: string;
  readonly lines: string;
  readonly at: ReadonlyMap<string, string>;
}

/** What a wish means for a model: what this one does not have falls back on what it has. */
export function askOf({ inputs, outputs }: MapCard, wish: Wish): MapAsk {
  const place = (of: readonly { readonly name: string }[], name: string, otherwise: number): number => {
    const found = of.findIndex((one) => one.name === name);
    return found < 0 ? otherwise : found;
  };
  const x = place(inputs, wish.x, 0);
  const y = place(inputs, wish.y, x === 1 ? 0 : 1);
  const fill = place(outputs, wish.fill, 0);
  return {
    type: 'map',
    x,
    y: y === x ? Number(x === 0) : y,
    fill,
    lines: wish.lines === NO_LINES ? null : place(outputs, wish.lines, fill),
    at: inputs.map((input) => valueOf(input, wish.at.get(input.name))),
  };
}

/** In the middle where nothing is asked; at the end of the range where more is. */
function valueOf(input: MapInput, text: string | undefined): number {
  const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return nextTo(input, (input.low + input.high) / 2);
  return Math.min(input.high, Math.max(input.low, value));
}

/** What the playground is given to simulate a point; null where it does not know the machine, or the study was not told. */
export function settingsOf({ inputs, held }: MapCard, at: readonly number[]): Map<string, string> | null {
  if (held === null) return null;
  const own = inputs.map(({ key, unit }, i) =>
    key === null ? null : ([key, `${Number(at[i].toPrecision(8))} ${unit}`.trim()] as const),
  );
  return own.every((one) => one !== null) ? new Map([...held, ...own]) : null;
}
