/** The model house through a day of weather: temperatures, electricity, running share, condensate. */
import { type HouseDay, houseDay } from '../../../study/model-house/house-run.ts';
import type { Member } from '../../../study/study.ts';
import type { Block, ChapterContext, Figure, Table } from '../../chapter.ts';
import { type Series, xyFigure } from '../../xy-figure.ts';
import { KILOWATT, band, intervalOf, machineOf } from './members.ts';
import type { Interval } from '../band.ts';

const HOUR_TICKS = [0, 3, 6, 9, 12, 15, 18, 21, 24];
const HOURS = { label: 'time of day', unit: 'h', domain: [0, 24], ticks: HOUR_TICKS } as const;
const MIDDLES = Array.from({ length: 24 }, (_, hour) => hour + 0.5);
const ASSUMED_DAY =
  'The day is assumed after a published description of a Hong Kong summer design day (28 to 33 °C); its sun does not reach this house.';

type Days = readonly (HouseDay | null)[];

export async function dayBlocks(
  context: ChapterContext,
  members: readonly Member[],
  weather: string,
): Promise<Block[]> {
  const [own, ...others] = await context.run(
    houseDay,
    [{ preset: KILOWATT }, ...members.map((member) => machineOf(member))].map((machine) => ({
      machine,
      weather,
    })),
  );
  if (own === null) return [{ kind: 'paragraph', text: 'The calibrated machine does not run in its house.' }];
  const { room } = context.load({ preset: KILOWATT }).device;
  const warmestC = room.setpoint - 273.15 + room.thermostat_band;
  const warm = others.filter((day) => day === null || day.highest_C > warmestC).length;
  return [
    { kind: 'heading', text: 'The same house through a Hong Kong summer day' },
    {
      kind: 'paragraph',
      text:
        `From midnight to midnight, held at its set-point. Useful cooling is what the room got, the heat of the machine's own fan ` +
        `deducted. ${
          warm === 0
            ? 'Every machine drawn keeps the room within the band of its thermostat all day.'
            : `${warm} of ${others.length} machines drawn let the room get warmer than ${warmestC.toFixed(1)} °C at some time.`
        } They differ in their houses as well as in themselves, since the published quarter of an hour tells neither apart; ` +
        `the preset's walls of ${room.wall_transmittance} W/(m²·K) are tight ones. The machine runs with the recipe of its preset, made for the pulldown and too strong for holding; the next chapter looks for a thriftier one.`,
    },
    { kind: 'figure', figure: temperatures(own, members, others) },
    { kind: 'figure', figure: powers(own, members, others) },
    { kind: 'figure', figure: running(own, members, others) },
    { kind: 'table', table: totals(own, members, others) },
  ];
}

function temperatures(own: HouseDay, members: readonly Member[], others: Days): Figure {
  const curve = band(members, own.time_h.length, (k, i) => others[k]?.room_C[i] ?? null);
  return {
    key: 'model-house-day-temperature',
    caption:
      `Room and outdoor temperature through the day; the room swings with its thermostat (set-point 21.5 °C ± 0.3 K). ${ASSUMED_DAY} ` +
      'Line: calibrated preset, every five minutes. Band: conditioned machines, 5 to 95 %, whose thermostats swing out of step. Nothing here was published.',
    svg: xyFigure({
      title: 'Model house in a Hong Kong summer day: temperatures',
      x: HOURS,
      y: { label: 'temperature', unit: '°C', domain: [18, 36] },
      series: [
        bandOf('room, 90 % of the machines', '#0072b2', own.time_h, curve),
        {
          kind: 'line',
          label: 'room, calibrated preset',
          color: '#0072b2',
          dash: 'solid',
          x: own.time_h,
          y: own.room_C,
        },
        {
          kind: 'line',
          label: 'outdoors (assumed day)',
          color: '#d55e00',
          dash: 'long',
          x: own.time_h,
          y: own.outdoor_C,
        },
      ],
    }),
  };
}

function powers(own: HouseDay, members: readonly Member[], others: Days): Figure {
  const electric = hourly(members, others, ({ hourly_electric_W }) => hourly_electric_W);
  const cooling = hourly(members, others, ({ hourly_cooling_W }) => hourly_cooling_W);
  return {
    key: 'model-house-day-power',
    caption:
      'Hourly means of the electricity (drive, pump and fans) and of the cooling. Lines: calibrated preset; bands: conditioned ' +
      'machines, 5 to 95 %. The recovered share of the unloading work (70 %) and the efficiencies of drive and pump are assumed.',
    svg: xyFigure({
      title: 'Model house in a Hong Kong summer day: electricity and cooling',
      x: HOURS,
      y: { label: 'hourly mean', unit: 'W' },
      series: [
        bandOf('electricity, 90 % of the machines', '#d55e00', MIDDLES, electric),
        {
          kind: 'line',
          label: 'electricity, calibrated preset',
          color: '#d55e00',
          dash: 'solid',
          x: MIDDLES,
          y: own.hourly_electric_W,
        },
        bandOf('cooling, 90 % of the machines', '#0072b2', MIDDLES, cooling),
        {
          kind: 'line',
          label: 'cooling, calibrated preset',
          color: '#0072b2',
          dash: 'long',
          x: MIDDLES,
          y: own.hourly_cooling_W,
        },
      ],
    }),
  };
}

function running(own: HouseDay, members: readonly Member[], others: Days): Figure {
  const percent = (day: HouseDay): number[] => day.hourly_running_share.map((share) => 100 * share);
  return {
    key: 'model-house-day-running',
    caption:
      'Share of each hour in which the machine runs, from a look once a minute. Line: calibrated preset; band: conditioned machines, 5 to 95 %.',
    svg: xyFigure({
      title: 'Model house in a Hong Kong summer day: how much the machine runs',
      x: HOURS,
      y: { label: 'share of the hour', unit: '%', domain: [0, 100] },
      height: 360,
      series: [
        bandOf('90 % of the machines', '#0072b2', MIDDLES, hourly(members, others, percent)),
        {
          kind: 'line',
          label: 'calibrated preset',
          color: '#0072b2',
          dash: 'solid',
          x: MIDDLES,
          y: percent(own),
        },
      ],
    }),
  };
}

const hourly = (
  members: readonly Member[],
  days: Days,
  of: (day: HouseDay) => readonly number[],
): Interval[] => {
  const curves = days.map((day) => (day === null ? null : of(day)));
  return band(members, MIDDLES.length, (k, hour) => curves[k]?.[hour] ?? null);
};

const bandOf = (label: string, color: string, x: readonly number[], curve: readonly Interval[]): Series => ({
  kind: 'band',
  label,
  color,
  x,
  low: curve.map(({ low }) => low),
  high: curve.map(({ high }) => high),
});

const FIGURES: readonly (readonly [label: string, digits: number, of: (day: HouseDay) => number])[] = [
  ['electricity, kWh', 2, (day) => day.electric_kWh],
  ['of it fans, kWh', 2, (day) => day.fan_kWh],
  ['useful cooling, kWh', 2, (day) => day.cooling_kWh - day.room_fan_kWh],
  [
    'COP of the system, useful cooling / electricity',
    2,
    (day) => (day.cooling_kWh - day.room_fan_kWh) / day.electric_kWh,
  ],
  ['share of the day running, %', 0, (day) => 100 * day.running_share],
  ['condensate, kg', 2, (day) => day.condensate_kg],
  ['warmest room, °C', 1, (day) => day.highest_C],
];

function totals(own: HouseDay, members: readonly Member[], others: Days): Table {
  return {
    title: 'The model house in a day',
    columns: [
      { label: 'figure' },
      { label: 'calibrated preset', align: 'right' },
      { label: 'median', align: 'right' },
      { label: '90 % interval', align: 'right' },
    ],
    rows: FIGURES.map(([label, digits, of]) => {
      const { low, middle, high } = intervalOf(
        members,
        others.map((day) => (day === null ? null : of(day))),
      );
      return {
        cells: [
          label,
          of(own).toFixed(digits),
          middle.toFixed(digits),
          `${low.toFixed(digits)} to ${high.toFixed(digits)}`,
        ],
      };
    }),
    note: 'Predicted from fitted and assumed values; none of these figures was published.',
  };
}
