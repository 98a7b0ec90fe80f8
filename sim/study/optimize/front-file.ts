/** The front of a study as JSON, for the page and for programs: numbers in the units that stand beside their names. */
import { shownValue, unitOf } from '../sweep/names.ts';
import type { Judged } from './judge.ts';
import type { OptimizePlan } from './plan.ts';
import { paretoFront } from './rank.ts';
import type { Generation, Search } from './search.ts';

interface Column {
  readonly column: string;
  /** '' for pure numbers and words, null where several were mixed. */
  readonly unit: string | null;
  readonly title: string;
}

export interface FrontFile {
  readonly kind: 'elastocool-front';
  readonly version: 1;
  readonly title: string;
  readonly machine: string;
  /** Whether the machine comes with the program, so that the laboratory knows it. */
  readonly is_preset: boolean;
  /** What kind of agreement the machine's preset can claim. */
  readonly claim: string;
  readonly seed: number;
  /** Designs that were judged, and of them those that meet the constraints. */
  readonly judged: number;
  readonly feasible: number;
  readonly constraints: readonly string[];
  /** Null where nothing is uncertain. */
  readonly robust: {
    readonly uncertain: readonly string[];
    readonly samples: number;
    /** Share in which an objective is reached; null: objectives are means. */
    readonly assured: number | null;
    readonly constraints_hold: number;
  } | null;
  readonly variables: readonly Column[];
  readonly objectives: readonly (Column & { readonly sense: 'maximize' | 'minimize' })[];
  readonly outputs: readonly Column[];
  readonly generations: readonly Generation[];
  /** By the first objective, the best first. */
  readonly designs: readonly FrontDesign[];
}

export interface FrontDesign {
  readonly variables: readonly (number | string)[];
  readonly objectives: readonly number[];
  /** Means where something is uncertain. */
  readonly outputs: readonly (number | null)[];
  /** Share of the samples in which every constraint holds. */
  readonly held_share: number;
  /** All that differs from the preset, as --set takes it. */
  readonly set: Readonly<Record<string, string>>;
}

/** The designs that no other dominates, by the first objective. */
export const bestOf = ({ judged }: Search): Judged[] =>
  paretoFront(judged).toSorted((a, b) => a.costs[0] - b.costs[0]);

export function frontFile(plan: OptimizePlan, found: Search): FrontFile {
  const { title, preset, seed, factors, uncertain, aims, outputs, constraints } = plan;
  return {
    kind: 'elastocool-front',
    version: 1,
    title,
    machine: preset.key,
    is_preset: plan.isPreset,
    claim: preset.claim,
    seed,
    judged: found.judged.length,
    feasible: found.judged.filter(({ isFeasible }) => isFeasible).length,
    constraints: constraints.map(({ text }) => text),
    robust:
      uncertain.length === 0
        ? null
        : {
            uncertain: uncertain.map(({ column }) => column),
            samples: plan.samples.length,
            assured: plan.assured,
            constraints_hold: plan.constraintsHold,
          },
    variables: factors.map(({ column, parameter }) => ({
      column,
      unit: parameter.kind === 'number' ? unitOf(parameter) : '',
      title: parameter.help,
    })),
    objectives: aims.map(({ text, unit, title: name, sense }) => ({
      column: text,
      unit,
      title: name,
      sense,
    })),
    outputs: outputs.map(({ key, unit, title: name }) => ({ column: key, unit, title: name })),
    generations: found.generations,
    designs: bestOf(found).map((one) => ({
      variables: one.design.map((value, i) => shownValue(factors[i].parameter, value)),
      objectives: one.objectives,
      outputs: one.outputs,
      held_share: one.heldShare,
      set: settingsOf(plan, one),
    })),
  };
}

function settingsOf({ set, factors }: OptimizePlan, { design }: Judged): Record<string, string> {
  const chosen = factors.map(({ name, parameter }, i): [string, string] => {
    const shown = shownValue(parameter, design[i]);
    const unit = parameter.kind === 'number' ? unitOf(parameter) : '';
    return [name, `${shown} ${unit}`.trim()];
  });
  return { ...set, ...Object.fromEntries(chosen) };
}
