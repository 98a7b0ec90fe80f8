/** The charts of the page as one figure: on top whose and when, then chart after chart with title and legend. */
import { silencesIn } from '../chart/silence.ts';
import { marksIn } from '../chart/mark-lines.ts';
import { palette, type Palette } from '../chart/palette.ts';
import type { Drawn } from '../chart/time-chart.ts';
import { cursors } from '../chart/time-window.ts';
import { chartShapes, type ChartPicture } from './chart-shapes.ts';
import type { Figure, Shape } from './shapes.ts';

/** One chart as the page shows it. */
export interface Shown {
  readonly title: string;
  readonly drawn: Drawn;
}

export interface Heading {
  readonly title: string;
  readonly lines: readonly string[];
}

const EDGE = 16;
const GAP = 18;
const LINE = { title: 26, text: 18, legend: 18 } as const;
const SIZE = { title: 18, chart: 14, text: 12 } as const;
const SWATCH = 18;
const LEAST_WIDTH = 480;

type WidthOf = (words: string, size: number) => number;

function measurer(font: string): WidthOf {
  const context = document.createElement('canvas').getContext('2d');
  return (words, size) => {
    if (context === null) return words.length * size * 0.6;
    context.font = `${size}px ${font}`;
    return context.measureText(words).width;
  };
}

export function pageFigure(charts: readonly Shown[], heading: Heading, font: string): Figure {
  const colours = palette();
  const widthOf = measurer(font);
  const width = 2 * EDGE + Math.max(LEAST_WIDTH, ...charts.map(({ drawn }) => drawn.widthPx));
  const hasRight = charts.some(({ drawn }) => drawn.right !== null);
  const shapes: Shape[] = [];
  let y = EDGE;
  const say = (words: string, size: number, height: number, isBold: boolean, colour: string): void => {
    shapes.push({ kind: 'words', x: EDGE, y: y + size, words, colour, size, isBold });
    y += height;
  };
  say(heading.title, SIZE.title, LINE.title, true, colours.ink);
  for (const line of heading.lines) say(line, SIZE.text, LINE.text, false, colours.muted);
  for (const { title, drawn } of charts) {
    y += GAP;
    say(title, SIZE.chart, 22, true, colours.ink);
    const legend = legendShapes(drawn, colours, y, width, widthOf);
    shapes.push(...legend.shapes);
    y += legend.height;
    const box = { x: EDGE, y, width: width - 2 * EDGE, height: drawn.heightPx + 16 };
    shapes.push(...chartShapes(pictureOf(drawn, colours, widthOf), box, hasRight));
    y += box.height;
  }
  return { width, height: y + EDGE, ground: colours.ground, font, title: heading.title, shapes };
}

function pictureOf(drawn: Drawn, colours: Palette, widthOf: WidthOf): ChartPicture {
  return {
    drawn,
    palette: colours,
    silences: silencesIn(drawn.view, performance.now()),
    marks: marksIn(drawn.view),
    cursors: [cursors.first.peek(), cursors.second.peek()].filter((timeS) => timeS !== null),
    widthOf,
  };
}

function legendShapes(
  drawn: Drawn,
  colours: Palette,
  top: number,
  width: number,
  widthOf: WidthOf,
): { shapes: Shape[]; height: number } {
  const shapes: Shape[] = [];
  let x = EDGE;
  let y = top;
  for (const line of drawn.spec.lines) {
    const words = line.name?.() ?? '';
    if (words === '') continue;
    const room = SWATCH + 6 + widthOf(words, SIZE.text) + 16;
    if (x > EDGE && x + room > width - EDGE) {
      x = EDGE;
      y += LINE.legend;
    }
    const colour = line.colour(colours);
    const dash = line.dash === undefined ? {} : { dash: line.dash };
    shapes.push(
      { kind: 'line', strokes: [[x, y + 8, x + SWATCH, y + 8]], colour, width: 2.5, ...dash },
      { kind: 'words', x: x + SWATCH + 6, y: y + 12, words, colour: colours.ink, size: SIZE.text },
    );
    x += room;
  }
  return { shapes, height: shapes.length === 0 ? 0 : y - top + LINE.legend };
}
