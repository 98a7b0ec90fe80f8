/**
 * A line that does what lines do to bytes, for both ways alike and per piece that is written: it is lost, cut, hit by
 * up to 3 flipped bits or a burst of up to 16, comes twice, comes after the one that follows it, or with noise ahead;
 * and it arrives in two pieces at some later time.
 */
import type { BytePort, Clock } from '../../controller/protocol/byte-port.ts';
import type { Random } from '../protocol/random.ts';

export interface Damage {
  readonly loss: number;
  readonly cut: number;
  readonly flips: number;
  readonly burst: number;
  readonly twice: number;
  readonly swapped: number;
  readonly noise: number;
}

export const NO_DAMAGE: Damage = { loss: 0, cut: 0, flips: 0, burst: 0, twice: 0, swapped: 0, noise: 0 };

const ignore = (): void => {};

class End implements BytePort {
  readonly name: string;
  isOpen = true;
  send: (bytes: Uint8Array) => void = ignore;
  listener: (chunk: Uint8Array) => void = ignore;
  onEnd: (reason: string) => void = ignore;

  constructor(name: string) {
    this.name = name;
  }

  write(bytes: Uint8Array): void {
    if (this.isOpen) this.send(bytes);
  }

  discardInput(): void {}

  onData(listener: (chunk: Uint8Array) => void): void {
    this.listener = listener;
  }

  onClose(listener: (reason: string) => void): void {
    this.onEnd = listener;
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.onEnd('closed by this program.');
  }
}

export class DamagedLine {
  readonly host = new End('host end');
  readonly device = new End('device end');
  readonly counts: Record<keyof Damage, number> = { ...NO_DAMAGE };
  /** May be changed while the line is in use. */
  damage: Damage = NO_DAMAGE;
  private readonly clock: Clock;
  private readonly random: Random;
  private readonly held = new Map<End, Uint8Array>();
  private readonly busyUntilMs = new Map<End, number>();

  constructor(clock: Clock, random: Random) {
    this.clock = clock;
    this.random = random;
    this.host.send = (bytes) => this.carry(bytes, this.device);
    this.device.send = (bytes) => this.carry(bytes, this.host);
  }

  private carry(bytes: Uint8Array, to: End): void {
    if (this.happens('noise')) this.arrive(this.noise(), to);
    if (this.happens('loss')) return;
    const damaged = this.hit(bytes.slice());
    const before = this.held.get(to);
    if (before === undefined && this.happens('swapped')) {
      this.held.set(to, damaged);
      return;
    }
    this.arrive(damaged, to);
    if (this.happens('twice')) this.arrive(damaged, to);
    if (before === undefined) return;
    this.held.delete(to);
    this.arrive(before, to);
  }

  private happens(damage: keyof Damage): boolean {
    if (!this.random.chance(this.damage[damage])) return false;
    this.counts[damage]++;
    return true;
  }

  private hit(bytes: Uint8Array): Uint8Array {
    if (bytes.length > 1 && this.happens('cut'))
      return bytes.subarray(0, this.random.whole(1, bytes.length - 1));
    if (this.happens('flips')) this.flip(bytes, this.random.whole(1, 3), 8 * bytes.length, 0);
    else if (this.happens('burst')) {
      const length = Math.min(16, 8 * bytes.length);
      this.flip(bytes, this.random.whole(2, length), length, this.random.whole(0, 8 * bytes.length - length));
    }
    return bytes;
  }

  /** Flips `count` of `length` bits from `start` on. */
  private flip(bytes: Uint8Array, count: number, length: number, start: number): void {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(count, length)) chosen.add(start + this.random.whole(0, length - 1));
    for (const bit of chosen) bytes[bit >> 3] ^= 1 << (bit & 7);
  }

  private noise(): Uint8Array {
    return Uint8Array.from({ length: this.random.whole(1, 40) }, () => this.random.whole(0, 255));
  }

  private arrive(bytes: Uint8Array, to: End): void {
    const middle = this.random.whole(0, bytes.length);
    for (const piece of [bytes.slice(0, middle), bytes.slice(middle)]) this.deliver(piece, to);
  }

  private deliver(piece: Uint8Array, to: End): void {
    const nowMs = this.clock.nowMs();
    const atMs = Math.max(this.busyUntilMs.get(to) ?? 0, nowMs + this.random.between(0.1, 0.5));
    this.busyUntilMs.set(to, atMs);
    this.clock.after(atMs - nowMs, () => {
      if (to.isOpen && piece.length > 0) to.listener(piece);
    });
  }
}
