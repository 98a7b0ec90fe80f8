/** The list of proof tests: fixtures/safety/proof-tests.yaml or one of your own, read strictly. */
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { issueSentence } from '../../device/issue-sentence.ts';

export const CHECKS = ['person', 'at_rest', 'emergency_stop', 'watchdog', 'temperature_trip'] as const;
export type Check = (typeof CHECKS)[number];

const text = z.string().min(5).max(300);

const ProofTest = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{2,39}$/, 'a name of 3 to 40 small letters, digits and _'),
  title: text,
  /** What is proven. */
  what: text,
  /** Steps, in order. */
  how: z.array(text).min(1).max(10),
  expected: text,
  check: z.enum(CHECKS),
  /** The program writes to the device, which trips. */
  writes: z.boolean().default(false),
  /** A pass counts for so long. */
  interval_days: z.int().min(1).max(3650),
});
export type ProofTest = z.infer<typeof ProofTest>;

const ProofTests = z.strictObject({ tests: z.array(ProofTest).min(1).max(100) });

/** @returns the tests in their order, or one sentence that says what is wrong */
export function parseProofTests(yaml: string): readonly ProofTest[] | string {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) return `The list of proof tests is not YAML: ${problem.message.split('\n')[0]}`;
  const parsed = ProofTests.safeParse(document.toJS());
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return issue === undefined
      ? 'The list of proof tests is not valid.'
      : issueSentence(issue, document, lines);
  }
  const { tests } = parsed.data;
  const twice = tests.find(({ id }, i) => tests.findIndex((other) => other.id === id) !== i);
  return twice === undefined ? tests : `tests.${twice.id}: given twice, allowed is one test of a name.`;
}
