/** Machines drawn from the priors of a preset and conditioned on its calibration targets. */
import type { Preset } from '../../config/device-config.ts';
import { UserError } from '../../config/quantity.ts';
import type { Target } from '../../config/target.ts';
import type { Changes } from '../../config/parameters/parameter.ts';
import { parameterOf } from '../../config/vary.ts';
import type { ChainState, Found } from '../sampling/chain.ts';
import { haltonPoint } from '../sampling/halton.ts';
import { triangularQuantile, triangularShare } from '../sampling/triangular.ts';
import type { LoadMachine } from '../study.ts';
import { type Condition, condition } from './condition.ts';
import { Evaluation, type KnownMaps } from './evaluation.ts';
import { measure } from './measures.ts';
import { type Prior, priorOf, priorsOf } from './priors.ts';

/** Density 0 and a cause where there is no such machine. */
export interface Draw extends Found {
  /** What differs from the preset; empty where there is no such machine. */
  readonly changes: Changes;
  readonly cause: string | null;
}

/** MPa. Pressed superelastic NiTi yields somewhere above; a machine that asks for more is none. Assumed. */
const STRONGEST = 1100;
/** Share of the published figure within which it counts as met. */
const MET = 1e-3;
/** Points of the scan for roots: of the machine, and of its house. */
const SCAN = 6;
const HOUSE_SCAN = 8;
/** Coordinates beside those of the parameters: which root, and what measures assume besides. */
const SPARE = 2;

/**
 * Grids for machines that are drawn: they move the figures by less than 2 % of the preset's own, a machine is conditioned
 * on the grid on which it is then looked at, and four times as many can be drawn.
 */
const NODES_OF_ALL_BANKS = 40;
const COARSE = { 'numerics.blow_steps': 12, 'numerics.ramp_steps': 16 };

/** Shares of the way out from the centre that are tried for a start. */
const WAYS_OUT = [1, 0.7, 0.5, 0.35, 0.25, 0.15, 0.08, 0];

export class Drawing {
  readonly preset: Preset;
  private readonly load: LoadMachine;
  private readonly priors: readonly Prior[];
  private readonly targets: readonly Target[];
  private readonly grid: Changes;

  /** Throws UserError where a target is met by a parameter without range. */
  constructor(key: string, load: LoadMachine) {
    this.preset = load({ preset: key });
    this.load = load;
    this.targets = this.preset.targets.filter(
      ({ role, metBy }) => role === 'calibration' && metBy !== undefined,
    );
    const moved = this.targets.map(({ metBy }) => metBy);
    this.priors = priorsOf(this.preset).filter(({ name }) => !moved.includes(name));
    const banks = this.preset.device.layout.banks.length;
    const nodes = Math.min(20, Math.max(8, Math.round(NODES_OF_ALL_BANKS / banks)));
    this.grid = { ...COARSE, 'numerics.nodes': nodes };
  }

  get dimensions(): number {
    return SPARE + this.targets.length + this.priors.length;
  }

  /** The point of the cube at which every free parameter is as in the preset and every target as published. */
  centre(): number[] {
    const shares = this.priors.map((prior) => triangularShare(prior, prior.mode));
    return [...Array.from({ length: SPARE + this.targets.length }, () => 0.5), ...shares];
  }

  /**
   * Where a chain starts: on the way from the centre to a point of a randomized Halton set, as far out as a machine is
   * found that meets its targets. Throws UserError where not even the preset itself does.
   */
  start(chain: number, seed: number): ChainState<Draw> {
    const centre = this.centre();
    const away = haltonPoint(chain, this.dimensions, seed);
    for (const share of WAYS_OUT) {
      const point = centre.map((c, d) => c + share * (away[d] - c));
      const found = this.at(point);
      if (found.density > 0) return { point, found };
      if (share === 0)
        throw new UserError(
          `${this.preset.key}: the preset does not meet its own calibration targets (${found.cause}); run "elastocool simulate ${this.preset.key}" and compare.`,
        );
    }
    throw new RangeError('the ways out end at the centre');
  }

  /** The machine at a point of the cube. */
  at(point: readonly number[]): Draw {
    const free = this.priors.map((prior, k) => {
      const value = triangularQuantile(prior, point[SPARE + this.targets.length + k]);
      const parameter = parameterOf(prior.name);
      const isCount = parameter.kind === 'number' && parameter.whole;
      return [prior.name, isCount ? Math.round(value) : value] as const;
    });
    const [choice, chance] = point;
    const ask = asker(this.preset.key, this.load, chance);
    const conditions = this.targets.map((target, k): Condition => {
      const moved = movedBy(this.preset, target);
      return {
        moved,
        // the range of a published figure is its uncertainty, so what is aimed at is drawn too
        published: target.low + (target.high - target.low) * point[SPARE + k],
        tolerance: MET * Math.abs(target.value),
        scan: moved.name.startsWith('room.') ? HOUSE_SCAN : SCAN,
        ask: (changes) => figureOf(ask(changes), target),
      };
    });
    const found = condition({ ...this.grid, ...Object.fromEntries(free) }, conditions, choice);
    if ('unmet' in found) {
      const { metBy, quantity } = this.targets[found.unmet];
      return none(`no ${metBy} gives the published ${quantity}`);
    }
    const cause = spoiltBy(ask(found.changes));
    return cause === null ? { changes: found.changes, density: found.density, cause } : none(cause);
  }
}

const none = (cause: string): Draw => ({ changes: {}, density: 0, cause });

/** Throws UserError where the preset does not say between what the parameter may be moved. */
function movedBy(preset: Preset, { metBy = '', quantity }: Target): Prior {
  const range = preset.provenance[metBy]?.range;
  if (range === undefined)
    throw new UserError(`${preset.key}: ${quantity} is met by ${metBy}, which has no range; give it one.`);
  return priorOf(preset, metBy, range);
}

/** Machines by what differs from the preset; the last one is kept, and all share their maps of the house. */
function asker(preset: string, load: LoadMachine, chance: number): (changes: Changes) => Evaluation | null {
  const maps: KnownMaps = new Map();
  let last: Evaluation | undefined;
  return (changes) => {
    if (last !== undefined && JSON.stringify(last.machine.changes) === JSON.stringify(changes)) return last;
    const made = orNone(() => new Evaluation({ preset, changes }, load, chance, maps));
    if (made !== null) last = made;
    return made;
  };
}

/** What the machine says to a target; null where there is no such machine or no such figure. */
export function figureOf(machine: Evaluation | null, target: Target): number | null {
  return machine === null ? null : orNone(() => measure(machine, target));
}

/** A recipe that cannot be run, a value out of bounds: no such machine. */
function orNone<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError) return null;
    throw error;
  }
}

/** Why a machine that meets its figures is none all the same. */
function spoiltBy(machine: Evaluation | null): string | null {
  const point = machine === null ? null : orNone(() => machine.point({}));
  if (machine === null || point === null) return 'a recipe that cannot be run';
  if (!point.converged) return 'no repeating cycle';
  if (point.peak_stress_MPa > STRONGEST) return `stress above ${STRONGEST} MPa`;
  const bounds = machine.preset.targets.filter(({ role, bound }) => role === 'calibration' && bound !== null);
  const missed = bounds.find((target) => {
    const value = figureOf(machine, target);
    return value === null || (target.bound === 'at least' ? value < target.value : value > target.value);
  });
  return missed === undefined ? null : `${missed.quantity} is not ${missed.bound} ${missed.value}`;
}
