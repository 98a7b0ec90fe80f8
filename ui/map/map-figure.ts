/**
 * A map as a picture: cells in colours, contour lines, axes, colour bar, cursor. What the model does not say has no colour:
 * hatched where it was not trained, striped where the machine does not cool and a COP means nothing.
 */
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import type { Palette } from '../chart/palette.ts';
import type { Box, Figure, Shape } from '../figure/shapes.ts';
import type { MapGrid } from '../worker/messages.ts';
import { contourShapes } from './contour-shapes.ts';
import { legendShapes, patternShapes } from './patterns.ts';

export interface AxisWords {
  /** Name and unit. */
  readonly words: string;
  readonly low: number;
  readonly high: number;
}

export interface MapPicture {
  readonly grid: MapGrid;
  readonly ramp: readonly string[];
  readonly palette: Palette;
  readonly font: string;
  readonly width: number;
  readonly height: number;
  /** On top: the first line is the title. */
  readonly heading: readonly string[];
  readonly x: AxisWords;
  readonly y: AxisWords;
  /** Over the colour bar. */
  readonly unit: string;
  readonly cursor: readonly [x: number, y: number];
  readonly legend: { readonly outside: string; readonly absent: string };
}

const SIZE = { title: 16, words: 12 } as const;
const EDGE = { left: 54, right: 78, top: 24, below: 44, line: 18 } as const;
const BAR = { width: 14, gap: 16 } as const;

/** The part of the picture that is the map itself, px. */
export function mapBox({
  width,
  height,
  heading,
  grid,
}: Pick<MapPicture, 'width' | 'height' | 'heading' | 'grid'>): Box {
  const top = EDGE.top + heading.length * EDGE.line;
  const legend = gapsOf(grid).length * EDGE.line;
  return {
    x: EDGE.left,
    y: top,
    width: width - EDGE.left - EDGE.right,
    height: height - top - EDGE.below - legend,
  };
}

/** Lowest and highest colour: the values of this map, to round numbers; null where it has none. */
export function colourRange({ fill }: MapGrid): readonly [low: number, high: number] | null {
  const known = fill.filter((value) => Number.isFinite(value));
  if (known.length === 0) return null;
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  const [from, to] = scaleLinear()
    .domain(high > low ? [low, high] : [low - 1, high + 1])
    .nice()
    .domain();
  return [from, to];
}

/** Which kinds of gaps a map has. */
function gapsOf({ inside, fill }: MapGrid): ('outside' | 'absent')[] {
  const hasOutside = inside.includes(0);
  const hasAbsent = fill.some((value, cell) => inside[cell] === 1 && Number.isNaN(value));
  return [...(hasOutside ? (['outside'] as const) : []), ...(hasAbsent ? (['absent'] as const) : [])];
}

export function mapFigure(picture: MapPicture): Figure {
  const { grid, ramp, palette, width, height, heading, legend } = picture;
  const box = mapBox(picture);
  const range = colourRange(grid);
  const x = scaleLinear()
    .domain([picture.x.low, picture.x.high])
    .range([box.x, box.x + box.width]);
  const y = scaleLinear()
    .domain([picture.y.low, picture.y.high])
    .range([box.y + box.height, box.y]);
  const cells = cellsOf(grid, box);
  const below = box.y + box.height + EDGE.below;
  return {
    width,
    height,
    ground: palette.ground,
    font: picture.font,
    title: heading[0] ?? picture.unit,
    shapes: [
      ...heading.map((words, i) =>
        say(
          words,
          8,
          18 + i * EDGE.line,
          i === 0 ? palette.ink : palette.muted,
          i === 0 ? SIZE.title : SIZE.words,
        ),
      ),
      ...(range === null ? [] : coloured(grid, cells, ramp, range)),
      ...patternShapes(
        'outside',
        cells((cell) => grid.inside[cell] === 0),
        palette,
      ),
      ...patternShapes(
        'absent',
        cells((cell) => grid.inside[cell] === 1 && Number.isNaN(grid.fill[cell])),
        palette,
      ),
      ...contourShapes(grid.contours, x, y, palette),
      ...axes(picture, box, x, y),
      ...(range === null ? [] : colourBar(picture, box, range)),
      ...cursorShapes(picture, box, x, y),
      ...gapsOf(grid).flatMap((kind, i) =>
        legendShapes(kind, legend[kind], box.x, below + i * EDGE.line, palette),
      ),
    ],
  };
}

type Cells = (holds: (cell: number) => boolean) => number[];

/** Boxes of the cells for which something holds, neighbours of a row as one; on whole pixels, so that no seam shows. */
function cellsOf({ x, y }: MapGrid, box: Box): Cells {
  const edge = (from: number, size: number, share: number): number => Math.round(from + size * share);
  return (holds) => {
    const boxes: number[] = [];
    for (let row = 0; row < y.length; row++) {
      const top = edge(box.y, box.height, 1 - (row + 1) / y.length);
      const bottom = edge(box.y, box.height, 1 - row / y.length);
      let start = -1;
      for (let column = 0; column <= x.length; column++) {
        const isOne = column < x.length && holds(row * x.length + column);
        if (isOne && start < 0) start = column;
        if (isOne || start < 0) continue;
        const left = edge(box.x, box.width, start / x.length);
        boxes.push(left, top, edge(box.x, box.width, column / x.length) - left, bottom - top);
        start = -1;
      }
    }
    return boxes;
  };
}

function coloured(
  { fill }: MapGrid,
  cells: Cells,
  ramp: readonly string[],
  [low, high]: readonly [number, number],
): Shape[] {
  const shades = Array.from(fill, (value) =>
    Number.isNaN(value)
      ? -1
      : Math.min(ramp.length - 1, Math.max(0, Math.floor(((value - low) / (high - low)) * ramp.length))),
  );
  return ramp.map((colour, shade) => ({
    kind: 'boxes',
    boxes: cells((cell) => shades[cell] === shade),
    colour,
  }));
}

type Linear = ScaleLinear<number, number>;

const say = (
  words: string,
  x: number,
  y: number,
  colour: string,
  size: number = SIZE.words,
  anchor: 'start' | 'middle' | 'end' = 'start',
): Shape => ({ kind: 'words', x, y, words, colour, size, anchor, isBold: size === SIZE.title });

function axes({ palette, x: along, y: up }: MapPicture, box: Box, x: Linear, y: Linear): Shape[] {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const [countX, countY] = [Math.max(2, box.width / 80), Math.max(2, box.height / 45)];
  const [textX, textY] = [x.tickFormat(countX), y.tickFormat(countY)];
  const ticksX = x.ticks(countX);
  const ticksY = y.ticks(countY);
  return [
    {
      kind: 'line',
      strokes: [
        [box.x, box.y, right, box.y, right, bottom, box.x, bottom, box.x, box.y],
        ...ticksX.map((value) => [x(value), bottom, x(value), bottom + 5]),
        ...ticksY.map((value) => [box.x - 5, y(value), box.x, y(value)]),
      ],
      colour: palette.muted,
      width: 1,
    },
    ...ticksX.map((value) => say(textX(value), x(value), bottom + 18, palette.muted, SIZE.words, 'middle')),
    ...ticksY.map((value) => say(textY(value), box.x - 8, y(value) + 4, palette.muted, SIZE.words, 'end')),
    say(along.words, right, bottom + 36, palette.ink, SIZE.words, 'end'),
    say(up.words, 8, box.y - 9, palette.ink),
  ];
}

function colourBar(
  { ramp, palette, unit, width }: MapPicture,
  box: Box,
  range: readonly [number, number],
): Shape[] {
  const left = box.x + box.width + BAR.gap;
  const bottom = box.y + box.height;
  const up = scaleLinear().domain(range).range([bottom, box.y]);
  const count = Math.max(2, box.height / 45);
  const text = up.tickFormat(count);
  const edge = (i: number): number => Math.round(bottom - (i / ramp.length) * box.height);
  return [
    ...ramp.map(
      (colour, i): Shape => ({
        kind: 'boxes',
        boxes: [left, edge(i + 1), BAR.width, edge(i) - edge(i + 1)],
        colour,
      }),
    ),
    {
      kind: 'line',
      strokes: up.ticks(count).map((value) => [left + BAR.width, up(value), left + BAR.width + 4, up(value)]),
      colour: palette.muted,
      width: 1,
    },
    ...up.ticks(count).map((value) => say(text(value), left + BAR.width + 7, up(value) + 4, palette.muted)),
    say(unit, width - 8, box.y - 9, palette.ink, SIZE.words, 'end'),
  ];
}

/** A cross with a gap at the point itself, dark on light and light on dark. */
function cursorShapes({ cursor: [atX, atY], palette }: MapPicture, box: Box, x: Linear, y: Linear): Shape[] {
  const [left, top] = [x(atX), y(atY)];
  const strokes = [
    [left, box.y, left, top - 7],
    [left, top + 7, left, box.y + box.height],
    [box.x, top, left - 7, top],
    [left + 7, top, box.x + box.width, top],
    [left - 7, top - 7, left + 7, top - 7, left + 7, top + 7, left - 7, top + 7, left - 7, top - 7],
  ];
  return [
    {
      kind: 'window',
      box,
      shapes: [
        { kind: 'line', strokes, colour: palette.ground, width: 4, alpha: 0.7 },
        { kind: 'line', strokes, colour: palette.mark, width: 1.6 },
      ],
    },
  ];
}
