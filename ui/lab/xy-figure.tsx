/** A figure with its axes, and in words what the pointer is at. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { PALETTES } from '../chart/palette.ts';
import { t } from '../language.ts';
import { theme } from '../theme.ts';
import { short } from './field-text.ts';
import { type Axes, type Line, type Pointed, XyChart } from './xy-chart.ts';

interface Props {
  /** What the figure shows, for people who do not see it. */
  readonly label: string;
  readonly class: string;
  readonly axes: Axes;
  readonly lines: readonly Line[];
}

export function XyFigure({ label, class: name, axes, lines }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<XyChart | null>(null);
  const pointed = useSignal<Pointed | null>(null);
  useEffect(() => {
    if (host.current === null) return undefined;
    const made = new XyChart(host.current, axes, (point) => {
      pointed.value = point;
    });
    chart.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => chart.current?.show(lines), [lines]);
  useSignalEffect(() => {
    if (theme.value) chart.current?.redraw();
  });
  return (
    <div class="figure">
      <div ref={host} class={`chart ${name}`} role="img" aria-label={label} />
      <PointedText at={pointed.value} axes={axes} />
    </div>
  );
}

function PointedText({ at, axes }: { readonly at: Pointed | null; readonly axes: Axes }) {
  if (at === null) return null;
  return (
    <p class="pointed num">
      {t('{{curve}}: {{value}}, at {{axis}} {{place}}', {
        curve: at.name,
        value: short(at.y),
        axis: axes.xLabel,
        place: short(at.x),
      })}
    </p>
  );
}

/** Names of the curves; what has none of its own is left out. */
export function Key({ lines }: { readonly lines: readonly Line[] }) {
  const palette = PALETTES[theme.value];
  const named = lines.filter((line, i) => lines.findIndex(({ name }) => name === line.name) === i);
  return (
    <ul class="legend">
      {named.map(({ name, colour, width, dash }) => (
        <li key={name}>
          <svg class="swatch" viewBox="0 0 18 8" aria-hidden="true">
            <line
              x1="1"
              y1="4"
              x2="17"
              y2="4"
              stroke={palette[colour]}
              stroke-width={(width ?? 2.2) + 0.6}
              stroke-dasharray={dash?.join(' ') ?? 'none'}
            />
          </svg>
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}
