/** Reads numbers and rectangles back out of an SVG of our own. */

/** px: everything drawn is rounded to two decimals. */
export const ROUNDING = 0.005;

export const numbers = (words: string): number[] => (words.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
export const rects = (svg: string) =>
  [...svg.matchAll(/<rect x="([^"]+)" y="([^"]+)" width="([^"]+)" height="([^"]+)" fill="([^"]+)"/g)].map(
    ([, x, y, width, height, fill]) => ({ x: +x, y: +y, width: +width, height: +height, fill }),
  );
