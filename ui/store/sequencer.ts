/**
 * Drops what was seen before and notices what is missing, for one group. The server sends ascending sequence numbers,
 * history before live; after a reconnect it sends what came after the last number seen here.
 *
 * Of groups that are kept for long it sends the past after the present, newest first; where a reconnect would have to fill
 * a long hole it begins anew.
 */
import { isWholeCycle } from '../../controller/wire/channels.ts';
import type { Frame } from '../../controller/wire/frame.ts';

/** A frame that is to be shown, and what is new in it. */
export interface Ordered {
  readonly frame: Frame;
  /** Rows before this one were seen already. */
  readonly fromRow: number;
  /** Rows lost between this frame and the one beside it. */
  readonly missing: number;
  /** After all that was seen, before it, or instead of it. */
  readonly place: 'after' | 'before' | 'anew';
}

/** Sequence numbers that a frame covers: merged rows count one each, a whole cycle counts one. */
const span = (frame: Frame): number => (isWholeCycle(frame.group) ? 1 : Math.max(1, frame.rows));

export class Sequencer {
  /** Last sequence number shown; -1 before the first. */
  seen = -1;
  #seenAtConnect = -1;
  readonly #isLongKept: boolean;
  /** First sequence number shown. */
  #first = 0;
  /** Something was heard on this connection. */
  #isHeard = false;

  constructor(isLongKept = false) {
    this.#isLongKept = isLongKept;
  }

  /** History after `seen` is being asked for: nothing at or below it can come from the same run of the server. */
  connected(): void {
    this.#seenAtConnect = this.seen;
    this.#isHeard = false;
  }

  /** Forgets everything, for a server that counts anew. */
  reset(): void {
    this.seen = -1;
    this.#seenAtConnect = -1;
    this.#isHeard = false;
  }

  /** 'restarted' where the server counts anew, null where nothing in the frame is new. */
  offer(frame: Frame): Ordered | 'restarted' | null {
    const first = frame.sequence - span(frame) + 1;
    if (this.#isLongKept && this.#isHeard && frame.sequence < this.#first) return this.#before(frame, first);
    if (frame.sequence <= this.#seenAtConnect) return 'restarted';
    if (frame.sequence <= this.seen) return null;
    const fromRow = Math.max(0, this.seen - first + 1);
    const missing = this.seen < 0 ? 0 : Math.max(0, first - this.seen - 1);
    const isAnew = this.#isLongKept && !this.#isHeard && missing > 0;
    if (isAnew || this.seen < 0) this.#first = first;
    this.#isHeard = true;
    this.seen = frame.sequence;
    return isAnew
      ? { frame, fromRow: 0, missing: 0, place: 'anew' }
      : { frame, fromRow, missing, place: 'after' };
  }

  #before(frame: Frame, first: number): Ordered {
    const missing = this.#first - frame.sequence - 1;
    this.#first = first;
    return { frame, fromRow: 0, missing, place: 'before' };
  }
}
