/** The line between device and host, with what is broken on it. Bytes never overtake each other. */
import type { BytePort, Clock } from '../../protocol/byte-port.ts';
import { type Arrival, CHATTER_MS, type LineEffect } from './line-faults.ts';

export class FaultyLine {
  private readonly clock: Clock;
  private readonly effects = new Map<string, LineEffect>();
  private mutedUntilMs = 0;
  /** One writer a port that is open. */
  private readonly writers = new Set<(bytes: Uint8Array) => void>();
  private cancelChatter = (): void => {};

  constructor(clock: Clock) {
    this.clock = clock;
  }

  inject(name: string, effect: LineEffect): void {
    this.effects.set(name, effect);
    this.cancelChatter();
    this.chatter();
  }

  clear(name: string): void {
    this.effects.delete(name);
  }

  /** The device says nothing for so long. */
  mute(ms: number): void {
    this.mutedUntilMs = this.clock.nowMs() + ms;
  }

  /** What the device writes to and hears from in place of `port`; whole frames go in. */
  wrap(port: BytePort): BytePort {
    let freeAtMs = 0;
    const write = (bytes: Uint8Array): void => port.write(bytes);
    const send = ({ delayMs, bytes }: Arrival): void => {
      const now = this.clock.nowMs();
      freeAtMs = Math.max(freeAtMs, now + delayMs);
      if (freeAtMs <= now) write(bytes);
      else this.clock.after(freeAtMs - now, () => write(bytes));
    };
    this.writers.add(write);
    return {
      name: port.name,
      write: (frame) => this.replies(frame).forEach(send),
      discardInput: () => port.discardInput(),
      onData: (listener) => port.onData((bytes) => this.hear(bytes, listener)),
      onClose: (listener) =>
        port.onClose((reason) => {
          this.writers.delete(write);
          listener(reason);
        }),
      close: () => port.close(),
    };
  }

  private replies(frame: Uint8Array): readonly Arrival[] {
    if (this.clock.nowMs() < this.mutedUntilMs) return [];
    let arrivals: readonly Arrival[] = [{ delayMs: 0, bytes: frame }];
    for (const { reply } of this.effects.values()) {
      if (reply === undefined) continue;
      arrivals = arrivals.flatMap(({ delayMs, bytes }) =>
        reply(bytes).map((arrival) => ({ ...arrival, delayMs: arrival.delayMs + delayMs })),
      );
    }
    return arrivals;
  }

  private hear(bytes: Uint8Array, listener: (bytes: Uint8Array) => void): void {
    let heard = this.clock.nowMs() < this.mutedUntilMs ? bytes.subarray(0, 0) : bytes;
    for (const { request } of this.effects.values()) heard = request?.(heard) ?? heard;
    if (heard.length > 0) listener(heard);
  }

  private chatter(): void {
    const talkers = [...this.effects.values()].filter(({ chatter }) => chatter !== undefined);
    for (const { chatter } of talkers)
      for (const write of this.writers) if (chatter !== undefined) write(chatter());
    if (talkers.length > 0) this.cancelChatter = this.clock.after(CHATTER_MS, () => this.chatter());
  }
}
