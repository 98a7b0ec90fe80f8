/** The curves of a chart as a table: value, difference of the cursors, and what the window holds of each. */
import { cursors, readS } from '../chart/time-window.ts';
import { Swatch } from '../chart/legend.tsx';
import { curveColour, curveDash } from '../colour/curve-colours.ts';
import { t } from '../language.ts';
import { titleShown } from '../language/channel-title.ts';
import { beat } from '../session.ts';
import type { ChannelSeries } from '../store/channel-list.ts';
import { ABSENT, fixed } from '../store/text.ts';
import { theme } from '../theme.ts';
import { conversionOf, convert, decimalsOf, differenceOf } from '../units.ts';
import { figuresKnown } from './figures-clock.ts';
import { withoutChannel, type Placed } from './layout.ts';
import { lookOf } from './looks.ts';
import { change, seriesOf, wall } from './state.ts';
import { shownFigures } from './window-figures.ts';

/** Read once a table, not ten times a second for every cell of it. */
interface Names {
  readonly value: string;
  readonly least: string;
  readonly mean: string;
  readonly greatest: string;
  readonly rms: string;
  readonly samples: string;
}

const namesNow = (): Names => ({
  value: t('value'),
  least: t('min'),
  mean: t('mean'),
  greatest: t('max'),
  rms: t('rms'),
  samples: t('samples'),
});

const FIGURES = ['least', 'mean', 'greatest', 'rms'] as const;

function differenceText(one: ChannelSeries): string {
  const first = cursors.first.value;
  const second = cursors.second.value;
  if (first === null || second === null) return '';
  const shown = differenceOf(one.unit);
  const value = convert(one.readAt(second) - one.readAt(first), shown);
  return fixed(value, decimalsOf(lookOf(one.unit).decimals, shown));
}

function Figures({ one, names }: { readonly one: ChannelSeries; readonly names: Names }) {
  beat();
  const shown = conversionOf(one.unit);
  const decimals = decimalsOf(lookOf(one.unit).decimals, shown);
  const timeS = readS();
  const value = convert(timeS === null ? one.newest() : one.readAt(timeS), shown);
  const known = figuresKnown(one.id);
  const of = known === undefined ? undefined : shownFigures(known, shown);
  return (
    <>
      <td class="num value" data-name={names.value} data-testid={`value-${one.id}`}>
        {fixed(value, decimals)}
      </td>
      <td class="unit">{shown.unit}</td>
      <td class="num difference" data-name="Δ">
        {differenceText(one)}
      </td>
      {FIGURES.map((which) => (
        <td key={which} class="num" data-name={names[which]} data-testid={`${which}-${one.id}`}>
          {fixed(of?.[which], decimals)}
        </td>
      ))}
      <td class="num" data-name={names.samples}>
        {known?.count ?? ABSENT}
      </td>
    </>
  );
}

function Row({
  chart,
  placed,
  names,
}: {
  readonly chart: number;
  readonly placed: Placed;
  readonly names: Names;
}) {
  const one = seriesOf(placed.id);
  const remove = (
    <button
      type="button"
      class="quiet"
      aria-label={t('Take {{channel}} off this chart', { channel: placed.id })}
      data-testid={`remove-${placed.id}`}
      onClick={() => change(withoutChannel(wall.peek(), chart, placed.id))}
    >
      ×
    </button>
  );
  return (
    <tr>
      <th scope="row" title={placed.id}>
        <Swatch
          item={{
            colour: () => curveColour(theme.value, placed.colour),
            dashed: curveDash(placed.colour).length > 0,
          }}
        />
        {one === undefined
          ? t('{{channel}}: not a channel of this rig', { channel: placed.id })
          : titleShown(one.title)}
      </th>
      {one === undefined ? <td colSpan={8} /> : <Figures one={one} names={names} />}
      <td class="row-end">{remove}</td>
    </tr>
  );
}

export function ChannelTable({ chart }: { readonly chart: number }) {
  const list = wall.value[chart];
  if (list.length === 0) return null;
  const names = namesNow();
  return (
    <table class="channel-table">
      <caption class="for-readers">
        {t('Channels of chart {{n}} and their figures in the window', { n: chart + 1 })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t('channel')}</th>
          <th scope="col">{names.value}</th>
          <th scope="col">{t('unit')}</th>
          <th scope="col" title={t('second cursor minus first')}>
            Δ
          </th>
          {FIGURES.map((which) => (
            <th key={which} scope="col">
              {names[which]}
            </th>
          ))}
          <th scope="col">{names.samples}</th>
          <th scope="col">
            <span class="for-readers">{t('take away')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {list.map((placed) => (
          <Row key={placed.id} chart={chart} placed={placed} names={names} />
        ))}
      </tbody>
    </table>
  );
}
