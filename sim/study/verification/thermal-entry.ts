/**
 * Heat transfer in a gap with thermal entry: the correlation of the channels against its exact limits and against a
 * numerical solution of the Graetz problem, with both walls active and with one of them inert.
 */
import { type Correlation, GAP_ONE_SIDED, PLATES } from '../../fluid/correlation.ts';
import { type Check, near, once } from './case.ts';
import { meanNusselt } from './graetz.ts';

const SUBJECT = 'thermal entry';

/** Laminar numbers that no correlation minds; d/L then sets the Graetz number. */
const REYNOLDS = 100;
const PRANDTL = 6;

/** Of a short channel, 1e4, to one that is developed along most of its length, 3; and two to extrapolate from. */
const GRAETZ = [1e4, 1e3, 300, 100, 30, 10, 3];
const LONG = [2, 1];

/** Mean Nusselt number of a thin thermal layer / Gz^⅓: 3/2 (γ/9)^⅓ / Γ(4/3), wall gradient γ = 12 ū/d. */
const LEVEQUE = (1.5 * Math.cbrt(12 / 9)) / 0.892979512;

interface Gap {
  readonly name: string;
  readonly correlation: Correlation;
  readonly active: 1 | 2;
  readonly developed: number;
}

const GAPS: readonly Gap[] = [
  { name: 'both walls active', correlation: PLATES, active: 2, developed: 7.541 },
  { name: 'one wall inert', correlation: GAP_ONE_SIDED, active: 1, developed: 4.861 },
];

export function thermalEntryChecks(): Check[] {
  return GAPS.flatMap(({ name, correlation, active, developed }) => {
    const solved = once(() => meanNusselt(active, [...GRAETZ, ...LONG]));
    const at = (graetz: number) => correlation.nusselt(REYNOLDS, PRANDTL, graetz / REYNOLDS / PRANDTL);
    return [
      {
        subject: SUBJECT,
        name: `${name}: developed Nu of the numerical solution (textbook)`,
        reason:
          'the mean over a long channel nears the limit as Gz, so two give it; the steps downstream leave 0.04 %',
        source: 'shah-london-1978',
        measure: () => near(2 * solved()[GRAETZ.length + 1] - solved()[GRAETZ.length], developed, 1e-3),
      },
      {
        subject: SUBJECT,
        name: `${name}: developed Nu of the correlation (textbook)`,
        reason:
          'at Gz = 1e-3 the blend n = 3.592 leaves its limit by (1.841/7.541)^n · 1e-3^(n/3) / n < 1e-5',
        source: 'shah-london-1978',
        measure: () => near(at(1e-3), developed, 1e-4),
      },
      {
        subject: SUBJECT,
        name: `${name}: entry of the correlation, Nu / Gz^(1/3) (Lévêque)`,
        reason: 'the correlation has the factor 1.841 of its authors, 0.42 % below the exact one',
        source: 'nickolay-martin-2002',
        measure: () => near(at(1e9) / 1e3, LEVEQUE, 5e-3),
      },
      ...GRAETZ.map((graetz, k) => ({
        subject: SUBJECT,
        name: `${name}: Nu of the correlation at Gz ${graetz} (numerical solution)`,
        reason:
          'a blend of two limits, no solution: within 1 % where it is worst, Gz 300 between active walls',
        source: 'nickolay-martin-2002',
        measure: () => near(at(graetz), solved()[k], 0.015),
      })),
    ];
  });
}
