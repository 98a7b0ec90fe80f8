/** What a user changes, by the names of the parameters. */
import { BANK_GROUPS, type GroupKey, PARAMETERS } from './parameters/index.ts';
import { UserError } from './quantity.ts';

export interface Change {
  /** As the user wrote it. */
  readonly key: string;
  readonly value: string;
}

/** User keys by "group.key" or "bank.group.key". A shared key changes every bank that has no value of its own. */
export function resolveOverrides(
  overrides: ReadonlyMap<string, string>,
  prefer: GroupKey,
  banks: readonly string[],
): Map<string, Change> {
  const resolved = new Map<string, Change>();
  for (const [key, value] of overrides) resolved.set(resolveKey(key, prefer, banks), { key, value });
  return resolved;
}

function resolveKey(key: string, prefer: GroupKey, banks: readonly string[]): string {
  const steps = key.split('.');
  const bank = steps.length > 1 && banks.includes(steps[0]) ? steps.shift() : undefined;
  const groups = bank === undefined ? (Object.keys(PARAMETERS) as GroupKey[]) : [...BANK_GROUPS];
  const leaf = steps.at(-1) ?? '';
  const found = groups.filter((g) => (steps.length === 1 || g === steps[0]) && leaf in PARAMETERS[g]);
  if (found.length > 0 && steps.length <= 2) {
    const group = found.includes(prefer) ? prefer : found[0];
    return `${bank === undefined ? '' : `${bank}.`}${group}.${leaf}`;
  }
  const all = [...new Set(groups.flatMap((g) => Object.keys(PARAMETERS[g])))];
  const near = all.filter((k) => leaf !== '' && (k.includes(leaf) || leaf.includes(k)));
  throw new UserError(
    near.length > 0
      ? `${key} is not a parameter; did you mean ${near.join(', ')}?`
      : `${key} is not a parameter; allowed are ${all.join(', ')}.`,
  );
}
