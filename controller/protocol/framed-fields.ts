/** Values by name and their bytes, as the fields of a dictionary say. */
import type { Field } from './framed-dictionary.ts';
import { type ByteReader, ByteWriter, holds, sizeOf, WHOLE_RANGE } from './framed-values.ts';

/** Numbers by name; arrays where a field has a count above 1. */
export type FieldValues = Readonly<Record<string, number | readonly number[]>>;

/** Scaled back to a whole number unless it is a float. */
export const rawOf = ({ type, scale, absent }: Field, value: number): number => {
  if (type === 'f32') return value / scale;
  return Number.isNaN(value) && absent !== undefined ? absent : Math.round(value / scale);
};

/** What a sensor at the end of its range says: integers stop at the ends of their type and do not wrap. */
export const rawWithin = (field: Field, value: number): number => {
  const raw = rawOf(field, value);
  if (field.type === 'f32' || raw === field.absent) return raw;
  const [low, high] = WHOLE_RANGE[field.type];
  return Math.max(low === field.absent ? low + 1 : low, Math.min(high, raw));
};

/** A value whose decimals are those of its scale: 0.3 and not 0.30000000000000004. */
export const scaled = ({ type, scale, absent }: Field, raw: number): number => {
  if (raw === absent) return Number.NaN;
  if (type === 'f32' || scale === 1) return raw * scale;
  const perUnit = 1 / scale;
  return Number.isInteger(perUnit) ? raw / perUnit : raw * scale;
};

export const bytesOf = (fields: readonly Field[]): number =>
  fields.reduce((sum, { type, count }) => sum + sizeOf(type) * count, 0);

/** @returns the bytes, or one sentence that says which value does not fit */
export function encodeFields(fields: readonly Field[], values: FieldValues): Uint8Array | string {
  const writer = new ByteWriter();
  for (const field of fields) {
    const given = [values[field.name] ?? []].flat();
    if (given.length !== field.count)
      return `${field.name}: ${given.length} values given, ${field.count} expected.`;
    for (const value of given) {
      const problem = misfit(field, value);
      if (problem !== null) return problem;
      writer.value(field.type, rawOf(field, value));
    }
  }
  const stranger = Object.keys(values).find((key) => fields.every((field) => field.name !== key));
  return stranger === undefined ? writer.done() : `${stranger}: the device knows no value of this name.`;
}

/** Why this value cannot be given to the device, or null. */
export function misfit(field: Field, value: number): string | null {
  const { min, max } = field;
  const isWithin = (min === undefined || value >= min) && (max === undefined || value <= max);
  if (isWithin && holds(field.type, rawOf(field, value))) return null;
  const bounds =
    min === undefined && max === undefined
      ? `a number that ${field.type} holds`
      : `${min ?? 'anything'} to ${max ?? 'anything'}`;
  return `${field.name}: ${value} given, allowed is ${bounds}${field.unit === '' ? '' : ` ${field.unit}`}.`;
}

/** @returns null where the bytes are fewer than the fields need */
export function decodeFields(fields: readonly Field[], reader: ByteReader): FieldValues | null {
  const values: Record<string, number | number[]> = {};
  for (const field of fields) {
    const list = Array.from({ length: field.count }, () => scaled(field, reader.value(field.type)));
    values[field.name] = field.count === 1 ? (list[0] ?? Number.NaN) : list;
  }
  return reader.isShort ? null : values;
}
