/** What each state means and what to do next, for people. */
import { type Command, STATES, type State } from '../../wire/messages.ts';
import { allowedCommands } from './state-machine.ts';

interface Words {
  readonly meaning: string;
  readonly next: string;
}

const WORDS: Record<State, Words> = {
  ABORTED: { meaning: 'Aborted: enable is off.', next: 'Remove the cause, then CLEAR.' },
  CLEARING: { meaning: 'Clearing the faults of the device.', next: 'Wait for STOPPED.' },
  STOPPED: { meaning: 'Stopped: unloaded, enable is off.', next: 'RESET to prepare a run.' },
  RESETTING: {
    meaning: 'Writing limits, watchdog and recipe and reading them back.',
    next: 'Wait for IDLE.',
  },
  IDLE: { meaning: 'Ready: everything is verified, enable is off.', next: 'START to cool.' },
  STARTING: { meaning: 'Enabling the drive and starting to cycle.', next: 'Wait for EXECUTE.' },
  EXECUTE: { meaning: 'Cooling.', next: 'HOLD to pause, COMPLETE to finish, STOP to unload and switch off.' },
  HOLDING: { meaning: 'Unloading for a hold.', next: 'Wait for HELD.' },
  HELD: {
    meaning: 'Held: unloaded, enable stays on.',
    next: 'UNHOLD to go on; a hold that lasts too long ends in STOP.',
  },
  UNHOLDING: { meaning: 'Starting to cycle again after a hold.', next: 'Wait for EXECUTE.' },
  SUSPENDING: { meaning: 'The house is cool enough: unloading.', next: 'Wait for SUSPENDED.' },
  SUSPENDED: {
    meaning: 'The house is cool enough: unloaded, waiting for the regulator.',
    next: 'It starts again by itself; HOLD, COMPLETE or STOP to prevent that.',
  },
  UNSUSPENDING: { meaning: 'The regulator calls: starting to cycle again.', next: 'Wait for EXECUTE.' },
  COMPLETING: { meaning: 'Finishing: unloading, then enable off.', next: 'Wait for COMPLETE.' },
  COMPLETE: { meaning: 'Complete: unloaded, enable is off.', next: 'RESET to prepare another run.' },
  STOPPING: { meaning: 'Stopping: unloading, then enable off.', next: 'Wait for STOPPED.' },
  ABORTING: {
    meaning: 'Aborting: enable is being switched off.',
    next: 'Wait for ABORTED; press the hard-wired emergency stop if the machine still moves.',
  },
};

/** What is said instead while no believable reading stands: a state of the controller is no proof of the machine. */
export const UNHEARD =
  'The device is not heard, so nothing of it is proven. Check its power, cable and port; the line is tried again.';

export const IN_MANUAL =
  'Manual mode: the machine moves only while a button is held. Unload with the buttons or with STOP, which also leaves this mode.';

export const sentenceFor = (state: State): string => `${WORDS[state].meaning} ${WORDS[state].next}`;

/** Why a command is refused in this state; null where it is allowed. */
export function refusal(state: State, command: Command): string | null {
  if (allowedCommands(state).includes(command)) return null;
  const from = STATES.filter((one) => allowedCommands(one).includes(command));
  return `${command} is refused in ${state}; it is given in ${from.join(', ')}.`;
}
