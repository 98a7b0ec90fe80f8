/** One parameter of a machine: a number with a unit, or a choice between words. */
export type Parameter = NumberParameter | ChoiceParameter;

/** A parameter that matters only where another ("group.key") is this word. */
export interface Condition {
  readonly where: string;
  readonly is: string;
}

export interface NumberParameter {
  readonly kind: 'number';
  /** A count: whole numbers only. */
  readonly whole?: true;
  /** Without it the parameter always matters. */
  readonly matters?: Condition;
  /** SI unit of the value inside the program; '' for pure numbers; 'degC' for a temperature, kept in kelvin. */
  readonly unit: string;
  /** Allowed range in that unit (a temperature: in kelvin). */
  readonly min: number;
  readonly max: number;
  /** The unit people write it in, for help and tables. */
  readonly display: string;
  readonly help: string;
  /** Used where a preset says nothing, written as people write it; without one a preset must say. */
  readonly default?: string | number;
  /** Used instead where a preset says nothing: the value of this parameter ("group.key"). */
  readonly sameAs?: string;
  /** For a concentration: density of the solution, kg/m³, by which a weight share ("0.2 wt%") is turned into it. */
  readonly solutionDensity?: number;
}

export interface ChoiceParameter<Option extends string = string> {
  readonly kind: 'choice';
  readonly options: readonly Option[];
  readonly help: string;
  readonly default?: Option;
}

/** A number that a preset must give. */
export function given(
  unit: string,
  min: number,
  max: number,
  display: string,
  help: string,
): NumberParameter {
  return { kind: 'number', unit, min, max, display, help };
}

/** A number with a default; the default counts as assumed. */
export function usual(
  value: string | number,
  unit: string,
  min: number,
  max: number,
  display: string,
  help: string,
): NumberParameter {
  return { ...given(unit, min, max, display, help), default: value };
}

/** A number that is that of another parameter unless a preset says otherwise. */
export function sameAs(
  other: string,
  unit: string,
  min: number,
  max: number,
  display: string,
  help: string,
): NumberParameter {
  return { ...given(unit, min, max, display, help), sameAs: other };
}

/** A count. */
export function whole(parameter: NumberParameter): NumberParameter {
  return { ...parameter, whole: true };
}

/** Matters only where the parameter `where` is `is`; to change it elsewhere is a mistake that is told. */
export function only(where: string, is: string, parameter: NumberParameter): NumberParameter {
  return { ...parameter, matters: { where, is } };
}

/** One of some words; the first is the default. */
export function choice<Option extends string>(
  options: readonly [Option, ...Option[]],
  help: string,
): ChoiceParameter<Option> {
  return { kind: 'choice', options, help, default: options[0] };
}

/** Values by "group.key", or "bank.group.key" for one bank: a number in the SI unit of its parameter, or the word of a choice. */
export type Changes = Readonly<Record<string, number | string>>;
