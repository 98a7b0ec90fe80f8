/** The legend under a figure: entries side by side, as many rows as they need. */
import { text, textWidth, wrapText } from './svg.ts';

export interface LegendEntry {
  readonly label: string;
  /** Drawn `SWATCH` px wide from `left`, around `middle`. */
  readonly swatch: (left: number, middle: number) => string;
}

export const SWATCH = 26;
export const LEGEND_ROW = 18;
const BESIDE = 8;
const BETWEEN = 20;
const SIZE = 12;

export interface Legend {
  /** px. */
  readonly height: number;
  readonly draw: (left: number, top: number) => string[];
}

/** In `width` px; a label that is longer goes over several rows. */
export function layOutLegend(entries: readonly LegendEntry[], width: number): Legend {
  const placed: { entry: LegendEntry; rows: string[]; left: number; row: number }[] = [];
  let [left, row] = [0, 0];
  for (const entry of entries) {
    const rows = wrapText(entry.label, width - SWATCH - BESIDE, SIZE);
    const wide = SWATCH + BESIDE + Math.max(...rows.map((words) => textWidth(words, SIZE)));
    if (left > 0 && left + wide > width) [left, row] = [0, row + 1];
    placed.push({ entry, rows, left, row });
    left += wide + BETWEEN;
    if (rows.length > 1) [left, row] = [0, row + rows.length];
  }
  const rows = left === 0 ? row : row + 1;
  return {
    height: rows * LEGEND_ROW,
    draw: (x, top) =>
      placed.flatMap(({ entry, rows: words, left: beside, row: first }) => {
        const baseline = top + first * LEGEND_ROW + 4;
        return [
          entry.swatch(x + beside, baseline - 4),
          ...words.map((line, k) => text(x + beside + SWATCH + BESIDE, baseline + k * LEGEND_ROW, line)),
        ];
      }),
  };
}
