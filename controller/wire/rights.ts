/**
 * Who may do what: the one table. The control process decides by it, the page shows by it what may be done and why not.
 * A message without a row here does not compile.
 */
import type { ClientMessage } from './messages.ts';
import { ROLES, type Person, type Role } from './person.ts';

/** What is asked for: the command, the key that is set, the word about the lease, else the type of the message. */
type AskOf<M extends ClientMessage> = M extends { type: 'command' }
  ? M['command']
  : M extends { type: 'set' }
    ? M['key']
    : M extends { type: 'lease' }
      ? M['ask']
      : M['type'];
export type Ask = AskOf<ClientMessage>;

interface Right {
  readonly least: Role;
  /** Only for who holds the control lease; where it is free, asking takes it. */
  readonly lease: boolean;
}

const forAll: Right = { least: 'viewer', lease: false };
const operating: Right = { least: 'operator', lease: true };
const engineering: Right = { least: 'engineer', lease: true };

export const RIGHTS: Readonly<Record<Ask, Right>> = {
  // Whoever sees the machine may stop it.
  STOP: forAll,
  ABORT: forAll,
  // There is no machine at the other end.
  replay: forAll,
  history: forAll,
  heartbeat: forAll,
  CLEAR: operating,
  RESET: operating,
  START: operating,
  HOLD: operating,
  UNHOLD: operating,
  COMPLETE: operating,
  setpoint_C: operating,
  acknowledge: operating,
  acceleration: engineering,
  output: engineering,
  regulate: engineering,
  recipe: engineering,
  // What protects the machine is an engineer's; so is moving it by hand. Ending either is not.
  bypass: { least: 'engineer', lease: true },
  unbypass: operating,
  mode: { least: 'engineer', lease: true },
  jog: { least: 'engineer', lease: true },
  proof: { least: 'engineer', lease: true },
  inject: { least: 'engineer', lease: true },
  // Says something and moves nothing: who has control does not matter.
  mark: { least: 'operator', lease: false },
  take: { least: 'operator', lease: false },
  release: { least: 'operator', lease: false },
  take_over: { least: 'engineer', lease: false },
};

export function askOf(message: ClientMessage): Ask {
  switch (message.type) {
    case 'command':
      return message.command;
    case 'set':
      return message.key;
    case 'lease':
      return message.ask;
    default:
      return message.type;
  }
}

export const isAtLeast = (role: Role, least: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(least);

/** Why this person may not ask for it now; null where they may. `holder`: who has the control lease. */
export function whyNot(ask: Ask, person: Person, holder: Person | null): string | null {
  const { least, lease } = RIGHTS[ask];
  if (!isAtLeast(person.role, least)) {
    return `${titleOf(ask)} needs ${articled(least)}; this page was opened as ${person.role}. STOP and ABORT are open to all.`;
  }
  if (!lease || holder === null || holder.session === person.session) return null;
  const way =
    person.role === 'engineer' ? 'Take over, or wait for it to be released.' : 'It has to be released first.';
  return `${titleOf(ask)} is not possible: ${named(holder)} has control. ${way}`;
}

/** How a person is called where others read it. */
export const named = ({ role, session }: Person): string =>
  `${role[0].toUpperCase()}${role.slice(1)} ${session}`;

const articled = (role: Role): string => (role === 'viewer' ? 'a viewer' : `an ${role}`);

const TITLES: Partial<Record<Ask, string>> = {
  bypass: 'Bypassing an interlock',
  unbypass: 'Ending a bypass',
  acknowledge: 'Acknowledging an alarm',
  mode: 'Manual mode',
  jog: 'Moving by hand',
  proof: 'A proof test',
  setpoint_C: 'The set-point',
  acceleration: 'The pace of time',
  output: 'The output of the regulator',
  regulate: 'Another hand on the regulator',
  mark: 'Marking an event',
  recipe: 'Another recipe',
  take: 'Taking control',
  take_over: 'Taking over',
  release: 'Releasing control',
};

const titleOf = (ask: Ask): string => TITLES[ask] ?? ask;
