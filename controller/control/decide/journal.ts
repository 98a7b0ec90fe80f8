/**
 * Decisions as text, one line of JSON each, and the check that they follow from their inputs. JSON knows no NaN: a
 * number that is none is written as {"number": "NaN"}.
 */
import { isDeepStrictEqual } from 'node:util';
import type { RigFile } from '../rig-file.ts';
import { Decider } from './decider.ts';
import type { Decision, Output } from './decision.ts';

export const encodeDecision = (decision: Decision): string =>
  JSON.stringify(decision, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value,
  );

/** Throws SyntaxError where the text is not JSON; it is only given what `encodeDecision` wrote. */
export const decodeDecision = (text: string): Decision =>
  JSON.parse(text, (_key, value: unknown) => (isOddNumber(value) ? Number(value.number) : value)) as Decision;

const isOddNumber = (value: unknown): value is { number: string } =>
  typeof value === 'object' &&
  value !== null &&
  'number' in value &&
  typeof value.number === 'string' &&
  Object.keys(value).length === 1;

/** Where a journal and what is decided from its inputs now part. */
export interface Divergence {
  /** Place in the journal, from 0. */
  readonly index: number;
  readonly atMs: number;
  readonly recorded: readonly Output[];
  readonly decided: readonly Output[];
}

/** Decides a journal again, one decision after the other from its beginning, and stops where it parts. */
export interface Rehearsal {
  /** Null while what is decided is what was recorded. */
  take(decision: Decision): Divergence | null;
}

export function createRehearsal(rig: RigFile): Rehearsal {
  const decider = new Decider(rig);
  let index = 0;
  return {
    take({ input, outputs }) {
      const decided = decider.take(input);
      if (!isDeepStrictEqual(decided, outputs))
        return { index, atMs: input.atMs, recorded: outputs, decided };
      index++;
      return null;
    },
  };
}

/** Null where the whole journal is decided again as it was. */
export function firstDivergence(rig: RigFile, journal: Iterable<Decision>): Divergence | null {
  const rehearsal = createRehearsal(rig);
  for (const decision of journal) {
    const divergence = rehearsal.take(decision);
    if (divergence !== null) return divergence;
  }
  return null;
}
