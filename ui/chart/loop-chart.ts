/**
 * A closed loop in two quantities of a cycle: the newest cycle in the colours of its phases with arrows along its way,
 * the ones before it fading. The cursor is a moment of the cycle and the same in every picture.
 */
import uPlot from 'uplot';
import { pointedPhase } from '../cycle/choices.ts';
import { phaseColour } from '../cycle/phase-colour.ts';
import type { PhaseName } from '../cycle/phases.ts';
import { language } from '../language.ts';
import { calm, type Range } from '../store/calm-range.ts';
import { theme } from '../theme.ts';
import { axis, axisTexts } from './axes.ts';
import { type Mapping, mapping } from './canvas-path.ts';
import { hostSize, keepSize } from './keep-size.ts';
import { drawArrow, drawCaption, drawMarker } from './loop-marks.ts';
import { palette } from './palette.ts';

export interface LoopTrace {
  readonly bins: number;
  readonly x: (bin: number) => number;
  readonly y: (bin: number) => number;
  readonly phase: (bin: number) => PhaseName | null;
}

export interface LoopSpec {
  readonly xLabel: () => string;
  readonly yLabel: () => string;
  /** Least span of each axis. */
  readonly leastX: number;
  readonly leastY: number;
  /** Both quantities begin at zero, and the axes with them. */
  readonly isFromZero: boolean;
  /** Differs where the loops or the caption do. */
  readonly version: () => string;
  /** Newest first. */
  readonly loops: () => readonly LoopTrace[];
  /** Written into the loop, line by line. */
  readonly caption: () => readonly string[];
}

const LABEL = { labelSize: 18, labelGap: 2 };
/** CSS px of a plot below which only the numbers of the caption are written. */
const NARROW = 340;
/** The oldest of the loops before the newest is this faint, the youngest that dark. */
const FAINTEST = 0.06;
const DARKEST = 0.4;

export class LoopChart {
  readonly #plot: uPlot;
  readonly #spec: LoopSpec;
  readonly #x: Range = { low: 0, high: 0 };
  readonly #y: Range = { low: 0, high: 0 };
  readonly #letGo: () => void;
  #loops: readonly LoopTrace[] = [];
  #drawn = '';

  constructor(host: HTMLElement, spec: LoopSpec) {
    this.#spec = spec;
    this.#plot = new uPlot(
      this.#options(host),
      [
        [0, 1],
        [null, null],
      ],
      host,
    );
    this.#plot.over.addEventListener('pointermove', (event) => this.#point(event));
    this.#plot.over.addEventListener('pointerdown', (event) => this.#point(event));
    this.#plot.over.addEventListener('pointerleave', () => {
      pointedPhase.value = null;
    });
    this.#letGo = keepSize(host, this.#plot, () => {
      this.#drawn = '';
    });
  }

  #options(host: HTMLElement): uPlot.Options {
    const { xLabel, yLabel } = this.#spec;
    return {
      ...hostSize(host),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [10, 22, 0, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        axis({ ...LABEL, label: xLabel(), values: axisTexts, size: 24, gap: 4, space: 46 }),
        axis({ ...LABEL, label: yLabel(), values: axisTexts, size: 42, gap: 5, space: 34 }),
      ],
      series: [{}, { show: false }],
      hooks: { draw: [(plot) => this.#draw(plot)] },
    };
  }

  /** True where it drew. */
  paint(): boolean {
    const key = `${this.#spec.version()} ${theme.peek()} ${language.peek()} ${pointedPhase.peek()}`;
    if (key === this.#drawn) return false;
    this.#drawn = key;
    this.#loops = this.#spec.loops();
    this.#fit();
    const [x, y] = this.#plot.axes;
    x.label = this.#spec.xLabel();
    y.label = this.#spec.yLabel();
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: this.#x.low, max: this.#x.high });
      this.#plot.setScale('y', { min: this.#y.low, max: this.#y.high });
      this.#plot.redraw(false, true);
    });
    return true;
  }

  #fit(): void {
    const { isFromZero, leastX, leastY } = this.#spec;
    const x = isFromZero ? { low: 0, high: 0 } : { low: Infinity, high: -Infinity };
    const y = { ...x };
    for (const loop of this.#loops) {
      for (let bin = 0; bin < loop.bins; bin++) {
        widen(x, loop.x(bin));
        widen(y, loop.y(bin));
      }
    }
    // The last digit of an unloaded sensor would otherwise open a whole step below zero.
    if (isFromZero && x.low > -0.02 * x.high) x.low = 0;
    calm(this.#x, x.low, x.high, leastX);
    calm(this.#y, y.low, y.high, leastY);
  }

  #draw(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const to = mapping(plot);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.lineJoin = 'round';
    const last = this.#loops.length - 1;
    for (let back = last; back > 0; back--) {
      ctx.globalAlpha = FAINTEST + (DARKEST - FAINTEST) * (1 - (back - 1) / Math.max(1, last)) ** 2;
      ctx.strokeStyle = palette().muted;
      ctx.lineWidth = 1.2 * devicePixelRatio;
      strokeRun(ctx, this.#loops[back], to, 0, this.#loops[back].bins);
    }
    ctx.globalAlpha = 1;
    const newest = this.#loops.at(0);
    if (newest !== undefined) this.#drawNewest(ctx, newest, to);
    ctx.restore();
  }

  #drawNewest(ctx: CanvasRenderingContext2D, loop: LoopTrace, to: Mapping): void {
    ctx.lineWidth = 2.6 * devicePixelRatio;
    ctx.lineCap = 'round';
    let from = 0;
    for (let bin = 1; bin <= loop.bins; bin++) {
      if (bin < loop.bins && loop.phase(bin) === loop.phase(from)) continue;
      ctx.strokeStyle = ctx.fillStyle = phaseColour(loop.phase(from), palette());
      strokeRun(ctx, loop, to, from, bin);
      if (loop.phase(from) !== null) drawArrow(ctx, loop, to, from, bin);
      from = bin;
    }
    // Beside a narrow loop the numbers say it themselves.
    const isNarrow = this.#plot.over.clientWidth < NARROW;
    drawCaption(ctx, loop, to, this.#spec.caption().slice(isNarrow ? 1 : 0), palette());
    const phase = pointedPhase.peek();
    if (phase !== null) drawMarker(ctx, loop, to, Math.floor(phase * loop.bins), palette());
  }

  /** The moment whose point of the newest loop is nearest to the pointer. */
  #point({ offsetX, offsetY }: PointerEvent): void {
    const loop = this.#loops.at(0);
    if (loop === undefined) return;
    let [nearest, least] = [0, Infinity];
    for (let bin = 0; bin < loop.bins; bin++) {
      const dx = this.#plot.valToPos(loop.x(bin), 'x') - offsetX;
      const dy = this.#plot.valToPos(loop.y(bin), 'y') - offsetY;
      if (dx * dx + dy * dy >= least) continue;
      [nearest, least] = [bin, dx * dx + dy * dy];
    }
    pointedPhase.value = nearest / loop.bins;
  }

  destroy(): void {
    this.#letGo();
    this.#plot.destroy();
  }
}

function widen(range: Range, value: number): void {
  if (value < range.low) range.low = value;
  if (value > range.high) range.high = value;
}

/** From a bin to another and one further, so that runs join and the loop closes; absent values lift the pen. */
function strokeRun(
  ctx: CanvasRenderingContext2D,
  loop: LoopTrace,
  to: Mapping,
  from: number,
  until: number,
): void {
  ctx.beginPath();
  let isDown = false;
  for (let bin = from; bin <= until; bin++) {
    const x = to.x0 + to.perX * loop.x(bin % loop.bins);
    const y = to.y0 + to.perY * loop.y(bin % loop.bins);
    if (Number.isNaN(x + y)) isDown = false;
    else {
      if (isDown) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
      isDown = true;
    }
  }
  ctx.stroke();
}
