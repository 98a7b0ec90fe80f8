/** Power and coefficients of performance over time: one value a whole cycle. */
import type { VNode } from 'preact';
import { telemetry } from '../session.ts';
import { decimate } from '../store/decimate.ts';
import { newest, readAt } from '../store/read-at.ts';
import { cycleColumn } from '../store/telemetry.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { Legend, type LegendItem } from './legend.tsx';
import type { Palette } from './palette.ts';
import { TimeChart, type LineSpec } from './time-chart.ts';

interface Curve {
  readonly channel: string;
  readonly name: string;
  readonly title: string;
  readonly colour: (palette: Palette) => string;
}

const { cycle } = telemetry;

const POWER: readonly Curve[] = [
  {
    channel: 'heating_power_W',
    name: 'heat rejected',
    title: 'net enthalpy flow into the hot loop over the cycle',
    colour: (p) => p.hotIn,
  },
  {
    channel: 'cooling_power_W',
    name: 'cooling power',
    title: 'net enthalpy flow out of the cold loop over the cycle',
    colour: (p) => p.coldIn,
  },
  {
    channel: 'mechanical_power_W',
    name: 'mechanical, net',
    title: 'net work of the actuator a cycle, over the period',
    colour: (p) => p.muted,
  },
];

const COP: readonly Curve[] = [
  {
    channel: 'cop_material',
    name: 'material: cooling ÷ net mechanical work',
    title: 'work given back on unloading counts as recovered',
    colour: (p) => p.material,
  },
  {
    channel: 'cop_system',
    name: 'system: cooling ÷ (loading work, none recovered, + pump)',
    title: 'what this machine spends: no work is recovered, the pump counts',
    colour: (p) => p.system,
  },
];

const lines = (curves: readonly Curve[]): LineSpec[] =>
  curves.map(({ channel, colour }) => {
    const column = cycleColumn(channel);
    return { colour, width: 1.8, trace: (view, out) => decimate(cycle, column, view, out) };
  });

const items = (curves: readonly Curve[], decimals: number): LegendItem[] =>
  curves.map(({ channel, name, title, colour }) => {
    const column = cycleColumn(channel);
    return {
      name,
      title,
      decimals,
      colour,
      at: (timeS: number) => readAt(cycle, column, timeS, 5),
      newest: () => newest(cycle, column),
    };
  });

interface ChartProps {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly decimals: number;
  readonly leastSpan: number;
  readonly curves: readonly Curve[];
  readonly label: string;
}

function CycleChart({ id, title, unit, decimals, leastSpan, curves, label }: ChartProps): VNode {
  return (
    <section class={`panel ${id}-panel`} aria-labelledby={`${id}-title`}>
      <header class="panel-head">
        <h2 id={`${id}-title`}>{title}</h2>
        <span class="unit">{unit === '' ? 'ratio' : unit}, one value a cycle</span>
      </header>
      <Legend items={items(curves, decimals)} />
      <ChartCanvas
        class="low"
        label={label}
        create={(host) =>
          new TimeChart(host, { leastSpan, includeZero: true, bands: [], lines: lines(curves) })
        }
      />
    </section>
  );
}

export const PowerChart = () => (
  <CycleChart
    id="power"
    title="Power"
    unit="W"
    decimals={0}
    leastSpan={200}
    curves={POWER}
    label="Cooling power, heat rejected and net mechanical power over time"
  />
);

export const CopChart = () => (
  <CycleChart
    id="cop"
    title="COP"
    unit=""
    decimals={2}
    leastSpan={2}
    curves={COP}
    label="Coefficient of performance of the material and of the system over time"
  />
);
