/**
 * One animation frame for everything that moves. The drawing moves in every frame; charts take turns where the screen
 * cannot follow, so that a slow renderer costs charts their smoothness before it costs the page its response. The loop
 * keeps the cost of a frame, which the page shows: an instrument tells its own limits.
 */

/** Smoothed script time and spacing of frames in ms, and the longest script time of late. */
export const frameCost = { scriptMs: 0, spacingMs: 16.7, worstMs: 0 };

/** Above this spacing charts draw in fewer frames, below the other in more. */
const SLOW_MS = 21;
const EASY_MS = 18.5;

type Painter = (nowMs: number) => void;
/** True where it drew. */
type TurnPainter = (nowMs: number) => boolean;

const painters: Painter[] = [];
const turns: TurnPainter[] = [];
/** Charts that may draw in one frame, adapted smoothly; the integer part counts. */
let atOnce = Number.POSITIVE_INFINITY;
let nextTurn = 0;
let previousMs = 0;
let running = false;

function frame(frameMs: number): void {
  const began = performance.now();
  for (const paint of painters) paint(began);
  takeTurns(began);
  measure(frameMs, performance.now() - began);
  requestAnimationFrame(frame);
}

function takeTurns(nowMs: number): void {
  let drawn = 0;
  for (let i = 0; i < turns.length && drawn < Math.floor(atOnce); i++) {
    const paint = turns[nextTurn % turns.length];
    nextTurn++;
    if (paint(nowMs)) drawn++;
  }
}

function measure(frameMs: number, scriptMs: number): void {
  const spacingMs = frameMs - previousMs;
  previousMs = frameMs;
  frameCost.scriptMs += 0.03 * (scriptMs - frameCost.scriptMs);
  frameCost.worstMs = Math.max(scriptMs, frameCost.worstMs * 0.997);
  // A longer pause is a hidden tab, not a slow one.
  if (spacingMs <= 0 || spacingMs > 1000) return;
  frameCost.spacingMs += 0.06 * (spacingMs - frameCost.spacingMs);
  if (frameCost.spacingMs > SLOW_MS) atOnce = Math.max(1, Math.min(atOnce, turns.length) - 0.05);
  else if (frameCost.spacingMs < EASY_MS) atOnce = Math.min(turns.length, atOnce + 0.01);
}

function add<T>(list: T[], item: T): () => void {
  list.push(item);
  if (!running) requestAnimationFrame(frame);
  running = true;
  return () => {
    list.splice(list.indexOf(item), 1);
  };
}

/** Paints in every frame. Returns a function that takes the painter off the loop again. */
export const everyFrame = (painter: Painter): (() => void) => add(painters, painter);

/** Paints in every frame too where the screen follows, else in turn with the others. */
export const inTurn = (painter: TurnPainter): (() => void) => add(turns, painter);
