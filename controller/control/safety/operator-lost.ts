/** A machine that runs needs somebody who has control of it. */
import type { State } from '../../wire/messages.ts';
import { hold, type Interlock } from './interlock.ts';

/** Where the machine moves, or will by itself, or waits with enable on. */
const NEEDS_SOMEBODY: readonly State[] = [
  'STARTING',
  'EXECUTE',
  'HOLDING',
  'HELD',
  'UNHOLDING',
  'SUSPENDING',
  'SUSPENDED',
  'UNSUSPENDING',
];

/** HOLD at once; the longest hold of the rig file then ends in STOP. */
export const OPERATOR_LOST: Interlock = {
  ...hold,
  key: 'operator_lost',
  when: 'nobody has control, and the rig file says operator_lost: hold',
  check: (o) =>
    o.rig.operator_lost === 'continue' || o.isAttended || !NEEDS_SOMEBODY.includes(o.state)
      ? null
      : `Nobody has control of the machine while it is in ${o.state}; allowed is to run it with somebody at a page who has.`,
  remedy: 'Take control on the page, then UNHOLD; after the longest hold it stops by itself.',
};
