/** Stress over strain of the last whole cycle, with the ones before it fading. */
import uPlot from 'uplot';
import { telemetry } from '../session.ts';
import { calm, type Range } from '../store/calm-range.ts';
import { Polyline } from '../store/polyline.ts';
import { STRAIN, STRESS } from '../store/waveforms.ts';
import { theme } from '../theme.ts';
import { axis } from './axes.ts';
import { mapping, strokePath } from './canvas-path.ts';
import { palette } from './palette.ts';
import { withAlpha } from './time-chart.ts';

const SHOWN = 6;
const FADE = [1, 0.42, 0.3, 0.21, 0.14, 0.09];

const LABEL = { labelSize: 18, labelGap: 2 };

export class LoopChart {
  readonly #plot: uPlot;
  /** Oldest first, so that the last cycle is drawn on top. */
  readonly #loops = Array.from({ length: SHOWN }, () => new Polyline());
  readonly #strain: Range = { low: 0, high: 1 };
  readonly #stress: Range = { low: 0, high: 100 };
  readonly #seen: ResizeObserver;
  #drawn = '';
  #size = '';

  constructor(host: HTMLElement) {
    this.#plot = new uPlot(
      this.#options(host),
      [new Float64Array([0, 1]), ...this.#loops.map(() => new Float64Array([0, 0]))],
      host,
    );
    this.#seen = new ResizeObserver(() => {
      const width = Math.max(120, host.clientWidth);
      const height = Math.max(80, host.clientHeight);
      if (this.#size === `${width} ${height}`) return;
      this.#size = `${width} ${height}`;
      this.#plot.setSize({ width, height });
      this.#drawn = '';
    });
    this.#seen.observe(host);
  }

  #options(host: HTMLElement): uPlot.Options {
    return {
      width: Math.max(120, host.clientWidth),
      height: Math.max(80, host.clientHeight),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false, left: 0, top: 0, width: 0, height: 0 },
      padding: [10, 12, 0, 0],
      scales: { x: { time: false, auto: false }, y: { auto: false } },
      axes: [
        axis({ ...LABEL, label: 'strain, % (compression)', size: 24, gap: 4, space: 46 }),
        axis({ ...LABEL, label: 'stress, MPa', size: 42, gap: 5, space: 34 }),
      ],
      series: [
        {},
        ...this.#loops.map(
          (loop, i): uPlot.Series => ({
            auto: false,
            points: { show: false },
            pxAlign: 0,
            width: i === SHOWN - 1 ? 2.4 : 1.3,
            stroke: () => withAlpha(palette().system, FADE[SHOWN - 1 - i] ?? 1),
            paths: (plot) => ({ stroke: strokePath(loop, mapping(plot)), fill: null, flags: 0 }),
          }),
        ),
      ],
    };
  }

  /** True where it drew. */
  paint(): boolean {
    const { waveforms } = telemetry;
    const key = `${waveforms.recent(0)?.firstRow} ${theme.peek()}`;
    if (key === this.#drawn) return false;
    this.#drawn = key;
    const strain: Range = { low: 0, high: Number.NEGATIVE_INFINITY };
    const stress: Range = { low: 0, high: Number.NEGATIVE_INFINITY };
    this.#loops.forEach((loop, i) => {
      loop.clear();
      const cycle = waveforms.recent(SHOWN - 1 - i);
      if (cycle === undefined) return;
      for (let bin = 0; bin <= cycle.bins; bin++) {
        const x = waveforms.value(cycle, STRAIN, bin % cycle.bins);
        const y = waveforms.value(cycle, STRESS, bin % cycle.bins);
        if (Number.isNaN(x) || Number.isNaN(y)) loop.liftPen(x);
        else loop.add(x, y);
        strain.low = Math.min(strain.low, x);
        strain.high = Math.max(strain.high, x);
      }
      stress.low = Math.min(stress.low, loop.low);
      stress.high = Math.max(stress.high, loop.high);
    });
    // The last digit of an unloaded sensor would otherwise open a whole step below zero.
    if (strain.low > -0.02 * strain.high) strain.low = 0;
    calm(this.#strain, strain.low, strain.high, 0.5);
    calm(this.#stress, stress.low, stress.high, 100);
    this.#plot.batch(() => {
      this.#plot.setScale('x', { min: this.#strain.low, max: this.#strain.high });
      this.#plot.setScale('y', { min: this.#stress.low, max: this.#stress.high });
    });
    return true;
  }

  destroy(): void {
    this.#seen.disconnect();
    this.#plot.destroy();
  }
}
