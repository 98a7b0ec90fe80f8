/** How devices that speak in lines of text are asked; every time in ms. */
import type { LineChecksum } from './line-text.ts';

/** What all devices of one line share. */
export interface LineLinkOptions {
  readonly terminatorOut: string;
  readonly terminatorIn: string;
  readonly checksum: LineChecksum;
  /** The line gives back every character sent (two-wire adapters, some modules): that line is passed over. */
  readonly echo: boolean;
  /** Lines come unasked; they do not put the line out of step. */
  readonly streams: boolean;
  /** Silence before each of our lines. */
  readonly interFrameMs: number;
  /** Most requests that wait for one device. */
  readonly maxQueued: number;
  /** A reply that grows longer is none. */
  readonly longestLine: number;
}

export const LINE_DEFAULTS: LineLinkOptions = {
  terminatorOut: '\r',
  terminatorIn: '\r',
  checksum: 'none',
  echo: false,
  streams: false,
  interFrameMs: 2,
  maxQueued: 64,
  longestLine: 1024,
};

/** A question whose answer no other question of this device can have caused. It must change nothing. */
export interface LineProbe {
  readonly out: string;
  readonly accept: RegExp;
}

export interface LineUnitOptions {
  /** Who it is, in sentences. */
  readonly title: string;
  readonly timeoutMs: number;
  /** No reply comes later than this after its time-out; silence of the whole line before the next question. */
  readonly lateReplyGuardMs: number;
  /** Longest stay of a request in the queue. */
  readonly waitMs: number;
  /** null: the device only streams and needs no proof of step. */
  readonly probe: LineProbe | null;
}

export interface LineExchange {
  /** Text to send, without checksum and terminator; null: wait for the next line that the device sends by itself. */
  readonly out: string | null;
  /** The whole reply, without checksum and terminator; null: none comes. */
  readonly accept: RegExp | null;
  /** Replies by which the device refuses, with what they mean. */
  readonly refusals: readonly { readonly accept: RegExp; readonly meaning: string }[];
}
