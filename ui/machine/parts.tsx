/** The still parts of the drawing; what moves or changes colour carries a `data-part` that `animate.ts` finds. */
import { CELL_INDEXES } from '../store/telemetry.ts';
import type { Box, Geometry } from './geometry.ts';

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

export function Manifolds({ g }: GeometryProps) {
  const [left, right] = g.manifold;
  return (
    <g>
      <Pipe g={g} d={g.pipes.coldIn.d} fluid="coldIn" flow="in-of-hot-blow" />
      <Pipe g={g} d={g.pipes.hotOut.d} fluid="hotOut" flow="out-of-hot-blow" />
      <Pipe g={g} d={g.pipes.hotIn.d} fluid="hotIn" flow="in-of-cold-blow" />
      <Pipe g={g} d={g.pipes.coldOut.d} fluid="coldOut" flow="out-of-cold-blow" />
      <Pipe g={g} d={`M${left} ${g.hotManifoldY} H${right}`} fluid="hotManifold" flow="hot-manifold" />
      <Pipe g={g} d={`M${right} ${g.coldManifoldY} H${left}`} fluid="coldManifold" flow="cold-manifold" />
    </g>
  );
}

export function Train({ g }: GeometryProps) {
  const { train, frame, actuator } = g;
  const step = train.width / CELL_INDEXES.length;
  const middle = train.y + train.height / 2;
  return (
    <g>
      <rect class="steel" x={frame.x} y={frame.y} width={frame.width} height={frame.height} rx="2" />
      <text class="part-name" x={actuator.x + actuator.width / 2} y={actuator.y - 8} text-anchor="middle">
        actuator
      </text>
      <g data-part="rod">
        <rect class="rod" x={actuator.x + 4} y={middle - 7} width={train.x - 12 - actuator.x} height="14" />
        <rect class="steel" x={train.x - 10} y={train.y - 4} width="10" height={train.height + 8} rx="2" />
      </g>
      <rect
        class="steel"
        x={actuator.x}
        y={actuator.y}
        width={actuator.width}
        height={actuator.height}
        rx="4"
      />
      <g data-part="train">
        <g fill="none">
          <path d={taps(g, train.y, g.hotManifoldY)} class="pipe-wall" stroke-width={g.pipeWidth * 0.7 + 3} />
          <path
            d={taps(g, g.coldManifoldY, train.y + train.height)}
            class="pipe-wall"
            stroke-width={g.pipeWidth * 0.7 + 3}
          />
          <path
            d={taps(g, train.y, g.hotManifoldY)}
            class="fluid"
            data-part="hotTaps"
            stroke-width={g.pipeWidth * 0.7}
          />
          <path
            d={taps(g, g.coldManifoldY, train.y + train.height)}
            class="fluid"
            data-part="coldTaps"
            stroke-width={g.pipeWidth * 0.7}
          />
          <path
            d={taps(g, train.y, g.hotManifoldY)}
            class="flow-dash"
            opacity="0"
            data-flow="hot-taps"
            stroke-width={g.pipeWidth * 0.28}
          />
          <path
            d={taps(g, g.coldManifoldY, train.y + train.height)}
            class="flow-dash"
            opacity="0"
            data-flow="cold-taps"
            stroke-width={g.pipeWidth * 0.28}
          />
        </g>
        {CELL_INDEXES.map((cell) => (
          <g key={cell}>
            <rect
              class="cell"
              data-part={`cell-${cell}`}
              x={train.x + cell * step + 1}
              y={train.y}
              width={step - 2}
              height={train.height}
              rx="3"
            />
            <text
              class="cell-number"
              data-part={`cell-number-${cell}`}
              x={train.x + (cell + 0.5) * step}
              y={train.y + train.height * 0.32}
              font-size={g.text.cell * 0.8}
            >
              {cell + 1}
            </text>
            <text
              class="cell-value num"
              data-part={`cell-text-${cell}`}
              x={train.x + (cell + 0.5) * step}
              y={train.y + train.height * 0.74}
              font-size={g.text.cell}
            >
              –
            </text>
          </g>
        ))}
      </g>
      <text
        class="frame-name"
        transform={`translate(${frame.x + frame.width / 2} ${frame.y + frame.height / 2}) rotate(90)`}
        text-anchor="middle"
        dominant-baseline="central"
      >
        frame
      </text>
    </g>
  );
}

function Exchanger({ box, part }: { readonly box: Box; readonly part: string }) {
  const count = Math.floor((box.width - 6) / 5);
  const fins = Array.from(
    { length: count },
    (_, i) => `M${box.x + ((i + 0.5) * box.width) / count} ${box.y + 4} v${box.height - 8}`,
  ).join(' ');
  return (
    <g>
      <rect class="plate" x={box.x} y={box.y} width={box.width} height={box.height} rx="3" />
      <path class="fins" d={fins} data-part={part} />
    </g>
  );
}

export function Outdoors({ g }: GeometryProps) {
  const { x, y, width, height, name, value } = g.outdoors;
  return (
    <g>
      <rect class="box" x={x} y={y} width={width} height={height} rx="6" />
      <Exchanger box={g.hotExchanger} part="hotExchanger" />
      <text class="part-name" x={name.x} y={name.y}>
        outdoors
      </text>
      <text class="value num" x={value.x} y={value.y} font-size={g.text.outdoors} data-part="outdoorText">
        –
      </text>
    </g>
  );
}

export function House({ g }: GeometryProps) {
  const { x, y, width, height, text } = g.house;
  const outline = `M${x} ${y} L${x + width / 2} ${y - g.roofHeight} L${x + width} ${y} V${y + height} H${x} Z`;
  return (
    <g>
      <path class="house" d={outline} data-part="house" />
      <Exchanger box={g.coldExchanger} part="coldExchanger" />
      <g data-part="houseInk" text-anchor="middle">
        <text x={text.x} y={text.y}>
          house
        </text>
        <text
          class="house-value num"
          x={text.x}
          y={text.y + 40}
          font-size={g.text.house}
          data-part="roomText"
        >
          –
        </text>
        <text class="num" x={text.x} y={text.y + 66} data-part="setText">
          set –
        </text>
      </g>
    </g>
  );
}

export function PipeLabels({ g }: GeometryProps) {
  const rows = [
    ['hotOut', 'out'],
    ['hotIn', 'in'],
    ['coldIn', 'in'],
    ['coldOut', 'out'],
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
