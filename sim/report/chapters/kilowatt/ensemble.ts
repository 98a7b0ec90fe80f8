/** The kilowatt machine as published figures leave it open: its preset, and members of the ensemble around it. */
import type { DeviceConfig } from '../../../config/device-config.ts';
import type { Changes } from '../../../config/parameters/parameter.ts';
import { type CurvePoint, operatingPoints } from '../../../study/operating-points.ts';
import { thinned } from '../../../study/sampling/weighted.ts';
import type { MachineRef, StudyRunner } from '../../../study/study.ts';
import type { ChapterContext } from '../../chapter.ts';
import type { Weighted } from '../band.ts';

export const KILOWATT = 'hkust-kilowatt-2025';

/** zhou-2025, as press and abstract give it. */
export const PUBLISHED = {
  power_W: 1284,
  frequency_Hz: 3.5,
  pressure_bar: 1.5,
};

/** A band over more of them hardly changes, and each costs a curve. */
const MEMBERS = 30;

export interface Ensemble {
  readonly preset: MachineRef;
  readonly members: readonly Weighted<MachineRef>[];
}

export function ensembleOf(context: ChapterContext): Ensemble {
  const members = thinned(context.members(KILOWATT), MEMBERS);
  return {
    preset: { preset: KILOWATT },
    members: members.map(({ changes, weight }) => ({ value: { preset: KILOWATT, changes }, weight })),
  };
}

export type Curve = readonly (CurvePoint | null)[];

/** The same curve of the preset and of every member. */
export interface CurveFamily {
  readonly x: readonly number[];
  readonly preset: Curve;
  readonly members: readonly Weighted<Curve>[];
}

/** @param changesAt what differs at `x` from a machine, which is given to it */
export async function curveFamily(
  runner: StudyRunner,
  { preset, members }: Ensemble,
  x: readonly number[],
  changesAt: (x: number, device: DeviceConfig) => Changes,
): Promise<CurveFamily> {
  const machines = [preset, ...members.map(({ value }) => value)];
  const curves = await runner.run(
    operatingPoints,
    machines.map((machine) => {
      const { device } = runner.load(machine);
      return { machine, points: x.map((one) => changesAt(one, device)) };
    }),
  );
  return {
    x,
    preset: curves[0],
    members: members.map(({ weight }, k) => ({ value: curves[k + 1], weight })),
  };
}

/** NaN where there is no point. */
export function valuesOf(curve: Curve, pick: (point: CurvePoint) => number): number[] {
  return curve.map((point) => (point === null ? Number.NaN : pick(point)));
}
