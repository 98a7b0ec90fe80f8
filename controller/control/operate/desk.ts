/** Where people's requests arrive: each is taken or refused, with a sentence that says why. */
import type { Command } from '../../wire/messages.ts';
import type { InterlockBank } from '../safety/interlock-bank.ts';
import type { Link } from '../line/link.ts';
import type { Machine } from '../state/machine.ts';
import { refusal, sentenceFor } from '../state/state-words.ts';

export interface Reply {
  readonly ok: boolean;
  readonly sentence: string;
}

export interface Desk {
  /** STOP and ABORT are never refused. */
  command(command: Command): Reply;
  /** Simulated seconds a second; refused by everything that is not a virtual rig. */
  accelerate(value: number): Promise<Reply>;
}

/** Commands that need a device which answers; the others work towards rest. */
const NEED_LINK: readonly Command[] = ['CLEAR', 'RESET', 'START', 'UNHOLD'];

/** Faults that the command itself answers: it prepares anew, and whoever gives it is there. */
const ANSWERED_BY_COMMAND: readonly string[] = ['preparation_failed', 'operator_lost'];

export function createDesk(machine: Machine, link: Link, bank: InterlockBank): Desk {
  /** Why a command that the state allows cannot be taken now. */
  function hindrance(command: Command): string | null {
    if (!NEED_LINK.includes(command)) return null;
    if (link.state() !== 'up') {
      return `${command} is refused: there is no link to the device. ${link.lostReason() ?? 'It is being opened.'}`;
    }
    const worst = bank.worstPresent();
    if (worst === null || command === 'CLEAR' || ANSWERED_BY_COMMAND.includes(worst.key)) return null;
    return `${command} is refused: ${worst.sentence} ${worst.remedy}`;
  }

  return {
    command(command) {
      const sentence = refusal(machine.state(), command) ?? hindrance(command);
      if (sentence !== null) return { ok: false, sentence };
      machine.apply(command, `${command} was asked for.`);
      return { ok: true, sentence: `${command} is taken. ${sentenceFor(machine.state())}` };
    },
    async accelerate(value) {
      const line = link.line();
      if (line === null) return refuse('there is no link to the device.');
      if (link.identity()?.isVirtual !== true) return refuse('only a virtual rig may be accelerated.');
      const problem = await line.accelerate(value);
      return problem === null ? { ok: true, sentence: `Time runs at ${value}×.` } : refuse(problem);
    },
  };
}

const refuse = (why: string): Reply => ({ ok: false, sentence: `Acceleration is refused: ${why}` });
