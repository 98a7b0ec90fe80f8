/** The drawing of the machine: still parts once, numbers a few times a second, motion on the animation frame. */
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { everyFrame } from '../chart/frame-loop.ts';
import { SCALE_HIGH_C, SCALE_LOW_C, shadeOf } from '../colour/temperature-scale.ts';
import { fresh, isCycling } from '../live-values.ts';
import { acceleration, beat, telemetry } from '../session.ts';
import {
  CELL_INDEXES,
  COLD_OUT_MEAN,
  HOT_OUT_MEAN,
  cellColumn,
  cycleColumn,
  tickColumn,
} from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { theme } from '../theme.ts';
import { Animation } from './animate.ts';
import { NARROW, WIDE, type Geometry } from './geometry.ts';
import { House, Manifolds, Outdoors, PipeLabels, Train } from './parts.tsx';
import { Player, type Scene } from './scene.ts';

const ROOM = tickColumn('room_C');
const OUTDOOR = tickColumn('outdoor_C');
const SETPOINT = tickColumn('setpoint_C');
const FORCE = tickColumn('force_kN');
const STROKE = tickColumn('stroke_mm');
const PEAK_FORCE = cycleColumn('peak_force_kN');
const PEAK_STROKE = cycleColumn('peak_stroke_mm');
const TEXT_EVERY_MS = 200;

const phone = matchMedia('(max-width: 700px)');
const narrow = signal(phone.matches);
phone.addEventListener('change', (event) => {
  narrow.value = event.matches;
});
const calmEyes = matchMedia('(prefers-reduced-motion: reduce)');
const player = new Player();

/** Numbers that swing would be unreadable: while the machine cycles they are means or peaks of the last whole cycle. */
function writeTexts(svg: SVGSVGElement, scene: Scene): void {
  const { latest } = telemetry;
  const put = (part: string, text: string) => {
    const element = svg.querySelector(`[data-part="${part}"]`);
    if (element !== null && element.textContent !== text) element.textContent = text;
  };
  const cycling = isCycling();
  for (const cell of CELL_INDEXES) {
    const value = cycling ? telemetry.lastCycle(cellColumn(cell, 'mean')) : scene.cellC[cell];
    put(`cell-text-${cell}`, fixed(value, 1));
  }
  put('roomText', fixed(latest[ROOM], 1));
  put('setText', `set ${fixed(latest[SETPOINT], 1)} °C`);
  put('outdoorText', `${fixed(latest[OUTDOOR], 1)} °C`);
  put('hotInText', `${fixed(scene.hotInC, 1)} °C`);
  put('coldInText', `${fixed(scene.coldInC, 1)} °C`);
  put('hotOutText', `${fixed(cycling ? telemetry.lastCycle(HOT_OUT_MEAN) : scene.hotOutC, 1)} °C`);
  put('coldOutText', `${fixed(cycling ? telemetry.lastCycle(COLD_OUT_MEAN) : scene.coldOutC, 1)} °C`);
  put('forceWord', cycling ? 'peak force' : 'force');
  put('strokeWord', cycling ? 'peak stroke' : 'stroke');
  put('forceText', `${fixed(cycling ? telemetry.lastCycle(PEAK_FORCE) : latest[FORCE], 1)} kN`);
  put('strokeText', `${fixed(cycling ? telemetry.lastCycle(PEAK_STROKE) : latest[STROKE], 1)} mm`);
}

function Drawing({ g }: { readonly g: Geometry }) {
  const root = useRef<SVGSVGElement>(null);
  useEffect(() => {
    const svg = root.current;
    if (svg === null) return undefined;
    const animation = new Animation(svg, g);
    let writtenMs = 0;
    return everyFrame((nowMs) => {
      const scene = player.update(nowMs, calmEyes.matches);
      animation.apply(scene, telemetry.latest[ROOM], nowMs);
      if (nowMs - writtenMs < TEXT_EVERY_MS) return;
      writtenMs = nowMs;
      writeTexts(svg, scene);
    });
  }, [g]);
  return (
    <svg
      ref={root}
      class="machine"
      viewBox={`0 0 ${g.width} ${g.height}`}
      font-size={g.text.small}
      role="img"
      aria-label="Load train of ten cells between actuator and frame, hot loop to the outdoors, cold loop to the house"
    >
      <Manifolds g={g} />
      <Train g={g} />
      <PipeLabels g={g} />
      <Outdoors g={g} />
      <House g={g} />
      <g class="load num" transform={`translate(${g.load.x} ${g.load.y})`}>
        <text class="part-name" data-part="forceWord" y="12">
          force
        </text>
        <text class="value" data-part="forceText" y="30">
          –
        </text>
        <text class="part-name" data-part="strokeWord" y="52">
          stroke
        </text>
        <text class="value" data-part="strokeText" y="70">
          –
        </text>
      </g>
      <ScaleLegend g={g} />
    </svg>
  );
}

const LEGEND_TICKS = [SCALE_LOW_C, (SCALE_LOW_C + SCALE_HIGH_C) / 2, SCALE_HIGH_C];

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
          y={y + height + 14}
          text-anchor={celsius === SCALE_LOW_C ? 'start' : celsius === SCALE_HIGH_C ? 'end' : 'middle'}
        >
          {celsius === SCALE_LOW_C ? `≤${celsius}` : celsius === SCALE_HIGH_C ? `≥${celsius} °C` : celsius}
        </text>
      ))}
    </g>
  );
}

function sceneSentence(): string {
  const { mode, cycle } = player.scene;
  const at = acceleration.value;
  if (mode === 'empty') return 'No reading yet.';
  if (!fresh.value) return 'No new readings: the drawing shows the last one.';
  if (mode === 'playback') {
    return `The machine runs at ${at}×. Shown: whole cycle ${cycle} at 1×, flow by phase. Numbers in the cells: means.`;
  }
  if (mode === 'means') return `Motion is reduced, as your system asks: means of whole cycle ${cycle}.`;
  return isCycling()
    ? 'Live at 1×, coloured by temperature. Numbers in the cells: means of the last whole cycle.'
    : 'Live, coloured by temperature: the machine does not cycle.';
}

function SceneNote() {
  beat();
  return <p class="note scene-note">{sceneSentence()}</p>;
}

export function MachinePanel() {
  return (
    <section class="panel machine-panel" aria-labelledby="machine-title">
      <header class="panel-head">
        <h2 id="machine-title">Machine</h2>
        <SceneNote />
      </header>
      <Drawing key={narrow.value ? 'narrow' : 'wide'} g={narrow.value ? NARROW : WIDE} />
    </section>
  );
}
