/** Which envelopes, exchangers and fans make the published quarter of an hour come true. */
import { PARAMETERS } from '../../../config/parameters/index.ts';
import { parameterOf } from '../../../config/vary.ts';
import { toDisplay } from '../../../config/quantity.ts';
import { type PulldownMapOutput, pulldownMap, shareWithin } from '../../../study/model-house/pulldown-map.ts';
import type { Block, ChapterContext, Figure, Table } from '../../chapter.ts';
import { mapFigure } from '../../map-figure.ts';
import { KILOWATT } from './members.ts';
import { PUBLISHED } from './pulldown.ts';

type Parameter =
  | `room.${keyof (typeof PARAMETERS)['room']}`
  | `exchangers.${keyof (typeof PARAMETERS)['exchangers']}`;

interface Side {
  readonly name: Parameter;
  readonly label: string;
  /** In the unit people write. */
  readonly from: number;
  readonly to: number;
}

interface HouseMap {
  readonly key: string;
  readonly title: string;
  readonly x: Side;
  readonly y: Side;
}

/** Over the ranges that the preset gives as its priors. */
const MAPS: readonly HouseMap[] = [
  {
    key: 'envelope',
    title: 'envelope',
    x: { name: 'room.wall_heat_capacity', label: 'heat capacity of the walls', from: 1, to: 30 },
    y: { name: 'room.wall_transmittance', label: 'transmittance of the walls', from: 0.5, to: 6 },
  },
  {
    key: 'cold-side',
    title: 'cold exchanger and its fan',
    x: { name: 'exchangers.cold_conductance', label: 'conductance of the cold coil', from: 30, to: 500 },
    y: { name: 'exchangers.cold_air_capacity', label: 'air through the cold coil', from: 20, to: 500 },
  },
  {
    key: 'hot-side',
    title: 'hot exchanger and its fan',
    x: { name: 'exchangers.hot_conductance', label: 'conductance of the hot coil', from: 50, to: 1000 },
    y: { name: 'exchangers.hot_air_capacity', label: 'air through the hot coil', from: 50, to: 1000 },
  },
];

const COLUMNS = 31;
const ROWS = 25;
const LIMIT_MIN = 60;
const CONTOURS_MIN = [10, 15, 20];

export async function mapBlocks(context: ChapterContext): Promise<Block[]> {
  const outputs = await context.run(
    pulldownMap,
    MAPS.map(({ x, y }) => ({
      machine: { preset: KILOWATT },
      x: { name: x.name, values: places(x, COLUMNS).map((value) => toSi(x.name, value)) },
      y: { name: y.name, values: places(y, ROWS).map((value) => toSi(y.name, value)) },
      limit_s: 60 * LIMIT_MIN,
    })),
  );
  return [
    { kind: 'heading', text: 'Which house makes the quarter of an hour come true' },
    {
      kind: 'paragraph',
      text:
        'The calibrated machine in houses that differ in two properties at a time, everything else as in the preset, from 31 °C to ' +
        `21.5 °C. Within the priors of the walls the time runs from ${fastest(outputs[0])} min to never, within those of the cold ` +
        `exchanger from ${fastest(outputs[1])} min, of the hot one from ${fastest(outputs[2])} min: the walls decide, and exchangers can ` +
        'spoil the quarter of an hour but hardly mend it. So the published time says little of the machine before the house is known.',
    },
    ...MAPS.map((map, k): Block => ({ kind: 'figure', figure: draw(context, map, outputs[k]) })),
    { kind: 'table', table: shares(outputs) },
  ];
}

function draw(
  context: ChapterContext,
  { key, title, x, y }: HouseMap,
  { time_s }: PulldownMapOutput,
): Figure {
  return {
    key: `model-house-map-${key}`,
    caption:
      `Time from 31 °C to 21.5 °C over ${x.label} and ${y.label}. Contours at 10, 15 and 20 min; hatched: not within an hour. ` +
      'Circle: the preset. Published: about 15 min in a house of 2.7 m³; nothing was published of its walls, exchangers and fans. ' +
      'The power of the fans is that of the preset throughout.',
    svg: mapFigure({
      title: `Model house: time to 21.5 °C, ${title}`,
      x: axis(x, COLUMNS),
      y: axis(y, ROWS),
      value: { label: 'time to the set-point', unit: 'min', domain: [0, LIMIT_MIN] },
      values: time_s.map((row) => row.map((time) => (time === null ? null : time / 60))),
      missing: `not within ${LIMIT_MIN} min`,
      contours: CONTOURS_MIN.map((level) => ({ level })),
      points: [
        { x: presetValue(context, x.name), y: presetValue(context, y.name), label: 'calibrated preset' },
      ],
    }),
  };
}

const axis = ({ name, label, from, to }: Side, count: number) => ({
  label,
  unit: unitOf(name),
  scale: 'log' as const,
  at: places({ from, to }, count),
});

/** Evenly over the logarithm. */
const places = ({ from, to }: Pick<Side, 'from' | 'to'>, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from * (to / from) ** (i / (count - 1)));

function numberOf(name: Parameter) {
  const parameter = parameterOf(name);
  if (parameter.kind !== 'number') throw new RangeError(`${name} is not a number`);
  return parameter;
}

const toSi = (name: Parameter, value: number): number => value / toDisplay(numberOf(name), 1);
const unitOf = (name: Parameter): string =>
  numberOf(name).display.replaceAll('^2', '²').replace('(m² K)', '(m²·K)');

function presetValue(context: ChapterContext, name: Parameter): number {
  const [group, key] = name.split('.');
  const { device } = context.load({ preset: KILOWATT });
  const value = (device as unknown as Record<string, Record<string, number>>)[group][key];
  return toDisplay(numberOf(name), value);
}

const fastest = ({ time_s }: PulldownMapOutput): string =>
  (Math.min(...time_s.flat().flatMap((time) => time ?? [])) / 60).toFixed(0);

function shares(outputs: readonly PulldownMapOutput[]): Table {
  const percent = (share: number): string => (100 * share).toFixed(0);
  return {
    title: `How much of each map is consistent with "about 15 min" (${PUBLISHED.low_min}-${PUBLISHED.high_min} min)`,
    columns: [
      { label: 'map' },
      { label: 'consistent, %', align: 'right' },
      { label: 'faster, %', align: 'right' },
      { label: 'slower, or not within an hour, %', align: 'right' },
    ],
    rows: MAPS.map(({ title }, k) => {
      const [within, faster] = [
        shareWithin(outputs[k], 60 * PUBLISHED.low_min, 60 * PUBLISHED.high_min),
        shareWithin(outputs[k], 0, 60 * PUBLISHED.low_min - 1),
      ];
      return { cells: [title, percent(within), percent(faster), percent(1 - within - faster)] };
    }),
    note: 'Shares of the area as drawn, on logarithmic axes over the assumed ranges: they say how sharp the published figure is, not how likely a house.',
  };
}
