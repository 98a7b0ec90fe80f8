/** Power and coefficients of performance over time: one value a whole cycle. */
import type { VNode } from 'preact';
import { t } from '../language.ts';
import { telemetry } from '../session.ts';
import { decimate } from '../store/decimate.ts';
import { newest, readAt } from '../store/read-at.ts';
import { cycleColumn } from '../store/telemetry.ts';
import { unitShown } from '../units.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { Legend, type LegendItem } from './legend.tsx';
import type { Palette } from './palette.ts';
import { TimeChart, type LineSpec } from './time-chart.ts';

interface Curve {
  readonly channel: string;
  readonly name: () => string;
  readonly title: () => string;
  readonly colour: (palette: Palette) => string;
}

const { cycle } = telemetry;

const POWER: readonly Curve[] = [
  {
    channel: 'heating_power_W',
    name: () => t('heat rejected'),
    title: () => t('net enthalpy flow into the hot loop over the cycle'),
    colour: (p) => p.hotIn,
  },
  {
    channel: 'cooling_power_W',
    name: () => t('cooling power'),
    title: () => t('net enthalpy flow out of the cold loop over the cycle'),
    colour: (p) => p.coldIn,
  },
  {
    channel: 'mechanical_power_W',
    name: () => t('mechanical, net'),
    title: () => t('net work of the actuator a cycle, over the period'),
    colour: (p) => p.muted,
  },
];

const COP: readonly Curve[] = [
  {
    channel: 'cop_material',
    name: () => t('material: cooling ÷ net mechanical work'),
    title: () => t('work given back on unloading counts as recovered'),
    colour: (p) => p.material,
  },
  {
    channel: 'cop_system',
    name: () => t('system: cooling ÷ (loading work, none recovered, + pump)'),
    title: () => t('what this machine spends: no work is recovered, the pump counts'),
    colour: (p) => p.system,
  },
];

const lines = (curves: readonly Curve[], unit: string): LineSpec[] =>
  curves.map(({ channel, name, title, colour }) => {
    const column = cycleColumn(channel);
    return {
      name,
      colour,
      width: 1.8,
      column: { name: channel, unit, title: title() },
      trace: (view, out) => decimate(cycle, column, view, out),
    };
  });

const items = (curves: readonly Curve[], unit: string, decimals: number): LegendItem[] =>
  curves.map(({ channel, name, title, colour }) => {
    const column = cycleColumn(channel);
    return {
      name: name(),
      title: title(),
      unit,
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
        <span class="unit">
          {t('{{unit}}, one value a cycle', { unit: unit === '' ? t('ratio') : unitShown(unit) })}
        </span>
      </header>
      <Legend items={items(curves, unit, decimals)} />
      <ChartCanvas
        class="low"
        label={label}
        create={(host) =>
          new TimeChart(host, {
            unit,
            leastSpan,
            includeZero: true,
            bands: [],
            lines: lines(curves, unit),
          })
        }
      />
    </section>
  );
}

export const PowerChart = () => (
  <CycleChart
    id="power"
    title={t('Power')}
    unit="W"
    decimals={0}
    leastSpan={200}
    curves={POWER}
    label={t('Cooling power, heat rejected and net mechanical power over time')}
  />
);

export const CopChart = () => (
  <CycleChart
    id="cop"
    title={t('COP')}
    unit=""
    decimals={2}
    leastSpan={2}
    curves={COP}
    label={t('Coefficient of performance of the material and of the system over time')}
  />
);
