/** Whether a fault can be injected with such an amount: null, or one sentence that says what is allowed. */
import { faultNamed, isRigFault, RIG_FAULTS } from './index.ts';

export function orderProblem(name: string, amount: number | undefined): string | null {
  const spec = faultNamed(name);
  if (spec === undefined || !isRigFault(name))
    return `${name} is no fault of the virtual rig; known are ${RIG_FAULTS.map((fault) => fault.name).join(', ')}.`;
  if (amount === undefined) return null;
  const { parameter } = spec;
  if (parameter === null) return `${name} takes no amount; ${amount} was given.`;
  const { name: unit, low, high } = parameter;
  if (amount >= low && amount <= high) return null;
  return `${name}: ${amount} given for ${unit}, allowed is ${low} to ${high}.`;
}
