/**
 * One animation frame for everything that moves. Painters say whether they drew; the loop keeps the cost of a frame,
 * which the page shows: an instrument tells its own limits.
 */
export type Painter = (nowMs: number) => void;

const painters = new Set<Painter>();
/** Smoothed script time of a frame in ms and frames a second. */
export const frameCost = { scriptMs: 0, framesPerS: 0, worstMs: 0 };
let previousMs = 0;

function frame(nowMs: number): void {
  const began = performance.now();
  for (const paint of painters) paint(began);
  const cost = performance.now() - began;
  frameCost.scriptMs += 0.03 * (cost - frameCost.scriptMs);
  frameCost.worstMs = Math.max(cost, frameCost.worstMs * 0.997);
  const spacing = nowMs - previousMs;
  previousMs = nowMs;
  if (spacing > 0 && spacing < 1000) {
    frameCost.framesPerS += 0.03 * (1000 / spacing - frameCost.framesPerS);
  }
  requestAnimationFrame(frame);
}

/** Returns a function that takes the painter off the loop again. */
export function everyFrame(painter: Painter): () => void {
  if (painters.size === 0 && previousMs === 0) requestAnimationFrame(frame);
  painters.add(painter);
  return () => painters.delete(painter);
}
