/** Names and values of the curves: under the pointer, else at the first cursor, else the newest; and the difference. */
import { beat, telemetry } from '../session.ts';
import { theme } from '../theme.ts';
import { fixed } from '../store/text.ts';
import { conversionOf, convert, decimalsOf, differenceOf } from '../units.ts';
import { PALETTES, type Palette } from './palette.ts';
import { cursors, readS } from './time-window.ts';

export interface LegendItem {
  readonly name: string;
  readonly decimals: number;
  readonly dashed?: boolean;
  readonly thin?: boolean;
  readonly title?: string;
  /** Unit of the channel: the value is shown in the one that was chosen for it. */
  readonly unit?: string;
  /** The unit is said after the value: where the panel does not say it. */
  readonly namesUnit?: boolean;
  readonly colour: (palette: Palette) => string;
  /** Value at this device time. */
  readonly at: (timeS: number) => number;
  readonly newest: () => number;
}

/** Of the second cursor against the first; null where there are not both. */
function differenceText(item: LegendItem): string | null {
  const first = cursors.first.value;
  const second = cursors.second.value;
  if (first === null || second === null) return null;
  const shown = differenceOf(item.unit ?? '');
  return `Δ ${fixed(convert(item.at(second) - item.at(first), shown), decimalsOf(item.decimals, shown))}`;
}

function Value({ item, timeS }: { readonly item: LegendItem; readonly timeS: number | null }) {
  beat();
  const shown = conversionOf(item.unit ?? '');
  const value = timeS === null ? item.newest() : item.at(timeS);
  const difference = differenceText(item);
  return (
    <>
      <span class="num">{fixed(convert(value, shown), decimalsOf(item.decimals, shown))}</span>
      {item.namesUnit && shown.unit !== '' ? <span class="unit">{shown.unit}</span> : null}
      {difference === null ? null : <span class="num difference">{difference}</span>}
    </>
  );
}

export function Swatch({ item }: { readonly item: Pick<LegendItem, 'colour' | 'thin' | 'dashed'> }) {
  return (
    <svg class="swatch" viewBox="0 0 18 8" aria-hidden="true">
      <line
        x1="1"
        y1="4"
        x2="17"
        y2="4"
        stroke={item.colour(PALETTES[theme.value])}
        stroke-width={item.thin ? 1.5 : 3}
        stroke-dasharray={item.dashed ? '4 3' : 'none'}
      />
    </svg>
  );
}

export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  beat();
  const timeS = telemetry.clock.lastS > 0 ? readS() : null;
  return (
    <ul class="legend">
      {items.map((item) => (
        <li key={item.name} title={item.title ?? item.name}>
          <Swatch item={item} />
          <span class="legend-name">{item.name}</span>
          <Value item={item} timeS={timeS} />
        </li>
      ))}
    </ul>
  );
}
