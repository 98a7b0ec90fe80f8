/**
 * Leads a person through proof tests, one after the other, and stores each answer as soon as it is given. It has two
 * faces: the terminal and the page.
 */
import { runCheck, type Bench } from './checks.ts';
import type { ProofTest } from './proof-list.ts';
import type { ProofRecord } from './proof-store.ts';

/** What a person answers to a test: go on where the program looks for itself, what was found, or that it is left out. */
export type Answer =
  | { readonly kind: 'go' }
  | { readonly kind: 'found'; readonly outcome: 'pass' | 'fail'; readonly note: string }
  | { readonly kind: 'skip'; readonly note: string };

export interface Face {
  /** Shows a test, `at` of `of`, and waits; null where nobody answers any more. */
  ask(test: ProofTest, at: number, of: number): Promise<Answer | null>;
  recorded(record: ProofRecord): void;
  /** The walk is over before its end, and why. */
  ended(sentence: string): void;
}

export interface Walk {
  readonly face: Face;
  readonly device: string;
  /** Who tests. */
  readonly by: string;
  readonly rigName: string;
  /** Lends the device to a check; one sentence where it cannot be had now. `writes`: the check trips the device. */
  lend(writes: boolean): Bench | string;
  /** The check is over. */
  giveBack(): void;
  /** One sentence where it could not be stored. */
  store(record: ProofRecord): Promise<string | null>;
  /** Wall time, ISO 8601. */
  wallTime(): string;
}

type Outcome = Pick<ProofRecord, 'outcome' | 'note'>;

/** @returns what was recorded; it ends early where nobody answers or nothing can be stored */
export async function walkThrough(tests: readonly ProofTest[], walk: Walk): Promise<ProofRecord[]> {
  const records: ProofRecord[] = [];
  for (const [i, test] of tests.entries()) {
    const outcome = await outcomeOf(test, i + 1, tests.length, walk);
    if (outcome === null) {
      walk.face.ended('Nobody answers: the walk ends here.');
      break;
    }
    const { by, device, rigName } = walk;
    const record: ProofRecord = { id: test.id, ...outcome, at: walk.wallTime(), by, device, rig: rigName };
    const problem = await walk.store(record);
    if (problem !== null) {
      walk.face.ended(problem);
      break;
    }
    records.push(record);
    walk.face.recorded(record);
  }
  return records;
}

async function outcomeOf(test: ProofTest, at: number, of: number, walk: Walk): Promise<Outcome | null> {
  for (;;) {
    const answer = await walk.face.ask(test, at, of);
    if (answer === null) return null;
    if (answer.kind === 'skip') return { outcome: 'skipped', note: answer.note };
    // What the program can see for itself nobody else says, and the other way round.
    if (test.check === 'person') {
      if (answer.kind === 'found')
        return answer.outcome === 'pass' ? passed(answer.note) : failed(answer.note);
    } else if (answer.kind === 'go') return byDevice(test.check, test.writes, walk);
  }
}

const passed = (note: string): Outcome => ({ outcome: 'pass', note });
const failed = (note: string): Outcome => ({ outcome: 'fail', note });

async function byDevice(
  check: Parameters<typeof runCheck>[0],
  writes: boolean,
  walk: Walk,
): Promise<Outcome> {
  const bench = walk.lend(writes);
  if (typeof bench === 'string') return failed(bench);
  try {
    return await runCheck(check, bench);
  } finally {
    walk.giveBack();
  }
}
