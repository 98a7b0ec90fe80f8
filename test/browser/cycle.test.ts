/** The view of the cycle in a real browser, on frames of the real physics: what its pictures and words say. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hub } from '../../controller/server/hub.ts';
import { type WebServer, startWebServer } from '../../controller/server/web-server.ts';
import { ROOT } from '../house/source-files.ts';
import { stateOf } from '../record/made-up-run.ts';
import { FakeControl } from '../server/fake-control.ts';
import { openChromium } from './chromium.ts';
import { publishCycles } from './cycle-frames.ts';

const browser: Browser | undefined = await openChromium();
/** As a machine says its state. */
const STATE_EVERY_MS = 400;
const CYCLES = 60;
/** Of a page on a busy machine. */
const PATIENCE = { timeout: 15_000, interval: 100 };

describe.skipIf(browser === undefined)('the view of the cycle', () => {
  let server: WebServer;
  let page: Page;
  let states: ReturnType<typeof setInterval>;
  const complaints: string[] = [];

  beforeAll(async () => {
    const { VITEST: _, NODE_ENV: __, ...env } = process.env;
    const built = spawnSync(process.execPath, ['controller/command/prepare.mjs', 'page'], { cwd: ROOT, env });
    expect(built.status).toBe(0);
    const hub = new Hub();
    const control = new FakeControl();
    hub.attach(control);
    // the sensor of cell 7 drifts off in the last cycle
    publishCycles(hub, CYCLES, { cell: 6, byK: 4 }, CYCLES - 1);
    states = setInterval(() => control.say(stateOf('EXECUTE')), STATE_EVERY_MS);
    server = await startWebServer({
      hub,
      pageFolder: join(ROOT, 'dist', 'ui'),
      port: 0,
      tokenRequired: false,
      audit: () => {},
    });
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${server.port}/#/cycle?lang=en&cycle-cell=4`);
    await page.getByTestId('first-law').waitFor();
  }, 90_000);

  afterAll(async () => {
    clearInterval(states);
    await browser?.close();
    await server?.close();
  });

  const text = async (id: string): Promise<string> =>
    (await page.getByTestId(id).innerText()).replaceAll('−', '-');
  const number = async (id: string): Promise<number> => Number.parseFloat(await text(id));
  /** Once the text is that: pages draw ten times a second. */
  const says = (id: string, words: string) => page.getByTestId(id).getByText(words).first().waitFor();
  /** Different colours on a canvas inside a panel: nothing drawn has one or none. */
  const colours = (panel: string): Promise<number> =>
    page
      .getByTestId(panel)
      .locator('canvas')
      .first()
      .evaluate((canvas) => {
        const { width, height } = canvas as HTMLCanvasElement;
        const pixels = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data;
        const seen = new Set<number>();
        for (let i = 0; i < (pixels?.length ?? 0); i += 4)
          if ((pixels?.[i + 3] ?? 0) === 255)
            seen.add(((pixels?.[i] ?? 0) << 16) | ((pixels?.[i + 1] ?? 0) << 8) | (pixels?.[i + 2] ?? 0));
        return seen.size;
      });

  it('writes the work into the loops, and both areas agree with what was counted', async () => {
    // 128 bins, each a mean over its width, cut the corners of the loop: under 1 % was seen; while the cycles arrive, the
    // summary of one can stand beside the curve of the one before
    await expect.poll(async () => Math.abs(await number('loop-check')), PATIENCE).toBeLessThan(2);
    await page.getByTestId('entropy-check').getByText(/\d/).waitFor();
    // ∮ T ds is summed over coarse steps here, and the house still cools from cycle to cycle
    expect(Math.abs(await number('entropy-check'))).toBeLessThan(4);
    await says('entropy-panel', 'Temperature and entropy, cell 4');
    expect(await text('cell-heat')).toMatch(/^\d+\.\d{3} → \d+\.\d{3} J\/g$/);
  });

  it('draws the map of the cell that the link names, and another field when asked', async () => {
    await page.waitForFunction(
      () => !document.querySelector('[data-testid=map-panel]')?.textContent?.includes('not drawn'),
    );
    expect(await colours('map-panel')).toBeGreaterThan(40);
    await page.getByTestId('map-field').selectOption('martensite');
    await says('map-panel', '%');
    await page.waitForFunction(() => location.hash.includes('cycle-map=martensite'));
    expect(await colours('fold-panel')).toBeGreaterThan(10);
  });

  it('has one cursor for all pictures, by keyboard too', async () => {
    await page.getByTestId('cycle-moment').focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
    await says('entropy-panel', '2.3 % ·');
    await says('map-panel', '2.3 % ·');
    expect(await text('fold-panel')).toMatch(/cell 4 -?\d+\.\d °C, out to the hot loop \d/);
    expect(await text('fold-panel')).toContain('loading');
  });

  it('shows where the energy goes, what is left over, and that the first law closes, measured and by the model', async () => {
    expect(await text('first-law')).toMatch(
      /^heat from the cold loop .* = heat to the hot loop .*work given back .*residual/s,
    );
    expect(await text('closing')).toContain('The first law closes.');
    await page.getByTestId('account-model').click();
    await says('closing', 'The first law closes.');
    expect(await text('first-law')).toContain('housing loss');
    expect(await text('closing')).toMatch(/Hysteresis turns \d/);
  });

  it('gives figures of merit with their uncertainty', async () => {
    for (const key of ['scp', 'cop-material', 'cop-system']) {
      expect(await text(key)).toMatch(/^\d+\.\d+ ± \d+\.\d+/);
    }
    expect(await number('cop-material')).toBeGreaterThan(await number('cop-system'));
  });

  it('says which cell is off, in words, and no other', async () => {
    await says('compare-7', 'too warm');
    for (const cell of [1, 4, 10]) await says(`compare-${cell}`, 'like the others');
    await page.getByTestId('compare-7').getByRole('button').click();
    await says('entropy-panel', 'cell 7');
  });

  it('fits a phone, and nothing broke', async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
    expect(complaints).toEqual([]);
  });
});
