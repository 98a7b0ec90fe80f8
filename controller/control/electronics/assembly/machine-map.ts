/**
 * The part of a rig file that makes one machine of several devices: which point of which device gives which reading,
 * and what is written for enable, run, stop and abort. A point is written `device.point`; its name and unit stand in
 * the profile of the device.
 */
import { z } from 'zod';
import { FAULT_BITS } from '../../../protocol/register-map.ts';

/**
 * Its unit is converted to the one that the name here carries. Where gears, levers or areas stand between them, the
 * device entry derives a point of its own (`points`).
 */
const Point = z.string().regex(/^[a-z][a-z0-9_]*\.[a-z][A-Za-z0-9_]*$/, 'a point, written device.point');

/** Exactly one of the comparisons. */
const Condition = z
  .strictObject({
    point: Point,
    is: z.number().optional(),
    above: z.number().optional(),
    below: z.number().optional(),
  })
  .refine(
    ({ is, above, below }) => [is, above, below].filter((value) => value !== undefined).length === 1,
    'one of is, above, below',
  );
export type Condition = z.infer<typeof Condition>;

/** Written one after the other; the values of one step that lie on one device go together. */
const Steps = z.array(z.record(Point, z.number())).min(1).readonly();
export type Steps = z.infer<typeof Steps>;

const Readings = z.strictObject({
  /** Without force and stroke nothing proves that the train is unloaded. */
  force_kN: Point,
  stroke_mm: Point,
  stress_MPa: Point,
  phase: Point.optional(),
  flow_kg_per_s: Point.optional(),
  pressure_bar: Point.optional(),
  cold_inlet_C: Point.optional(),
  hot_inlet_C: Point.optional(),
  cold_outlet_C: Point.optional(),
  hot_outlet_C: Point.optional(),
  room_C: Point.optional(),
  outdoor_C: Point.optional(),
  cell_C: z.array(Point).max(10).readonly().default([]),
});

export const MachineMap = z.strictObject({
  readings: Readings,
  /** The first that holds, from the top; `disabled` where none does. */
  state: z.strictObject({ tripped: Condition, running: Condition, enabled: Condition }),
  /** Faults of the machine itself, beside the fault codes of the profiles. */
  faults: z
    .partialRecord(z.enum(Object.keys(FAULT_BITS) as (keyof typeof FAULT_BITS)[]), Condition)
    .default({}),
  commands: z.strictObject({
    clearFaults: Steps,
    enable: Steps,
    run: Steps,
    stop: Steps,
    abort: Steps,
    disable: Steps,
  }),
  recipe: z.strictObject({
    /** Missing where the drive runs a program of its own; then the recipe must say what that runs at. */
    frequency_Hz: Point.optional(),
    strain_percent: Point,
    blow_flow_kg_per_s: Point.optional(),
    blow_duty: Point.optional(),
    /** Written last, where the device takes its recipe as a whole. */
    apply: Steps.optional(),
  }),
  /** Limits that a device holds by itself; what is missing here is watched by this program alone. */
  limits: z
    .strictObject({
      stress_MPa: Point.optional(),
      pressure_bar: Point.optional(),
      temperature_high_C: Point.optional(),
      temperature_low_C: Point.optional(),
    })
    .default({}),
  /** Points that move one axis at a speed, for hold to run; without them there is no manual mode. */
  manual: z.strictObject({ stroke_mm_per_s: Point.optional(), flow_kg_per_s: Point.optional() }).default({}),
  /** Counts whole cycles; without it they are counted from the frequency while the machine runs. */
  cycle_number: Point.optional(),
  fluid_heat_capacity_J_per_kg_K: z.number().positive().max(10_000).default(4180),
});
export type MachineMap = z.infer<typeof MachineMap>;

/** The unit that a name of this program carries, as profiles write it. */
const UNIT_OF: readonly (readonly [suffix: string, unit: string])[] = [
  ['_kg_per_s', 'kg/s'],
  ['_mm_per_s', 'mm/s'],
  ['_kN', 'kN'],
  ['_MPa', 'MPa'],
  ['_mm', 'mm'],
  ['_bar', 'bar'],
  ['_Hz', 'Hz'],
  ['_percent', '%'],
  ['_C', '°C'],
];

/** Unit of a name; the empty string for a pure number. */
export const unitOf = (name: string): string => UNIT_OF.find(([suffix]) => name.endsWith(suffix))?.[1] ?? '';
