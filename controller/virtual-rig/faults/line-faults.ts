/** The faults on the bytes, each with its one amount (see the list in `protocol/faults/line.ts`). */
import type { LineFault } from '../../protocol/faults/line.ts';
import { wrapFrame } from '../../protocol/rtu-framing.ts';

/** Bytes on their way to the host, and how much longer they take than they should. */
export interface Arrival {
  readonly delayMs: number;
  readonly bytes: Uint8Array;
}

export interface LineEffect {
  /** What becomes of a reply, a whole frame. */
  readonly reply?: (frame: Uint8Array) => readonly Arrival[];
  /** What becomes of bytes from the host. */
  readonly request?: (bytes: Uint8Array) => Uint8Array;
  /** Bytes that come by themselves, every `CHATTER_MS`. */
  readonly chatter?: () => Uint8Array;
}

export const CHATTER_MS = 3;

/** 0 to 1, 1 excluded, from a seed. */
export type Uniform = () => number;
type Effect = (amount: number, uniform: Uniform) => LineEffect;

/** After a time-out of 60 ms and before the guard behind it has passed. */
const LATE_MS = 75;
/** Within the time in which a repeated reply may follow its original. */
const REPEAT_MS = 3;

const NOTHING = new Uint8Array();
const onTime = (bytes: Uint8Array): Arrival[] => [{ delayMs: 0, bytes }];

/** Breaks each nth reply. */
const each =
  (change: (frame: Uint8Array, uniform: Uniform) => readonly Arrival[]): Effect =>
  (replies, uniform) => {
    let count = 0;
    return {
      reply: (frame) => (++count % Math.round(replies) === 0 ? change(frame, uniform) : onTime(frame)),
    };
  };

const whole = (uniform: Uniform, below: number): number => Math.floor(uniform() * below);
const garbage = (uniform: Uniform, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => whole(uniform, 256));

const lost: Effect = each(() => []);

export const LINE_EFFECTS: Readonly<
  Record<Exclude<LineFault, 'unplug' | 'wrong-register' | 'stale-reply'>, Effect>
> = {
  drop: lost,
  lossy: lost,
  silence: () => ({ reply: () => [] }),
  deaf: () => ({ request: () => NOTHING }),
  delay: (delayMs) => ({ reply: (bytes) => [{ delayMs, bytes }] }),
  'late-reply': each((bytes) => [{ delayMs: LATE_MS, bytes }]),
  duplicate: each((bytes) => [...onTime(bytes), { delayMs: REPEAT_MS, bytes: bytes.slice() }]),
  'bit-flip': each((frame, uniform) => onTime(flipped(frame, uniform))),
  burst: each((frame, uniform) => onTime(hit(frame, uniform))),
  'cut-short': each((frame) => onTime(frame.subarray(0, frame.length >> 1))),
  noise: each((frame, uniform) => [...onTime(garbage(uniform, 1 + whole(uniform, 20))), ...onTime(frame)]),
  'wrong-slave': () => ({ reply: (frame) => onTime(wrapFrame(frame[0] === 2 ? 3 : 2, frame.slice(1, -2))) }),
  babble: (_, uniform) => ({ chatter: () => garbage(uniform, 64) }),
  'baud-mismatch': (_, uniform) => ({
    reply: (frame) => onTime(garbage(uniform, frame.length)),
    request: (bytes) => garbage(uniform, bytes.length),
  }),
};

/** Three different bits. */
function flipped(frame: Uint8Array, uniform: Uniform): Uint8Array {
  const bytes = frame.slice();
  const bits = new Set<number>();
  while (bits.size < 3) bits.add(whole(uniform, 8 * bytes.length));
  for (const bit of bits) bytes[bit >> 3] ^= 1 << (bit & 7);
  return bytes;
}

/** Two neighbouring bytes, which is a burst of at most 16 bits: no CRC-16 lets one pass. */
function hit(frame: Uint8Array, uniform: Uniform): Uint8Array {
  const bytes = frame.slice();
  const at = whole(uniform, bytes.length - 1);
  bytes[at] ^= 1 + whole(uniform, 255);
  bytes[at + 1] ^= whole(uniform, 256);
  return bytes;
}
