/** Faults that fall by the clock of the rig. */
import { orderProblem } from '../../protocol/faults/amount.ts';

export interface PlannedFault {
  readonly fault: string;
  /** After the rig began to answer, s. */
  readonly at_s: number;
  readonly amount?: number;
}

/** One sentence where `value` is no list of planned faults. */
export function planProblem(value: unknown): string | null {
  if (!Array.isArray(value)) return `faults is ${JSON.stringify(value)}; a list is expected.`;
  for (const entry of value as unknown[]) {
    if (!isPlanned(entry))
      return `faults holds ${JSON.stringify(entry)}; {"fault":"drop","at_s":10} is expected.`;
    const problem = orderProblem(entry.fault, entry.amount);
    if (problem !== null) return problem;
  }
  return null;
}

function isPlanned(entry: unknown): entry is PlannedFault {
  if (typeof entry !== 'object' || entry === null) return false;
  const { fault, at_s, amount } = entry as Partial<Record<keyof PlannedFault, unknown>>;
  const isAmount = amount === undefined || typeof amount === 'number';
  return typeof fault === 'string' && typeof at_s === 'number' && at_s >= 0 && isAmount;
}
