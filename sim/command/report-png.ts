/** SVG to PNG by resvg, with fonts of its own: a bare machine gives the same bytes as any other. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Resvg, initWasm } from '@resvg/resvg-wasm';

const WASM = '@resvg/resvg-wasm/index_bg.wasm';
const FONTS = ['400Regular/Inter_400Regular.ttf', '600SemiBold/Inter_600SemiBold.ttf'].map(
  (file) => `@expo-google-fonts/inter/${file}`,
);
/** Twice the pixels: sharp on a fine screen and in print at column width. */
const ZOOM = 2;

const read = (module: string): Uint8Array => readFileSync(fileURLToPath(import.meta.resolve(module)));

let fonts: Promise<Uint8Array[]> | undefined;

/** The rasteriser may be started once only in a process. */
async function start(): Promise<Uint8Array[]> {
  await initWasm(read(WASM));
  return FONTS.map(read);
}

/** The picture of a whole SVG document at twice its size. */
export async function renderPng(svg: string): Promise<Uint8Array> {
  fonts ??= start();
  const resvg = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: ZOOM },
    font: { fontBuffers: await fonts, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  });
  const image = resvg.render();
  const png = image.asPng();
  image.free();
  resvg.free();
  return png;
}
