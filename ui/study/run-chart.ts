/** One channel of every run that is shown, over the axis they have in common. uPlot has the axes; the curves are drawn over them. */
import uPlot from 'uplot';
import { ACCOUNTED, MODELLED } from '../../controller/wire/channels.ts';
import { axis, axisText } from '../chart/axes.ts';
import { mapping, strokePath } from '../chart/canvas-path.ts';
import { CursorLines } from '../chart/cursor-lines.ts';
import { listenToGestures } from '../chart/gestures.ts';
import { hostSize, keepSize } from '../chart/keep-size.ts';
import { ValueRange } from '../chart/value-range.ts';
import { curveColour } from '../colour/curve-colours.ts';
import { language } from '../language.ts';
import { clockText } from '../store/clock-text.ts';
import { Polyline } from '../store/polyline.ts';
import { theme } from '../theme.ts';
import { conversionOf, unitsLook } from '../units.ts';
import { lookOf } from '../wall/looks.ts';
import { isAligned } from './align.ts';
import { alignment, showsModel } from './chosen.ts';
import { type RunOnAxis, runAxis, runsLook, runsOnAxis, shownEnds } from './on-axis.ts';

/** Of each run, so that they are told apart without colour too. */
const DASHES = [[], [9, 4], [3, 3], [12, 3, 2, 3], [16, 5], [6, 2, 2, 2, 2, 2]];
const MODEL_DASH = [1, 3];

export const dashOf = (at: number): readonly number[] => DASHES[at % DASHES.length];

/** What the model says of a channel; undefined where it says nothing. */
export function modelOf(id: string): string | undefined {
  const name = id.replace(/^cycle\./, '');
  const isSaid = id !== name && [...MODELLED, ...ACCOUNTED].some((said) => said === name);
  return isSaid ? `model.${name}` : undefined;
}

interface Curve {
  readonly run: RunOnAxis;
  readonly isModel: boolean;
  readonly line: Polyline;
}

/** Redrawn at most so often for what is still coming in, ms. */
const EVERY_MS = 250;

export class RunChart {
  readonly #id: string;
  readonly #plot: uPlot;
  readonly #range: ValueRange;
  readonly #cursors: CursorLines;
  readonly #letGo: () => void;
  /** Reused from picture to picture. */
  readonly #lines: Polyline[] = [];
  #curves: readonly Curve[] = [];
  #drawn = '';
  #drawnMs = Number.NEGATIVE_INFINITY;

  constructor(host: HTMLElement, id: string, unit: string) {
    this.#id = id;
    this.#range = new ValueRange({ unit, leastSpan: lookOf(unit).leastSpan });
    this.#plot = new uPlot(this.#options(host, unit), [[0, 1]], host);
    this.#cursors = new CursorLines(this.#plot.over, runAxis);
    listenToGestures(this.#plot.over, host, runAxis);
    this.#letGo = keepSize(host, this.#plot, () => {
      this.#drawn = '';
    });
  }

  #options(host: HTMLElement, unit: string): uPlot.Options {
    const place = (value: number, step: number): string =>
      alignment.peek() === 'cycle' || alignment.peek() === 'phase'
        ? axisText(value, step)
        : clockText(value, step >= 1 ? 0 : Math.ceil(-Math.log10(step) - 1e-9));
    return {
      ...hostSize(host),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [8, 20, 0, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        axis({
          size: 24,
          gap: 4,
          space: 64,
          values: (_, at, __, ___, step) => at.map((x) => place(x, step)),
        }),
        axis({
          size: 46,
          gap: 6,
          space: 34,
          label: () => conversionOf(unit).unit,
          labelSize: 16,
          labelGap: 0,
          values: (_, at, __, ___, step) => at.map((value) => axisText(value, step)),
        }),
      ],
      series: [{}],
      hooks: { draw: [(plot) => this.#draw(plot)] },
    };
  }

  /** True where it drew. */
  paint(nowMs: number): boolean {
    const ends = shownEnds();
    if (ends === null) return false;
    this.#cursors.paint(ends);
    const look = `${ends.fromS} ${ends.toS} ${theme.peek()} ${language.peek()} ${unitsLook()} ${showsModel.peek()}`;
    const key = `${look} ${runsLook()}`;
    // A gesture is followed at once, what comes in is not.
    const isGesture = !this.#drawn.startsWith(look);
    if (key === this.#drawn || (!isGesture && nowMs - this.#drawnMs < EVERY_MS)) return false;
    this.#drawn = key;
    this.#drawnMs = nowMs;
    this.#trace(ends);
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: ends.fromS, max: ends.toS });
      this.#plot.setScale('y', { min: this.#range.range.low, max: this.#range.range.high });
      this.#plot.redraw(false, true);
    });
    return true;
  }

  #trace(ends: { readonly fromS: number; readonly toS: number }): void {
    const model = showsModel.peek() === 'yes' ? modelOf(this.#id) : undefined;
    const pixels = Math.max(50, this.#plot.over.clientWidth);
    const curves: Curve[] = [];
    this.#range.begin();
    for (const run of runsOnAxis()) {
      const { placed } = run;
      if (!isAligned(placed)) continue;
      const [fromS, toS] = [placed.timeOf(ends.fromS), placed.timeOf(ends.toS)];
      for (const id of model === undefined ? [this.#id] : [this.#id, model]) {
        const line = (this.#lines[curves.length] ??= new Polyline());
        run.trace(id, { fromS, toS, bucketS: (toS - fromS) / pixels }, line);
        this.#range.include(line.low, line.high);
        for (let i = 0; i < line.length; i++) line.x[i] = placed.xOf(line.x[i]);
        curves.push({ run, isModel: id !== this.#id, line });
      }
    }
    this.#range.end();
    this.#curves = curves;
  }

  #draw(plot: uPlot): void {
    // uPlot draws once while it is made, before there is anything.
    if (this.#drawn === '') return;
    const { ctx, bbox } = plot;
    const to = mapping(plot, 'y', this.#range.conversion);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    ctx.lineJoin = 'round';
    for (const { run, isModel, line } of this.#curves) {
      ctx.strokeStyle = curveColour(theme.peek(), run.at);
      ctx.lineWidth = (isModel ? 1.4 : 1.8) * devicePixelRatio;
      ctx.setLineDash((isModel ? MODEL_DASH : dashOf(run.at)).map((px) => px * devicePixelRatio));
      ctx.stroke(strokePath(line, to));
    }
    ctx.restore();
  }

  destroy(): void {
    this.#letGo();
    this.#plot.destroy();
  }
}
