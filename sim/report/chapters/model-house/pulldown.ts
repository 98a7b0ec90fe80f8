/** The pulldown of the model house, beside what was published of it. */
import { type HousePulldown, housePulldown } from '../../../study/model-house/house-run.ts';
import type { Member } from '../../../study/study.ts';
import type { Block, ChapterContext } from '../../chapter.ts';
import { xyFigure } from '../../xy-figure.ts';
import { KILOWATT, band, intervalOf, machineOf } from './members.ts';

const DURATION_S = 1800;
const EVERY_S = 15;

/** Published (zhou-2025): from 30-31 °C to 21-22 °C after about 15 min; "about" is read as a fifth. */
export const PUBLISHED = { minutes: 15, low_min: 12, high_min: 18, low_C: 21, high_C: 22 } as const;

export async function pulldownBlocks(context: ChapterContext, members: readonly Member[]): Promise<Block[]> {
  const [own, ...others] = await context.run(
    housePulldown,
    [{ preset: KILOWATT }, ...members.map((member) => machineOf(member))].map((machine) => ({
      machine,
      duration_s: DURATION_S,
      every_s: EVERY_S,
    })),
  );
  if (own === null) return [{ kind: 'paragraph', text: 'The calibrated machine does not run in its house.' }];
  const minutes = own.time_s.map((time) => time / 60);
  const curve = band(members, minutes.length, (k, i) => others[k]?.room_C[i] ?? null);
  const times = intervalOf(
    members,
    others.map((run) => minutesToSetpoint(run)),
  );
  const missing = others.filter((run) => run === null || run.time_to_setpoint_s === null).length;
  const svg = xyFigure({
    title: 'Model house: room temperature after the start',
    x: { label: 'time', unit: 'min', domain: [0, DURATION_S / 60] },
    y: { label: 'room temperature', unit: '°C', domain: [20, 32] },
    series: [
      {
        kind: 'band',
        label: '90 % of the conditioned machines',
        color: '#0072b2',
        x: minutes,
        low: curve.map(({ low }) => low),
        high: curve.map(({ high }) => high),
      },
      {
        kind: 'line',
        label: 'their median',
        color: '#0072b2',
        dash: 'long',
        x: minutes,
        y: curve.map(({ middle }) => middle),
      },
      {
        kind: 'line',
        label: 'calibrated preset',
        color: '#d55e00',
        dash: 'solid',
        x: minutes,
        y: own.room_C,
      },
      {
        kind: 'points',
        label: 'published: 21-22 °C after about 15 min (calibration target)',
        color: '#1c2530',
        shape: 'square',
        x: [PUBLISHED.minutes],
        y: [(PUBLISHED.low_C + PUBLISHED.high_C) / 2],
        low: [PUBLISHED.low_C],
        high: [PUBLISHED.high_C],
        xLow: [PUBLISHED.low_min],
        xHigh: [PUBLISHED.high_min],
      },
    ],
  });
  return [
    { kind: 'heading', text: 'The pulldown' },
    {
      kind: 'paragraph',
      text:
        `The calibrated preset reaches its set-point after ${minutesToSetpoint(own)?.toFixed(1) ?? '-'} min; 90 % of the ` +
        `conditioned machines do after ${times.low.toFixed(1)} to ${times.high.toFixed(1)} min (median ${times.middle.toFixed(1)}). ` +
        `The quarter of an hour is one of the figures they were conditioned on, so this agreement proves nothing; what the band ` +
        `shows is the way there, which nobody published.` +
        (missing === 0
          ? ''
          : ` ${missing} of ${others.length} machines drawn do not get there within half an hour.`),
    },
    {
      kind: 'figure',
      figure: {
        key: 'model-house-pulldown',
        svg,
        caption:
          'Room temperature of the model house of 2.7 m³ after the start. Published: 2.7 m³, 30-31 °C outside, 21-22 °C inside after ' +
          'about 15 min (square; the bars are the published range of temperature, and "about" read as ±3 min). Fitted to it: the heat ' +
          'capacity of the walls. Assumed: every other property of the house, exchangers and fans. Band: conditioned machines, 5 to 95 %.',
      },
    },
  ];
}

const minutesToSetpoint = (run: HousePulldown | null): number | null =>
  run?.time_to_setpoint_s == null ? null : run.time_to_setpoint_s / 60;
