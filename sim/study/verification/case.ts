/** A check before it has run, and the record of one that has. */

export interface VerificationCase {
  readonly subject: string;
  readonly name: string;
  readonly value: number;
  readonly reference: number;
  /** |value − reference| / scale, the scale being |reference| unless the check has another; for a bound, what exceeds it. */
  readonly error: number;
  readonly allowed: number;
  readonly pass: boolean;
  /** Why just this much is allowed. */
  readonly reason: string;
  /** Key in the bibliography, where the reference is a published one. */
  readonly source?: string;
}

/** What was found, before it is judged. */
export type Finding = Pick<VerificationCase, 'value' | 'reference' | 'error' | 'allowed'>;

export interface Check {
  readonly subject: string;
  readonly name: string;
  readonly reason: string;
  readonly source?: string;
  readonly measure: () => Finding;
}

export function runCheck({ measure, ...what }: Check): VerificationCase {
  const found = measure();
  // an error that is not a number is no pass
  return { ...what, ...found, pass: found.error <= found.allowed };
}

/** A value that must meet its reference, relative to `scale`. */
export function near(
  value: number,
  reference: number,
  allowed: number,
  scale = Math.abs(reference) || 1,
): Finding {
  return { value, reference, error: Math.abs(value - reference) / scale, allowed };
}

export function atMost(value: number, bound: number): Finding {
  return { value, reference: bound, error: value <= bound ? 0 : excess(value, bound), allowed: 0 };
}

export function atLeast(value: number, bound: number): Finding {
  return { value, reference: bound, error: value >= bound ? 0 : excess(value, bound), allowed: 0 };
}

const excess = (value: number, bound: number) => Math.abs(value - bound) / (Math.abs(bound) || 1);

/** What several checks share is computed by the first that asks. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Order of convergence from three values, each of a step `ratio` times finer: log((a − b)/(b − c)) / log(ratio). */
export const observedOrder = ([a, b, c]: readonly number[], ratio: number): number =>
  Math.log((a - b) / (b - c)) / Math.log(ratio);

/** The limit of a sequence whose error has this order, from two values, the second of a step half as long (Richardson). */
export const extrapolated = (coarse: number, fine: number, order: number): number =>
  fine + (fine - coarse) / (2 ** order - 1);
