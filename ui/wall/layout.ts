/**
 * Which channels stand on which chart of the wall, as a value that lives in the address:
 * `tick.room_C.0*tick.outdoor_C.1 cycle.cooling_power_W.2` is two charts; the number is the colour, which stays with
 * the channel wherever it is moved.
 */
import type { Codec } from '../address.ts';

export interface Placed {
  /** `tick.room_C`. */
  readonly id: string;
  /** Place in the list of colours. */
  readonly colour: number;
}

export type ChartLayout = readonly Placed[];
export type Layout = readonly ChartLayout[];

export const MOST_CHARTS = 16;
export const MOST_CHANNELS = 64;
/** An axis to the left and one to the right. */
export const MOST_UNITS = 2;

const placedText = ({ id, colour }: Placed): string => `${id}.${colour}`;

function readPlaced(text: string): Placed | undefined {
  const at = text.lastIndexOf('.');
  const colour = Number(text.slice(at + 1));
  const isOdd = at <= 0 || !/^\d{1,3}$/.test(text.slice(at + 1));
  return isOdd ? undefined : { id: text.slice(0, at), colour };
}

function readChart(text: string): ChartLayout {
  return text.split('*').flatMap((word) => readPlaced(word) ?? []);
}

/** Anything may stand in a link: what means nothing is left out, and never more is taken than there may be. */
export const layoutCodec: Codec<Layout> = {
  write: (layout) => layout.map((chart) => chart.map(placedText).join('*')).join(' '),
  read: (text) => {
    let room = MOST_CHANNELS;
    return text
      .split(' ')
      .slice(0, MOST_CHARTS)
      .map((word) => {
        const chart = readChart(word).slice(0, room);
        room -= chart.length;
        return chart;
      });
  },
};

export const countChannels = (layout: Layout): number => layout.reduce((sum, chart) => sum + chart.length, 0);

/** The colour that the fewest curves have: first on this chart, then on the wall; the channel's own where it has one. */
export function colourFor(layout: Layout, chart: number, id: string, colours: number): number {
  const own = layout.flat().find((placed) => placed.id === id);
  if (own !== undefined) return own.colour;
  const uses = (list: ChartLayout, colour: number): number =>
    list.filter((placed) => placed.colour === colour).length;
  const cost = (colour: number): number =>
    1000 * uses(layout[chart] ?? [], colour) + uses(layout.flat(), colour);
  let best = 0;
  for (let colour = 1; colour < colours; colour++) if (cost(colour) < cost(best)) best = colour;
  return best;
}

const replaced = (layout: Layout, at: number, chart: ChartLayout): Layout =>
  layout.map((one, i) => (i === at ? chart : one));

export const withChannel = (layout: Layout, at: number, placed: Placed): Layout =>
  replaced(layout, at, [...layout[at], placed]);

export const withoutChannel = (layout: Layout, at: number, id: string): Layout =>
  replaced(
    layout,
    at,
    layout[at].filter((placed) => placed.id !== id),
  );

export const withoutChart = (layout: Layout, at: number): Layout => layout.filter((_, i) => i !== at);

/** One place up (-1) or down (1); at the end nothing happens. */
export function withMoved(layout: Layout, at: number, by: -1 | 1): Layout {
  const to = at + by;
  if (to < 0 || to >= layout.length) return layout;
  const moved = [...layout];
  [moved[at], moved[to]] = [moved[to], moved[at]];
  return moved;
}

/** Units of a chart in the order in which its axes show them. */
export const unitsOf = (units: readonly string[]): readonly string[] => [...new Set(units)];
