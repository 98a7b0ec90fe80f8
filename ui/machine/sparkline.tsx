/** The last minute of a channel, small: its course, its lowest and highest value, and gaps where nothing was read. */
import { useEffect, useRef } from 'preact/hooks';
import { inTurn } from '../chart/frame-loop.ts';
import { telemetry } from '../session.ts';
import type { ChannelSeries } from '../store/channel-list.ts';
import { Polyline } from '../store/polyline.ts';
import { theme } from '../theme.ts';

export const SPARK_S = 60;
const DRAW_EVERY_MS = 250;
/** A line that stands still runs through the middle, however little noise it has. */
const LEAST_SHARE = 1e-3;
const INSET_PX = 2;

function sizeOf(canvas: HTMLCanvasElement): { width: number; height: number } {
  const ratio = devicePixelRatio;
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.max(1, Math.round(canvas.clientHeight * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  return { width, height };
}

function draw(canvas: HTMLCanvasElement, series: ChannelSeries, line: Polyline): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { width, height } = sizeOf(canvas);
  const toS = telemetry.clock.lastS;
  context.clearRect(0, 0, width, height);
  if (Number.isNaN(toS)) return;
  series.trace({ fromS: toS - SPARK_S, toS, bucketS: SPARK_S / width }, line);
  const span = Math.max(line.high - line.low, LEAST_SHARE * Math.max(1, Math.abs(line.high)));
  const middle = (line.high + line.low) / 2;
  const inset = INSET_PX * devicePixelRatio;
  context.beginPath();
  let isDown = false;
  for (let i = 0; i < line.length; i++) {
    const y = line.y[i];
    if (Number.isNaN(y)) {
      isDown = false;
      continue;
    }
    const px = (width * (line.x[i] - toS + SPARK_S)) / SPARK_S;
    const py = height / 2 - ((y - middle) / span) * (height - 2 * inset);
    if (isDown) context.lineTo(px, py);
    else context.moveTo(px, py);
    isDown = true;
  }
  context.lineWidth = 1.4 * devicePixelRatio;
  context.strokeStyle = getComputedStyle(canvas).color;
  context.stroke();
}

export function Sparkline({ series }: { readonly series: ChannelSeries }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const line = new Polyline();
    let drawnMs = Number.NEGATIVE_INFINITY;
    return inTurn((nowMs) => {
      if (canvas.current === null || nowMs - drawnMs < DRAW_EVERY_MS) return false;
      drawnMs = nowMs;
      draw(canvas.current, series, line);
      return true;
    });
  }, [series]);
  return <canvas class={`sparkline ${theme.value}`} ref={canvas} aria-hidden="true" />;
}
