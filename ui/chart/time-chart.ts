/**
 * A chart over device time. uPlot keeps scales and draws axes; the curves come from the rings, decimated for exactly the
 * pixels there are, and are drawn as a layer that moves with time. It redraws when the picture would differ by a pixel, not with every reading; cursors move
 * over it without a redraw.
 */
import uPlot from 'uplot';
import { telemetry } from '../session.ts';
import { clockText } from '../store/clock-text.ts';
import { Band, type View } from '../store/decimate.ts';
import { Polyline } from '../store/polyline.ts';
import { theme } from '../theme.ts';
import { conversionOf, unitsLook } from '../units.ts';
import { axis, axisText } from './axes.ts';
import { fillBand, mapping } from './canvas-path.ts';
import { CurveLayer } from './curve-layer.ts';
import { drawLane } from './lane.ts';
import { CursorLines } from './cursor-lines.ts';
import { hostSize, keepSize } from './keep-size.ts';
import { listenToGestures } from './gestures.ts';
import { drawMarks, marksVersion } from './mark-lines.ts';
import { palette, type Palette } from './palette.ts';
import { Seen } from './seen.ts';
import { drawSilence } from './silence.ts';
import type { TimeChartSpec, ValueAxis } from './time-chart-spec.ts';
import { rightEdgeS, shownS, timeAxis } from './time-window.ts';
import { ValueRange } from './value-range.ts';

export type { BandSpec, LineSpec, TimeChartSpec } from './time-chart-spec.ts';

const X_STEPS = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
  3600, 7200, 14400, 43200, 86400,
];
const QUIET_REDRAW_MS = 500;
const UNSEEN_REDRAW_MS = 3000;
/** An axis with its unit beside it. */
const AXIS_PX = { values: 46, unit: 16 };
/** The last time on the axis reaches so far beyond its tick. */
const HALF_LABEL_PX = 20;
const RIGHT_AXIS_PX = AXIS_PX.values + AXIS_PX.unit;

/** Those on the page now, in no order. */
export const charts = new Set<TimeChart>();

/** What a figure of the chart needs, as it was drawn last. */
export interface Drawn {
  readonly spec: TimeChartSpec;
  readonly view: View;
  readonly lines: readonly Polyline[];
  readonly bands: readonly Band[];
  readonly left: ValueRange;
  readonly right: ValueRange | null;
  /** Of x, y and y2: where there is a tick and what stands there. */
  readonly ticks: Readonly<Record<string, Ticks>>;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface Ticks {
  readonly at: readonly number[];
  readonly text: readonly string[];
}

export class TimeChart {
  readonly host: HTMLElement;
  readonly #spec: TimeChartSpec;
  readonly #plot: uPlot;
  readonly #lines: Polyline[];
  readonly #bands: Band[];
  readonly #curves = new CurveLayer();
  readonly #view: View = { fromS: 0, toS: 1, bucketS: 1 };
  readonly #left: ValueRange;
  readonly #right: ValueRange | null;
  readonly #ticks: Record<string, Ticks> = {};
  readonly #cursors: CursorLines;
  readonly #endSize: () => void;
  readonly #seen: Seen;
  /** What the last picture depended on. */
  #drawn = { fromS: Number.NaN, toS: Number.NaN, look: '', atMs: Number.NEGATIVE_INFINITY, rows: -1 };
  /** Bump to force a redraw: something outside the data changed the picture. */
  revision = 0;

  constructor(host: HTMLElement, spec: TimeChartSpec) {
    this.host = host;
    this.#spec = spec;
    this.#lines = spec.lines.map(() => new Polyline());
    this.#bands = spec.bands.map(() => new Band());
    this.#left = new ValueRange(spec);
    this.#right = spec.right === undefined ? null : new ValueRange(spec.right);
    this.#plot = new uPlot(this.#options(host), [new Float64Array([0, 1])], host);
    this.#endSize = keepSize(host, this.#plot, () => {
      this.revision++;
    });
    this.#seen = new Seen(host);
    this.#cursors = new CursorLines(this.#plot.over, timeAxis);
    listenToGestures(this.#plot.over, host, timeAxis);
    charts.add(this);
  }

  #options(host: HTMLElement): uPlot.Options {
    const { right, reservesRight } = this.#spec;
    return {
      ...hostSize(host),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [8, right !== undefined ? 0 : reservesRight ? RIGHT_AXIS_PX : HALF_LABEL_PX, 0, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false }, y2: { auto: false } },
      axes: [this.#timeAxis(), ...this.#valueAxes()],
      series: [{}],
      hooks: {
        drawAxes: [(plot) => this.#drawBands(plot), (plot) => this.#drawCurves(plot)],
        draw: [(plot) => this.#drawOver(plot, palette())],
      },
    };
  }

  #timeAxis(): uPlot.Axis {
    return axis({
      size: 24,
      gap: 4,
      space: 64,
      incrs: X_STEPS,
      values: (_, at, __, ___, step) => {
        const decimals = step >= 1 ? 0 : Math.ceil(-Math.log10(step) - 1e-9);
        return this.#keep('x', at, (seconds) => (seconds < 0 ? '' : clockText(seconds, decimals)));
      },
    });
  }

  #valueAxes(): uPlot.Axis[] {
    const named = (own: ValueAxis): Partial<uPlot.Axis> =>
      this.#spec.namesUnits
        ? { label: () => conversionOf(own.unit ?? '').unit, labelSize: AXIS_PX.unit, labelGap: 0 }
        : {};
    const one = (scale: 'y' | 'y2', own: ValueAxis, more: Partial<uPlot.Axis>): uPlot.Axis =>
      axis({
        scale,
        size: AXIS_PX.values,
        gap: 6,
        space: 34,
        values: (_, at, __, ___, step) => this.#keep(scale, at, (value) => axisText(value, step)),
        ...named(own),
        ...more,
      });
    const { right } = this.#spec;
    return [
      one('y', this.#spec, {}),
      ...(right ? [one('y2', right, { side: 1, grid: { show: false } })] : []),
    ];
  }

  /** A figure has its ticks where the chart has them. */
  #keep(scale: string, at: readonly number[], text: (value: number) => string): string[] {
    const words = at.map(text);
    this.#ticks[scale] = { at: [...at], text: words };
    return words;
  }

  /** True where it drew. Out of sight it draws only where it must. */
  paint(nowMs: number, mustDraw = false): boolean {
    // Seldom where it is out of sight, so that it is never far off when it comes into it.
    const isSeen = this.#seen.isSeen || nowMs - this.#drawn.atMs > UNSEEN_REDRAW_MS;
    if (!isSeen && !mustDraw) return false;
    const edgeS = rightEdgeS(nowMs);
    if (Number.isNaN(edgeS)) return false;
    this.#look(edgeS);
    this.#cursors.paint(this.#view);
    if (!this.#isDue(nowMs)) return false;
    this.#trace();
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: this.#view.fromS, max: this.#view.toS });
      this.#plot.setScale('y', { min: this.#left.range.low, max: this.#left.range.high });
      if (this.#right) this.#plot.setScale('y2', { min: this.#right.range.low, max: this.#right.range.high });
    });
    return true;
  }

  /** Edges on whole pixels of the screen, so that a picture that scrolls does not shimmer. */
  #look(edgeS: number): void {
    const view = this.#view;
    const spanS = shownS(edgeS);
    const pixelS = spanS / Math.max(50, this.#plot.bbox.width);
    view.bucketS = pixelS * devicePixelRatio;
    view.toS = Math.ceil(edgeS / pixelS) * pixelS;
    view.fromS = view.toS - spanS;
  }

  #isDue(nowMs: number): boolean {
    const { fromS, toS } = this.#view;
    const drawn = this.#drawn;
    const { tick, cycle, waveforms, streams } = telemetry;
    const streamed = streams.stream.length + streams.summary.length;
    const rows = tick.total + cycle.total + waveforms.rows.total + streamed;
    const look = `${theme.peek()} ${this.revision} ${unitsLook()} ${marksVersion()}`;
    const isLater = rows !== drawn.rows && nowMs - drawn.atMs > QUIET_REDRAW_MS;
    if (toS === drawn.toS && fromS === drawn.fromS && look === drawn.look && !isLater) return false;
    this.#drawn = { fromS, toS, look, rows, atMs: nowMs };
    return true;
  }

  #trace(): void {
    this.#left.begin();
    this.#right?.begin();
    this.#spec.lines.forEach((line, i) => {
      const out = this.#lines[i];
      line.trace(this.#view, out);
      ((line.isRight ? this.#right : null) ?? this.#left).include(out.low, out.high);
    });
    this.#spec.bands.forEach((band, i) => {
      const out = this.#bands[i];
      band.trace(this.#view, out);
      for (let k = 0; k < out.length; k++) this.#left.include(out.low[k], out.high[k]);
    });
    this.#left.end();
    this.#right?.end();
  }

  /** Beneath the curves. */
  #drawBands(plot: uPlot): void {
    const { ctx, bbox } = plot;
    const to = mapping(plot, 'y', this.#left.conversion);
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

  #drawCurves(plot: uPlot): void {
    const curves = this.#spec.lines.map((line, i) => {
      const { conversion } = (line.isRight ? this.#right : null) ?? this.#left;
      return {
        line: this.#lines[i],
        to: mapping(plot, line.isRight ? 'y2' : 'y', conversion),
        colour: withAlpha(line.colour(palette()), line.alpha?.() ?? 1),
        width: line.width,
        dash: line.dash,
      };
    });
    this.#curves.draw(plot, curves, this.#view);
  }

  #drawOver(plot: uPlot, palette: Palette): void {
    drawLane(plot, this.#view, palette, this.#spec.lane);
    drawSilence(plot, this.#view, palette);
    drawMarks(plot, this.#view, palette);
  }

  /** What the page shows or would show, were it in sight; null before the first reading. */
  drawn(): Drawn | null {
    this.paint(performance.now(), true);
    if (Number.isNaN(this.#drawn.toS)) return null;
    return {
      spec: this.#spec,
      view: this.#view,
      lines: this.#lines,
      bands: this.#bands,
      left: this.#left,
      right: this.#right,
      ticks: this.#ticks,
      widthPx: this.#plot.width,
      heightPx: this.#plot.height,
    };
  }

  destroy(): void {
    this.#endSize();
    charts.delete(this);
    this.#seen.end();
    this.#plot.destroy();
  }
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
