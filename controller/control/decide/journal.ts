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

/** Decides a journal again, one decision after the other. A controller that was restarted begins anew. */
export class Redecision {
  readonly #rig: RigFile;
  #decider: Decider;
  #index = 0;

  constructor(rig: RigFile) {
    this.#rig = rig;
    this.#decider = new Decider(rig);
  }

  /** Decisions that were checked. */
  get count(): number {
    return this.#index;
  }

  /** Null where the same follows from the input again. */
  check({ input, outputs }: Decision): Divergence | null {
    if (input.kind === 'begin') this.#decider = new Decider(this.#rig);
    const decided = this.#decider.take(input);
    const index = this.#index++;
    if (isDeepStrictEqual(decided, outputs)) return null;
    return { index, atMs: input.atMs, recorded: outputs, decided };
  }
}

/** Null where a journal is identical to what is decided from its inputs now. */
export function firstDivergence(rig: RigFile, journal: Iterable<Decision>): Divergence | null {
  const again = new Redecision(rig);
  for (const decision of journal) {
    const divergence = again.check(decision);
    if (divergence !== null) return divergence;
  }
  return null;
}
