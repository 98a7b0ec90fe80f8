/** Evaluates the interlock table tick by tick: debounce, off delay, bypass, latching and the first-out cause. */
import type { Fault } from '../../wire/messages.ts';
import type { Interlock, Observation } from './interlock.ts';

export interface InterlockBank {
  /** Call once a tick; returns the faults that begin to act in this tick. */
  evaluate(o: Observation): Fault[];
  /** Listed faults: what is present, what is latched, and what is present but bypassed. */
  faults(): Fault[];
  /** The gravest of what is present now and not bypassed; null where nothing asks for more than a warning. */
  worstPresent(): Fault | null;
  /** Keys of what had begun to act and is gone since this was asked last. */
  ended(): string[];
  /** A person has seen what is listed under this key, or all of it. Returns the keys that were not known before. */
  mark(key: string | null, acknowledged: NonNullable<Fault['acknowledged']>): string[];
  /** A person goes on: forgets every latched fault whose condition is gone. */
  acknowledge(): void;
}

const GRAVITY = ['abort', 'stop', 'hold'] as const;

/** What the bank knows of one row. */
interface Memory {
  /** Since when the condition is as it is; null before it was looked at. */
  sinceMs: number | null;
  isTrue: boolean;
  /** What was said when it was last true. */
  sentence: string;
  /** Debounced. */
  isPresent: boolean;
  /** Present and not bypassed. */
  isActing: boolean;
  /** What is listed was acted upon. */
  hasActed: boolean;
}

const createMemory = (): Memory => ({
  sinceMs: null,
  isTrue: false,
  sentence: '',
  isPresent: false,
  isActing: false,
  hasActed: false,
});

/** `isBypassed` is asked in every tick. */
export function createInterlockBank(
  table: readonly Interlock[],
  isBypassed: (key: string) => boolean = () => false,
): InterlockBank {
  const rows = table.map((row): readonly [Interlock, Memory] => [row, createMemory()]);
  const listed = new Map<Interlock, Fault>();
  let gone: string[] = [];

  function debounce(row: Interlock, memory: Memory, isTrue: boolean, o: Observation): void {
    if (memory.sinceMs === null || isTrue !== memory.isTrue) memory.sinceMs = o.nowMs;
    memory.isTrue = isTrue;
    if (isTrue === memory.isPresent) return;
    const onMs = typeof row.debounceMs === 'number' ? row.debounceMs : row.debounceMs(o);
    const waitMs = isTrue ? onMs : (row.offDelayMs ?? 0);
    if (o.nowMs - memory.sinceMs >= waitMs) memory.isPresent = isTrue;
  }

  function list(row: Interlock, memory: Memory, bypassed: boolean, o: Observation): Fault {
    const known = listed.get(row);
    const fault =
      known !== undefined && (memory.hasActed || known.bypassed === bypassed)
        ? { ...known, bypassed, isPresent: memory.isPresent }
        : newFault(row, memory, bypassed, o);
    listed.set(row, fault);
    if (!bypassed) memory.hasActed = true;
    return fault;
  }

  function newFault(row: Interlock, { sentence }: Memory, bypassed: boolean, o: Observation): Fault {
    const { key, remedy, action } = row;
    // A warning stops nothing, so it must not take the place of the cause of a stop; neither does what is bypassed.
    const acts = action !== 'warn' && !bypassed;
    const firstOut = acts && ![...listed.values()].some((fault) => fault.firstOut);
    return {
      key,
      sentence,
      remedy,
      action,
      firstOut,
      bypassed,
      atS: o.deviceS,
      isPresent: true,
      acknowledged: null,
    };
  }

  function forget(row: Interlock, memory: Memory): void {
    listed.delete(row);
    memory.hasActed = false;
  }

  function end(row: Interlock): void {
    gone.push(row.key);
    const fault = listed.get(row);
    if (fault !== undefined) listed.set(row, { ...fault, isPresent: false });
  }

  function look(row: Interlock, memory: Memory, o: Observation): Fault | null {
    const applies = row.states === undefined || row.states.includes(o.state);
    const sentence = applies ? row.check(o) : null;
    memory.sentence = sentence ?? memory.sentence;
    debounce(row, memory, sentence !== null, o);
    const bypassed = isBypassed(row.key);
    const wasActing = memory.isActing;
    memory.isActing = memory.isPresent && !bypassed;
    // A latched fault stays; one that was bypassed all the time has nothing to be acknowledged.
    if (!memory.isPresent && !(row.latched && memory.hasActed)) forget(row, memory);
    if (memory.isPresent && bypassed) list(row, memory, true, o);
    if (wasActing && !memory.isPresent) end(row);
    if (!memory.isActing || wasActing) return null;
    const fault = { ...list(row, memory, false, o), acknowledged: null };
    listed.set(row, fault);
    return fault;
  }

  return {
    evaluate: (o) => rows.flatMap(([row, memory]) => look(row, memory, o) ?? []),
    faults: () => [...listed.values()],
    worstPresent() {
      const acting = rows.flatMap(([row, { isActing }]) => (isActing ? (listed.get(row) ?? []) : []));
      const gravest = GRAVITY.find((action) => acting.some((fault) => fault.action === action));
      return acting.find((fault) => fault.action === gravest) ?? null;
    },
    ended() {
      const keys = gone;
      gone = [];
      return keys;
    },
    mark(key, acknowledged) {
      const seen = [...listed].filter(
        ([row, fault]) => (key === null || row.key === key) && fault.acknowledged === null,
      );
      for (const [row, fault] of seen) listed.set(row, { ...fault, acknowledged });
      return seen.map(([row]) => row.key);
    },
    acknowledge() {
      for (const [row, memory] of rows) if (!memory.isPresent) forget(row, memory);
    },
  };
}
