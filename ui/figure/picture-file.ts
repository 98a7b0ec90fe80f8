/** A figure as a file: SVG, or PNG where the browser can make one of its size. */
import type { Figure } from './shapes.ts';
import { paint } from './to-canvas.ts';
import { toSvg } from './to-svg.ts';

/** Pixels of a picture a px of the page: sharp on paper. */
const LEAST_SCALE = 2;
/** Canvases larger than this fail in some browsers. */
const MOST_PIXELS = 16_000;

/** Null where the browser could not make it. */
export async function pictureFile(format: 'png' | 'svg', figure: Figure): Promise<Blob | null> {
  if (format === 'svg') return new Blob([toSvg(figure)], { type: 'image/svg+xml' });
  const canvas = document.createElement('canvas');
  paint(canvas, figure, Math.min(Math.max(LEAST_SCALE, devicePixelRatio), MOST_PIXELS / figure.height));
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
