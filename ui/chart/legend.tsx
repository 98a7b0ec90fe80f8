/** Names and values of the curves: at the pointer where it is over a chart, else the newest. */
import { beat, telemetry } from '../session.ts';
import { theme } from '../theme.ts';
import { fixed } from '../store/text.ts';
import { hover, rightEdgeS, shownS } from './time-window.ts';
import { PALETTES, type Palette } from './palette.ts';

export interface LegendItem {
  readonly name: string;
  readonly decimals: number;
  readonly dashed?: boolean;
  readonly thin?: boolean;
  readonly title?: string;
  readonly colour: (palette: Palette) => string;
  /** Value at this device time. */
  readonly at: (timeS: number) => number;
  readonly newest: () => number;
}

/** Device time under the pointer; null while there is none. */
export function pointedS(): number | null {
  const share = hover.value;
  if (share === null) return null;
  const toS = rightEdgeS(performance.now());
  return toS - (1 - share) * shownS(toS);
}

export function Legend({ items }: { readonly items: readonly LegendItem[] }) {
  beat();
  const palette = PALETTES[theme.value];
  const timeS = telemetry.clock.lastS > 0 ? pointedS() : null;
  return (
    <ul class="legend">
      {items.map((item) => (
        <li key={item.name} title={item.title ?? item.name}>
          <svg class="swatch" viewBox="0 0 18 8" aria-hidden="true">
            <line
              x1="1"
              y1="4"
              x2="17"
              y2="4"
              stroke={item.colour(palette)}
              stroke-width={item.thin ? 1.5 : 3}
              stroke-dasharray={item.dashed ? '4 3' : 'none'}
            />
          </svg>
          <span class="legend-name">{item.name}</span>
          <span class="num">{fixed(timeS === null ? item.newest() : item.at(timeS), item.decimals)}</span>
        </li>
      ))}
    </ul>
  );
}
