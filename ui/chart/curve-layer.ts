/**
 * The curves of a chart as a picture of their own, which moves with time. While the scales stand, the picture that was
 * drawn is shifted by whole pixels and only the strip that time has brought is drawn; strokes of a thousand columns cost
 * a slow renderer more than all else on the page.
 */
import type uPlot from 'uplot';
import type { View } from '../store/decimate.ts';
import type { Polyline } from '../store/polyline.ts';
import { type Mapping, strokePath } from './canvas-path.ts';

export interface Curve {
  readonly line: Polyline;
  readonly to: Mapping;
  readonly colour: string;
  /** In px of the page. */
  readonly width: number;
  readonly dash: readonly number[] | undefined;
}

/**
 * What is older changes seldom (history that comes late, a summary for samples): it is seen with every so manyth picture.
 * A count, not a time, or a renderer that is slow would draw nothing but whole pictures.
 */
const WHOLE_EVERY = 40;
/** The last column of a curve still grows, and draws the stroke from the column before. */
const GROWING_COLUMNS = 3;

export class CurveLayer {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d') as CanvasRenderingContext2D;
  /** What the picture is of. */
  #look = '';
  #toS = Number.NaN;
  #sinceWhole = 0;
  /** Time of the last point of each curve. */
  #ends: number[] = [];

  /** Draws `curves` over `view` into the plotting area of `plot`. */
  draw(plot: uPlot, curves: readonly Curve[], view: View): void {
    const { ctx, bbox } = plot;
    // a chart so narrow that its axes take all of it: a canvas of no size cannot be drawn
    if (bbox.width < 1 || bbox.height < 1) return;
    const perS = bbox.width / (view.toS - view.fromS);
    const look = [
      bbox.width,
      bbox.height,
      bbox.left,
      bbox.top,
      perS.toPrecision(9),
      ...curves.map(lookOf),
    ].join();
    const shiftPx = (view.toS - this.#toS) * perS;
    // A dash has no place of its own in time: it begins where its path does.
    const isDashed = curves.some(({ dash = [] }) => dash.length > 0);
    const stands = look === this.#look && !isDashed && isWhole(shiftPx) && ++this.#sinceWhole < WHOLE_EVERY;
    const changedFromS = stands ? this.#changedFromS(curves, view) : Number.NEGATIVE_INFINITY;
    if (changedFromS > view.fromS) this.#shift(Math.round(shiftPx));
    else {
      this.#canvas.width = bbox.width;
      this.#canvas.height = bbox.height;
      this.#sinceWhole = 0;
    }
    this.#strip(curves, changedFromS, bbox);
    this.#look = look;
    this.#toS = view.toS;
    this.#ends = curves.map(({ line }) => endOf(line));
    ctx.drawImage(this.#canvas, bbox.left, bbox.top);
  }

  /** What is drawn before this time stands. */
  #changedFromS(curves: readonly Curve[], view: View): number {
    let fromS = this.#toS;
    curves.forEach(({ line }, i) => {
      if (endOf(line) !== this.#ends[i]) fromS = Math.min(fromS, this.#ends[i]);
    });
    return fromS - GROWING_COLUMNS * view.bucketS;
  }

  #shift(px: number): void {
    if (px === 0) return;
    const context = this.#context;
    context.globalCompositeOperation = 'copy';
    context.drawImage(this.#canvas, -px, 0);
    context.globalCompositeOperation = 'source-over';
  }

  /** All curves from `fromS` to the right edge, on a ground that is clear. */
  #strip(curves: readonly Curve[], fromS: number, { left, top, width, height }: uPlot.BBox): void {
    const context = this.#context;
    const [first] = curves;
    if (first === undefined) return;
    const widest = Math.max(...curves.map((curve) => curve.width)) * devicePixelRatio;
    const from = Math.max(0, Math.floor(first.to.x0 + first.to.perX * fromS - left - widest));
    context.save();
    context.beginPath();
    context.rect(from, 0, width - from, height);
    context.clip();
    context.clearRect(from, 0, width - from, height);
    context.translate(-left, -top);
    context.lineCap = 'round';
    context.lineJoin = 'round';
    for (const { line, to, colour, width: px, dash = [] } of curves) {
      context.strokeStyle = colour;
      context.lineWidth = px * devicePixelRatio;
      context.setLineDash(dash.map((length) => length * devicePixelRatio));
      context.stroke(strokePath(line, to, (from + left - to.x0 - 2 * widest) / to.perX));
    }
    context.restore();
  }
}

const lookOf = ({ to, colour, width }: Curve): string => [to.y0, to.perY, colour, width].join();

const endOf = ({ x, length }: Polyline): number => (length === 0 ? Number.NEGATIVE_INFINITY : x[length - 1]);

/** Times are sums of many steps: to a hundredth of a pixel. */
const isWhole = (px: number): boolean => px >= 0 && Math.abs(px - Math.round(px)) < 0.01;
