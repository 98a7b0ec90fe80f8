/** What a user changes, by the names of the parameters. */
import { BANK_GROUPS, type GroupKey, PARAMETERS } from './parameters/index.ts';
import type { BankConfig } from './device-config.ts';
import type { Parameter } from './parameters/parameter.ts';
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

type Groups = Readonly<Record<string, Readonly<Record<string, number | string>>>>;

/**
 * Throws UserError where a change does nothing: each bank has a value of its own, or the parameter matters only where
 * another is something else.
 * @param key as the user wrote it; `name` as "group.key" or "bank.group.key"
 * @param own names that have a value of their own
 */
export function refuseIdle(
  key: string,
  name: string,
  parameter: Parameter,
  shared: Groups,
  banks: readonly BankConfig[],
  own: ReadonlyMap<string, unknown>,
): void {
  const steps = name.split('.');
  const isOfBank = (bank: BankConfig) =>
    steps.length === 3 ? steps[0] === bank.name : !own.has(`${bank.name}.${name}`);
  const group = steps[steps.length - 2];
  const isBankGroup = BANK_GROUPS.some((one) => one === group);
  const reached = isBankGroup ? banks.filter(isOfBank) : banks;
  if (reached.length === 0)
    throw new UserError(
      `${key}: every bank has its own here; change ${banks.map((bank) => `${bank.name}.${steps[1]}`).join(', ')}.`,
    );
  if (parameter.kind === 'choice' || parameter.matters === undefined) return;
  const { where, is } = parameter.matters;
  const [otherGroup, otherKey] = where.split('.');
  const places = BANK_GROUPS.some((one) => one === otherGroup) ? (reached as unknown as Groups[]) : [shared];
  if (places.some((place) => place[otherGroup][otherKey] === is)) return;
  throw new UserError(
    `${key}: has no effect here, where ${where} is ${places[0][otherGroup][otherKey]}; it matters where that is ${is}.`,
  );
}
