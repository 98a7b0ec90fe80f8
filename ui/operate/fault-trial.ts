/** What followed when something was broken, held against what the list of faults says must follow. Pure. */
import type { FaultsMessage, State, StateMessage } from '../../controller/wire/messages.ts';

export type BreakableFault = FaultsMessage['list'][number];

export interface Trial {
  readonly name: string;
  readonly atMs: number;
  /** The state when it was injected; only EXECUTE is judged. */
  readonly from: State;
  /** Keys that were listed before. */
  readonly before: readonly string[];
  /** States entered since, and when, ms after the injection. */
  readonly states: readonly { readonly state: State; readonly afterMs: number }[];
  /** The first that was listed since, and when; null where none was. */
  readonly cause: { readonly key: string; readonly afterMs: number } | null;
  readonly verdict: 'waits' | 'as expected' | 'otherwise' | 'not judged';
}

const KEPT = 20;

/** The trials after what is broken changed: a new one begins for whatever was not broken before. */
export function begun(
  trials: readonly Trial[],
  was: readonly string[],
  is: readonly string[],
  state: StateMessage,
  nowMs: number,
): Trial[] {
  const fresh = is
    .filter((name) => !was.includes(name))
    .map(
      (name): Trial => ({
        name,
        atMs: nowMs,
        from: state.state,
        before: state.faults.map(({ key }) => key),
        states: [],
        cause: null,
        verdict: state.state === 'EXECUTE' ? 'waits' : 'not judged',
      }),
    );
  return [...fresh, ...trials].slice(0, KEPT);
}

/** The trial after one more state message. `spec`: undefined where the list does not name it any more. */
export function watched(
  trial: Trial,
  spec: BreakableFault | undefined,
  state: StateMessage,
  nowMs: number,
): Trial {
  if (trial.verdict === 'as expected' || trial.verdict === 'otherwise') return trial;
  const afterMs = nowMs - trial.atMs;
  const last = trial.states.at(-1)?.state ?? trial.from;
  const states = last === state.state ? trial.states : [...trial.states, { state: state.state, afterMs }];
  const key = newKey(trial, spec, state);
  const isKnown = key === null || trial.cause?.key === key;
  const cause = isKnown ? trial.cause : { key, afterMs };
  const next = { ...trial, states, cause };
  return { ...next, verdict: verdictOf(next, spec, state.state, afterMs) };
}

/**
 * The cause of a stop where one was listed since, else what was expected, else whatever came first: a warning of a busy
 * computer must not take the place of the cause that comes after it.
 */
function newKey(
  { before, cause }: Trial,
  spec: BreakableFault | undefined,
  { faults }: StateMessage,
): string | null {
  const fresh = faults.filter(({ key }) => !before.includes(key));
  const found = fresh.find(({ firstOut }) => firstOut) ?? fresh.find(({ key }) => key === spec?.cause);
  return found?.key ?? cause?.key ?? fresh[0]?.key ?? null;
}

function verdictOf(
  { verdict, cause, from }: Trial,
  spec: BreakableFault | undefined,
  state: State,
  afterMs: number,
): Trial['verdict'] {
  if (verdict !== 'waits' || spec === undefined || from !== 'EXECUTE') return verdict;
  const isDue = afterMs > 1000 * spec.withinS;
  const isCause = spec.cause === 'none' ? cause === null : cause?.key === spec.cause;
  // That nothing follows is seen only when the time for it is over.
  const isOver = spec.ends === 'EXECUTE' && spec.cause === 'none' ? isDue : state === spec.ends && isCause;
  if (isOver) return isCause && state === spec.ends ? 'as expected' : 'otherwise';
  return isDue ? 'otherwise' : 'waits';
}

/** Faults whose name, description or outcome contains these words. */
export function foundFaults(list: readonly BreakableFault[], words: string): BreakableFault[] {
  const wanted = words.trim().toLowerCase();
  return list.filter(({ name, what, seen, cause, ends }) =>
    `${name} ${what} ${seen} ${cause} ${ends}`.toLowerCase().includes(wanted),
  );
}
