/** A figure of y over x that stands until its numbers change. uPlot has the axes; the lines are drawn over them. */
import uPlot from 'uplot';
import { axis } from '../chart/axes.ts';
import { type Mapping, mapping } from '../chart/canvas-path.ts';
import { type Palette, palette } from '../chart/palette.ts';
import { type Range, calm } from '../store/calm-range.ts';

/** One curve; a value that is not a number lifts the pen. */
export interface Line {
  readonly name: string;
  readonly colour: keyof Palette;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly width?: number;
  readonly dash?: readonly number[];
  /** Every point gets a dot: what was computed, and what only joins it. */
  readonly dots?: boolean;
  /** Drawn large: where the machine stands now. */
  readonly mark?: number;
}

export interface Axes {
  readonly xLabel: string;
  readonly yLabel: string;
  readonly leastY: number;
  /** Fixed ends of the x axis; else it runs from zero to the end of the data. */
  readonly x?: readonly [number, number];
  readonly zeroY?: boolean;
}

export interface Pointed {
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** Farthest a pointer may be from a point, px. */
const REACH = 40;
/** Share of the highest value that a curve may reach below zero before the axis opens for it. */
const CROSSING = 0.15;
const LABEL = { labelSize: 18, labelGap: 2 };

export class XyChart {
  readonly #plot: uPlot;
  readonly #axes: Axes;
  readonly #seen: ResizeObserver;
  readonly #range: Range = { low: 0, high: 0 };
  #lines: readonly Line[] = [];
  #pointed: Pointed | null = null;

  constructor(host: HTMLElement, axes: Axes, onPoint: (pointed: Pointed | null) => void) {
    this.#axes = axes;
    this.#plot = new uPlot(this.#options(host), [[0, 1]], host);
    this.#seen = new ResizeObserver(() => {
      const size = sizeOf(host);
      if (size.width !== this.#plot.width || size.height !== this.#plot.height) this.#plot.setSize(size);
    });
    this.#seen.observe(host);
    const point = (pointed: Pointed | null) => {
      if (same(pointed, this.#pointed)) return;
      this.#pointed = pointed;
      onPoint(pointed);
      this.#plot.redraw(false);
    };
    const { over } = this.#plot;
    over.addEventListener('pointermove', (event) => point(this.#nearest(event.offsetX, event.offsetY)));
    over.addEventListener('pointerleave', () => point(null));
  }

  #options(host: HTMLElement): uPlot.Options {
    const { xLabel, yLabel } = this.#axes;
    const values: uPlot.Axis.Values = (_, splits, __, ___, step) => splits.map((v) => tickText(v, step));
    return {
      ...sizeOf(host),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [10, 12, 0, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        axis({ ...LABEL, label: xLabel, size: 24, gap: 4, space: 46, values }),
        axis({ ...LABEL, label: yLabel, size: 46, gap: 5, space: 30, values }),
      ],
      series: [{}],
      hooks: { draw: [(plot) => this.#draw(plot)] },
    };
  }

  show(lines: readonly Line[]): void {
    this.#lines = lines;
    this.#pointed = null;
    const [xLow, xHigh] = extent(lines, 'x');
    const [yLow, yHigh] = extent(lines, 'y');
    if (!(yLow <= yHigh)) {
      this.#plot.redraw(false);
      return;
    }
    calm(this.#range, ...this.#span(yLow, yHigh), this.#axes.leastY);
    const [min, max] = this.#axes.x ?? [Math.min(0, xLow), xHigh];
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min, max: max > min ? max : min + 1 });
      this.#plot.setScale('y', { min: this.#range.low, max: this.#range.high });
    });
    this.#plot.redraw(false);
  }

  /** What the y axis must show of data from `low` to `high`: a curve that just runs through zero ends at the axis. */
  #span(low: number, high: number): [number, number] {
    if (this.#axes.zeroY !== true) return [low, high];
    return [low > -CROSSING * high ? 0 : low, Math.max(0, high)];
  }

  /** In other colours. */
  redraw(): void {
    this.#plot.redraw(false);
  }

  #draw(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const to = mapping(plot);
    const scale = devicePixelRatio;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left - 4 * scale, bbox.top - 4 * scale, bbox.width + 8 * scale, bbox.height + 8 * scale);
    ctx.clip();
    ctx.lineJoin = 'round';
    for (const line of this.#lines) drawLine(ctx, line, to, scale);
    if (this.#pointed !== null) {
      ctx.strokeStyle = palette().ink;
      ctx.lineWidth = 1.5 * scale;
      circle(ctx, this.#pointed.x, this.#pointed.y, 5 * scale, to);
      ctx.stroke();
    }
    ctx.restore();
  }

  /** The point next to a place in the plotting area, in CSS pixels. */
  #nearest(left: number, top: number): Pointed | null {
    let best: Pointed | null = null;
    let reach = REACH ** 2;
    for (const { name, x, y } of this.#lines) {
      for (let i = 0; i < x.length; i++) {
        if (Number.isNaN(y[i])) continue;
        const dx = this.#plot.valToPos(x[i], 'x') - left;
        const dy = this.#plot.valToPos(y[i], 'y') - top;
        if (dx * dx + dy * dy >= reach) continue;
        reach = dx * dx + dy * dy;
        best = { name, x: x[i], y: y[i] };
      }
    }
    return best;
  }

  destroy(): void {
    this.#seen.disconnect();
    this.#plot.destroy();
  }
}

const sizeOf = (host: HTMLElement) => ({
  width: Math.max(120, host.clientWidth),
  height: Math.max(80, host.clientHeight),
});

/** Steps of 2.5 and 0.25 want a digit more than steps of 2 and 0.2. */
function tickText(value: number, step: number): string {
  const decimals =
    [0, 1, 2].find((digits) => Number.isInteger(Number((step * 10 ** digits).toFixed(6)))) ?? 3;
  return value.toFixed(decimals).replace('-', '−');
}

const same = (a: Pointed | null, b: Pointed | null): boolean =>
  a?.x === b?.x && a?.y === b?.y && a?.name === b?.name;

function extent(lines: readonly Line[], of: 'x' | 'y'): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const line of lines) {
    for (let i = 0; i < line.x.length; i++) {
      const value = line[of][i];
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return [low, high];
}

function drawLine(ctx: CanvasRenderingContext2D, line: Line, to: Mapping, scale: number): void {
  const { x, y, dots, mark, width = 2.2, dash = [] } = line;
  const colour = palette()[line.colour];
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = width * scale;
  ctx.setLineDash(dash.map((length) => length * scale));
  ctx.beginPath();
  let down = false;
  for (let i = 0; i < x.length; i++) {
    if (Number.isNaN(y[i])) down = false;
    else {
      const [left, top] = [to.x0 + to.perX * x[i], to.y0 + to.perY * y[i]];
      if (down) ctx.lineTo(left, top);
      else ctx.moveTo(left, top);
      down = true;
    }
  }
  ctx.stroke();
  ctx.setLineDash([]);
  for (let i = 0; i < x.length; i++) {
    const radius = i === mark ? 4.5 : dots === true ? width : 0;
    if (radius === 0 || Number.isNaN(y[i])) continue;
    circle(ctx, x[i], y[i], radius * scale, to);
    ctx.fill();
  }
}

function circle(ctx: CanvasRenderingContext2D, x: number, y: number, radius: number, to: Mapping): void {
  ctx.beginPath();
  ctx.arc(to.x0 + to.perX * x, to.y0 + to.perY * y, radius, 0, 2 * Math.PI);
}
