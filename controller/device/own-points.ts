/**
 * Points that a rig file derives from those of a profile: what the press calls counts is a stroke in mm here. The limits of
 * the profile stay in force; those given here come on top.
 */
import { z } from 'zod';
import type { PointBasics } from './profile-points.ts';
import type { DeviceProfile } from './profile.ts';
import { UNIT_ENDINGS, unitProblem } from './units.ts';

export const OwnPoint = z.strictObject({
  /** The point of the profile. */
  from: z.string(),
  unit: z.enum(Object.keys(UNIT_ENDINGS)).optional(),
  /** own = scale * value of the profile + offset */
  scale: z
    .number()
    .refine((scale) => scale !== 0, 'a number other than 0')
    .default(1),
  offset: z.number().default(0),
  min: z.number().optional(),
  max: z.number().optional(),
  rate_per_s: z.number().positive().optional(),
});
export type OwnPoint = z.infer<typeof OwnPoint>;

/** A point with the one of the profile by which it is asked. */
export type DevicePoint = Readonly<PointBasics> & { readonly from: string };

export interface PointProblem {
  readonly path: readonly string[];
  readonly says: string;
}

export function ownPoints(
  { points }: DeviceProfile,
  own: Readonly<Record<string, OwnPoint>>,
): { readonly points: Readonly<Record<string, DevicePoint>> } | PointProblem {
  const all: Record<string, DevicePoint> = {};
  for (const [name, point] of Object.entries(points)) all[name] = { ...point, from: name };
  for (const [name, wanted] of Object.entries(own)) {
    const point = points[wanted.from];
    if (point === undefined)
      return {
        path: [name, 'from'],
        says: `"${wanted.from}" given, allowed are ${Object.keys(points).join(', ')}`,
      };
    const problem = unitProblem(name, wanted.unit);
    if (problem !== null) return { path: [name, 'unit'], says: problem };
    all[name] = derived(point, wanted);
  }
  return { points: all };
}

function derived(
  point: Readonly<PointBasics>,
  { from, unit, scale, offset, min, max, rate_per_s }: OwnPoint,
): DevicePoint {
  const ends = [point.min, point.max].map((end) => (end === undefined ? undefined : end * scale + offset));
  const [low, high] = scale > 0 ? ends : ends.toReversed();
  const rate = point.rate_per_s === undefined ? undefined : point.rate_per_s * Math.abs(scale);
  const { min: _low, max: _high, rate_per_s: _rate, unit: _unit, ...rest } = point;
  return {
    ...rest,
    from,
    scale: point.scale * scale,
    offset: point.offset * scale + offset,
    ...known('unit', unit),
    ...known('min', tighter(Math.max, min, low)),
    ...known('max', tighter(Math.min, max, high)),
    ...known('rate_per_s', tighter(Math.min, rate_per_s, rate)),
  };
}

const tighter = (
  pick: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined => (a === undefined ? b : b === undefined ? a : pick(a, b));

const known = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
