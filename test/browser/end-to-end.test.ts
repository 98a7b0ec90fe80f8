/**
 * The whole house in a real browser: physics in the virtual rig, bytes on its line, the controller, the stream, the
 * page. Nothing is replaced. Waiting is for a state to come, never for a time to pass.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpawnedHouse, allGone, familyOf, killRest } from '../house/spawned-house.ts';
import { openChromium } from './chromium.ts';

const browser: Browser | undefined = await openChromium();

describe.skipIf(browser === undefined)('from physics to pixels', () => {
  let house: SpawnedHouse;
  let page: Page;
  let address = '';
  const complaints: string[] = [];

  beforeAll(async () => {
    house = new SpawnedHouse('npm', ['start', '--', '--port', '8600']);
    address = (await house.said(/elastocool is running: (http:\/\/127\.0\.0\.1:\d+\/)/))[1];
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(address);
  });

  afterAll(async () => {
    await browser?.close();
    const family = familyOf(house.pid);
    house.pressCtrlC();
    await house.ended();
    await allGone(family).finally(() => killRest(family));
  });

  const text = async (id: string) => (await page.getByTestId(id).textContent()) ?? '';
  const number = async (id: string) => Number(/-?\d+(\.\d+)?/.exec(await text(id))?.[0] ?? Number.NaN);
  const state = (word: string) =>
    page.waitForFunction(
      (w) => document.querySelector('[data-testid=state]')?.textContent?.trim() === w,
      word,
    );
  /** Waits until the number in a field is above or below a limit. */
  const until = (id: string, side: 'above' | 'below', limit: number) =>
    page.waitForFunction(
      ([field, wanted, bound]) => {
        const shown = document.querySelector(`[data-testid="${field}"]`)?.textContent ?? '';
        const value = Number(/-?\d+(\.\d+)?/.exec(shown)?.[0] ?? Number.NaN);
        return wanted === 'above' ? value > bound : value < bound;
      },
      [id, side, limit] as const,
      { timeout: 50_000 },
    );

  it('starts by itself on its own virtual rig, and the cells swing', async () => {
    await state('EXECUTE');
    await until('cycle-number', 'above', 5);
    const [low, high] = await page.evaluate(() => {
      const numbers = (document.querySelector('[data-testid="cell-1-C"]')?.textContent ?? '').match(
        /-?\d+\.\d/g,
      );
      const values = (numbers ?? []).map(Number);
      return [Math.min(...values), Math.max(...values)];
    });
    // the latched extremes of one whole cycle: more than 20 K apart
    expect(high - low).toBeGreaterThan(20);
    expect(await number('cooling-power-W')).toBeGreaterThan(300);
  });

  it('cools the house at 20×, and says which cycles it did not read', async () => {
    await page.getByTestId('acceleration-20').click();
    await until('room-C', 'below', 27.5);
    await until('skipped', 'above', 0);
    expect(await number('room-C')).toBeGreaterThan(20);
    await page.getByTestId('acceleration-1').click();
  });

  it('is measured against its model, and a hand can take its output', { timeout: 60_000 }, async () => {
    await page.getByTestId('view-cycle').click();
    await page.waitForFunction(
      () =>
        /as expected/.test(document.querySelector('[data-testid=model-cooling_power_W]')?.textContent ?? ''),
      undefined,
      { timeout: 50_000 },
    );
    await page.getByTestId('view-live').click();
    await page.getByTestId('regulate-manual').click();
    await page.waitForSelector('[data-testid=regulate-manual][aria-pressed=true]');
    await page.getByTestId('regulator-by-hand').fill('2.5');
    await page.getByTestId('regulator-by-hand').press('Enter');
    // what is told is what the device runs: the frequency of the last whole cycle follows
    await until('regulator-output', 'below', 2.51);
    await page.getByTestId('view-operate').click();
    await page
      .getByTestId('recipe-diff')
      .getByText(/the regulator has moved: frequency 3.5 → 2.5 Hz/)
      .waitFor();
    await page.getByTestId('view-live').click();
    await page.getByTestId('regulate-thermostat').click();
    await page.waitForSelector('[data-testid=regulate-thermostat][aria-pressed=true]');
  });

  it('STOP brings the force to zero and the drive off, proven by the device', async () => {
    await page.getByTestId('stop').dispatchEvent('pointerdown');
    await state('STOPPED');
    await until('force-kN', 'below', 0.3);
    expect(await text('proof')).toMatch(/disabled/);
  });

  it('goes on only when a person asks, and asks back', async () => {
    await page.getByTestId('reset').click();
    await state('IDLE');
    await page.getByTestId('start').click();
    await page.getByTestId('confirm-start').click();
    await state('EXECUTE');
  });

  it('ABORT latches: nothing but CLEAR leads out', async () => {
    await page.getByTestId('abort').dispatchEvent('pointerdown');
    await state('ABORTED');
    await until('force-kN', 'below', 0.3);
    expect(await page.getByTestId('start').isDisabled()).toBe(true);
    expect(await page.getByTestId('reset').isDisabled()).toBe(true);
    await page.getByTestId('clear').click();
    await page.getByTestId('confirm-clear').click();
    await state('STOPPED');
  });

  it('shows the past after a reload', async () => {
    await page.reload();
    await state('STOPPED');
    // the last cycle was before the reload, and the rig is at rest: this can only come from history
    await until('cycle-number', 'above', 20);
    await until('room-C', 'below', 31);
  });

  it('says when the controller is gone', async () => {
    const family = familyOf(house.pid);
    const main = family.find(({ command }) => command.includes('elastocool.mjs start'));
    process.kill(main?.pid ?? 0, 'SIGKILL');
    await page.waitForFunction(() => /lost|gone|no connection|reconnect/i.test(document.body.innerText));
    await allGone(family);
  });

  it('had nothing to complain about before that', () => {
    expect(complaints.filter((text) => !/WebSocket|ERR_CONNECTION/.test(text))).toEqual([]);
  });
});
