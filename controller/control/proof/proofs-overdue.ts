/** What the files on this computer say of the proof tests of a device. */
import { readFileSync } from 'node:fs';
import { overdueSentence, overdueTests } from './overdue.ts';
import { parseProofTests, type ProofTest } from './proof-list.ts';
import { readProofs } from './proof-store.ts';

/** @returns the tests of a list, or why there are none, in one sentence */
export function readProofTests(list: URL): readonly ProofTest[] | string {
  try {
    return parseProofTests(readFileSync(list, 'utf8'));
  } catch {
    return `Whether proof tests are overdue cannot be known: ${list.pathname} cannot be read.`;
  }
}

/** @returns what is overdue, or why that cannot be known, in one sentence; null where nothing is */
export function proofsOverdue(list: URL, store: string, device: string, nowMs: number): string | null {
  const tests = readProofTests(list);
  return typeof tests === 'string'
    ? tests
    : overdueSentence(overdueTests(tests, readProofs(store), device, nowMs));
}
