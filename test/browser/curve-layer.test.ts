/** Curves that move on as a picture look as if they were drawn whole each time, in a real browser. */
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium } from './chromium.ts';
import type { Pixels } from './curve-layer-page.ts';

const browser: Browser | undefined = await openChromium();

async function bundled(): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL('curve-layer-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'trial',
      },
    },
  });
  const [{ output }] = made as unknown as [{ output: [{ code: string }] }];
  return output[0].code;
}

describe.skipIf(browser === undefined)('curves that move with time', () => {
  let page: Page;
  beforeAll(async () => {
    if (browser === undefined) return;
    page = await browser.newPage();
    await page.addScriptTag({ content: await bundled() });
  }, 60_000);
  afterAll(() => browser?.close());

  const compare = (trial: object): Promise<Pixels> =>
    page.evaluate(
      (given) => (globalThis as unknown as { compare: (trial: object) => Pixels }).compare(given),
      trial,
    );

  it.each([
    ['many rows a column', { spanS: 4, rowS: 0.001, rowsEach: 23 }],
    ['less than a column a picture', { spanS: 36, rowS: 0.01, rowsEach: 4 }],
    ['rows many columns apart', { spanS: 15, rowS: 0.5, rowsEach: 1 }],
  ])('are the picture that is drawn whole: %s', async (_, trial) => {
    const { drawn, different, moved } = await compare(trial);
    expect(drawn).toBeGreaterThan(500);
    // the rasteriser fills the inside of a sharp bend otherwise in a path of another length: 0.0003 was seen
    expect(different / drawn).toBeLessThan(0.001);
    expect(moved).toBeGreaterThan(45);
  });

  it('are drawn whole where a dash would lose its place', async () => {
    const { different, moved } = await compare({ spanS: 4, rowS: 0.001, rowsEach: 23, dash: [7, 4] });
    expect([different, moved]).toEqual([0, 0]);
  });

  it('are left out where the axes leave no room', async () => {
    await page.evaluate(() => (globalThis as unknown as { drawInto: (px: number) => void }).drawInto(0));
  });
});
