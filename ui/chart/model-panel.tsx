/** Measured against what the model beside the rig expects, the difference, and whether it is an alarm. */
import { signal } from '@preact/signals';
import { CHANNELS, MODELLED, type Modelled } from '../../controller/wire/channels.ts';
import { beat, telemetry } from '../session.ts';
import { decimate } from '../store/decimate.ts';
import { newest, readAt } from '../store/read-at.ts';
import { cycleColumn, modelColumn } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { Legend, type LegendItem } from './legend.tsx';
import type { Palette } from './palette.ts';
import { TimeChart, type LineSpec } from './time-chart.ts';
import type { LineColumn } from './time-chart-spec.ts';
import { unitShown } from '../units.ts';
import type { Ring } from '../store/ring.ts';
import { t } from '../language.ts';

const { cycle, model } = telemetry;
const FRESH_S = 5;

interface Look {
  readonly name: Modelled;
  readonly short: string;
  readonly decimals: number;
  /** Least span of both charts, in the unit of the channel. */
  readonly span: number;
}

const LOOKS: readonly Look[] = [
  { name: 'cooling_power_W', short: 'cooling', decimals: 0, span: 40 },
  { name: 'heating_power_W', short: 'heat rejected', decimals: 0, span: 40 },
  { name: 'mechanical_power_W', short: 'mechanical', decimals: 1, span: 10 },
  { name: 'peak_stress_MPa', short: 'stress', decimals: 1, span: 10 },
  { name: 'peak_force_kN', short: 'force', decimals: 2, span: 0.2 },
  { name: 'peak_pressure_bar', short: 'pressure', decimals: 3, span: 0.05 },
  { name: 'cold_outlet_mean_C', short: 'cold out', decimals: 2, span: 0.5 },
  { name: 'hot_outlet_mean_C', short: 'hot out', decimals: 2, span: 0.5 },
];

const shown = signal<Look>(LOOKS[0]);
const ALARM: Record<Modelled, number> = Object.fromEntries(
  MODELLED.map((name) => [name, modelColumn(`${name}_alarm`)]),
) as Record<Modelled, number>;

/** What an export calls a column of the cycle or the model ring. */
const columnOf = (ring: Ring, column: number): LineColumn => {
  const group = ring === model ? 'model' : 'cycle';
  return { ...CHANNELS[group][column], group };
};

const line = (ring: Ring, column: number, own: Omit<LineSpec, 'trace' | 'column'>): LineSpec => ({
  ...own,
  column: columnOf(ring, column),
  trace: (view, out) => decimate(ring, column, view, out),
});

const item = (
  ring: Ring,
  column: number,
  decimals: number,
  own: Omit<LegendItem, 'at' | 'newest' | 'decimals'>,
): LegendItem => ({
  ...own,
  unit: columnOf(ring, column).unit,
  decimals,
  at: (timeS) => readAt(ring, column, timeS, FRESH_S),
  newest: () => newest(ring, column),
});

const measuredColour = (p: Palette): string => p.ink;
const modelColour = (p: Palette): string => p.material;
const trendColour = (p: Palette): string => p.system;

function Picker() {
  beat();
  return (
    <div class="model-picker" role="group" aria-label={t('Channel that is compared')}>
      {LOOKS.map((look) => {
        const alarm = newest(model, ALARM[look.name]);
        const isAlarm = Math.abs(alarm) === 1;
        return (
          <button
            key={look.name}
            type="button"
            class={isAlarm ? 'alarm' : ''}
            data-testid={`model-${look.name}`}
            aria-pressed={shown.value.name === look.name}
            onClick={() => {
              shown.value = look;
            }}
          >
            {t(look.short)}
            <span class="num">
              {isAlarm
                ? alarm > 0
                  ? t('too high')
                  : t('too low')
                : Number.isNaN(alarm)
                  ? '–'
                  : t('as expected')}
            </span>
          </button>
        );
      })}
    </div>
  );
}

function ModelNote() {
  beat();
  const share = newest(model, modelColumn('cpu_share_percent'));
  return (
    <span class="unit">
      {model.length === 0
        ? t('the model has not begun to follow the rig')
        : t('one value a cycle; the model takes {{share}} % of a core', { share: fixed(share, 1) })}
    </span>
  );
}

function Charts({ look }: { readonly look: Look }) {
  const { name, decimals, span } = look;
  const measured = cycleColumn(name);
  const [expected, residual, trend] = ['', '_residual', '_trend'].map((end) => modelColumn(`${name}${end}`));
  const own = columnOf(cycle, measured).unit;
  const { unit } = columnOf(model, residual);
  return (
    <div class="model-charts">
      <div>
        <Legend
          items={[
            item(cycle, measured, decimals, { name: t('measured'), colour: measuredColour }),
            item(model, expected, decimals, { name: t('model'), dashed: true, colour: modelColour }),
          ]}
        />
        <ChartCanvas
          class="low"
          label={t('{{channel}}: measured and as the model expects it, over time', {
            channel: t(look.short),
          })}
          create={(host) =>
            new TimeChart(host, {
              unit: own,
              leastSpan: span,
              bands: [],
              lines: [
                line(cycle, measured, { colour: measuredColour, width: 2 }),
                line(model, expected, { colour: modelColour, width: 1.6, dash: [6, 4] }),
              ],
            })
          }
        />
      </div>
      <div>
        <Legend
          items={[
            item(model, residual, decimals + 1, {
              name: t('measured − model, {{unit}}', { unit: unitShown(unit) }),
              thin: true,
              colour: measuredColour,
            }),
            item(model, trend, decimals + 1, { name: t('its trend'), colour: trendColour }),
          ]}
        />
        <ChartCanvas
          class="low"
          label={t('{{channel}}: measured minus model, over time', { channel: t(look.short) })}
          create={(host) =>
            new TimeChart(host, {
              unit,
              leastSpan: span,
              includeZero: true,
              bands: [],
              lines: [
                line(model, residual, { colour: measuredColour, width: 1.2 }),
                line(model, trend, { colour: trendColour, width: 2.2 }),
              ],
            })
          }
        />
      </div>
    </div>
  );
}

export function ModelPanel() {
  return (
    <section class="panel model-panel" aria-labelledby="model-title" data-testid="model-panel">
      <header class="panel-head">
        <h2 id="model-title">{t('Measured against the model')}</h2>
        <ModelNote />
      </header>
      <Picker />
      <Charts key={shown.value.name} look={shown.value} />
    </section>
  );
}
