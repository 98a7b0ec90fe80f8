/**
 * Expressions that a user writes: the condition of a rig file's own interlock, `hot_inlet_C > 60 and abs(flow_kg_per_s) < 0.05`,
 * the constraint or the objective of a study, `outer_diameter_mm - 2 * wall_thickness_mm > 3`. mathjs reads the text into a
 * tree and no more; the tree is held against a list of what is allowed and turned into closures here, so no text of a
 * file is ever evaluated (mathjs would take `zeros(3e4,3e4)` and the memory with it).
 *
 * A value that is not there is NaN. It makes a comparison unknown, not false; `and`, `or` and `not` carry that on as
 * in three-valued logic (Kleene 1952): unknown or true is true, unknown and false is false.
 */
import type { MathNode } from 'mathjs';
import { math } from '../mathjs.ts';

/** true, false, or null where a missing value leaves it open. */
export type Verdict = boolean | null;
export type Values = Readonly<Record<string, number>>;

/** What may be named, and what it is called in sentences: `{ kind: 'channel', units }`. */
export interface Vocabulary {
  readonly kind: string;
  /** Unit of every name; '' for a pure number. */
  readonly units: ReadonlyMap<string, string>;
}

export interface Condition {
  readonly judge: (values: Values) => Verdict;
  /**
   * By how much it holds, in the unit of its sides; less than 0: by how much it does not. NaN where a value is missing. The
   * least of what `and` joins, the greatest of what `or` does.
   */
  readonly margin: (values: Values) => number;
  /** What it looks at. */
  readonly names: readonly string[];
}

export interface Formula {
  /** NaN where a value is missing. */
  readonly value: (values: Values) => number;
  /** '' for a pure number; null where units were mixed, or there is none. */
  readonly unit: string | null;
  readonly names: readonly string[];
}

const MOST_CHARACTERS = 200;
const DEEPEST = 12;
const LARGEST_POWER = 4;

/** A number and the unit of the channel it came from; null where it has none, or several were mixed. */
interface Quantity {
  readonly kind: 'number';
  readonly value: (values: Values) => number;
  readonly unit: string | null;
}
interface Truth {
  readonly kind: 'truth';
  readonly judge: (values: Values) => Verdict;
  readonly margin: (values: Values) => number;
}
type Compiled = Quantity | Truth;

/** Carries one sentence out of the depth of a tree; never leaves this file. */
class Refused extends Error {}
const refuse = (sentence: string): never => {
  throw new Refused(sentence);
};

/** A comparison, or several joined. @returns a sentence where the text is none that is allowed */
export function parseCondition(text: string, vocabulary: Vocabulary): Condition | string {
  return read(text, vocabulary, (compiled, names) =>
    compiled.kind === 'truth'
      ? { judge: compiled.judge, margin: compiled.margin, names }
      : refuse(`"${text}" is a number; a comparison is expected, such as ${EXAMPLE}`),
  );
}

/** A number. @returns a sentence where the text is none that is allowed */
export function parseFormula(text: string, vocabulary: Vocabulary): Formula | string {
  return read(text, vocabulary, (compiled, names) =>
    compiled.kind === 'number'
      ? { value: compiled.value, unit: compiled.unit, names }
      : refuse(`"${text}" is a comparison; a number is expected`),
  );
}

function read<T>(
  text: string,
  vocabulary: Vocabulary,
  finish: (compiled: Compiled, names: readonly string[]) => T,
): T | string {
  if (text.length > MOST_CHARACTERS)
    return `the expression has ${text.length} characters, allowed are ${MOST_CHARACTERS}`;
  const names = new Set<string>();
  try {
    const compiled = compile(math.parse(text), { vocabulary, names }, 0);
    if (names.size === 0) return `"${text}" names no ${vocabulary.kind}, so it would never change`;
    return finish(compiled, [...names]);
  } catch (error) {
    if (error instanceof Refused) return error.message;
    return `"${text}" cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const EXAMPLE = 'hot_inlet_C > 60';

interface Context {
  readonly vocabulary: Vocabulary;
  readonly names: Set<string>;
}

/** The parts of mathjs's nodes that are looked at; its own types are a union without tags. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly op?: string;
  readonly implicit?: boolean;
  readonly args?: readonly MathNode[];
  readonly content?: MathNode;
  readonly fn?: { readonly type: string; readonly name?: string };
}

function compile(given: MathNode, context: Context, depth: number): Compiled {
  if (depth > DEEPEST) refuse(`the expression is nested deeper than ${DEEPEST}`);
  const node = given as unknown as Node;
  const inner = (child: MathNode): Compiled => compile(child, context, depth + 1);
  switch (node.type) {
    case 'ParenthesisNode':
      return inner(node.content as MathNode);
    case 'ConstantNode':
      return constant(node.value);
    case 'SymbolNode':
      return named(node.name ?? '', context);
    case 'OperatorNode':
      if (node.implicit === true) refuse(`"${given.toString()}": write the operator between the two`);
      if (node.op === '^') return power(given, node.args ?? [], inner);
      return operation(node.op ?? '', (node.args ?? []).map(inner));
    case 'FunctionNode':
      return call(node.fn?.name ?? '?', (node.args ?? []).map(inner));
    case 'RelationalNode':
      return refuse(`"${given.toString()}": write two comparisons joined by "and"`);
    default:
      return refuse(`"${given.toString()}" is not allowed in an expression; ${ALLOWED}`);
  }
}

const ALLOWED =
  'allowed are names, numbers, + - * / ^, < <= > >= == !=, and, or, not, abs, min, max, sqrt, cbrt, exp, log, log10, floor, ceil, round and parentheses';

function constant(value: unknown): Quantity {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    return refuse(`${JSON.stringify(value) ?? 'nothing'} is not allowed in an expression; ${ALLOWED}`);
  }
  return { kind: 'number', value: () => value, unit: null };
}

function named(name: string, { vocabulary, names }: Context): Quantity {
  const unit = vocabulary.units.get(name);
  if (unit === undefined)
    return refuse(`${name} is no ${vocabulary.kind}; known are ${[...vocabulary.units.keys()].join(', ')}`);
  names.add(name);
  return { kind: 'number', value: (values) => values[name] ?? Number.NaN, unit };
}

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

const COMPARISON: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** How far the two sides are on the side that is asked for. */
const MARGIN: Readonly<Record<string, (a: number, b: number) => number>> = {
  '<': (a, b) => b - a,
  '<=': (a, b) => b - a,
  '>': (a, b) => a - b,
  '>=': (a, b) => a - b,
  '==': (a, b) => -Math.abs(a - b),
  '!=': (a, b) => Math.abs(a - b),
};

function operation(op: string, args: readonly Compiled[]): Compiled {
  const [first, second] = args;
  if (args.length === 1 && op === '-') return map([numeric(first, op)], ([a]) => -a);
  if (args.length === 1 && op === 'not') return negation(truth(first, op));
  if (args.length === 2 && (op === 'and' || op === 'or'))
    return junction(op, truth(first, op), truth(second, op));
  if (args.length === 2 && Object.hasOwn(ARITHMETIC, op))
    return arithmetic(op, numeric(first, op), numeric(second, op));
  if (args.length === 2 && Object.hasOwn(COMPARISON, op))
    return comparison(op, numeric(first, op), numeric(second, op));
  return refuse(`the operator ${op} is not allowed in an expression; ${ALLOWED}`);
}

/** Of one number: those that keep its unit, and those that do not. */
const KEEPING = ['abs', 'floor', 'ceil', 'round'] as const;
const CHANGING = ['sqrt', 'cbrt', 'exp', 'log', 'log10'] as const;

function call(name: string, args: readonly Compiled[]): Quantity {
  const numbers = args.map((arg) => numeric(arg, name));
  const count = numbers.length;
  const keeping = KEEPING.find((one) => one === name);
  const changing = CHANGING.find((one) => one === name);
  if (keeping !== undefined && count === 1) return map(numbers, ([a]) => Math[keeping](a));
  if (changing !== undefined && count === 1)
    return { ...map(numbers, ([a]) => Math[changing](a)), unit: null };
  if ((name === 'min' || name === 'max') && count >= 2 && count <= 16) {
    sameUnit(numbers, name);
    return map(numbers, (values) => Math[name](...values));
  }
  return refuse(`${name}() of ${count} is not allowed in an expression; ${ALLOWED}`);
}

/** Only by a number that stands there: a unit to a power that changes is none. */
function power(whole: MathNode, args: readonly MathNode[], inner: (child: MathNode) => Compiled): Quantity {
  const [base, exponent] = args.map((arg) => numeric(inner(arg), '^'));
  const by = exponent.unit === null ? exponent.value({}) : Number.NaN;
  if (!(Math.abs(by) <= LARGEST_POWER))
    return refuse(
      `"${whole.toString()}": an exponent is a number from -${LARGEST_POWER} to ${LARGEST_POWER}`,
    );
  return { ...map([base], ([a]) => a ** by), unit: null };
}

function map(args: readonly Quantity[], of: (values: number[]) => number): Quantity {
  const unit = args.find((arg) => arg.unit !== null)?.unit ?? null;
  return { kind: 'number', value: (values) => of(args.map(({ value }) => value(values))), unit };
}

function arithmetic(op: string, a: Quantity, b: Quantity): Quantity {
  const of = ARITHMETIC[op];
  const value = (values: Values): number => of(a.value(values), b.value(values));
  if (op === '*' || op === '/') return { kind: 'number', value, unit: a.unit === null ? b.unit : null };
  sameUnit([a, b], op);
  // The difference of two °C is a difference; what it may be compared with is no longer known.
  const isLost = a.unit !== null && b.unit !== null && a.unit.endsWith('C');
  return { kind: 'number', value, unit: isLost ? null : (a.unit ?? b.unit) };
}

function comparison(op: string, a: Quantity, b: Quantity): Truth {
  sameUnit([a, b], op);
  const of = COMPARISON[op];
  return {
    kind: 'truth',
    judge(values) {
      const [left, right] = [a.value(values), b.value(values)];
      return Number.isNaN(left) || Number.isNaN(right) ? null : of(left, right);
    },
    margin: (values) => MARGIN[op](a.value(values), b.value(values)),
  };
}

const negation = ({ judge, margin }: Truth): Truth => ({
  kind: 'truth',
  judge(values) {
    const verdict = judge(values);
    return verdict === null ? null : !verdict;
  },
  margin: (values) => -margin(values),
});

/** `and` is settled by a false, `or` by a true, whatever the other side is. */
const junction = (op: 'and' | 'or', a: Truth, b: Truth): Truth => ({
  kind: 'truth',
  judge(values) {
    const verdicts = [a.judge(values), b.judge(values)];
    if (verdicts.includes(op === 'or')) return op === 'or';
    return verdicts.includes(null) ? null : op === 'and';
  },
  margin: (values) => Math[op === 'and' ? 'min' : 'max'](a.margin(values), b.margin(values)),
});

function sameUnit(args: readonly Quantity[], op: string): void {
  const units = new Set(args.flatMap(({ unit }) => (unit === null ? [] : [unit])));
  if (units.size > 1)
    refuse(`${op} has ${[...units].map((unit) => unit || 'a pure number').join(' and ')} on its sides`);
}

const numeric = (given: Compiled | undefined, where: string): Quantity =>
  given?.kind === 'number' ? given : refuse(`${where} needs numbers, not a comparison; use parentheses`);

const truth = (given: Compiled | undefined, where: string): Truth =>
  given?.kind === 'truth' ? given : refuse(`${where} needs comparisons, such as ${EXAMPLE}; use parentheses`);
