/** Leads a person through proof tests, one after the other, and stores each answer as soon as it is given. */
import { runCheck, type Bench, type Finding } from './checks.ts';
import type { ProofTest } from './proof-list.ts';
import type { ProofRecord } from './proof-store.ts';

export interface Walk {
  readonly bench: Bench;
  readonly device: string;
  /** Who tests. */
  readonly by: string;
  say(text: string): void;
  /** One line of a person; null where nobody answers any more. */
  ask(question: string): Promise<string | null>;
  /** One sentence where it could not be stored. */
  store(record: ProofRecord): string | null;
  /** Wall time, ISO 8601. */
  wallTime(): string;
}

/** @returns what was recorded; it ends early where nobody answers or nothing can be stored */
export async function walkThrough(tests: readonly ProofTest[], walk: Walk): Promise<ProofRecord[]> {
  const records: ProofRecord[] = [];
  for (const [i, test] of tests.entries()) {
    walk.say(describe(test, i + 1, tests.length));
    const finding = test.check === 'person' ? await byPerson(walk) : await byDevice(test.check, test, walk);
    if (finding === null) {
      walk.say('Nobody answers: the walk ends here.');
      break;
    }
    const record: ProofRecord = {
      id: test.id,
      ...finding,
      at: walk.wallTime(),
      by: walk.by,
      device: walk.device,
      rig: walk.bench.rig.name,
    };
    const problem = walk.store(record);
    if (problem !== null) {
      walk.say(problem);
      break;
    }
    records.push(record);
    walk.say(`  recorded: ${record.outcome.toUpperCase()}${record.note === '' ? '' : `. ${record.note}`}`);
  }
  return records;
}

const describe = ({ id, title, what, how, expected }: ProofTest, at: number, of: number): string =>
  [
    '',
    `${at} of ${of}  ${title}  (${id})`,
    `  ${what}`,
    ...how.map((step, i) => `  ${i + 1}. ${step}`),
    `  expected: ${expected}`,
  ].join('\n');

type Outcome = Finding | { readonly outcome: 'skipped'; readonly note: string };

const skipped = (note: string): Outcome => ({ outcome: 'skipped', note });

async function byPerson(walk: Walk): Promise<Outcome | null> {
  for (;;) {
    const answer = (await walk.ask('  as expected? p pass, f fail, s skip: '))?.trim().toLowerCase();
    if (answer === undefined) return null;
    if (answer !== 'p' && answer !== 'f' && answer !== 's') continue;
    const note = await walk.ask(answer === 's' ? '  why is it skipped: ' : '  what was seen or measured: ');
    if (note === null) return null;
    if (answer === 's') return skipped(note.trim());
    return { outcome: answer === 'p' ? 'pass' : 'fail', note: note.trim() };
  }
}

async function byDevice(
  check: Parameters<typeof runCheck>[0],
  test: ProofTest,
  walk: Walk,
): Promise<Outcome | null> {
  const warning = test.writes
    ? 'the program now writes to the device, which will trip'
    : 'the program now reads the device';
  const answer = await walk.ask(`  when ready: ${warning}. Enter to go on, s to skip: `);
  if (answer === null) return null;
  if (answer.trim().toLowerCase() === 's')
    return skipped((await walk.ask('  why is it skipped: '))?.trim() ?? '');
  return runCheck(check, walk.bench);
}
