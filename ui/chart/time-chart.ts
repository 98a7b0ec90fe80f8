/**
 * A chart over device time. uPlot draws axes and strokes; what to stroke comes from the rings, decimated for exactly
 * the pixels there are. It redraws when the picture would differ by a pixel, not with every reading.
 */
import uPlot from 'uplot';
import { telemetry } from '../session.ts';
import { calm, type Range } from '../store/calm-range.ts';
import { clockText } from '../store/clock-text.ts';
import { Band, type View } from '../store/decimate.ts';
import { Polyline } from '../store/polyline.ts';
import { theme } from '../theme.ts';
import { axis, axisText } from './axes.ts';
import { fillBand, mapping, strokePath } from './canvas-path.ts';
import { palette, type Palette } from './palette.ts';
import { hover, rightEdgeS, shownS } from './time-window.ts';

export interface LineSpec {
  readonly colour: (palette: Palette) => string;
  readonly width: number;
  readonly dash?: number[];
  /** 0 hides the line. */
  readonly alpha?: () => number;
  readonly trace: (view: View, out: Polyline) => void;
}

export interface BandSpec {
  readonly colour: (palette: Palette) => string;
  readonly alpha: (view: View) => number;
  readonly trace: (view: View, out: Band) => void;
}

export interface TimeChartSpec {
  /** The value axis never covers less than this. */
  readonly leastSpan: number;
  readonly includeZero?: boolean;
  readonly bands: readonly BandSpec[];
  readonly lines: readonly LineSpec[];
  /** Draws more into the plotting area, after the curves. */
  readonly overlay?: (plot: uPlot, view: View, palette: Palette) => void;
}

const X_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];
const QUIET_REDRAW_MS = 500;

export class TimeChart {
  readonly #spec: TimeChartSpec;
  readonly #plot: uPlot;
  readonly #lines: Polyline[];
  readonly #bands: Band[];
  readonly #view: View = { fromS: 0, toS: 1, bucketS: 1 };
  readonly #range: Range = { low: 0, high: 0 };
  readonly #seen: ResizeObserver;
  readonly #watch: IntersectionObserver;
  #visible = true;
  /** What the last picture depended on. */
  #drawn = { toS: Number.NaN, fromS: Number.NaN, theme: '', hover: Number.NaN, atMs: 0, rows: -1, extra: -1 };
  /** Bump to force a redraw: something outside the data changed the picture. */
  revision = 0;

  constructor(host: HTMLElement, spec: TimeChartSpec) {
    this.#spec = spec;
    this.#lines = spec.lines.map(() => new Polyline());
    this.#bands = spec.bands.map(() => new Band());
    this.#plot = new uPlot(this.#options(host), [new Float64Array([0, 1]), ...this.#dummies()], host);
    this.#seen = new ResizeObserver(() => this.#resize(host));
    this.#seen.observe(host);
    this.#watch = new IntersectionObserver(([entry]) => {
      this.#visible = entry?.isIntersecting ?? true;
    });
    this.#watch.observe(host);
    this.#followPointer();
  }

  /** uPlot wants data of its own; the curves come from `paths`. */
  #dummies(): Float64Array[] {
    return this.#lines.map(() => new Float64Array([0, 0]));
  }

  #options(host: HTMLElement): uPlot.Options {
    const lines = this.#spec.lines.map(
      (line, i): uPlot.Series => ({
        auto: false,
        points: { show: false },
        width: line.width,
        pxAlign: 0,
        cap: 'round',
        ...(line.dash ? { dash: line.dash } : {}),
        stroke: () => withAlpha(line.colour(palette()), line.alpha?.() ?? 1),
        paths: (plot) => ({ stroke: strokePath(this.#lines[i], mapping(plot)), fill: null, flags: 0 }),
      }),
    );
    return {
      width: Math.max(120, host.clientWidth),
      height: Math.max(80, host.clientHeight),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [8, 10, 0, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        axis({
          size: 24,
          gap: 4,
          space: 64,
          incrs: X_STEPS,
          values: (_, splits) => splits.map((seconds) => (seconds < 0 ? '' : clockText(seconds))),
        }),
        axis({
          size: 46,
          gap: 6,
          space: 34,
          values: (_, splits, __, ___, step) => splits.map((v) => axisText(v, step)),
        }),
      ],
      series: [{}, ...lines],
      hooks: {
        drawAxes: [(plot) => this.#drawBands(plot)],
        draw: [(plot) => this.#drawOver(plot, palette())],
      },
    };
  }

  #resize(host: HTMLElement): void {
    const width = Math.max(120, host.clientWidth);
    const height = Math.max(80, host.clientHeight);
    if (width === this.#plot.width && height === this.#plot.height) return;
    this.#plot.setSize({ width, height });
    this.revision++;
  }

  #followPointer(): void {
    const { over } = this.#plot;
    over.addEventListener('pointermove', (event) => {
      const box = over.getBoundingClientRect();
      hover.value = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    });
    over.addEventListener('pointerleave', () => {
      hover.value = null;
    });
  }

  /** True where it drew. */
  paint(nowMs: number): boolean {
    if (!this.#visible) return false;
    const edgeS = rightEdgeS(nowMs);
    if (Number.isNaN(edgeS)) return false;
    const view = this.#view;
    const spanS = shownS(edgeS);
    view.bucketS = spanS / Math.max(50, this.#plot.bbox.width / devicePixelRatio);
    view.toS = Math.ceil(edgeS / view.bucketS) * view.bucketS;
    view.fromS = view.toS - spanS;
    const drawn = this.#drawn;
    const rows = telemetry.tick.total + telemetry.cycle.total + telemetry.waveforms.rows.total;
    const pointer = hover.peek() ?? -1;
    const due = rows !== drawn.rows && nowMs - drawn.atMs > QUIET_REDRAW_MS;
    const same =
      view.toS === drawn.toS &&
      view.fromS === drawn.fromS &&
      theme.peek() === drawn.theme &&
      pointer === drawn.hover &&
      this.revision === drawn.extra;
    if (same && !due) return false;
    drawn.toS = view.toS;
    drawn.fromS = view.fromS;
    drawn.theme = theme.peek();
    drawn.hover = pointer;
    drawn.extra = this.revision;
    drawn.rows = rows;
    drawn.atMs = nowMs;
    this.#trace();
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: view.fromS, max: view.toS });
      this.#plot.setScale('y', { min: this.#range.low, max: this.#range.high });
    });
    return true;
  }

  #trace(): void {
    let low = this.#spec.includeZero === true ? 0 : Number.POSITIVE_INFINITY;
    let high = this.#spec.includeZero === true ? 0 : Number.NEGATIVE_INFINITY;
    this.#spec.lines.forEach((line, i) => {
      const out = this.#lines[i];
      line.trace(this.#view, out);
      low = Math.min(low, out.low);
      high = Math.max(high, out.high);
    });
    this.#spec.bands.forEach((band, i) => {
      const out = this.#bands[i];
      band.trace(this.#view, out);
      for (let k = 0; k < out.length; k++) {
        low = Math.min(low, out.low[k]);
        high = Math.max(high, out.high[k]);
      }
    });
    calm(this.#range, low, high, this.#spec.leastSpan);
    if (this.#range.low === this.#range.high) this.#range.high = this.#range.low + this.#spec.leastSpan;
  }

  /** Beneath the curves. */
  #drawBands(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const to = mapping(plot);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    this.#spec.bands.forEach((band, i) => {
      ctx.fillStyle = withAlpha(band.colour(palette()), band.alpha(this.#view));
      fillBand(ctx, this.#bands[i], to);
    });
    ctx.restore();
  }

  #drawOver(plot: uPlot, palette: Palette): void {
    this.#spec.overlay?.(plot, this.#view, palette);
    drawSilence(plot, palette);
    drawPointer(plot, palette);
  }

  destroy(): void {
    this.#seen.disconnect();
    this.#watch.disconnect();
    this.#plot.destroy();
  }
}

/** A stretch in which nothing was heard is hatched and named, so that it is not taken for a quiet machine. */
function drawSilence(plot: uPlot, palette: Palette): void {
  const { ctx, bbox } = plot;
  const lastS = telemetry.clock.lastS;
  const toS = plot.scales.x.max ?? 0;
  const silent = telemetry.clock.silenceMs(performance.now());
  if (Number.isNaN(lastS) || silent < 1000 || lastS >= toS) return;
  const left = Math.max(bbox.left, plot.valToPos(lastS, 'x', true));
  const right = bbox.left + bbox.width;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, right - left, bbox.height);
  ctx.clip();
  ctx.strokeStyle = palette.hatch;
  ctx.globalAlpha = 0.45;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  const step = 9 * devicePixelRatio;
  for (let x = left - bbox.height; x < right; x += step) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.stroke();
  ctx.restore();
}

/** One line at the same time in every chart. */
function drawPointer(plot: uPlot, palette: Palette): void {
  const share = hover.peek();
  if (share === null) return;
  const { ctx, bbox } = plot;
  const x = Math.round(bbox.left + share * bbox.width) + 0.5;
  ctx.save();
  ctx.strokeStyle = palette.muted;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

/** `colour` is `rgb(...)` or `#rrggbb`. */
export function withAlpha(colour: string, alpha: number): string {
  if (alpha >= 1) return colour;
  return colour.startsWith('#')
    ? colour +
        Math.round(alpha * 255)
          .toString(16)
          .padStart(2, '0')
    : colour.replace(')', ` / ${alpha})`);
}
