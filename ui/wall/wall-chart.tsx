/** One chart of the wall: its curves, its table, and what can be done with it. */
import { ChartCanvas } from '../chart/chart-canvas.tsx';
import { TimeChart, type LineSpec } from '../chart/time-chart.ts';
import { curveColour, curveDash } from '../colour/curve-colours.ts';
import { t } from '../language.ts';
import { titleShown } from '../language/channel-title.ts';
import { theme } from '../theme.ts';
import { unitShown } from '../units.ts';
import { ChannelPicker } from './channel-picker.tsx';
import { ChannelTable } from './channel-table.tsx';
import { type ChartLayout, withMoved, withoutChart } from './layout.ts';
import { lookOf } from './looks.ts';
import { change, refusal, seriesOf, tableNumber, unitsOn, wall } from './state.ts';

function lines(chart: ChartLayout, units: readonly string[]): LineSpec[] {
  return chart.flatMap(({ id, colour }): LineSpec[] => {
    const one = seriesOf(id);
    if (one === undefined) return [];
    const { name, unit, title, trace, samplesFromS } = one;
    return [
      {
        name: () => title,
        colour: () => curveColour(theme.peek(), colour),
        width: 1.6,
        dash: [...curveDash(colour)],
        isRight: unit !== units[0],
        column: { name, unit, title, group: one.group },
        trace,
        samplesFromS,
      },
    ];
  });
}

/** Where there is room for it, one time stands in one place in all charts, whether they have an axis to the right or not. */
const wide = matchMedia('(min-width: 701px)');

const valueAxis = (unit: string) => ({ unit, leastSpan: lookOf(unit).leastSpan });

function create(
  host: HTMLElement,
  chart: ChartLayout,
  units: readonly string[],
  reservesRight: boolean,
): TimeChart {
  const [left = '', right] = units;
  return new TimeChart(host, {
    ...valueAxis(left),
    ...(right === undefined ? {} : { right: valueAxis(right) }),
    namesUnits: true,
    reservesRight,
    bands: [],
    lines: lines(chart, units),
  });
}

function Tools({ at }: { readonly at: number }) {
  const count = wall.value.length;
  const n = at + 1;
  return (
    <div class="tool-buttons" role="group" aria-label={t('Chart {{n}}', { n })}>
      <button
        type="button"
        aria-label={t('Move chart {{n}} up', { n })}
        data-testid={`chart-up-${at}`}
        disabled={at === 0}
        onClick={() => change(withMoved(wall.peek(), at, -1))}
      >
        ↑
      </button>
      <button
        type="button"
        aria-label={t('Move chart {{n}} down', { n })}
        disabled={at === count - 1}
        onClick={() => change(withMoved(wall.peek(), at, 1))}
      >
        ↓
      </button>
      <button
        type="button"
        aria-label={t('Take chart {{n}} away', { n })}
        data-testid={`chart-remove-${at}`}
        onClick={() => change(withoutChart(wall.peek(), at))}
      >
        ×
      </button>
    </div>
  );
}

export function WallChart({ at }: { readonly at: number }) {
  const chart = wall.value[at];
  const units = unitsOn(at);
  const refused = refusal.value?.chart === at ? refusal.value.sentence : null;
  const reservesRight = wide.matches && wall.value.some((_, i) => unitsOn(i).length > 1);
  const names = chart.flatMap(({ id }) => {
    const one = seriesOf(id);
    return one === undefined ? [] : titleShown(one.title);
  });
  return (
    <section class="panel wall-chart" aria-labelledby={`wall-${at}`} data-testid={`chart-${at}`}>
      <header class="panel-head wall-head">
        <h2 id={`wall-${at}`}>{t('Chart {{n}}', { n: at + 1 })}</h2>
        <span class="unit">
          {units.map((unit) => (unit === '' ? t('no unit') : unitShown(unit))).join(', ')}
        </span>
        <ChannelPicker chart={at} />
        <Tools at={at} />
      </header>
      {refused === null ? null : (
        <p class="ask alarm" role="alert" data-testid="wall-refused">
          {refused}
        </p>
      )}
      {chart.length === 0 ? (
        <p class="note wall-empty">{t('Nothing on this chart yet: add a channel above.')}</p>
      ) : (
        <ChartCanvas
          key={`${JSON.stringify(chart)} ${tableNumber()} ${reservesRight}`}
          class="wall"
          label={t('{{names}} over time', { names: names.join(', ') })}
          create={(host) => create(host, chart, units, reservesRight)}
        />
      )}
      <ChannelTable chart={at} />
    </section>
  );
}
