/**
 * Drops what was seen before and notices what is missing, for one group. The server sends ascending sequence numbers,
 * history before live; after a reconnect it sends what came after the last number seen here.
 */
import { isWholeCycle } from '../../controller/wire/channels.ts';
import type { Frame } from '../../controller/wire/frame.ts';

/** A frame that is to be shown, and what is new in it. */
export interface Ordered {
  readonly frame: Frame;
  /** Rows before this one were seen already. */
  readonly fromRow: number;
  /** Frames lost between the previous one and this. */
  readonly missing: number;
}

/** Sequence numbers that a frame covers: merged rows count one each, a whole cycle counts one. */
const span = (frame: Frame): number => (isWholeCycle(frame.group) ? 1 : Math.max(1, frame.rows));

export class Sequencer {
  /** Last sequence number shown; -1 before the first. */
  seen = -1;
  #seenAtConnect = -1;

  /** History after `seen` is being asked for: nothing at or below it can come from the same run of the server. */
  connected(): void {
    this.#seenAtConnect = this.seen;
  }

  /** Forgets everything, for a server that counts anew. */
  reset(): void {
    this.seen = -1;
    this.#seenAtConnect = -1;
  }

  /** 'restarted' where the server counts anew, null where nothing in the frame is new. */
  offer(frame: Frame): Ordered | 'restarted' | null {
    if (frame.sequence <= this.#seenAtConnect) return 'restarted';
    if (frame.sequence <= this.seen) return null;
    const first = frame.sequence - span(frame) + 1;
    const fromRow = Math.max(0, this.seen - first + 1);
    const missing = this.seen < 0 ? 0 : Math.max(0, first - this.seen - 1);
    this.seen = frame.sequence;
    return { frame, fromRow, missing };
  }
}
