/**
 * What a picture of 64 curves at 1 kHz costs the page before the browser paints it: samples to at most two points a
 * pixel, and points to paths. The paths go into a counter instead of a browser; `node test/bench/charts.ts` alone.
 */
import type uPlot from 'uplot';
import { mapping, strokePath } from '../../ui/chart/canvas-path.ts';
import { decimate } from '../../ui/store/decimate.ts';
import { Polyline } from '../../ui/store/polyline.ts';
import { Ring } from '../../ui/store/ring.ts';
import { leastSeconds, processorSeconds } from './timing.ts';

const CURVES = 64;
const RATE_HZ = 1000;
const WIDTH_PX = 1800;
const KEPT_S = 120;
const ROUNDS = 8;

export interface PictureCost {
  readonly traceMs: number;
  readonly pathMs: number;
  readonly pointsAPixel: number;
}

/** Keeps what a path would, in the cheapest way. */
class CountingPath {
  static points = 0;
  moveTo(): void {
    CountingPath.points++;
  }
  lineTo(): void {
    CountingPath.points++;
  }
}

function filled(): Ring {
  const ring = new Ring(1 << 17, CURVES);
  const pick = Array.from({ length: CURVES }, (_, c) => c);
  for (let i = 0; i < KEPT_S * RATE_HZ; i++) {
    const row = pick.map((c) =>
      Float32Array.of(Math.sin(i * 0.013 * (1 + c / 7)) + 0.2 * Math.sin(i * 1.7 + c)),
    );
    ring.push(i / RATE_HZ, row, pick, 0);
  }
  return ring;
}

const plot = (fromS: number, toS: number): uPlot =>
  ({
    bbox: { left: 0, top: 0, width: WIDTH_PX, height: 200 },
    scales: { x: { min: fromS, max: toS }, y: { min: -2, max: 2 } },
  }) as unknown as uPlot;

/** Of one picture of a window of these lengths, in s. */
export function pictureCosts(windows: readonly number[]): PictureCost[] {
  Object.assign(globalThis, { Path2D: CountingPath });
  const ring = filled();
  const lines = Array.from({ length: CURVES }, () => new Polyline());
  return windows.map((windowS) => {
    const view = { fromS: KEPT_S - windowS, toS: KEPT_S, bucketS: windowS / WIDTH_PX };
    const to = mapping(plot(view.fromS, view.toS));
    const trace = () => lines.forEach((line, c) => decimate(ring, c, view, line));
    const path = () => lines.forEach((line) => strokePath(line, to));
    trace();
    CountingPath.points = 0;
    path();
    const pointsAPixel = CountingPath.points / CURVES / WIDTH_PX;
    const [traceS, pathS] = leastSeconds(ROUNDS, [
      () => processorSeconds(trace),
      () => processorSeconds(path),
    ]);
    return { traceMs: 1000 * traceS, pathMs: 1000 * pathS, pointsAPixel };
  });
}

export const CHART_WINDOWS = [1, 10, 60] as const;

export function printPictureCosts(report: (label: string, value: string) => void): void {
  pictureCosts(CHART_WINDOWS).forEach(({ traceMs, pathMs, pointsAPixel }, i) => {
    report(
      `  a window of ${CHART_WINDOWS[i]} s`,
      `trace ${traceMs.toFixed(1)} ms, paths ${pathMs.toFixed(1)} ms, ${pointsAPixel.toFixed(2)} points a pixel`,
    );
  });
}

if (import.meta.main)
  printPictureCosts((label, value) => process.stdout.write(`${label.padEnd(30)}${value}\n`));
