/**
 * What goes into the audit log: who came, what was asked, what was answered, who had control, who was turned away. No
 * key and no cookie ever gets here, and nothing of what a stranger wrote: only what passed a schema, or our own words.
 */
import type { ClientMessage } from '../wire/messages.ts';
import type { Person, Role } from '../wire/person.ts';
import { Budget } from './budget.ts';
import { NewestMap } from './newest-map.ts';

export interface Origin {
  readonly address: string;
  readonly person?: Person;
  readonly client?: number;
}

export type AuditEntry =
  | { readonly event: 'start'; readonly machine: string; readonly host: string; readonly port: number }
  | { readonly event: 'end' }
  | { readonly event: 'login' | 'connect' | 'disconnect'; readonly from: Origin }
  | { readonly event: 'refused'; readonly from: Origin; readonly sentence: string }
  | { readonly event: 'asked'; readonly from: Origin; readonly asked: ClientMessage }
  | {
      readonly event: 'answered';
      readonly from: Origin;
      readonly id: number;
      readonly ok: boolean;
      readonly sentence: string;
    }
  | { readonly event: 'lease'; readonly holder: Person | null; readonly sentence: string };

/** Takes a line without its end; never waits and never throws. */
export type LineSink = (line: string) => void;

/** A hundred lines at once, five a second in the long run, for every session and every address apart. */
const BURST = 100;
const PER_S = 5;
const MOST_SOURCES = 1024;

interface Source {
  readonly budget: Budget;
  suppressed: number;
}

export class Audit {
  readonly #sink: LineSink;
  readonly #wallTime: () => string;
  readonly #nowMs: () => number;
  readonly #sources = new NewestMap<Source>(MOST_SOURCES);

  /** `wallTime`: ISO 8601. */
  constructor(sink: LineSink, wallTime: () => string, nowMs: () => number) {
    this.#sink = sink;
    this.#wallTime = wallTime;
    this.#nowMs = nowMs;
  }

  /** Writes a line, or counts it where its source has written too much; the next line of that source says how many. */
  write(entry: AuditEntry): void {
    const { event, ...rest } = entry;
    const from = 'from' in entry ? flat(entry.from) : {};
    const suppressed = 'from' in entry ? this.#allow(entry.from) : 0;
    if (suppressed === undefined) return;
    const count = suppressed === 0 ? {} : { suppressed };
    this.#sink(JSON.stringify({ at: this.#wallTime(), event, ...rest, ...from, from: undefined, ...count }));
  }

  /** How many lines of this source were left out before this one; undefined where this one has to be left out. */
  #allow({ person, address }: Origin): number | undefined {
    const key = person === undefined ? `address ${address}` : `session ${person.session}`;
    const source = this.#sources.get(key) ?? { budget: new Budget(BURST, PER_S, this.#nowMs), suppressed: 0 };
    this.#sources.set(key, source);
    if (!source.budget.spend()) {
      source.suppressed++;
      return undefined;
    }
    const { suppressed } = source;
    source.suppressed = 0;
    return suppressed;
  }
}

function flat({ address, person, client }: Origin): {
  address: string;
  session?: string;
  role?: Role;
  client?: number;
} {
  return { ...person, address, ...(client === undefined ? {} : { client }) };
}
