/** What a user's expressions may speak of in a study: the numbers of the machine and the results, by their columns. */
import type { Preset } from '../../config/device-config.ts';
import { type Values, parseCondition, parseFormula } from '../../config/expression.ts';
import { UserError } from '../../config/quantity.ts';
import { type NamedParameter, shownValue, unitOf, valueOf } from './names.ts';
import { RESULTS } from './results.ts';

/** What varies at a point, as it stands in columns, and what came out, in the order of RESULTS. */
type Shown = readonly (number | string)[];
type Results = readonly (number | null)[];

/** What an expression looks at. */
interface Sight {
  /** Whether it can only be judged after the point was computed. */
  readonly ofResults: boolean;
  /** Positions, among what varies, of what it names. */
  readonly ofVaried: readonly number[];
}

export interface Constraint extends Sight {
  readonly text: string;
  readonly holds: (shown: Shown, results: Results) => boolean;
  /** 0 where it holds, else by how much it is missed, in its own unit; infinite where that is not known. */
  readonly miss: (shown: Shown, results: Results) => number;
}

export interface Objective extends Sight {
  readonly text: string;
  /** '' for pure numbers, null where several units were mixed. */
  readonly unit: string | null;
  readonly value: (shown: Shown, results: Results) => number;
}

export interface Words {
  /** Throws UserError led by `where`. */
  readonly constraint: (text: string, where: string) => Constraint;
  readonly objective: (text: string, where: string) => Objective;
}

/** Least miss of a constraint that does not hold: `a < b` where both are alike. */
const LEAST_MISS = 1e-12;

/** @param varied columns of what varies from point to point, in the order in which it is shown */
export function studyWords(
  preset: Preset,
  known: readonly NamedParameter[],
  varied: readonly string[],
): Words {
  const numbers = known.flatMap(({ column, name, parameter }) =>
    parameter.kind === 'number' ? [{ column, name, parameter }] : [],
  );
  const units = new Map<string, string>([
    ...numbers.map(({ column, parameter }): [string, string] => [column, unitOf(parameter)]),
    ...RESULTS.map(({ key, unit }): [string, string] => [key, unit]),
  ]);
  const vocabulary = { kind: 'parameter or result', units };

  function sightOf(text: string, where: string, names: readonly string[]) {
    const results = RESULTS.flatMap(({ key }, i) => (names.includes(key) ? [{ key, i }] : []));
    const ofVaried = varied.flatMap((column, i) => (names.includes(column) ? [i] : []));
    if (ofVaried.length === 0 && results.length === 0)
      throw new UserError(`${where}: "${text}" names nothing that varies, so it is the same for all points.`);
    const constants = numbers.flatMap(({ column, name, parameter }): [string, number][] =>
      names.includes(column) && !varied.includes(column)
        ? [[column, Number(shownValue(parameter, valueOf(preset.device, name)))]]
        : [],
    );
    const valuesOf = (shown: Shown, found: Results): Values =>
      Object.fromEntries([
        ...constants,
        ...ofVaried.map((i) => [varied[i], Number(shown[i])]),
        ...results.map(({ key, i }) => [key, found[i] ?? Number.NaN]),
      ]) as Values;
    return { ofResults: results.length > 0, ofVaried, valuesOf };
  }

  return {
    constraint(text, where) {
      const condition = parseCondition(text, vocabulary);
      if (typeof condition === 'string') throw new UserError(`${where}: ${condition}.`);
      const { valuesOf, ...sight } = sightOf(text, where, condition.names);
      const holds = (shown: Shown, results: Results) => condition.judge(valuesOf(shown, results)) === true;
      return {
        ...sight,
        text,
        holds,
        miss(shown, results) {
          if (holds(shown, results)) return 0;
          const margin = condition.margin(valuesOf(shown, results));
          return Number.isNaN(margin) ? Infinity : Math.max(-margin, LEAST_MISS);
        },
      };
    },
    objective(text, where) {
      const formula = parseFormula(text, vocabulary);
      if (typeof formula === 'string') throw new UserError(`${where}: ${formula}.`);
      const { valuesOf, ...sight } = sightOf(text, where, formula.names);
      return {
        ...sight,
        text,
        unit: formula.unit,
        value: (shown, results) => formula.value(valuesOf(shown, results)),
      };
    },
  };
}
