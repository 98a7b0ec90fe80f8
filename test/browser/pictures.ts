/** Kept pictures of the page, compared pixel by pixel; `UPDATE_PICTURES=1` keeps what is seen now. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { ROOT } from '../house/source-files.ts';

const KEPT = join(ROOT, 'test', 'browser', 'pictures');
const SEEN = join(ROOT, 'node_modules', '.cache', 'pictures');
/**
 * Of YIQ distance, 0 to 1: below the 0.1 at which pixelmatch itself begins to forgive anti-aliasing, far above the one
 * step in 255 that vector units of processors round differently.
 */
const THRESHOLD = 0.1;
/** Pixels: a glyph of 14 px is about 8 x 10. A single other digit must fail, a rounded edge of a curve must not. */
const MOST_DIFFERENT = 20;

/** A sentence where the page looks other than the picture that is kept. */
export function comparePicture(name: string, seen: Buffer): string | null {
  const kept = join(KEPT, `${name}.png`);
  if (process.env.UPDATE_PICTURES === '1') {
    mkdirSync(KEPT, { recursive: true });
    writeFileSync(kept, seen);
    return null;
  }
  if (!existsSync(kept)) return `There is no picture ${kept}; UPDATE_PICTURES=1 keeps what is seen now.`;
  return difference(name, PNG.sync.read(readFileSync(kept)), PNG.sync.read(seen));
}

function difference(name: string, kept: PNG, seen: PNG): string | null {
  const { width, height } = kept;
  if (width !== seen.width || height !== seen.height)
    return `${name} is ${seen.width} x ${seen.height}, kept is ${width} x ${height}.`;
  const shown = new PNG({ width, height });
  const pixels = pixelmatch(kept.data, seen.data, shown.data, width, height, { threshold: THRESHOLD });
  if (pixels <= MOST_DIFFERENT) return null;
  mkdirSync(SEEN, { recursive: true });
  const path = join(SEEN, `${name}-difference.png`);
  writeFileSync(path, PNG.sync.write(shown));
  writeFileSync(join(SEEN, `${name}-seen.png`), PNG.sync.write(seen));
  return `${name} differs in ${pixels} pixels, allowed are ${MOST_DIFFERENT}: ${path}`;
}
