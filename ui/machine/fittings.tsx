/** What moves the fluid and the train: valves, pumps, the force, and the board that tells of them. */
import { t } from '../language.ts';
import type { Box, Geometry, PipeName, Point } from './geometry.ts';
import { Part } from './part.tsx';

interface GeometryProps {
  readonly g: Geometry;
}

export const PIPE_NAMES: readonly PipeName[] = ['hotOut', 'hotIn', 'coldIn', 'coldOut'];

const around = ({ x, y }: Point, half: number): Box => ({
  x: x - half,
  y: y - half,
  width: 2 * half,
  height: 2 * half,
});

/** Two triangles, tip to tip, as on a plant diagram: filled where open, hollow where shut. */
function Valve({ g, name }: GeometryProps & { readonly name: PipeName }) {
  const { x, y, isUpright } = g.valves[name];
  const s = g.valveSize;
  return (
    <path
      class="valve"
      data-valve={name}
      data-open="0"
      d={`M${-s} ${-s * 0.7} L${s} ${s * 0.7} V${-s * 0.7} L${-s} ${s * 0.7} Z`}
      transform={`translate(${x} ${y})${isUpright ? ' rotate(90)' : ''}`}
    />
  );
}

/** One part of the page, in four places: a person asks after the valves, not after one of them. */
export function Valves({ g }: GeometryProps) {
  return (
    <Part id="valves" box={around(g.valves.hotOut, g.valveSize)}>
      {PIPE_NAMES.map((name) => (
        <g key={name}>
          <circle class="hit" cx={g.valves[name].x} cy={g.valves[name].y} r={g.valveSize * 1.5} />
          <Valve g={g} name={name} />
        </g>
      ))}
    </Part>
  );
}

function Pump({
  at,
  radius,
  side,
}: {
  readonly at: Point;
  readonly radius: number;
  readonly side: 'hot' | 'cold';
}) {
  const r = radius * 0.72;
  return (
    <g transform={`translate(${at.x} ${at.y})`}>
      <circle class="pump" r={radius} />
      <path class="impeller" data-pump={side} d={`M${r} 0 L${-r / 2} ${r * 0.866} V${-r * 0.866} Z`} />
    </g>
  );
}

export function Pumps({ g }: GeometryProps) {
  return (
    <Part id="pumps" box={around(g.pumps.hot, g.pumpRadius)}>
      <Pump at={g.pumps.hot} radius={g.pumpRadius} side="hot" />
      <Pump at={g.pumps.cold} radius={g.pumpRadius} side="cold" />
    </Part>
  );
}

/** The arrow grows with the stress; the mark stands at the limit. */
export function Force({ g }: GeometryProps) {
  const { x, y, length } = g.force;
  return (
    <g class="force" transform={`translate(${x} ${y})`} aria-hidden="true">
      <path class="force-limit" d={`M${length} -7 V7`} />
      <path class="force-arrow" data-part="force" d="" />
    </g>
  );
}

export function Electronics({ g }: GeometryProps) {
  const { x, y, width, height } = g.electronics;
  const line = g.text.small * 1.25;
  return (
    <g>
      <Part id="electronics" box={g.electronics}>
        <rect class="box" x={x} y={y} width={width} height={height} rx="5" />
        <text class="part-name" x={x + 10} y={y + line}>
          {t('electronics')}
        </text>
      </Part>
      <text class="value num" x={x + 10} y={y + 2 * line} data-part="linkText" aria-hidden="true">
        –
      </text>
    </g>
  );
}

/** A word above a number that `texts.ts` writes. */
export function Figure({ at, size, word, part }: { at: Point; size: number; word: string; part: string }) {
  return (
    <g class="num" transform={`translate(${at.x} ${at.y})`}>
      <text class="part-name" y={size * 0.72} data-part={`${part}Word`}>
        {word}
      </text>
      <text class="value" y={size * 1.95} font-size={size * 1.2} data-part={`${part}Text`}>
        –
      </text>
    </g>
  );
}
