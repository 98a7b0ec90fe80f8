/** House, outdoors, set-point and the two loops over time. */
import { telemetry } from '../session.ts';
import { decimate, type View } from '../store/decimate.ts';
import { newest, readAt } from '../store/read-at.ts';
import { COLD_OUT_MEAN, CYCLE_PERIOD_S, HOT_OUT_MEAN, TICK } from '../store/telemetry.ts';
import { COLD_OUTLET, HOT_OUTLET } from '../store/waveforms.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { Legend, type LegendItem } from './legend.tsx';
import { TimeChart, type LineSpec } from './time-chart.ts';

const FRESH_S = 5;
/** A cycle narrower than this many pixels is a blot: the curve then shows its mean. */
const LEAST_CYCLE_PX = 5;

/** True where the view is close enough to show what happens inside a cycle. */
export function showsCycles(view: View): boolean {
  const periodS = telemetry.lastCycle(CYCLE_PERIOD_S);
  return Number.isFinite(periodS) && periodS / view.bucketS >= LEAST_CYCLE_PX;
}

const { cycle, tick, waveforms } = telemetry;

const slow = (column: number, line: Omit<LineSpec, 'trace'>): LineSpec => ({
  ...line,
  trace: (view, out) => decimate(tick, column, view, out),
});

/** Swings with the cycle, so it is drawn from whole cycles only. */
const swinging = (waveColumn: number, meanColumn: number, line: Omit<LineSpec, 'trace'>): LineSpec => ({
  ...line,
  trace: (view, out) =>
    showsCycles(view)
      ? decimate(waveforms.rows, waveColumn, view, out)
      : decimate(cycle, meanColumn, view, out),
});

const LINES: readonly LineSpec[] = [
  swinging(HOT_OUTLET, HOT_OUT_MEAN, { colour: (p) => p.hotOut, width: 1.2 }),
  swinging(COLD_OUTLET, COLD_OUT_MEAN, { colour: (p) => p.coldOut, width: 1.2 }),
  slow(TICK.hot_inlet_C, { colour: (p) => p.hotIn, width: 2 }),
  slow(TICK.cold_inlet_C, { colour: (p) => p.coldIn, width: 2 }),
  slow(TICK.outdoor_C, { colour: (p) => p.outdoor, width: 1.6 }),
  slow(TICK.setpoint_C, { colour: (p) => p.muted, width: 1.4, dash: [6, 4] }),
  slow(TICK.room_C, { colour: (p) => p.ink, width: 2.6 }),
];

const ticks = (column: number) => ({
  at: (timeS: number) => readAt(tick, column, timeS, FRESH_S),
  newest: () => newest(tick, column),
});
const means = (column: number) => ({
  at: (timeS: number) => readAt(cycle, column, timeS, FRESH_S),
  newest: () => newest(cycle, column),
});

const ITEMS: readonly LegendItem[] = [
  { name: 'house', decimals: 2, colour: (p) => p.ink, ...ticks(TICK.room_C) },
  {
    name: 'set-point',
    decimals: 1,
    dashed: true,
    colour: (p) => p.muted,
    ...ticks(TICK.setpoint_C),
  },
  { name: 'outdoors', decimals: 1, colour: (p) => p.outdoor, ...ticks(TICK.outdoor_C) },
  { name: 'hot loop in', decimals: 2, colour: (p) => p.hotIn, ...ticks(TICK.hot_inlet_C) },
  {
    name: 'hot out',
    decimals: 2,
    thin: true,
    title: 'hot loop, out of the cells: whole cycles; the number is the mean of a hot blow',
    colour: (p) => p.hotOut,
    ...means(HOT_OUT_MEAN),
  },
  { name: 'cold loop in', decimals: 2, colour: (p) => p.coldIn, ...ticks(TICK.cold_inlet_C) },
  {
    name: 'cold out',
    decimals: 2,
    thin: true,
    title: 'cold loop, out of the cells: whole cycles; the number is the mean of a cold blow',
    colour: (p) => p.coldOut,
    ...means(COLD_OUT_MEAN),
  },
];

export function HouseChart() {
  return (
    <section class="panel house-panel" aria-labelledby="house-title">
      <header class="panel-head">
        <h2 id="house-title">House and loops</h2>
        <span class="unit">°C over the rig's clock</span>
      </header>
      <Legend items={ITEMS} />
      <ChartCanvas
        class="tall"
        label="Temperatures of the house, outdoors, set-point, hot loop and cold loop over time"
        create={(host) => new TimeChart(host, { leastSpan: 4, bands: [], lines: LINES })}
      />
    </section>
  );
}
