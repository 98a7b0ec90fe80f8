/** How PDUs travel: what differs between Modbus RTU, ASCII and TCP. A strategy holds no state. */
import type { LengthAt } from './frame-scanner.ts';

/** What a whole frame with a right checksum holds. */
export interface Frame {
  /** Slave address; 0 is everybody. */
  readonly unit: number;
  readonly pdu: Uint8Array;
  /** Number of the transaction, 0 to 65535; 0 where frames carry none. */
  readonly transaction: number;
}

export interface Framing {
  /**
   * Replies carry the number of their request: none can be taken for another's, however late, and requests to several
   * slaves may be under way together. Otherwise the line has to be proven in step.
   */
  readonly isNumbered: boolean;
  /** Longest frame, bytes. */
  readonly longest: number;
  readonly wrap: (frame: Frame) => Uint8Array;
  /** What `bytes`, a frame by its length, holds; null where its checksum or form does not fit. */
  readonly open: (bytes: Uint8Array) => Frame | null;
  /** Recognises any frame by itself; null where the length of a frame follows from what it asks or answers. */
  readonly ownLength: LengthAt | null;
}
