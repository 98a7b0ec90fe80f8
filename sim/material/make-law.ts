/** The constitutive laws by name; see the header of each. */
import { BrinsonLaw, brinsonFrom } from './brinson-law.ts';
import { DistributedLaw } from './distributed-law.ts';
import type { Law } from './law.ts';
import { SmoothLaw } from './smooth-law.ts';
import type { SuperelasticParameters } from './superelastic.ts';

export const LAW_KINDS = ['smooth', 'distributed', 'brinson'] as const;
export type LawKind = (typeof LAW_KINDS)[number];

/**
 * All three describe the alloy of `parameters`; they differ in kinetics and minor loops.
 * @param elements of a node, 2 to 16; only the distributed law has them
 * @param temperature at the start, K; austenite, without stress
 */
export function makeLaw(
  kind: LawKind,
  parameters: SuperelasticParameters,
  elements: number,
  nodes: number,
  temperature: number,
): Law {
  if (kind === 'smooth') return new SmoothLaw(parameters, nodes, temperature);
  if (kind === 'distributed') return new DistributedLaw(parameters, elements, nodes, temperature);
  return new BrinsonLaw(brinsonFrom(parameters), nodes, temperature);
}
