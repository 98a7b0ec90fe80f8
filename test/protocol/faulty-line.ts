/**
 * A master and slaves joined in memory, with the faults of a real line. The model, per frame and in order: a frame is
 * lost, held up, cut short, hit by 1 to 3 flipped bits or a burst of up to 16 bits, preceded by a frame of another
 * slave or by noise; a reply is repeated within the duplicate guard. Bytes come in odd pieces. Those of one slave never
 * overtake each other; those of two slaves do, and mix where they collide. As on RS-485, every slave hears the others.
 */
import type { BytePort, Clock } from '../../controller/protocol/byte-port.ts';
import { wrapFrame } from '../../controller/protocol/rtu-framing.ts';
import type { Random } from './random.ts';

/** Probability of each fault per frame. */
export interface Faults {
  readonly loss: number;
  readonly late: number;
  readonly cut: number;
  readonly flips: number;
  readonly burst: number;
  readonly duplicate: number;
  readonly foreign: number;
  readonly noise: number;
}

export const NO_FAULTS: Faults = {
  loss: 0,
  late: 0,
  cut: 0,
  flips: 0,
  burst: 0,
  duplicate: 0,
  foreign: 0,
  noise: 0,
};

export type FaultCounts = Record<keyof Faults, number>;

export interface LineTiming {
  /** Longest hold-up of a late frame, ms. */
  readonly latestMs: number;
  /** A repeated reply follows its original by at most this, ms. */
  readonly duplicateMs: number;
}

/** Addresses of slaves that are not ours: what they say on the line is foreign. */
const FIRST_FOREIGN = 100;

export class FaultyLine {
  readonly master: MemoryPort;
  readonly slaves: readonly MemoryPort[];
  readonly counts: FaultCounts = { ...NO_FAULTS };
  /** May be changed while the line is in use. */
  faults: Faults = NO_FAULTS;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly timing: LineTiming;
  /** When the last byte between two ports will have arrived, by sender and receiver. */
  private readonly busyUntilMs = new Map<string, number>();

  constructor(clock: Clock, random: Random, timing: LineTiming, slaves = 1) {
    this.clock = clock;
    this.random = random;
    this.timing = timing;
    this.master = new MemoryPort('master end', (bytes) => {
      for (const slave of this.slaves) this.carry(bytes, this.master, slave);
    });
    this.slaves = Array.from({ length: slaves }, (_, i): MemoryPort => {
      const own = new MemoryPort(`slave end ${i + 1}`, (bytes) => {
        this.carry(bytes, own, this.master);
        for (const other of this.slaves) if (other !== own) this.arrive(bytes, own, other, 0);
      });
      return own;
    });
  }

  private carry(frame: Uint8Array, from: MemoryPort, to: MemoryPort): void {
    if (this.happens('foreign')) this.arrive(this.foreignFrame(frame), from, to, 0);
    if (this.happens('noise')) this.arrive(this.noise(), from, to, 0);
    if (this.happens('loss')) return;
    const delay = this.happens('late') ? this.random.between(0, this.timing.latestMs) : 0;
    const damaged = this.damage(frame);
    this.arrive(damaged, from, to, delay);
    if (to === this.master && this.happens('duplicate'))
      this.arrive(damaged, from, to, delay + this.random.between(0, this.timing.duplicateMs));
  }

  private happens(fault: keyof Faults): boolean {
    if (!this.random.chance(this.faults[fault])) return false;
    this.counts[fault]++;
    return true;
  }

  private damage(frame: Uint8Array): Uint8Array {
    const bytes = frame.slice();
    if (this.happens('cut')) return bytes.subarray(0, this.random.whole(1, bytes.length - 1));
    if (this.happens('flips')) this.flip(bytes, this.random.whole(1, 3));
    else if (this.happens('burst')) this.burst(bytes);
    return bytes;
  }

  private flip(bytes: Uint8Array, count: number): void {
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(this.random.whole(0, 8 * bytes.length - 1));
    for (const bit of chosen) bytes[bit >> 3] ^= 1 << (bit & 7);
  }

  /** Some of up to 16 consecutive bits on the wire, lowest bit of a byte first. */
  private burst(bytes: Uint8Array): void {
    const length = this.random.whole(2, 16);
    const start = this.random.whole(0, 8 * bytes.length - length);
    const inside = this.random.whole(0, 2 ** (length - 2) - 1);
    for (let i = 0; i < length; i++) {
      const isHit = i === 0 || i === length - 1 || ((inside >> (i - 1)) & 1) === 1;
      if (isHit) bytes[(start + i) >> 3] ^= 1 << ((start + i) & 7);
    }
  }

  /** What another slave or master says on the same line: a right frame with the wrong address. */
  private foreignFrame(like: Uint8Array): Uint8Array {
    return wrapFrame(this.random.whole(FIRST_FOREIGN, 247), like.slice(1, -2));
  }

  private noise(): Uint8Array {
    return Uint8Array.from({ length: this.random.whole(1, 40) }, () => this.random.whole(0, 255));
  }

  private arrive(bytes: Uint8Array, from: MemoryPort, to: MemoryPort, delayMs: number): void {
    const middle = this.random.whole(0, bytes.length);
    const first = this.clock.nowMs() + delayMs + this.random.between(0.2, 0.6);
    this.deliverAt(first, bytes.slice(0, middle), from, to);
    this.deliverAt(first + this.random.between(0, 0.2), bytes.slice(middle), from, to);
  }

  /** Bytes between two ports arrive in the order of these calls, whatever their times. */
  private deliverAt(atMs: number, bytes: Uint8Array, from: MemoryPort, to: MemoryPort): void {
    const way = `${from.name} ${to.name}`;
    const arrivalMs = Math.max(this.busyUntilMs.get(way) ?? 0, atMs);
    this.busyUntilMs.set(way, arrivalMs);
    this.clock.after(arrivalMs - this.clock.nowMs(), () => to.deliver(bytes));
  }
}

export class MemoryPort implements BytePort {
  readonly name: string;
  readonly written: Uint8Array[] = [];
  private readonly send: (bytes: Uint8Array) => void;
  private isClosed = false;
  private dataListener: (chunk: Uint8Array) => void = () => {};
  private closeListener: (reason: string) => void = () => {};

  constructor(name: string, send: (bytes: Uint8Array) => void) {
    this.name = name;
    this.send = send;
  }

  deliver(bytes: Uint8Array): void {
    if (!this.isClosed && bytes.length > 0) this.dataListener(bytes);
  }

  write(bytes: Uint8Array): void {
    this.written.push(bytes);
    if (this.written.length > 1000) this.written.shift();
    if (!this.isClosed) this.send(bytes);
  }

  discardInput(): void {}

  onData(listener: (chunk: Uint8Array) => void): void {
    this.dataListener = listener;
  }

  onClose(listener: (reason: string) => void): void {
    this.closeListener = listener;
  }

  close(): void {
    this.end('closed by this program.');
  }

  end(reason: string): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.closeListener(reason);
  }
}
