/** Which proof tests of a device are due. Pure. */
import type { ProofTest } from './proof-list.ts';
import type { ProofRecord } from './proof-store.ts';

const DAY_MS = 86_400_000;
const MOST_NAMED = 4;

export interface Due {
  readonly test: ProofTest;
  /** When it was last passed, ISO 8601; null where it never was, or failed since. */
  readonly passedAt: string | null;
}

/** A test is due where the last word on it is not a pass, or is older than its interval. Skipping says nothing. */
export function overdueTests(
  tests: readonly ProofTest[],
  records: readonly ProofRecord[],
  device: string,
  nowMs: number,
): Due[] {
  return tests.flatMap((test) => {
    const last = records.findLast(
      ({ id, device: of, outcome }) => id === test.id && of === device && outcome !== 'skipped',
    );
    const passedAt = last?.outcome === 'pass' ? last.at : null;
    const ageMs = passedAt === null ? Number.POSITIVE_INFINITY : nowMs - Date.parse(passedAt);
    // A date in the future is of a clock that was wrong.
    const isValid = ageMs >= -DAY_MS && ageMs <= test.interval_days * DAY_MS;
    return isValid ? [] : [{ test, passedAt }];
  });
}

/** One sentence for the page, or null where nothing is due. */
export function overdueSentence(due: readonly Due[]): string | null {
  if (due.length === 0) return null;
  const names = due.slice(0, MOST_NAMED).map(({ test }) => test.id);
  if (due.length > names.length) names.push(`${due.length - names.length} more`);
  const never = due.filter(({ passedAt }) => passedAt === null).length;
  return `${due.length} proof tests are overdue, ${never} of them never passed on this device: ${names.join(', ')}.`;
}
