/** One machine over the temperature lift: its preset, and the members around it. */
import type { DeviceConfig } from '../../../config/device-config.ts';
import type { Changes } from '../../../config/parameters/parameter.ts';
import { thinned } from '../../../study/sampling/weighted.ts';
import { type LiftCurve, type LiftPoint, powerOverLift } from '../../../study/systems/power-over-lift.ts';
import type { ChapterContext } from '../../chapter.ts';
import { type Interval, type Weighted, interval } from '../band.ts';

/** A band over more of them hardly changes, and each costs a curve. */
const MEMBERS = 30;

export interface LiftAsk {
  /** Key of a preset. */
  readonly key: string;
  /** What else differs from it, and from its members; may depend on the machine, and wins over what a member says. */
  readonly changes?: (device: DeviceConfig) => Changes;
  readonly lifts_K: readonly number[];
  /** Where the span is looked for first. */
  readonly guess_K: number;
}

export interface LiftFamily {
  readonly lifts_K: readonly number[];
  readonly preset: LiftCurve | null;
  readonly members: readonly Weighted<LiftCurve | null>[];
}

/** All of them are asked for at once. */
export async function liftFamilies(context: ChapterContext, asks: readonly LiftAsk[]): Promise<LiftFamily[]> {
  const drawn = asks.map(({ key }) => thinned(context.members(key), MEMBERS));
  const inputs = asks.map(({ key, changes, lifts_K, guess_K }, k) =>
    [{}, ...drawn[k].map((member) => member.changes)].map((own) => {
      const extra = changes?.(context.load({ preset: key, changes: own }).device);
      return { machine: { preset: key, changes: { ...own, ...extra } }, lifts_K, guess_K };
    }),
  );
  const curves = await context.run(powerOverLift, inputs.flat());
  let at = 0;
  return asks.map(({ lifts_K }, k) => ({
    lifts_K,
    preset: curves[at++],
    members: drawn[k].map(({ weight }) => ({ value: curves[at++], weight })),
  }));
}

/** What is drawn of a point; NaN where there is none. */
export type Pick = (point: LiftPoint) => number | null;

export function valuesOf({ lifts_K }: LiftFamily, curve: LiftCurve | null, pick: Pick): number[] {
  return lifts_K.map((_, i) => {
    const point = curve?.points[i] ?? null;
    return (point && pick(point)) ?? Number.NaN;
  });
}

/** The span of the preset, and of the members; NaN where nothing is cooled at zero lift. */
export function spansOf({ preset, members }: LiftFamily): {
  readonly preset: number;
  readonly band: Interval;
} {
  const span = (curve: LiftCurve | null) => curve?.span_K ?? Number.NaN;
  return {
    preset: span(preset),
    band: interval(members.map(({ value, weight }) => ({ value: span(value), weight }))),
  };
}
