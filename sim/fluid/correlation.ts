import { NUSSELT_ONE_SIDED, NUSSELT_TWO_SIDED, gapNusselt } from './correlations.ts';
export interface Correlation {
  readonly name: string;
  readonly source: string;
  readonly reynoldsRange: readonly [number, number];
  readonly prandtlRange: readonly [number, number];
  nusselt(reynolds: number, prandtl: number, diameterPerLength: number): number;
  frictionReynolds(reynolds: number): number;
}
const gap = (name: string, nu: number): Correlation => ({
  name,
  source: 'nickolay-martin-2002',
  reynoldsRange: [0, 2300],
  prandtlRange: [0.1, 1000],
  nusselt: (re, pr, dl) => gapNusselt(nu, re * pr * dl),
  frictionReynolds: () => 96,
});
export const GAP_ONE_SIDED = gap('gap', NUSSELT_ONE_SIDED);
export const PLATES = gap('plates', NUSSELT_TWO_SIDED);
export const TUBE = gap('tube', 3.66);
export const annulus = (r: number, h: 'inner' | 'outer'): Correlation => gap(`annulus ${r} ${h}`, 4.86);
export const bundle = (p: number): Correlation => gap(`bundle ${p}`, 4.86);
