import type { Law } from './law.ts';
import { SmoothLaw } from './smooth-law.ts';
import type { SuperelasticParameters } from './superelastic.ts';
export function makeLaw(
  kind: string,
  parameters: SuperelasticParameters,
  elements: number,
  nodes: number,
  temperature: number,
): Law {
  void elements;
  if (kind !== 'smooth') throw new Error(kind);
  return new SmoothLaw(parameters, nodes, temperature);
}
