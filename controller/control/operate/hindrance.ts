/** Why a command that the state allows cannot be taken now. */
import type { Command, Fault, Mode, StateMessage } from '../../wire/messages.ts';

/** Commands that need a device which answers; the others work towards rest. */
const NEED_LINK: readonly Command[] = ['CLEAR', 'RESET', 'START', 'UNHOLD'];

/** Faults that the command itself answers: it prepares anew, and whoever gives it is there. */
const ANSWERED_BY_COMMAND: readonly string[] = ['preparation_failed', 'operator_lost'];

export interface Situation {
  readonly link: StateMessage['proof']['link'];
  /** Why the last established link ended. */
  readonly lostReason: string | null;
  /** The gravest fault that is present. */
  readonly worst: Fault | null;
  readonly mode: Mode;
  /** A proof test has the device for itself. */
  readonly isProving: boolean;
}

/** Also for STOP and ABORT: to say that they were taken would be a lie that somebody relies on. */
const IN_SHADOW =
  'In shadow nothing is written: this reaches no machine. Use the stop of whatever drives it, or its hard-wired emergency stop.';

export const UNDER_TEST = 'a proof test has the device for itself; wait for its end.';

/** One sentence, or null where nothing is in the way. Out of shadow STOP and ABORT are never hindered. */
export function hindrance(
  command: Command,
  { link, lostReason, worst, mode, isProving }: Situation,
): string | null {
  if (mode === 'shadow') return IN_SHADOW;
  if (!NEED_LINK.includes(command)) return null;
  if (isProving) return `${command} is refused: ${UNDER_TEST}`;
  if (link !== 'up') {
    return `${command} is refused: there is no link to the device. ${lostReason ?? 'It is being opened.'}`;
  }
  if (mode === 'manual' && command !== 'CLEAR')
    return `${command} is refused: the machine is in manual mode. Leave it first; STOP does, too.`;
  if (worst === null || command === 'CLEAR' || ANSWERED_BY_COMMAND.includes(worst.key)) return null;
  return `${command} is refused: ${worst.sentence} ${worst.remedy}`;
}
