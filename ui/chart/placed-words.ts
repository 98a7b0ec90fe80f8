/** Which words of the marks find room in a chart. */
export interface Mark {
  /** Device time. */
  readonly atS: number;
  readonly note: string;
  readonly by: string;
}

/** Characters of a note that stand in a chart; the whole stands in the list of events. */
const WORDS = 28;

const shortened = (note: string): string => (note.length > WORDS ? `${note.slice(0, WORDS - 1)}…` : note);

/** Words that would run into those of the next mark are left out; its line stands. */
export function placedWords(
  marks: readonly Mark[],
  xOf: (timeS: number) => number,
  widthOf: (words: string) => number,
): { readonly x: number; readonly words: string }[] {
  return marks.map((mark, i) => {
    const x = xOf(mark.atS);
    const words = shortened(mark.note);
    const next = marks[i + 1];
    const room = next === undefined ? Number.POSITIVE_INFINITY : xOf(next.atS) - x;
    return { x, words: widthOf(words) < room ? words : '' };
  });
}
