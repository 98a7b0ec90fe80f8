/** What the conditioned machines say of their house: intervals of a figure, bands of a curve. */
import type { Changes } from '../../../config/parameters/parameter.ts';
import { thinned } from '../../../study/sampling/weighted.ts';
import type { MachineRef, Member } from '../../../study/study.ts';
import type { ChapterContext } from '../../chapter.ts';
import { type Interval, interval } from '../band.ts';

export const KILOWATT = 'hkust-kilowatt-2025';
/** At most so many machines draw a band. */
const DRAWN_FROM = 30;

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
export const intervalOf = (members: readonly Member[], figures: readonly (number | null)[]): Interval =>
  interval(members.map(({ weight }, k) => ({ value: figures[k] ?? Number.NaN, weight })));

/** The interval at each of `count` places of a curve. @param of value of member `k` at place `i` */
export const band = (
  members: readonly Member[],
  count: number,
  of: (k: number, i: number) => number | null,
): Interval[] =>
  Array.from({ length: count }, (_, i) =>
    intervalOf(
      members,
      members.map((_m, k) => of(k, i)),
    ),
  );
