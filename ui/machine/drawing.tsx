/**
 * The drawing: still parts once, numbers a few times a second, motion on the animation frame. It is flat on purpose: force
 * and fluid each run along one line, all ten cells must be seen at once, and a third dimension would only hide some of them.
 */
import { useEffect, useRef } from 'preact/hooks';
import { everyFrame } from '../chart/frame-loop.ts';
import { Seen } from '../chart/seen.ts';
import { SCALE_HIGH_C, SCALE_LOW_C, shadeOf } from '../colour/temperature-scale.ts';
import { t } from '../language.ts';
import { hello, telemetry } from '../session.ts';
import { tickColumn } from '../store/telemetry.ts';
import { theme } from '../theme.ts';
import { textShown, unitShown } from '../units.ts';
import { Animation } from './animate.ts';
import { Electronics, Figure, Force, Pumps, Valves } from './fittings.tsx';
import type { Geometry } from './geometry.ts';
import { House, Manifolds, Outdoors, PipeLabels, Pipes, Train } from './parts.tsx';
import { calmEyes, player } from './player.ts';
import { writeTexts } from './texts.ts';

const ROOM = tickColumn('room_C');
const TEXT_EVERY_MS = 200;

function run(svg: SVGSVGElement, g: Geometry): () => void {
  const animation = new Animation(svg, g);
  const seen = new Seen(svg);
  let writtenMs = 0;
  const endMotion = everyFrame((nowMs) => {
    const scene = player.update(nowMs, calmEyes.matches);
    const limitMPa = hello.peek()?.rig.limits.stressMPa ?? Number.NaN;
    if (seen.isSeen) animation.apply(scene, telemetry.latest[ROOM], limitMPa, nowMs);
    if (nowMs - writtenMs < TEXT_EVERY_MS) return;
    writtenMs = nowMs;
    writeTexts(svg, scene);
  });
  return () => {
    endMotion();
    seen.end();
  };
}

export function Drawing({ g }: { readonly g: Geometry }) {
  const root = useRef<SVGSVGElement>(null);
  useEffect(() => (root.current === null ? undefined : run(root.current, g)), [g]);
  return (
    <svg
      ref={root}
      class="machine"
      viewBox={`0 0 ${g.width} ${g.height}`}
      font-size={g.text.small}
      role="group"
      aria-label={t(
        'Load train of ten cells between actuator and frame, hot loop to the outdoors, cold loop to the house',
      )}
    >
      <Pipes g={g} />
      <Train g={g} />
      <Manifolds g={g} />
      <Valves g={g} />
      <Pumps g={g} />
      <PipeLabels g={g} />
      <Outdoors g={g} />
      <House g={g} />
      <Electronics g={g} />
      <Force g={g} />
      <Numbers g={g} />
      <ScaleLegend g={g} />
    </svg>
  );
}

/** Columns of figures beside what they belong to. */
function Numbers({ g }: { readonly g: Geometry }) {
  const { load, circuit, figures, text } = g;
  const size = text.small;
  return (
    <g>
      <Figure at={load} size={size} word={t('force')} part="force" />
      <Figure at={{ x: load.x, y: load.y + 2.5 * size }} size={size} word={t('stroke')} part="stroke" />
      <Figure at={circuit} size={size} word={t('pressure drop')} part="pressure" />
      {figures === null ? null : (
        <>
          <Figure at={figures} size={size * 1.9} word={t('cooling power')} part="cooling" />
          <Figure
            at={{ x: figures.x, y: figures.y + 78 }}
            size={size}
            word={t('COP of the system')}
            part="cop"
          />
          <Figure at={{ x: figures.x + 170, y: figures.y + 78 }} size={size} word={t('lift')} part="lift" />
        </>
      )}
    </g>
  );
}

const LEGEND_TICKS = [SCALE_LOW_C, (SCALE_LOW_C + SCALE_HIGH_C) / 2, SCALE_HIGH_C];

function tickText(celsius: number): string {
  const text = textShown(celsius, '°C', 0);
  if (celsius === SCALE_LOW_C) return `≤${text}`;
  return celsius === SCALE_HIGH_C ? `≥${text} ${unitShown('°C')}` : text;
}

function ScaleLegend({ g }: { readonly g: Geometry }) {
  const { x, y, width, height } = g.legend;
  const steps = 40;
  const at = (i: number) => SCALE_LOW_C + ((SCALE_HIGH_C - SCALE_LOW_C) * (i + 0.5)) / steps;
  const place = (celsius: number) => x + (width * (celsius - SCALE_LOW_C)) / (SCALE_HIGH_C - SCALE_LOW_C);
  return (
    <g class="scale-legend num">
      {Array.from({ length: steps }, (_, i) => (
        <rect
          key={i}
          x={x + (width * i) / steps}
          y={y}
          width={width / steps + 0.4}
          height={height}
          fill={shadeOf(theme.value, at(i)).fill}
        />
      ))}
      <rect class="scale-edge" x={x} y={y} width={width} height={height} />
      {LEGEND_TICKS.map((celsius) => (
        <text
          key={celsius}
          x={place(celsius)}
          y={y + height + g.text.small * 1.1}
          text-anchor={celsius === SCALE_LOW_C ? 'start' : celsius === SCALE_HIGH_C ? 'end' : 'middle'}
        >
          {tickText(celsius)}
        </text>
      ))}
    </g>
  );
}
