/** House, outdoors, set-point and the two loops over time. */
import { t } from '../language.ts';
import { telemetry } from '../session.ts';
import { decimate, type View } from '../store/decimate.ts';
import { newest, readAt } from '../store/read-at.ts';
import { COLD_OUT_MEAN, CYCLE_PERIOD_S, HOT_OUT_MEAN, TICK } from '../store/telemetry.ts';
import { COLD_OUTLET, HOT_OUTLET } from '../store/waveforms.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { Legend, type LegendItem } from './legend.tsx';
import { TimeChart, type LineSpec } from './time-chart.ts';
import type { LineColumn } from './time-chart-spec.ts';
import { unitShown } from '../units.ts';

const FRESH_S = 5;
/** A cycle narrower than this many pixels is a blot: the curve then shows its mean. */
const LEAST_CYCLE_PX = 5;

/** True where the view is close enough to show what happens inside a cycle. */
export function showsCycles(view: View): boolean {
  const periodS = telemetry.lastCycle(CYCLE_PERIOD_S);
  return Number.isFinite(periodS) && periodS / view.bucketS >= LEAST_CYCLE_PX;
}

const { cycle, tick, waveforms } = telemetry;

type Look = Omit<LineSpec, 'trace' | 'column'>;

const celsius = (name: string, title: string): LineColumn => ({ name, unit: '°C', title });

const slow = (name: keyof typeof TICK, title: string, line: Look): LineSpec => ({
  ...line,
  column: celsius(name, title),
  trace: (view, out) => decimate(tick, TICK[name], view, out),
});

/** Swings with the cycle, so it is drawn from whole cycles only. */
const swinging = (name: string, waveColumn: number, meanColumn: number, line: Look): LineSpec => ({
  ...line,
  column: celsius(name, 'whole cycles; their means where a cycle is narrower than five pixels'),
  trace: (view, out) =>
    showsCycles(view)
      ? decimate(waveforms.rows, waveColumn, view, out)
      : decimate(cycle, meanColumn, view, out),
});

const LINES: readonly LineSpec[] = [
  swinging('hot_outlet_C', HOT_OUTLET, HOT_OUT_MEAN, {
    name: () => t('hot out'),
    colour: (p) => p.hotOut,
    width: 1.2,
  }),
  swinging('cold_outlet_C', COLD_OUTLET, COLD_OUT_MEAN, {
    name: () => t('cold out'),
    colour: (p) => p.coldOut,
    width: 1.2,
  }),
  slow('hot_inlet_C', 'hot loop, into the cells', {
    name: () => t('hot loop in'),
    colour: (p) => p.hotIn,
    width: 2,
  }),
  slow('cold_inlet_C', 'cold loop, into the cells', {
    name: () => t('cold loop in'),
    colour: (p) => p.coldIn,
    width: 2,
  }),
  slow('outdoor_C', 'outdoors', { name: () => t('outdoors'), colour: (p) => p.outdoor, width: 1.6 }),
  slow('setpoint_C', 'set-point', {
    name: () => t('set-point'),
    colour: (p) => p.muted,
    width: 1.4,
    dash: [6, 4],
  }),
  slow('room_C', 'house', { name: () => t('house'), colour: (p) => p.ink, width: 2.6 }),
];

const ticks = (column: number) => ({
  at: (timeS: number) => readAt(tick, column, timeS, FRESH_S),
  newest: () => newest(tick, column),
});
const means = (column: number) => ({
  at: (timeS: number) => readAt(cycle, column, timeS, FRESH_S),
  newest: () => newest(cycle, column),
});

const items = (): readonly LegendItem[] => [
  { name: t('house'), decimals: 2, unit: '°C', colour: (p) => p.ink, ...ticks(TICK.room_C) },
  {
    name: t('set-point'),
    decimals: 1,
    unit: '°C',
    dashed: true,
    colour: (p) => p.muted,
    ...ticks(TICK.setpoint_C),
  },
  { name: t('outdoors'), decimals: 1, unit: '°C', colour: (p) => p.outdoor, ...ticks(TICK.outdoor_C) },
  { name: t('hot loop in'), decimals: 2, unit: '°C', colour: (p) => p.hotIn, ...ticks(TICK.hot_inlet_C) },
  {
    name: t('hot out'),
    decimals: 2,
    unit: '°C',
    thin: true,
    title: t('hot loop, out of the cells: whole cycles; the number is the mean of a hot blow'),
    colour: (p) => p.hotOut,
    ...means(HOT_OUT_MEAN),
  },
  { name: t('cold loop in'), decimals: 2, unit: '°C', colour: (p) => p.coldIn, ...ticks(TICK.cold_inlet_C) },
  {
    name: t('cold out'),
    decimals: 2,
    unit: '°C',
    thin: true,
    title: t('cold loop, out of the cells: whole cycles; the number is the mean of a cold blow'),
    colour: (p) => p.coldOut,
    ...means(COLD_OUT_MEAN),
  },
];

export function HouseChart() {
  return (
    <section class="panel house-panel" aria-labelledby="house-title">
      <header class="panel-head">
        <h2 id="house-title">{t('House and loops')}</h2>
        <span class="unit">{t("{{unit}} over the rig's clock", { unit: unitShown('°C') })}</span>
      </header>
      <Legend items={items()} />
      <ChartCanvas
        class="tall"
        label={t('Temperatures of the house, outdoors, set-point, hot loop and cold loop over time')}
        create={(host) => new TimeChart(host, { unit: '°C', leastSpan: 4, bands: [], lines: LINES })}
      />
    </section>
  );
}
