/** A clock that only tests advance: thousands of transactions a second, the same every time. */
import type { Clock } from '../../controller/protocol/byte-port.ts';

interface Appointment {
  readonly atMs: number;
  readonly order: number;
  readonly action: () => void;
}

export class VirtualClock implements Clock {
  private now = 0;
  private order = 0;
  /** Sorted, the next one last. */
  private readonly appointments: Appointment[] = [];

  nowMs(): number {
    return this.now;
  }

  after(delayMs: number, action: () => void): () => void {
    const appointment = { atMs: this.now + delayMs, order: this.order++, action };
    this.appointments.splice(this.placeOf(appointment), 0, appointment);
    return () => {
      const at = this.appointments.indexOf(appointment);
      if (at >= 0) this.appointments.splice(at, 1);
    };
  }

  get pending(): number {
    return this.appointments.length;
  }

  /** Runs the next appointment and lets promises settle; false when there is none before `untilMs`. */
  async step(untilMs = Number.POSITIVE_INFINITY): Promise<boolean> {
    const next = this.appointments.at(-1);
    if (next === undefined || next.atMs > untilMs) return false;
    this.appointments.pop();
    this.now = Math.max(this.now, next.atMs);
    next.action();
    await settled();
    return true;
  }

  async advance(ms: number): Promise<void> {
    const until = this.now + ms;
    while (await this.step(until));
    this.now = until;
  }

  /** Runs the clock until `promise` settles. */
  async wait<T>(promise: Promise<T>): Promise<T> {
    let isDone = false;
    const note = (): void => {
      isDone = true;
    };
    promise.then(note, note);
    await settled();
    while (!isDone)
      if (!(await this.step())) throw new Error('nothing is left to happen and the promise waits');
    return promise;
  }

  private placeOf(appointment: Appointment): number {
    let at = this.appointments.length;
    while (at > 0 && isLater(appointment, this.appointments[at - 1])) at--;
    return at;
  }
}

const isLater = (a: Appointment, b: Appointment): boolean =>
  a.atMs > b.atMs || (a.atMs === b.atMs && a.order > b.order);

/** Long enough for the chain of promises behind one transaction. */
async function settled(): Promise<void> {
  for (let i = 0; i < 4; i++) await Promise.resolve();
}
