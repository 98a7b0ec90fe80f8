/**
 * Requests that wait for a line which several devices share: by priority; among equals the device served longest ago;
 * for one device by age. Bounded for each device, so that one that does not answer cannot crowd out the others.
 */
import type { Priority } from './transaction.ts';

export interface Waiting {
  readonly priority: Priority;
  /** Which device of the line it is for: its address. */
  readonly lane: number | string;
}

export class RequestQueue<Entry extends Waiting> {
  private readonly entries: Entry[] = [];
  private readonly servedAt = new Map<number | string, number>();
  private served = 0;
  private readonly mostPerLane: number;

  constructor(mostPerLane: number) {
    this.mostPerLane = mostPerLane;
  }

  get length(): number {
    return this.entries.length;
  }

  /** How many wait for one device. */
  waiting(lane: number | string): number {
    return this.entries.reduce((count, entry) => count + (entry.lane === lane ? 1 : 0), 0);
  }

  isFull(lane: number | string): boolean {
    return this.waiting(lane) >= this.mostPerLane;
  }

  add(entry: Entry): void {
    const at = this.entries.findIndex((other) => other.priority > entry.priority);
    this.entries.splice(at < 0 ? this.entries.length : at, 0, entry);
  }

  /**
   * Who may go next: of the highest priority that waits for a device for which `canGo` holds, the oldest request of
   * each such device, the device served longest ago first. Empty where nobody may go.
   */
  candidates(canGo: (entry: Entry) => boolean = () => true): Entry[] {
    const first = this.entries.find(canGo);
    if (first === undefined) return [];
    const lanes = new Map<number | string, Entry>();
    for (const entry of this.entries) {
      if (entry.priority > first.priority) break;
      if (entry.priority === first.priority && !lanes.has(entry.lane) && canGo(entry))
        lanes.set(entry.lane, entry);
    }
    return [...lanes.values()].toSorted((a, b) => this.lastTurn(a) - this.lastTurn(b));
  }

  /** Takes out one entry because its turn has come. */
  take(entry: Entry): void {
    this.entries.splice(this.entries.indexOf(entry), 1);
    this.servedAt.set(entry.lane, ++this.served);
  }

  filter(test: (entry: Entry) => boolean): Entry[] {
    return this.entries.filter(test);
  }

  /** Takes out every entry that passes `test`, in order. */
  remove(test: (entry: Entry) => boolean): Entry[] {
    const removed = this.entries.filter(test);
    for (const entry of removed) this.entries.splice(this.entries.indexOf(entry), 1);
    return removed;
  }

  private lastTurn({ lane }: Entry): number {
    return this.servedAt.get(lane) ?? 0;
  }
}
