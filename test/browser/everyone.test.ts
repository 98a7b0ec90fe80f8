/** The page for everyone: every view in both themes and languages, read by axe, from a phone to 4K, and as it was kept. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFinds } from './axe.ts';
import { openChromium } from './chromium.ts';
import { viewNames } from './page-views.ts';
import { comparePicture } from './pictures.ts';
import { type Scene, type Stage, openStage } from './stage.ts';

const browser: Browser | undefined = await openChromium();
const VIEWS = viewNames();
const AXE_TIMERS_MS = 50;

describe.skipIf(browser === undefined)('the page for everyone', () => {
  let stage: Stage;

  beforeAll(async () => {
    if (browser !== undefined) stage = await openStage(browser);
  }, 120_000);

  afterAll(async () => {
    await stage.close();
    await browser?.close();
  });

  /** What axe finds, one line an element. */
  async function found(scene: Scene): Promise<string[]> {
    const page = await stage.show(scene);
    const reading = axeFinds(page);
    // It waits for timers, and the clock stands.
    let isReading = true;
    void reading.finally(() => {
      isReading = false;
    });
    while (isReading) await page.clock.runFor(AXE_TIMERS_MS);
    return reading;
  }

  it.each(VIEWS)('axe has nothing to say of %s', { timeout: 90_000 }, async (view) => {
    expect(await found({ view, theme: 'light', language: 'en' })).toEqual([]);
    expect(await found({ view, theme: 'dark', language: 'zh-Hant' })).toEqual([]);
  });

  it.each(VIEWS)('%s fits from a phone to 4K, and STOP is in reach', { timeout: 90_000 }, async (view) => {
    for (const language of ['en', 'zh-Hant'] as const) {
      const page = await stage.show({ view, language, height: 800 });
      for (const width of [360, 768, 1440, 3840]) {
        await page.setViewportSize({ width, height: 800 });
        const at = `${view} ${language} ${width}`;
        expect(await page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(
          width,
        );
        // Playwright would scroll to it: what lies at its middle is asked of the page itself.
        const isInReach = await page.evaluate(() => {
          const stop = document.querySelector('[data-testid=stop]');
          const box = stop?.getBoundingClientRect();
          if (stop === null || box === undefined) return false;
          const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          return top !== null && stop.contains(top);
        });
        expect(isInReach, at).toBe(true);
      }
    }
  });

  // Of one pinned browser on Linux x64: `npm run pictures`, and with UPDATE_PICTURES=1 what is seen is kept.
  it.runIf(process.env.PICTURES === 'compare').each(VIEWS)(
    '%s looks as it was kept',
    { timeout: 90_000 },
    async (view) => {
      const scenes: readonly (Scene & { readonly name: string })[] = [
        { name: `${view}-light`, view },
        { name: `${view}-dark`, view, theme: 'dark' },
        { name: `${view}-phone`, view, width: 390, height: 844, language: 'zh-Hant' },
      ];
      const problems: string[] = [];
      for (const { name, ...scene } of scenes) {
        const page = await stage.show(scene);
        // What is of this very run: its name, how long it took to draw, how old data are by the clock of this computer.
        const mask = ['replay', 'data-age', 'drawing-costs'].map((id) => page.getByTestId(id));
        const problem = comparePicture(name, await page.screenshot({ animations: 'disabled', mask }));
        if (problem !== null) problems.push(problem);
      }
      expect(problems).toEqual([]);
    },
  );

  it('the first Tab leads past header and tabs; another view is announced, and the tab keeps the focus', async () => {
    const page = await stage.show({ view: 'live' });
    const focused = (): Promise<string> =>
      page.evaluate(
        () => `${document.activeElement?.tagName} ${document.activeElement?.getAttribute('data-testid')}`,
      );
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('BUTTON skip');
    await page.keyboard.press('Enter');
    expect(await focused()).toMatch(/^MAIN/);
    await page.getByTestId('view-cycle').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('view-said').getByText('View: Cycle').waitFor();
    expect(await focused()).toBe('A view-cycle');
  });

  it('nothing on the page broke', () => {
    expect(stage.complaints).toEqual([]);
  });
});
