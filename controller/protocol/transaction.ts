/** What a caller gives to and gets from a master: one request, one result. Failure is a value, never a throw. */
import type { Reply } from './pdu.ts';

/** Lower numbers go first; equals keep their order. */
export const PRIORITY = { command: 0, status: 1, bulk: 2 } as const;
export type Priority = (typeof PRIORITY)[keyof typeof PRIORITY];

export interface TransactOptions {
  /** Default `PRIORITY.status`. */
  readonly priority?: Priority;
  /** Time for the whole reply after sending, ms. Default: the master's. */
  readonly timeoutMs?: number;
  /** Longest stay in the queue, ms; then the result is 'expired' and nothing was sent. Default: the master's. */
  readonly waitMs?: number;
  /** A queued request with the same key is replaced by this one and ends 'dropped'. */
  readonly key?: string;
  /**
   * For a STOP: it overtakes everything on the line. While its device is out of step, or another one's reply does not
   * come, the frame is also sent at once, unheard, and again once the device is in step; only that second reply is
   * believed. The device may thus see it twice.
   */
  readonly urgent?: boolean;
}

/**
 * timeout: nothing came in time. crc: bytes came, none of them this reply. exception: the device refused.
 * closed: the line ended. dropped: replaced or dropped while queued. expired: waited too long, never sent (an urgent
 * one may have gone out unheard). absent: the device has not answered several probes in a row; nothing was sent.
 * refused: the request itself is impossible or the queue is full.
 * wrong: a valid frame came, and its content proves that it answers another request.
 * After timeout, crc and closed a write may or may not have taken effect.
 */
export type FailureKind =
  | 'timeout'
  | 'crc'
  | 'exception'
  | 'closed'
  | 'dropped'
  | 'expired'
  | 'absent'
  | 'refused'
  | 'wrong';

export interface Failure {
  readonly ok: false;
  readonly kind: FailureKind;
  /** What happened, where, what to do. */
  readonly sentence: string;
  /** The device's exception code where `kind` is 'exception'. */
  readonly exception: number | null;
}

export interface Success<T> {
  readonly ok: true;
  readonly value: T;
  readonly roundTripMs: number;
  /** Clock when the reply was complete, ms. */
  readonly atMs: number;
}

export type Result<T> = Success<T> | Failure;
export type TransactResult = Result<Reply>;

export const failure = (kind: FailureKind, sentence: string, exception: number | null = null): Failure => ({
  ok: false,
  kind,
  sentence,
  exception,
});
