/**
 * Conditioning: parameters moved until a machine meets the figures that it is calibrated to.
 *
 * With y = g(θ) the figures and θ = (free, moved), each moved parameter belonging to one figure, the density of the
 * machines that meet y is prior(free) · prior(moved) / |det ∂g/∂moved|. So a machine is drawn by drawing what is free,
 * solving for what is moved, and giving it the weight prior(moved) / |det|: the condition holds exactly, whatever the number of
 * parameters, where rejection would keep one machine in thousands.
 */
import { LuDecomposition, Matrix } from 'ml-matrix';
import type { Changes } from '../../config/parameters/parameter.ts';
import { triangularDensity } from '../sampling/triangular.ts';
import type { Prior } from './priors.ts';
import { rootsWithin } from './solve.ts';

/** A figure that a parameter is moved to meet. */
export interface Condition {
  readonly moved: Prior;
  readonly published: number;
  /** How near is met, in the unit of the figure. */
  readonly tolerance: number;
  /** Points of the first scan for it. */
  readonly scan: number;
  /** The figure of the machine with these values; null where it has none. */
  readonly ask: (changes: Changes) => number | null;
}

export interface Conditioned {
  readonly changes: Changes;
  /** prior(moved) / |det ∂g/∂moved| */
  readonly density: number;
}

/** Newton steps where figures depend on each other's parameters. */
const NEWTON_STEPS = 8;
/** Difference for derivatives, as a share of the range. */
const DIFFERENCE = 0.01;

/** Where what is moved stands, and the density that this has. */
interface Met {
  readonly changes: Changes;
  readonly density: number;
}

/**
 * Meets the conditions in their order, each by its own parameter; those that a later one has spoilt are met together
 * with it, by Newton's rule. Where a condition has several roots, `choice` (0 to 1) picks one by its weight.
 * @returns the position of the first condition that cannot be met instead, where there is one
 */
export function condition(
  free: Changes,
  conditions: readonly Condition[],
  choice: number,
): Conditioned | { readonly unmet: number } {
  let changes = free;
  // what comes later leaves what came before as it is, so that the determinant is the product of those of the blocks
  let blocks: Block[] = [];
  for (const [k, one] of conditions.entries()) {
    let met = chosenRoot(changes, one, choice);
    let block = [k];
    for (;;) {
      if (met === null) return { unmet: k };
      changes = met.changes;
      const spoilt = missedOf(conditions, changes, k).filter((i) => !block.includes(i));
      if (spoilt.length === 0) break;
      const touched = blocks.filter(({ positions }) => positions.some((i) => spoilt.includes(i)));
      blocks = blocks.filter((other) => !touched.includes(other));
      block = [...block, ...touched.flatMap(({ positions }) => positions)];
      met = together(
        block.map((i) => conditions[i]),
        changes,
      );
    }
    blocks.push({ positions: block, density: met.density });
  }
  return { changes, density: blocks.reduce((product, { density }) => product * density, 1) };
}

/** Conditions that were met together, and their share of the density. */
interface Block {
  readonly positions: readonly number[];
  readonly density: number;
}

/** Positions up to `last` that are not met. */
const missedOf = (conditions: readonly Condition[], changes: Changes, last: number): number[] =>
  missedBy(conditions.slice(0, last), changes).flatMap((off, i) =>
    Math.abs(off) <= conditions[i].tolerance ? [] : [i],
  );

function chosenRoot(changes: Changes, one: Condition, choice: number): Met | null {
  const { moved, published, tolerance, scan, ask } = one;
  const { name, low, high } = moved;
  const missed = (x: number) => {
    const value = ask({ ...changes, [name]: x });
    return value === null ? null : value - published;
  };
  const roots = rootsWithin(missed, low, high, scan, tolerance).map(({ at, slope }) => ({
    at,
    weight: triangularDensity(moved, at) / Math.abs(slope),
  }));
  const total = roots.reduce((sum, root) => sum + root.weight, 0);
  let left = choice * total;
  const chosen = roots.find((root) => (left -= root.weight) <= 0);
  return chosen === undefined ? null : { changes: { ...changes, [name]: chosen.at }, density: total };
}

/** How far each figure is off; NaN where it has no value. */
const missedBy = (conditions: readonly Condition[], changes: Changes): number[] =>
  conditions.map(({ ask, published }) => (ask(changes) ?? Number.NaN) - published);

function together(conditions: readonly Condition[], start: Changes): Met | null {
  let changes = start;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const off = missedBy(conditions, changes);
    const jacobian = new LuDecomposition(new Matrix(differences(conditions, changes, off)));
    const { determinant } = jacobian;
    if (!Number.isFinite(determinant) || jacobian.isSingular()) return null;
    if (off.every((v, k) => Math.abs(v) <= conditions[k].tolerance))
      return { changes, density: densityOf(conditions, changes) / Math.abs(determinant) };
    const move = jacobian.solve(Matrix.columnVector(off)).to1DArray();
    const moved = conditions.map(({ moved: { name, low, high } }, k) => {
      const next = (changes[name] as number) - move[k] * (high - low);
      return [name, Math.min(high, Math.max(low, next))] as const;
    });
    changes = { ...changes, ...Object.fromEntries(moved) };
  }
  return null;
}

/** Prior density of the moved parameters, each in shares of its range, as the derivatives are. */
const densityOf = (conditions: readonly Condition[], changes: Changes): number =>
  conditions.reduce((product, { moved }) => {
    const density = triangularDensity(moved, changes[moved.name] as number);
    return product * density * (moved.high - moved.low);
  }, 1);

/** ∂(figure)/∂(moved parameter in shares of its range), rows figures. */
function differences(conditions: readonly Condition[], changes: Changes, off: readonly number[]): number[][] {
  const columns = conditions.map(({ moved: { name, low, high } }) => {
    const x = changes[name] as number;
    // inward, so that no value leaves its range
    const share = x + DIFFERENCE * (high - low) <= high ? DIFFERENCE : -DIFFERENCE;
    const there = missedBy(conditions, { ...changes, [name]: x + share * (high - low) });
    return there.map((v, k) => (v - off[k]) / share);
  });
  return conditions.map((_, row) => columns.map((column) => column[row]));
}
