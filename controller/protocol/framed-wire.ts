/**
 * The frame of the reference firmware contract (controller/firmware/PROTOCOL.md): 00, COBS of a message, 00.
 *
 *   message: type u8, session u8, sequence u16, body, CRC-32 of all before it u32; little-endian
 *
 * A reply has the type of its request + 0x80, its session and sequence, and a status byte ahead of the body.
 */
import { cobsDecode, cobsEncode } from './cobs.ts';
import { crc32 } from './crc32.ts';

export const CONTRACT_VERSION = 1;

export const REQUEST = {
  hello: 0x01,
  latch: 0x02,
  read: 0x03,
  heartbeat: 0x04,
  command: 0x05,
  writeParameter: 0x06,
  readParameters: 0x07,
  subscribe: 0x08,
  stage: 0x09,
  apply: 0x0a,
  clock: 0x0b,
} as const;
export const REPLY_BIT = 0x80;
/** What a device says unasked. */
export const NOTICE = { boot: 0xf0, stream: 0xf1 } as const;

export const STATUS_CODE = {
  ok: 0,
  unknown: 1,
  notNow: 2,
  badValue: 3,
  badChecksum: 4,
  superseded: 5,
  noSession: 6,
} as const;

/** What can be latched and read in pieces. */
export const BLOB = { dictionary: 0, recipe: 1, summary: 2, waveform: 3, blackBox: 4 } as const;

/** type, session, sequence */
export const HEADER_BYTES = 4;
export const CRC_BYTES = 4;
/** Longest message that either side may send; what a device takes and sends it says in its reply to HELLO. */
export const MOST_MESSAGE_BYTES = 2048;
const MOST_ENCODED_BYTES = MOST_MESSAGE_BYTES + Math.floor(MOST_MESSAGE_BYTES / 254) + 1;

export interface Message {
  readonly type: number;
  readonly session: number;
  readonly sequence: number;
  readonly body: Uint8Array;
}

/** A whole frame, delimiters included. */
export function encodeMessage({ type, session, sequence, body }: Message): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + body.length + CRC_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = type;
  bytes[1] = session;
  view.setUint16(2, sequence, true);
  bytes.set(body, HEADER_BYTES);
  view.setUint32(bytes.length - CRC_BYTES, crc32(bytes, 0, bytes.length - CRC_BYTES), true);
  const encoded = cobsEncode(bytes);
  const frame = new Uint8Array(encoded.length + 2);
  frame.set(encoded, 1);
  return frame;
}

function decodeMessage(encoded: Uint8Array): Message | null {
  const bytes = cobsDecode(encoded);
  if (bytes === null || bytes.length < HEADER_BYTES + CRC_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CRC_BYTES;
  if (view.getUint32(end, true) !== crc32(bytes, 0, end)) return null;
  return {
    type: bytes[0],
    session: bytes[1],
    sequence: view.getUint16(2, true),
    body: bytes.subarray(HEADER_BYTES, end),
  };
}

/** Takes bytes as they come and gives whole messages; what is damaged is counted and left out. */
export class FrameSplitter {
  /** Pieces between two delimiters that were no message: cut, damaged, too long, or noise. */
  damaged = 0;
  private readonly onMessage: (message: Message) => void;
  private readonly held = new Uint8Array(MOST_ENCODED_BYTES);
  private length = 0;

  constructor(onMessage: (message: Message) => void) {
    this.onMessage = onMessage;
  }

  take(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (byte === 0) this.end();
      else if (this.length < MOST_ENCODED_BYTES) this.held[this.length++] = byte;
      else this.length = MOST_ENCODED_BYTES + 1;
    }
  }

  private end(): void {
    const { length } = this;
    this.length = 0;
    if (length === 0) return;
    const message = length > MOST_ENCODED_BYTES ? null : decodeMessage(this.held.subarray(0, length));
    if (message === null) this.damaged++;
    else this.onMessage(message);
  }
}

/** `a` was sent after `b`, by serial number arithmetic on 16 bits (RFC 1982). */
export const isNewer = (a: number, b: number): boolean => {
  const ahead = (a - b) & 0xffff;
  return ahead > 0 && ahead < 0x8000;
};
