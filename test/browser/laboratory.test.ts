/**
 * The laboratory in a real browser, built as anyone would build it and opened from a plain web host under a path of
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
import { openChromium } from './chromium.ts';
import { type StaticHost, serveFolder } from './static-host.ts';

const browser: Browser | undefined = await openChromium();

describe.skipIf(browser === undefined)('the laboratory on a plain web host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-lab-'));
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
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${host.address}lab.html`);
  });

  afterAll(async () => {
    await browser?.close();
    host?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const text = async (id: string) => (await page.getByTestId(id).textContent()) ?? '';
  /** What the page must show for a machine with these changes, computed here by the same program under Node. */
  const expected = (changes: Record<string, string> = {}) =>
    solveOperatingPoint(kilowatt(changes)).cooling_power_W.toFixed(1);
  const shows = (id: string, wanted: string) =>
    page.waitForFunction(
      ([field, value]) => document.querySelector(`[data-testid="${field}"]`)?.textContent === value,
      [id, wanted] as const,
    );
  const finished = () => shows('idle', 'all points computed');

  it('shows the operating point of the preset as it opens', async () => {
    // one decimal of some thousand watts: five digits
    await shows('cooling-power-W', expected());
    await finished();
  });

  it('follows a changed lift to what the command line gives', async () => {
    await page.getByTestId('field-operation.lift').fill('10');
    await shows('cooling-power-W', expected({ lift: '10 K' }));
    expect(await text('lift-K')).toBe('10.0');
    await finished();
  });

  it('keeps the last result where a value cannot be used, and says why beside the field', async () => {
    await page.getByTestId('field-recipe.frequency').fill('99');
    const field = page.locator('.field', { has: page.getByTestId('field-recipe.frequency') });
    await field
      .getByRole('alert')
      .getByText('99 Hz is outside its bounds; allowed is 0.02 to 20 Hz')
      .waitFor();
    expect(await page.getByTestId('field-recipe.frequency').getAttribute('aria-invalid')).toBe('true');
    expect(await text('cooling-power-W')).toBe(expected({ lift: '10 K' }));
    await page.getByRole('button', { name: 'Reset frequency to 3.5' }).click();
    await field.getByRole('alert').waitFor({ state: 'detached' });
    await finished();
  });

  it('takes the last of many quick changes', async () => {
    const field = page.getByTestId('field-operation.lift');
    for (const lift of ['1', '12', '3', '14', '5', '8']) await field.fill(lift);
    await shows('cooling-power-W', expected({ lift: '8 K' }));
    await finished();
    expect(await text('cooling-power-W')).toBe(expected({ lift: '8 K' }));
  });

  it('holds a pinned result beside the present one', async () => {
    await page.getByRole('button', { name: 'Pin to compare' }).click();
    await page.locator('.group > summary', { hasText: 'fluid' }).click();
    await page.getByTestId('field-fluid.loading').fill('0');
    const water = expected({ lift: '8 K', loading: '0 g/L' });
    await shows('cooling-power-W', water);
    const readouts = page.getByRole('region', { name: 'Headline numbers' });
    await readouts.getByText(`pinned ${expected({ lift: '8 K' })}`).waitFor();
    await readouts.getByText('hkust-kilowatt-2025, lift 8 K').waitFor();
    await page.getByRole('button', { name: 'Unpin' }).click();
    await finished();
  });

  it('comes back from its link', async () => {
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await shows('cooling-power-W', expected({ lift: '8 K', loading: '0 g/L' }));
    expect(await page.getByTestId('field-fluid.loading').inputValue()).toBe('0');
    await page.getByRole('button', { name: 'reset all' }).click();
    await shows('cooling-power-W', expected());
  });

  it('runs the model house on demand, and can be told not to', async () => {
    await page.getByTestId('run-house').click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByTestId('run-house').waitFor();
  });

  it('finds parameters by word, and every control has a name', async () => {
    await page.getByRole('searchbox').fill('gap assumed');
    await page.getByTestId('field-channel.gap_tolerance').waitFor();
    expect(await page.getByTestId('field-recipe.frequency').count()).toBe(0);
    await page.getByRole('searchbox').fill('');
    const nameless = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('input, select, button, a, [role=img], progress')]
        .filter((control) => {
          const labels = 'labels' in control ? ((control as HTMLInputElement).labels?.length ?? 0) : 0;
          return labels === 0 && !control.ariaLabel && (control.textContent ?? '').trim() === '';
        })
        .map((control) => control.outerHTML),
    );
    expect(nameless).toEqual([]);
  });

  it('is not wider than a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });

  it('had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });

  it('is offered by the live page, which says that no controller is here', async () => {
    await page.goto(host.address);
    await page.getByRole('heading', { name: 'No controller answers' }).waitFor();
    await page.getByTestId('to-laboratory').click();
    await shows('cooling-power-W', expected());
  });
});
