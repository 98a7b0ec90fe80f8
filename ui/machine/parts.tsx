/** The still parts of the drawing; what moves or changes colour carries a `data-part` that `animate.ts` finds. */
import { t } from '../language.ts';
import { CELL_INDEXES } from '../store/telemetry.ts';
import { CELL_PARTS } from './alarm-parts.ts';
import { PIPE_NAMES } from './fittings.tsx';
import type { Box, Geometry, PipeName } from './geometry.ts';
import { Part } from './part.tsx';

interface GeometryProps {
  readonly g: Geometry;
}

/** A pipe is three strokes: wall, fluid in its temperature's colour, dashes that move with the flow. */
function Pipe({ g, d, fluid, flow }: GeometryProps & { d: string; fluid: string; flow: string }) {
  return (
    <g fill="none" stroke-linejoin="round">
      <path d={d} class="pipe-wall" stroke-width={g.pipeWidth + 3} />
      <path d={d} class="fluid" data-part={fluid} stroke-width={g.pipeWidth} />
      <path d={d} class="flow-dash" opacity="0" data-flow={flow} stroke-width={g.pipeWidth * 0.34} />
    </g>
  );
}

/** Ten taps a side, in parallel; they ride with their cells. */
function taps(g: Geometry, fromY: number, toY: number): string {
  const step = g.train.width / CELL_INDEXES.length;
  return CELL_INDEXES.map((i) => `M${g.train.x + (i + 0.5) * step} ${fromY} V${toY}`).join(' ');
}

/** A cell's tubes, along the axis of the force: squeezed with it. */
const TUBES = 4;

const FLOW_OF: Record<PipeName, string> = {
  coldIn: 'in-of-hot-blow',
  hotOut: 'out-of-hot-blow',
  hotIn: 'in-of-cold-blow',
  coldOut: 'out-of-cold-blow',
};

export function Pipes({ g }: GeometryProps) {
  return (
    <g>
      {PIPE_NAMES.map((name) => (
        <Pipe key={name} g={g} d={g.pipes[name].d} fluid={name} flow={FLOW_OF[name]} />
      ))}
    </g>
  );
}

export function Manifolds({ g }: GeometryProps) {
  const [left, right] = g.manifold;
  const box = (y: number): Box => ({
    x: left,
    y: y - g.pipeWidth,
    width: right - left,
    height: 2 * g.pipeWidth,
  });
  return (
    <g>
      <Part id="hot-manifold" box={box(g.hotManifoldY)}>
        <Pipe g={g} d={`M${left} ${g.hotManifoldY} H${right}`} fluid="hotManifold" flow="hot-manifold" />
      </Part>
      <Part id="cold-manifold" box={box(g.coldManifoldY)}>
        <Pipe g={g} d={`M${right} ${g.coldManifoldY} H${left}`} fluid="coldManifold" flow="cold-manifold" />
      </Part>
    </g>
  );
}

function Taps({ g }: GeometryProps) {
  const width = g.pipeWidth * 0.7;
  const rows = [
    ['hot', taps(g, g.train.y, g.hotManifoldY)],
    ['cold', taps(g, g.coldManifoldY, g.train.y + g.train.height)],
  ] as const;
  return (
    <g fill="none">
      {rows.map(([side, d]) => (
        <g key={side}>
          <path d={d} class="pipe-wall" stroke-width={width + 3} />
          <path d={d} class="fluid" data-part={`${side}Taps`} stroke-width={width} />
          <path d={d} class="flow-dash" opacity="0" data-flow={`${side}-taps`} stroke-width={width * 0.4} />
        </g>
      ))}
    </g>
  );
}

function Cell({ g, cell }: GeometryProps & { readonly cell: number }) {
  const { train, text } = g;
  const step = train.width / CELL_INDEXES.length;
  const box = { x: train.x + cell * step + 1, y: train.y, width: step - 2, height: train.height };
  const middle = train.x + (cell + 0.5) * step;
  const numberY = train.y + text.cell * 1.25;
  const valueY = train.y + train.height - text.cell * 0.7;
  const room = valueY - text.cell - numberY;
  // Between the two numbers; where there is no room for four lines that can be told apart, none is drawn.
  const tubes = room < TUBES * 5 ? [] : Array.from({ length: TUBES }, (_, i) => i);
  const pitch = room / TUBES;
  return (
    <g>
      <Part id={CELL_PARTS[cell]} box={box}>
        <rect class="cell" data-part={`cell-${cell}`} {...box} rx="3" />
        {tubes.map((i) => (
          <rect
            key={i}
            class="tube"
            x={box.x + 3}
            y={numberY + (i + 0.62) * pitch - pitch * 0.28}
            width={box.width - 6}
            height={pitch * 0.56}
            rx="2"
          />
        ))}
        <text
          class="cell-number"
          data-part={`cell-number-${cell}`}
          x={middle}
          y={numberY}
          font-size={text.cell * 0.85}
        >
          {cell + 1}
        </text>
      </Part>
      <text
        class="cell-value num"
        data-part={`cell-text-${cell}`}
        aria-hidden="true"
        x={middle}
        y={valueY}
        font-size={text.cell}
      >
        –
      </text>
    </g>
  );
}

function Actuator({ g }: GeometryProps) {
  const { train, actuator } = g;
  const middle = train.y + train.height / 2;
  return (
    <Part id="actuator" box={actuator}>
      <text class="part-name" x={actuator.x + actuator.width / 2} y={actuator.y - 8} text-anchor="middle">
        {t('actuator')}
      </text>
      <g data-part="rod">
        <rect class="rod" x={actuator.x + 4} y={middle - 7} width={train.x - 12 - actuator.x} height="14" />
        <rect class="steel" x={train.x - 10} y={train.y - 4} width="10" height={train.height + 8} rx="2" />
      </g>
      <rect class="steel" {...actuator} rx="4" />
    </Part>
  );
}

function Frame({ g }: GeometryProps) {
  const { frame } = g;
  return (
    <Part id="frame" box={frame}>
      <rect class="steel" {...frame} rx="2" />
      <text
        class="frame-name"
        transform={`translate(${frame.x + frame.width / 2} ${frame.y + frame.height / 2}) rotate(90)`}
        text-anchor="middle"
        dominant-baseline="central"
      >
        {t('frame')}
      </text>
    </Part>
  );
}

/** In the order in which a keyboard walks through: along the force. */
export function Train({ g }: GeometryProps) {
  return (
    <g>
      <Actuator g={g} />
      <g data-part="train">
        <Taps g={g} />
        {CELL_INDEXES.map((cell) => (
          <Cell key={cell} g={g} cell={cell} />
        ))}
      </g>
      <Frame g={g} />
    </g>
  );
}

function Exchanger({ box, part }: { readonly box: Box; readonly part: 'hotExchanger' | 'coldExchanger' }) {
  const count = Math.floor((box.width - 6) / 5);
  const fins = Array.from(
    { length: count },
    (_, i) => `M${box.x + ((i + 0.5) * box.width) / count} ${box.y + 4} v${box.height - 8}`,
  ).join(' ');
  return (
    <Part id={part === 'hotExchanger' ? 'hot-exchanger' : 'cold-exchanger'} box={box}>
      <rect class="plate" {...box} rx="3" />
      <path class="fins" d={fins} data-part={part} />
    </Part>
  );
}

export function Outdoors({ g }: GeometryProps) {
  const { x, y, width, height, name, value } = g.outdoors;
  return (
    <g>
      <Part id="outdoors" box={g.outdoors}>
        <rect class="box" x={x} y={y} width={width} height={height} rx="6" />
        <text class="part-name" x={name.x} y={name.y}>
          {t('outdoors')}
        </text>
      </Part>
      <text
        class="value num"
        x={value.x}
        y={value.y}
        font-size={g.text.outdoors}
        data-part="outdoorText"
        aria-hidden="true"
      >
        –
      </text>
      <Exchanger box={g.hotExchanger} part="hotExchanger" />
    </g>
  );
}

export function House({ g }: GeometryProps) {
  const { x, y, width, height, text } = g.house;
  const below = { value: g.text.house * 1.2, set: g.text.house * 1.2 + g.text.small * 1.9 };
  const outline = `M${x} ${y} L${x + width / 2} ${y - g.roofHeight} L${x + width} ${y} V${y + height} H${x} Z`;
  return (
    <g>
      <g data-part="houseInk" text-anchor="middle">
        <Part id="house" box={g.house}>
          <path class="house" d={outline} data-part="house" />
          <text x={text.x} y={text.y}>
            {t('house')}
          </text>
        </Part>
        <text
          class="house-value num"
          x={text.x}
          y={text.y + below.value}
          font-size={g.text.house}
          data-part="roomText"
          aria-hidden="true"
        >
          –
        </text>
        <text class="num" x={text.x} y={text.y + below.set} data-part="setText" aria-hidden="true">
          –
        </text>
      </g>
      <Exchanger box={g.coldExchanger} part="coldExchanger" />
    </g>
  );
}

export function PipeLabels({ g }: GeometryProps) {
  const rows = [
    ['hotOut', t('out')],
    ['hotIn', t('in')],
    ['coldIn', t('in')],
    ['coldOut', t('out')],
  ] as const;
  return (
    <g>
      {rows.map(([key, word]) => {
        const { label, anchor } = g.pipes[key];
        return (
          <text
            key={key}
            class="pipe-label num"
            x={label.x}
            y={label.y}
            text-anchor={anchor}
            font-size={g.text.small}
          >
            {word} <tspan data-part={`${key}Text`}>–</tspan>
          </text>
        );
      })}
    </g>
  );
}
