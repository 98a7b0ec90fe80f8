/** The page for everyone: every view in both themes and languages, read by axe, from a phone to 4K, and as it was kept. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFinds } from './axe.ts';
import { openChromium } from './chromium.ts';
import { viewNames } from './page-views.ts';
import { comparePicture } from './pictures.ts';
import { type Scene, type Stage, openStage } from './stage.ts';

const browser: Browser | undefined = await openChromium();
const VIEWS = viewNames();
const AXE_TIMERS_MS = 50;
/** Width and height in CSS pixels. */
const WINDOWS: readonly (readonly [number, number, string])[] = [
  [360, 800, 'phone'],
  [640, 400, 'window of 1280 x 800 at 200 %'],
  [768, 800, 'tablet'],
  [1440, 800, 'desk'],
  [3840, 800, '4K'],
];

/** In the page: what must be told apart from its surroundings and has neither border nor outline. */
function withoutEdge(): string[] {
  const told = '.stop-button, .state, .panel, .sign, button[aria-pressed=true], [aria-current=page]';
  const shown = [...document.querySelectorAll(told)].filter((one) => one.getClientRects().length > 0);
  if (!shown.some((one) => one.matches('[data-testid=stop]'))) return ['STOP is not shown'];
  return shown
    .filter((one) => {
      const { borderTopStyle, outlineStyle } = getComputedStyle(one);
      return borderTopStyle === 'none' && outlineStyle === 'none';
    })
    .map((one) => `${one.tagName} ${one.className}`);
}

describe.skipIf(browser === undefined)('the page for everyone', () => {
  let stage: Stage;

  beforeAll(async () => {
    if (browser !== undefined) stage = await openStage(browser);
  }, 120_000);

  afterAll(async () => {
    await stage.close();
    await browser?.close();
  });

  /** What axe finds on the page as it stands, one line an element. */
  async function found(page: Page, how: object = {}): Promise<string[]> {
    const reading = axeFinds(page, how);
    // It waits for timers, and the clock stands.
    let isReading = true;
    void reading.finally(() => {
      isReading = false;
    });
    while (isReading) await page.clock.runFor(AXE_TIMERS_MS);
    return reading;
  }

  it.each(VIEWS)('axe has nothing to say of %s', { timeout: 90_000 }, async (view) => {
    expect(await found(await stage.show({ view, theme: 'light', language: 'en' }))).toEqual([]);
    expect(await found(await stage.show({ view, theme: 'dark', language: 'zh-Hant' }))).toEqual([]);
  });

  it.each(VIEWS)('%s fits from a phone to 4K, and STOP is in reach', { timeout: 90_000 }, async (view) => {
    for (const language of ['en', 'zh-Hant'] as const) {
      const page = await stage.show({ view, language, height: 800 });
      for (const [width, height, what] of WINDOWS) {
        await page.setViewportSize({ width, height });
        const at = `${view} ${language} ${what}`;
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

  it.each(VIEWS)('%s has edges and contrast where they are asked', { timeout: 90_000 }, async (view) => {
    for (const theme of ['light', 'dark'] as const) {
      const page = await stage.show({ view, theme });
      await page.emulateMedia({ forcedColors: 'active' });
      // The grounds that told them from the page are gone.
      expect(await page.evaluate(withoutEdge), `${view} ${theme}`).toEqual([]);
      await page.emulateMedia({ forcedColors: 'none', contrast: 'more' });
      expect(await found(page, { runOnly: ['color-contrast-enhanced'] }), `${view} ${theme}`).toEqual([]);
      await page.emulateMedia({ contrast: 'no-preference' });
    }
  });

  /** Compares a view in both themes and on a phone; `rests` waits for what comes of its own time, by a worker. */
  async function differences(
    view: string,
    name: string,
    rests: (page: Page) => Promise<void> = async () => {},
  ): Promise<string[]> {
    const scenes: readonly (Scene & { readonly name: string })[] = [
      { name: `${name}-light`, view },
      { name: `${name}-dark`, view, theme: 'dark' },
      { name: `${name}-phone`, view, width: 390, height: 844, language: 'zh-Hant' },
    ];
    const problems: string[] = [];
    for (const { name: picture, ...scene } of scenes) {
      const page = await stage.show({ ...scene, fresh: true });
      await rests(page);
      // What is of this very run: its name, how long it took to draw, how old data are by the clock of this computer.
      const mask = ['replay', 'data-age', 'drawing-costs'].map((id) => page.getByTestId(id));
      const problem = comparePicture(picture, await page.screenshot({ animations: 'disabled', mask }));
      if (problem !== null) problems.push(problem);
    }
    return problems;
  }

  // Of one pinned browser on Linux x64: `npm run pictures`, and with UPDATE_PICTURES=1 what is seen is kept.
  const isComparing = process.env.PICTURES === 'compare';

  it.runIf(isComparing).each(VIEWS)('%s looks as it was kept', { timeout: 90_000 }, async (view) => {
    expect(await differences(view, view)).toEqual([]);
  });

  it.runIf(isComparing)('a map of a model looks as it was kept', { timeout: 90_000 }, async () => {
    const rests = async (page: Page): Promise<void> => {
      const drawn = page.locator(
        '.maps:has([data-testid=map-outputs]) [data-testid=map] canvas[style*=width]',
      );
      // the worker takes time of its own, in which little may pass on the page
      while ((await drawn.count()) === 0) {
        await page.waitForTimeout(20);
        await page.clock.runFor(2);
      }
      // the drawing itself is an effect, after the next frame
      await page.clock.runFor(2 * AXE_TIMERS_MS);
    };
    const view = 'study?study=maps&map-of=cop_device&map-lines=cooling_power_W&map-at=lift_K*12';
    expect(await differences(view, 'maps', rests)).toEqual([]);
  });

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
