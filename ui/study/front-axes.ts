/** The axes of a front: one for each number of its designs, and the part of each that is asked for. */
import type { Front, FrontDesign } from './front-file.ts';

export type AxisKind = 'objective' | 'variable' | 'output';

export interface FrontAxis {
  readonly kind: AxisKind;
  /** Unique among the axes of a front. */
  readonly key: string;
  readonly name: string;
  /** '' for pure numbers, and where it stands in the name. */
  readonly unit: string;
  /** For an objective: which end is good. */
  readonly good: 'low' | 'high' | null;
  /** Of the numbers of all designs; where they are all alike the axis has no extent. */
  readonly low: number;
  readonly high: number;
  /** For words: which, in the order of their numbers. */
  readonly words: readonly string[] | null;
  /** Null where a design has none. */
  readonly valueOf: (design: FrontDesign) => number | null;
}

/** Shares of the extent of an axis, 0 to 1. */
export interface Part {
  readonly from: number;
  readonly to: number;
}
export const WHOLE: Part = { from: 0, to: 1 };

/** Objectives first, then what was chosen, then what else came out. */
export function axesOf(front: Front): FrontAxis[] {
  const { objectives, variables, outputs } = front;
  return [
    ...objectives.map(({ title, unit, sense }, i) =>
      axis(front, 'objective', i, { title, unit }, ({ objectives: of }) => of[i], sense),
    ),
    ...variables.map(({ column }, i) => {
      const words = wordsAt(front, i);
      const valueOf = ({ variables: of }: FrontDesign): number =>
        words === null ? Number(of[i]) : words.indexOf(String(of[i]));
      return { ...axis(front, 'variable', i, { title: column, unit: '' }, valueOf), words };
    }),
    ...outputs.map(({ column }, i) =>
      axis(front, 'output', i, { title: column, unit: '' }, ({ outputs: of }) => of[i] ?? null),
    ),
  ];
}

/** The axis of a key; where none has it, the one at a place, or the last. */
export const axisAt = (axes: readonly FrontAxis[], key: string, otherwise: number): FrontAxis =>
  axes.find((one) => one.key === key) ?? axes[Math.min(otherwise, axes.length - 1)];

function wordsAt({ designs }: Front, place: number): string[] | null {
  const found = designs.map(({ variables }) => variables[place]);
  return found.some((value) => typeof value === 'string') ? [...new Set(found.map(String))].toSorted() : null;
}

function axis(
  { designs }: Front,
  kind: AxisKind,
  place: number,
  { title, unit }: { readonly title: string; readonly unit: string | null },
  valueOf: FrontAxis['valueOf'],
  sense?: 'maximize' | 'minimize',
): FrontAxis {
  const numbers = designs.flatMap((design) => valueOf(design) ?? []);
  return {
    kind,
    key: `${kind}-${place}`,
    name: title,
    unit: unit ?? '',
    good: sense === undefined ? null : sense === 'maximize' ? 'high' : 'low',
    low: numbers.reduce((least, one) => Math.min(least, one), Infinity),
    high: numbers.reduce((most, one) => Math.max(most, one), -Infinity),
    words: null,
    valueOf,
  };
}

/** Where a design stands on an axis, 0 to 1; in the middle where all are alike. Null where it has no number. */
export function shareOn({ low, high, valueOf }: FrontAxis, design: FrontDesign): number | null {
  const value = valueOf(design);
  if (value === null) return null;
  return high > low ? (value - low) / (high - low) : 0.5;
}

/** Rounding must not push out the design that an end was put on. */
const ROUNDING = 1e-9;

/** The designs within all that is asked for; what has no number on an axis is within its whole only. */
export function within(
  designs: readonly FrontDesign[],
  axes: readonly FrontAxis[],
  parts: ReadonlyMap<string, Part>,
): FrontDesign[] {
  const asked = axes.flatMap((one) => {
    const part = parts.get(one.key);
    return part === undefined || (part.from <= 0 && part.to >= 1) ? [] : [{ one, part }];
  });
  return designs.filter((design) =>
    asked.every(({ one, part }) => {
      const share = shareOn(one, design);
      return share !== null && share >= part.from - ROUNDING && share <= part.to + ROUNDING;
    }),
  );
}

/** The number, or the word, at a share of an axis. */
export const textAt = (one: FrontAxis, share: number): string =>
  textOf(one, one.low + share * (one.high - one.low));

export function textOf({ words }: FrontAxis, value: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  if (words !== null) return words[Math.round(value)] ?? '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e6 || size < 1e-3 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return text.replace('-', '−').replace('e−', 'e-');
}
