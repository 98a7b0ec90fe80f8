/** Temperatures of one period, many cycles over each other, on the bands of what the machine does meanwhile. */
import uPlot from 'uplot';
import { axis, axisTexts } from '../chart/axes.ts';
import { type Mapping, mapping } from '../chart/canvas-path.ts';
import { hostSize, keepSize } from '../chart/keep-size.ts';
import { type Palette, palette } from '../chart/palette.ts';
import { withAlpha } from '../chart/time-chart.ts';
import { language, t } from '../language.ts';
import { telemetry } from '../session.ts';
import { calm, type Range } from '../store/calm-range.ts';
import { pictured } from '../store/pictures.ts';
import { COLD_OUTLET, FIRST_CELL, HOT_OUTLET, type WholeCycle } from '../store/waveforms.ts';
import { theme } from '../theme.ts';
import { unitShown, unitsLook } from '../units.ts';
import { cellShown, overlaid, overlaidCount, pointedPhase } from './choices.ts';
import { type Folded, fold } from './fold.ts';
import { measuredPhases, recentCycles } from './measured-cycle.ts';
import { drawBands } from './phase-bands.ts';
import { CELL_ALLOY } from './picture-cells.ts';
import { temperatureShown } from './shown.ts';

export interface FoldedLine {
  readonly name: () => string;
  readonly colour: (palette: Palette) => string;
  readonly column: () => number;
}

export const FOLDED: readonly FoldedLine[] = [
  {
    name: () => t('cell {{n}}', { n: cellShown.value + 1 }),
    colour: ({ ink }) => ink,
    column: () => FIRST_CELL + cellShown.value,
  },
  { name: () => t('out to the hot loop'), colour: ({ hotOut }) => hotOut, column: () => HOT_OUTLET },
  { name: () => t('out to the cold loop'), colour: ({ coldOut }) => coldOut, column: () => COLD_OUTLET },
];

/** Room above the curves for the names of the bands, CSS px. */
const HEAD = 20;

export class FoldChart {
  readonly #plot: uPlot;
  readonly #range: Range = { low: 0, high: 0 };
  readonly #letGo: () => void;
  #folded: readonly Folded[] = [];
  #cycles: readonly WholeCycle[] = [];
  #drawn = '';

  constructor(host: HTMLElement) {
    const options: uPlot.Options = {
      ...hostSize(host),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [HEAD, 12, 0, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        axis({ label: '', labelSize: 18, labelGap: 2, size: 24, gap: 4, space: 46 }),
        axis({ label: '', labelSize: 18, labelGap: 2, size: 42, gap: 5, space: 34, values: axisTexts }),
      ],
      series: [{}, { show: false }],
      hooks: { drawClear: [(plot) => this.#drawGround(plot)], draw: [(plot) => this.#draw(plot)] },
    };
    this.#plot = new uPlot(
      options,
      [
        [0, 100],
        [null, null],
      ],
      host,
    );
    const point = ({ offsetX }: PointerEvent): void => {
      pointedPhase.value = Math.min(0.999, Math.max(0, offsetX / this.#plot.over.clientWidth));
    };
    this.#plot.over.addEventListener('pointermove', point);
    this.#plot.over.addEventListener('pointerdown', point);
    this.#plot.over.addEventListener('pointerleave', () => {
      pointedPhase.value = null;
    });
    this.#letGo = keepSize(host, this.#plot, () => {
      this.#drawn = '';
    });
  }

  /** True where it drew. */
  paint(): boolean {
    const { waveforms, flowByPhase } = telemetry;
    const data = `${waveforms.recent(0)?.firstRow} ${flowByPhase.isKnown} ${cellShown.peek()} ${overlaid.peek()} ${unitsLook()}`;
    const key = `${data} ${telemetry.pictures.total} ${theme.peek()} ${language.peek()} ${pointedPhase.peek()}`;
    if (key === this.#drawn) return false;
    if (!this.#drawn.startsWith(`${data} `)) this.#fold();
    this.#drawn = key;
    const [x, y] = this.#plot.axes;
    x.label = t('phase, % of the period');
    y.label = unitShown('°C');
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: 0, max: 100 });
      this.#plot.setScale('y', { min: this.#range.low, max: this.#range.high });
      this.#plot.redraw(false, true);
    });
    return true;
  }

  /** Mean of a line at a phase, in the unit shown. */
  meanAt(line: number, phase: number): number {
    const folded = this.#folded.at(line);
    return folded?.mean[Math.floor(phase * folded.mean.length)] ?? Number.NaN;
  }

  /** The alloy of the cell as the model has it, in the unit shown. */
  modelAt(phase: number): number {
    const picture = telemetry.pictures.recent(0);
    if (picture === undefined) return Number.NaN;
    return temperatureShown(
      pictured(picture, CELL_ALLOY[cellShown.peek()], Math.floor(phase * picture.bins)),
    );
  }

  #fold(): void {
    const { waveforms } = telemetry;
    this.#cycles = recentCycles(overlaidCount());
    const bins = this.#cycles.at(0)?.bins ?? 0;
    this.#folded = FOLDED.map(({ column }) => {
      const at = column();
      return fold(this.#cycles.length, bins, (cycle, bin) =>
        temperatureShown(waveforms.value(this.#cycles[cycle], at, bin)),
      );
    });
    let [low, high] = [Infinity, -Infinity];
    for (const folded of this.#folded) {
      for (const value of folded.low) if (value < low) low = value;
      for (const value of folded.high) if (value > high) high = value;
    }
    calm(this.#range, low, high, 6);
  }

  #drawGround(plot: uPlot): void {
    const phases = measuredPhases();
    if (phases !== null) drawBands(plot, phases, palette());
  }

  #draw(plot: uPlot): void {
    // uPlot draws once while it is made, before there is anything.
    if (this.#folded.length === 0) return;
    const { ctx, bbox } = plot;
    const to = mapping(plot);
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    const cell = FOLDED[0].column();
    ctx.lineWidth = devicePixelRatio;
    ctx.strokeStyle = withAlpha(palette().muted, Math.max(0.08, 1 / Math.max(3, this.#cycles.length)));
    for (const cycle of this.#cycles) {
      strokeBins(ctx, to, cycle.bins, (bin) => temperatureShown(telemetry.waveforms.value(cycle, cell, bin)));
    }
    for (const [i, { colour }] of FOLDED.entries())
      drawFolded(ctx, to, this.#folded[i], colour(palette()), i === 0);
    drawModel(ctx, to);
    const phase = pointedPhase.peek();
    if (phase !== null) {
      ctx.fillStyle = palette().ink;
      ctx.fillRect(Math.round(to.x0 + to.perX * 100 * phase), bbox.top, devicePixelRatio, bbox.height);
    }
    ctx.restore();
  }

  destroy(): void {
    this.#letGo();
    this.#plot.destroy();
  }
}

/** A measured bin is a mean over its width and stands in its middle. */
const MIDDLE = 0.5;
const binX = (to: Mapping, bin: number, bins: number, at = MIDDLE): number =>
  to.x0 + (to.perX * 100 * (bin + at)) / bins;

function strokeBins(
  ctx: CanvasRenderingContext2D,
  to: Mapping,
  bins: number,
  value: (bin: number) => number,
  at = MIDDLE,
): void {
  ctx.beginPath();
  let isDown = false;
  for (let bin = 0; bin < bins; bin++) {
    const y = to.y0 + to.perY * value(bin);
    if (Number.isNaN(y)) isDown = false;
    else {
      if (isDown) ctx.lineTo(binX(to, bin, bins, at), y);
      else ctx.moveTo(binX(to, bin, bins, at), y);
      isDown = true;
    }
  }
  ctx.stroke();
}

/** Dashed over what is measured: where both agree, the line underneath is seen in its gaps. */
function drawModel(ctx: CanvasRenderingContext2D, to: Mapping): void {
  const picture = telemetry.pictures.recent(0);
  if (picture === undefined) return;
  ctx.save();
  ctx.setLineDash([6 * devicePixelRatio, 5 * devicePixelRatio]);
  ctx.lineWidth = 1.8 * devicePixelRatio;
  ctx.strokeStyle = palette().material;
  strokeBins(
    ctx,
    to,
    picture.bins,
    (bin) => temperatureShown(pictured(picture, CELL_ALLOY[cellShown.peek()], bin)),
    0,
  );
  ctx.restore();
}

function drawFolded(
  ctx: CanvasRenderingContext2D,
  to: Mapping,
  { mean, low, high }: Folded,
  colour: string,
  isMain: boolean,
): void {
  ctx.fillStyle = withAlpha(colour, 0.22);
  const bins = mean.length;
  const half = (0.5 * to.perX * 100) / bins;
  for (let bin = 0; bin < bins; bin++) {
    const top = to.y0 + to.perY * high[bin];
    // at least a pixel, so that what hardly varies is seen to hardly vary
    const height = Math.max(devicePixelRatio, to.perY * (low[bin] - high[bin]));
    if (!Number.isNaN(top)) ctx.fillRect(binX(to, bin, bins) - half, top, 2 * half, height);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = (isMain ? 2.4 : 1.8) * devicePixelRatio;
  strokeBins(ctx, to, bins, (bin) => mean[bin]);
}
