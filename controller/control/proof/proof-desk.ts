/**
 * The walk on the page: the same as in the terminal, with a person who answers by messages. One walk at a time; whoever
 * has control answers. Tests that a person judges leave the machine to the page; one that trips the device has it alone.
 */
import type { ProofAsk, ProofMessage, ProofTestShown } from '../../wire/proof.ts';
import type { Reply } from '../regulate/regulator.ts';
import { overdueTests } from './overdue.ts';
import type { ProofTest } from './proof-list.ts';
import type { ProofRecord } from './proof-store.ts';
import { type Answer, type Face, type Walk, walkThrough } from './walk.ts';

export interface ProofOptions extends Pick<Walk, 'lend' | 'giveBack' | 'store' | 'wallTime' | 'rigName'> {
  /** In their order, or why there are none. */
  readonly tests: readonly ProofTest[] | string;
  /** What the device says of itself; null while none answers. */
  readonly device: () => string | null;
  readonly records: () => readonly ProofRecord[];
  /** There is something else to show. */
  readonly changed: () => void;
}

export interface ProofDesk {
  /** `by`: who asks, for people. */
  take(ask: ProofAsk, by: string): Reply;
  message(): ProofMessage;
}

interface Walking {
  readonly by: string;
  readonly tests: readonly ProofTest[];
  at: number;
  /** Set while a person is asked. */
  answer: ((answer: Answer | null) => void) | null;
}

const DAY_MS = 86_400_000;

export function createProofDesk(options: ProofOptions): ProofDesk {
  const tests = typeof options.tests === 'string' ? [] : options.tests;
  let walking: Walking | null = null;
  let sentence = typeof options.tests === 'string' ? options.tests : '';

  function tell(text: string): void {
    sentence = text;
    options.changed();
  }

  const faceOf = (walk: Walking): Face => ({
    ask: (_test, at) =>
      new Promise((resolve) => {
        walk.at = at - 1;
        walk.answer = (answer) => {
          walk.answer = null;
          resolve(answer);
          options.changed();
        };
        options.changed();
      }),
    recorded: ({ id, outcome, note }) => tell(`${id}: ${outcome}${note === '' ? '' : `, ${note}`}`),
    ended: tell,
  });

  /** Never throws: this runs in the process that drives the machine. */
  async function go(walk: Walking, device: string): Promise<void> {
    const { by, tests: chosen } = walk;
    const over = await walkThrough(chosen, { ...options, face: faceOf(walk), device, by }).then(
      (records) => (records.length === chosen.length ? `The walk is over: ${count(records)}.` : sentence),
      (error: unknown) => `The walk broke off: ${error instanceof Error ? error.message : String(error)}`,
    );
    walking = null;
    tell(over);
  }

  function begin(ids: readonly string[], name: string, by: string): Reply {
    const device = options.device();
    if (walking !== null) return no(`${walking.by} is testing already.`);
    if (device === null) return no('the device does not answer.');
    const chosen = tests.filter(({ id }) => ids.includes(id));
    if (chosen.length === 0) return no('no such test is on the list.');
    const walk: Walking = { by: `${name} (${by})`, tests: chosen, at: 0, answer: null };
    walking = walk;
    void go(walk, device);
    return { ok: true, sentence: `${walk.by} goes through ${chosen.length} proof tests.` };
  }

  function take(ask: ProofAsk, by: string): Reply {
    if (ask.action === 'begin') return begin(ask.tests, ask.by, by);
    if (walking === null) return no('nobody is testing.');
    const { answer, tests: own, at } = walking;
    if (answer === null) return no('the device is being looked at; wait for it.');
    if (ask.action === 'leave') {
      answer(null);
      return { ok: true, sentence: 'The walk is left; what was recorded stays.' };
    }
    const isPerson = own[at]?.check === 'person';
    if (ask.action !== 'skip' && isPerson !== (ask.action === 'found'))
      return no(isPerson ? 'a person judges this test.' : 'the program judges this test by the device.');
    answer(ask.action === 'go' ? { kind: 'go' } : answerOf(ask));
    return { ok: true, sentence: 'Taken.' };
  }

  return {
    take,
    message() {
      const device = options.device();
      const records = options.records();
      return {
        type: 'proof',
        device,
        tests: tests.map((test) => shown(test, records, device ?? '', Date.parse(options.wallTime()))),
        walk:
          walking === null
            ? null
            : {
                by: walking.by,
                tests: walking.tests.map(({ id }) => id),
                at: walking.at,
                phase: walking.answer === null ? 'checks' : 'asks',
              },
        sentence,
      };
    },
  };
}

const answerOf = (ask: Extract<ProofAsk, { action: 'found' | 'skip' }>): Answer =>
  ask.action === 'skip'
    ? { kind: 'skip', note: ask.note.trim() }
    : { kind: 'found', outcome: ask.outcome, note: ask.note.trim() };

function shown(
  test: ProofTest,
  records: readonly ProofRecord[],
  device: string,
  nowMs: number,
): ProofTestShown {
  const { id, title, what, how, expected, check, writes, interval_days } = test;
  const last = records.findLast((record) => record.id === id && record.device === device) ?? null;
  const passed = records.findLast(
    (record) => record.id === id && record.device === device && record.outcome !== 'skipped',
  );
  const isDue = passed === undefined || overdueTests([test], records, device, nowMs).length > 0;
  return {
    id,
    title,
    what,
    how: [...how],
    expected,
    judge: check === 'person' ? 'person' : 'program',
    writes,
    intervalDays: interval_days,
    last: last === null ? null : { outcome: last.outcome, at: last.at, by: last.by, note: last.note },
    dueAt: isDue ? null : new Date(Date.parse(passed.at) + interval_days * DAY_MS).toISOString(),
  };
}

const count = (records: readonly ProofRecord[]): string =>
  (['pass', 'fail', 'skipped'] as const)
    .map((outcome) => `${records.filter((record) => record.outcome === outcome).length} ${outcome}`)
    .join(', ');

const no = (why: string): Reply => ({ ok: false, sentence: `The proof test is refused: ${why}` });
