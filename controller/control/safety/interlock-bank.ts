/** Evaluates the interlock table tick by tick: debounce, latching and the first-out cause. */
import type { Fault } from '../../wire/messages.ts';
import type { Interlock, Observation } from './interlock.ts';

export interface InterlockBank {
  /** Call once a tick; returns the faults whose condition became true in this tick. */
  evaluate(o: Observation): Fault[];
  /** Listed faults: what is present, and what is latched. */
  faults(): Fault[];
  /** The gravest of what is present now; null where nothing asks for more than a warning. */
  worstPresent(): Fault | null;
  /** A person acknowledged: forgets every latched fault whose condition is gone. */
  acknowledge(): void;
}

const GRAVITY = ['abort', 'stop', 'hold'] as const;

export function createInterlockBank(table: readonly Interlock[]): InterlockBank {
  const sinceMs = new Map<Interlock, number>();
  const present = new Set<Interlock>();
  const listed = new Map<Interlock, Fault>();

  /** True for the tick in which a debounced condition becomes true. */
  function rises(row: Interlock, isTrue: boolean, o: Observation): boolean {
    if (!isTrue) {
      sinceMs.delete(row);
      present.delete(row);
      if (!row.latched) listed.delete(row);
      return false;
    }
    const since = sinceMs.get(row) ?? o.nowMs;
    sinceMs.set(row, since);
    const debounceMs = typeof row.debounceMs === 'number' ? row.debounceMs : row.debounceMs(o);
    if (present.has(row) || o.nowMs - since < debounceMs) return false;
    present.add(row);
    return true;
  }

  function list(row: Interlock, sentence: string, o: Observation): Fault {
    const { key, remedy, action } = row;
    // A warning stops nothing, so it must not take the place of the cause of a stop.
    const firstOut = action !== 'warn' && ![...listed.values()].some((fault) => fault.firstOut);
    const fault = listed.get(row) ?? { key, sentence, remedy, action, firstOut, atS: o.deviceS };
    listed.set(row, fault);
    return fault;
  }

  return {
    evaluate(o) {
      const raised: Fault[] = [];
      for (const row of table) {
        const sentence = row.check(o);
        if (rises(row, sentence !== null, o)) raised.push(list(row, sentence ?? '', o));
      }
      return raised;
    },
    faults: () => [...listed.values()],
    worstPresent() {
      const faults = [...present].map((row) => listed.get(row)).filter((fault) => fault !== undefined);
      const gravest = GRAVITY.find((action) => faults.some((fault) => fault.action === action));
      return faults.find((fault) => fault.action === gravest) ?? null;
    },
    acknowledge() {
      for (const row of listed.keys()) if (!present.has(row)) listed.delete(row);
    },
  };
}
