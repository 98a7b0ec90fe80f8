/** The exchange of every tick: heartbeat out, STATUS back, never two at a time. */
import type { Clock } from '../../protocol/byte-port.ts';
import { HEARTBEAT, STATUS } from '../../protocol/register-map.ts';
import type { RtuMaster } from '../../protocol/rtu-master.ts';
import { PRIORITY } from '../../protocol/transaction.ts';
import { asStatus, type Status } from './readings.ts';

export interface Beat {
  readonly status: Status;
  readonly heartbeat: number;
  /** From asking to the whole reply, waiting for the line included, ms. */
  readonly ageMs: number;
  /** Serial round trip alone, ms. */
  readonly roundTripMs: number;
}

export interface Heart {
  /** Starts an exchange; false where the one before is still under way. */
  beat(line: RtuMaster): boolean;
}

export interface HeartSink {
  /** A valid reply on this line. */
  reply(line: RtuMaster, beat: Beat): void;
  /** The port of this line ended. */
  closed(line: RtuMaster, sentence: string): void;
}

export function createHeart(clock: Clock, sink: HeartSink): Heart {
  let heartbeat = 0;
  let busy: RtuMaster | null = null;

  async function exchange(line: RtuMaster): Promise<void> {
    busy = line;
    heartbeat = (heartbeat + 1) & 0xffff;
    const sent = heartbeat;
    const askedMs = clock.nowMs();
    const answer = await line.readWrite(STATUS, HEARTBEAT.start, [sent], { priority: PRIORITY.status });
    if (busy === line) busy = null;
    if (!answer.ok) {
      if (answer.kind === 'closed') sink.closed(line, answer.sentence);
      return;
    }
    const { roundTripMs, atMs, value } = answer;
    sink.reply(line, { status: asStatus(value), heartbeat: sent, ageMs: atMs - askedMs, roundTripMs });
  }

  return {
    beat(line) {
      if (busy === line) return false;
      void exchange(line);
      return true;
    },
  };
}
