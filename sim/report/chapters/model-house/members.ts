/** What the conditioned machines say of their house: intervals of a figure, bands of a curve. */
import type { Changes } from '../../../config/vary.ts';
import { thinned, weightedQuantiles } from '../../../study/sampling/weighted.ts';
import type { MachineRef, Member } from '../../../study/study.ts';
import type { ChapterContext } from '../../chapter.ts';

export const KILOWATT = 'hkust-kilowatt-2025';
/** At most so many machines draw a band. */
const DRAWN_FROM = 30;
const SHARES = [0.05, 0.5, 0.95];

/** The 90 % interval and the median. */
export interface Interval {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

export const drawnMembers = (context: ChapterContext): Member[] =>
  thinned(context.members(KILOWATT), DRAWN_FROM);

/** The machine of a member, `changes` laid over it. */
export const machineOf = (member: Member, changes: Changes = {}): MachineRef => ({
  preset: KILOWATT,
  changes: { ...member.changes, ...changes },
});

const RECIPE = ['room.frequency', 'room.blow_flow'];

/** The same, but in the house of the preset: members differ in their houses as well as in their machines. */
export function machineInPresetHouse(member: Member, changes: Changes = {}): MachineRef {
  const own = Object.entries(member.changes).filter(
    ([name]) => !name.startsWith('room.') || RECIPE.includes(name),
  );
  return { preset: KILOWATT, changes: { ...Object.fromEntries(own), ...changes } };
}

/** Of one figure of every member, in their order; members without it (null) are left out. NaN where none has it. */
export function interval(members: readonly Member[], figures: readonly (number | null)[]): Interval {
  const samples = figures.flatMap((value, k) =>
    value === null ? [] : [{ value, weight: members[k].weight }],
  );
  const [low, middle, high] = weightedQuantiles(samples, SHARES);
  return { low, middle, high };
}

/** The interval at each of `count` places of a curve. @param of value of member `k` at place `i` */
export const band = (
  members: readonly Member[],
  count: number,
  of: (k: number, i: number) => number | null,
): Interval[] =>
  Array.from({ length: count }, (_, i) =>
    interval(
      members,
      members.map((_m, k) => of(k, i)),
    ),
  );
