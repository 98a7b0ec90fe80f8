/**
 * Figures of the window for every channel on the wall, a few at a time: they are of every sample, and may cost what they
 * like as long as the page keeps most of its time for drawing.
 */
import { shown } from '../chart/time-window.ts';
import { telemetry } from '../session.ts';
import { Polyline } from '../store/polyline.ts';
import { seriesOf, wall } from './state.ts';
import { figuresOf, type WindowFigures } from './window-figures.ts';

/** At most this part of the time goes into figures. */
const SHARE = 0.05;
/** And so much at once, in ms. */
const AT_ONCE_MS = 3;

const scratch = new Polyline();
const known = new Map<string, { readonly figures: WindowFigures; readonly of: string }>();
let restUntilMs = 0;
let next = 0;

export const figuresKnown = (id: string): WindowFigures | undefined => known.get(id)?.figures;

/** Call a few times a second while the wall is seen. */
export function workOnFigures(nowMs: number): void {
  const window = shown();
  if (nowMs < restUntilMs || window === null) return;
  const ids = [...new Set(wall.peek().flatMap((chart) => chart.map(({ id }) => id)))];
  for (const id of known.keys()) if (!ids.includes(id)) known.delete(id);
  const of = `${window.fromS} ${window.toS} ${telemetry.tick.total}`;
  const began = performance.now();
  for (let i = 0; i < ids.length && performance.now() - began < AT_ONCE_MS; i++) {
    const id = ids[next++ % ids.length];
    const one = seriesOf(id);
    if (one === undefined || known.get(id)?.of === of) continue;
    known.set(id, {
      of,
      figures: figuresOf(one.trace, Math.max(window.fromS, one.samplesFromS()), window.toS, scratch),
    });
  }
  restUntilMs = nowMs + (performance.now() - began) / SHARE;
}
