/**
 * The playground in a real browser, built as anyone would build it and opened from a plain web host under a path of
 * its own: no controller anywhere. Waiting is for a text to come, never for a time to pass.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { solveOperatingPoint } from '../../sim/index.ts';
import { ROOT } from '../house/source-files.ts';
import { kilowatt } from '../sim/kilowatt.ts';
import { axeFinds } from './axe.ts';
import { openChromium } from './chromium.ts';
import { type StaticHost, serveFolder } from './static-host.ts';

const browser: Browser | undefined = await openChromium();

describe.skipIf(browser === undefined)('the playground on a plain web host', { timeout: 90_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-playground-'));
  let host: StaticHost;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
    // the one configuration file of two tools tells them apart by this variable
    const { VITEST: _, ...env } = process.env;
    const built = spawnSync(process.execPath, [vite, 'build', '--outDir', folder, '--logLevel', 'error'], {
      cwd: ROOT,
      env,
      encoding: 'utf8',
    });
    expect(built.status, built.stderr).toBe(0);
    host = await serveFolder(folder, '/some/dir/');
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // That there is no controller is why this page is as it is.
      if (message.type() === 'error' && !message.text().includes('/live')) complaints.push(message.text());
    });
    await page.goto(`${host.address}#/live?lang=en`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    host?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = async (id: string) => (await page.getByTestId(id).textContent()) ?? '';
  /** What the page must show for a machine with these changes, computed here by the same program under Node. */
  const expected = (changes: Record<string, string>) =>
    solveOperatingPoint(kilowatt(changes)).cooling_power_W.toFixed(1);
  /** What is tried here is the way to the page, not the physics. */
  const COARSE = { nodes: '8' };
  const shows = (id: string, wanted: string) =>
    page.waitForFunction(
      ([field, value]) => document.querySelector(`[data-testid="${field}"]`)?.textContent === value,
      [id, wanted] as const,
    );
  const finished = () => shows('idle', 'all points computed');
  const figures = () => page.getByRole('region', { name: 'Key figures' });

  it('is offered where no controller is, and shows the operating point of the preset as it opens', async () => {
    await page.getByRole('heading', { name: 'No controller answers' }).waitFor();
    await page.getByTestId('to-playground').click();
    // one decimal of some thousand watts: five digits
    await shows('cooling-power-W', expected({}));
    await page.getByText('nothing on this page reaches it').waitFor();
    await page.locator('.group > summary', { hasText: 'numerics' }).click();
    await page.getByTestId('field-numerics.nodes').fill(COARSE.nodes);
    await shows('cooling-power-W', expected(COARSE));
    await finished();
  });

  it('follows a slider to what the command line gives, its curve and its address with it', async () => {
    const curve = page.getByRole('img', { name: 'Cooling power over frequency' });
    const before = await curve.screenshot();
    await page.getByTestId('slide-operation.lift').fill('10');
    await shows('cooling-power-W', expected({ ...COARSE, lift: '10 K' }));
    expect(await text('lift-K')).toBe('10.0');
    expect(await page.getByTestId('field-operation.lift').inputValue()).toBe('10');
    await finished();
    expect((await curve.screenshot()).equals(before)).toBe(false);
    await page.waitForFunction(() => location.hash.includes('*operation.lift*10+K'));
  });

  it('keeps the last result where a value cannot be used, and says why beside the field', async () => {
    await page.getByTestId('field-recipe.frequency').fill('99');
    const field = page.locator('.field', { has: page.getByTestId('field-recipe.frequency') });
    await field
      .getByRole('alert')
      .getByText('99 Hz is outside its bounds; allowed is 0.02 to 20 Hz')
      .waitFor();
    expect(await page.getByTestId('field-recipe.frequency').getAttribute('aria-invalid')).toBe('true');
    expect(await text('cooling-power-W')).toBe(expected({ ...COARSE, lift: '10 K' }));
    await page.getByRole('button', { name: 'frequency: reset to 3.5' }).click();
    await field.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('takes the last of many quick changes', async () => {
    const field = page.getByTestId('field-operation.lift');
    for (const lift of ['1', '12', '3', '14', '5', '8']) await field.fill(lift);
    await shows('cooling-power-W', expected({ ...COARSE, lift: '8 K' }));
    await finished();
    expect(await text('cooling-power-W')).toBe(expected({ ...COARSE, lift: '8 K' }));
  });

  it('holds a pinned result beside the present one', async () => {
    await page.getByRole('button', { name: 'Pin to compare' }).click();
    await page.locator('.group > summary', { hasText: 'fluid' }).click();
    await page.getByTestId('field-fluid.loading').fill('0');
    await shows('cooling-power-W', expected({ ...COARSE, lift: '8 K', loading: '0 g/L' }));
    await figures()
      .getByText(`pinned ${expected({ ...COARSE, lift: '8 K' })}`)
      .waitFor();
    expect(await text('pinned-setup')).toMatch(/ten NiTi cells in series.*, nodes 8, lift 8 K\.$/);
  });

  it('comes back from its link, with what is pinned', async () => {
    await page.waitForFunction(
      () => location.hash.includes('pinned=') && location.hash.includes('loading*0'),
    );
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await shows('cooling-power-W', expected({ ...COARSE, lift: '8 K', loading: '0 g/L' }));
    expect(await page.getByTestId('field-fluid.loading').inputValue()).toBe('0');
    await figures()
      .getByText(`pinned ${expected({ ...COARSE, lift: '8 K' })}`)
      .waitFor();
    await page.getByRole('button', { name: 'Unpin' }).click();
    await page.getByTestId('pinned-setup').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'reset all' }).click();
    await shows('cooling-power-W', expected({}));
    await page.waitForFunction(() => !/set=|pinned=/.test(location.hash));
  });

  it('runs the model house on demand, and can be told not to', async () => {
    await page.getByTestId('run-house').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByTestId('run-house').waitFor();
  });

  it('finds parameters by word', async () => {
    await page.getByRole('searchbox').fill('gap assumed');
    await page.getByTestId('field-channel.gap_tolerance').waitFor();
    expect(await page.getByTestId('field-recipe.frequency').count()).toBe(0);
    await page.getByRole('searchbox').fill('');
    await page.getByTestId('field-recipe.frequency').waitFor();
  });

  it('fits a phone, and axe has nothing to say, in Chinese and dark too', async () => {
    await page.getByTestId('slide-operation.lift').fill('5');
    await shows('lift-K', '5.0');
    await page.getByRole('button', { name: 'Pin to compare' }).click();
    expect(await axeFinds(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.getByTestId('language').selectOption('zh-Hant');
    await page.getByRole('region', { name: '主要數值' }).waitFor();
    await page.locator('label[for="field-recipe.frequency"]', { hasText: '頻率' }).waitFor();
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await axeFinds(page)).toEqual([]);
  });

  it('had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
