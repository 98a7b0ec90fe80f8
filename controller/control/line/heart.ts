/** The exchange of every tick: heartbeat out, STATUS back, never two at a time. */
import type { Clock } from '../../protocol/byte-port.ts';
import type { Electronics } from '../electronics/electronics.ts';
import type { Status } from './readings.ts';

export interface Beat {
  readonly status: Status;
  readonly heartbeat: number;
  /** From asking to the whole reply, waiting for the line included, ms. */
  readonly ageMs: number;
  /** Serial round trip alone, ms. */
  readonly roundTripMs: number;
}

/**
 * `withheld`: the heartbeat stays what it was, so that the dead-man of the device acts, and readings go on. `silent`:
 * nothing is written at all, as a proof test gives the heartbeat itself.
 */
export type Beating = 'beats' | 'withheld' | 'silent';

export interface Heart {
  /** Starts an exchange; false where the one before is still under way. */
  beat(line: Electronics, how: Beating): boolean;
}

export interface HeartSink {
  /** A valid reply on this line. */
  reply(line: Electronics, beat: Beat): void;
  /** No valid reply came to this heartbeat, and why; `isWrong` where the one that came was another exchange's. */
  missed(line: Electronics, sentence: string, isWrong: boolean): void;
  /** The port of this line ended. */
  closed(line: Electronics, sentence: string): void;
}

export function createHeart(clock: Clock, sink: HeartSink): Heart {
  let heartbeat = 0;
  let busy: Electronics | null = null;

  async function exchange(line: Electronics, how: Beating): Promise<void> {
    busy = line;
    if (how === 'beats') heartbeat = (heartbeat + 1) & 0xffff;
    const sent = heartbeat;
    const askedMs = clock.nowMs();
    const answer = await (how === 'silent' ? line.look() : line.beat(sent));
    if (busy === line) busy = null;
    if (!answer.ok) {
      if (answer.kind === 'closed') sink.closed(line, answer.sentence);
      else sink.missed(line, answer.sentence, answer.kind === 'wrong');
      return;
    }
    const { roundTripMs, atMs, value } = answer;
    sink.reply(line, { status: value, heartbeat: sent, ageMs: atMs - askedMs, roundTripMs });
  }

  return {
    beat(line, how) {
      if (busy === line) return false;
      void exchange(line, how);
      return true;
    },
  };
}
