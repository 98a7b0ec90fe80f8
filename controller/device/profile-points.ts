/** Schema of one point of a profile: a value that a device gives or takes. */
import { z } from 'zod';
import { UNIT_ENDINGS } from './units.ts';

/** What a reading is worth. Only a good one has a value that may be used. */
export const QUALITIES = ['good', 'open', 'over_range', 'under_range', 'no_data', 'fault'] as const;
export type Quality = (typeof QUALITIES)[number];

const BadQuality = z.enum(['open', 'over_range', 'under_range', 'no_data', 'fault']);

const common = {
  help: z.string().min(1).max(200),
  unit: z.enum(Object.keys(UNIT_ENDINGS)).optional().describe('absent for codes, counts and states'),
  scale: z
    .number()
    .refine((scale) => scale !== 0, 'a number other than 0')
    .default(1)
    .describe('value = raw * scale + offset'),
  offset: z.number().default(0),
  access: z.enum(['read', 'write', 'read_write']).default('read'),
  min: z.number().optional().describe('smallest value that is written; below it a reading is under_range'),
  max: z.number().optional(),
  rate_per_s: z
    .number()
    .positive()
    .optional()
    .describe('fastest change that is written, in the unit a second'),
  states: z.record(z.string(), z.string()).optional().describe('words for raw values'),
  nonVolatile: z
    .strictObject({ minWriteIntervalS: z.number().positive() })
    .optional()
    .describe('kept in memory that wears out: only written where it differs, and not more often than this'),
};

const invalidRaw = z
  .array(z.strictObject({ raw: z.number(), quality: BadQuality }))
  .default([])
  .describe('raw values that are no measurement');

export const ORDERS = ['ABCD', 'CDAB', 'BADC', 'DCBA'] as const;
/** A is the most significant byte; each pair is one register as it crosses the wire. */
export type Order = (typeof ORDERS)[number];

export const REGISTER_TYPES = ['u16', 'i16', 'u32', 'i32', 'u64', 'i64', 'f32', 'f64'] as const;
export type RegisterType = (typeof REGISTER_TYPES)[number];

export const ModbusPoint = z.strictObject({
  ...common,
  invalid: invalidRaw,
  table: z.enum(['coil', 'discrete', 'input', 'holding']),
  address: z.int().min(0).max(65_536).describe('as modbus.addressing counts'),
  type: z.enum(REGISTER_TYPES).default('u16').describe('of registers; 64-bit integers are exact up to 2^53'),
  order: z.enum(ORDERS).optional().describe('where this point differs from the rest of the device'),
  bits: z
    .tuple([z.int().min(0).max(15), z.int().min(0).max(15)])
    .optional()
    .describe('lowest and highest bit of a 16-bit register that hold the value; read only'),
  function: z
    .enum(['single', 'multiple'])
    .default('multiple')
    .describe('writes by function 05/06 or by 15/16'),
});
export type ModbusPoint = z.infer<typeof ModbusPoint>;

export const LinePoint = z.strictObject({
  ...common,
  invalid: z
    .array(
      z.strictObject({
        raw: z.number().optional(),
        text: z.string().min(1).optional().describe('the whole field as it was sent'),
        quality: BadQuality,
      }),
    )
    .default([]),
});
export type LinePoint = z.infer<typeof LinePoint>;

export const FramedPoint = z.strictObject({
  ...common,
  invalid: invalidRaw,
  channel: z
    .string()
    .min(1)
    .optional()
    .describe('read with every heartbeat: a status channel of the dictionary'),
  parameter: z.string().min(1).optional().describe('read and written one by one'),
  command: z.string().min(1).optional().describe('given when 1 is written, or the value as its argument'),
  argument: z.string().min(1).optional().describe('of the command'),
});
export type FramedPoint = z.infer<typeof FramedPoint>;

/** What all families share. */
export type PointBasics = Pick<
  ModbusPoint,
  'help' | 'unit' | 'scale' | 'offset' | 'access' | 'min' | 'max' | 'rate_per_s' | 'states' | 'nonVolatile'
>;

export const isReadable = ({ access }: PointBasics): boolean => access !== 'write';
export const isWritable = ({ access }: PointBasics): boolean => access !== 'read';
