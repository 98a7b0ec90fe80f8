/** A machine that runs needs somebody who has control of it. */
import type { State } from '../../wire/messages.ts';
import { hold, type Interlock, type Observation } from './interlock.ts';

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

const needsSomebody = ({ state, mode }: Observation): boolean =>
  mode === 'manual' || NEEDS_SOMEBODY.includes(state);

/** HOLD at once, in manual mode STOP; the longest hold of the rig file then ends in STOP. */
export const OPERATOR_LOST: Interlock = {
  ...hold,
  key: 'operator_lost',
  when: 'nobody has control, and the rig file says operator_lost: hold',
  check: (o) =>
    o.rig.operator_lost === 'continue' || o.isAttended || !needsSomebody(o)
      ? null
      : `Nobody has control of the machine while it is in ${o.mode === 'manual' ? 'manual mode' : o.state}; allowed is to run it with somebody at a page who has.`,
  remedy: 'Take control on the page, then UNHOLD; after the longest hold it stops by itself.',
};
