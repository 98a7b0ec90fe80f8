/** The designs of a front inside the page, in a real browser: opened, narrowed by hand and by keys, led into the playground. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hub } from '../../controller/server/hub.ts';
import { type WebServer, startWebServer } from '../../controller/server/web-server.ts';
import { ROOT } from '../house/source-files.ts';
import { FakeControl } from '../server/fake-control.ts';
import { FRONT } from '../ui/front-sample.ts';
import type { FrontFile } from '../../sim/study/optimize/front-file.ts';
import { axeFinds } from './axe.ts';
import { buildPage } from './build-page.ts';
import { openChromium } from './chromium.ts';

const browser: Browser | undefined = await openChromium();
const FOLDER = process.env.DESIGN_PICTURES;
const EXAMPLE = JSON.parse(
  readFileSync(join(ROOT, 'fixtures', 'studies', 'kilowatt-design.front.json'), 'utf8'),
) as FrontFile;

describe.skipIf(browser === undefined)('the designs in the page', () => {
  let server: WebServer;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    buildPage();
    const hub = new Hub();
    hub.attach(new FakeControl());
    server = await startWebServer({
      hub,
      pageFolder: join(ROOT, 'dist', 'ui'),
      port: 0,
      tokenRequired: false,
    });
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${server.port}/#/study?study=designs&lang=en`);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server.close();
  });

  const open = (name: string, text: string) =>
    page
      .getByTestId('front-file')
      .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) });
  const count = () => page.getByTestId('front-count');
  const slider = (name: string) => page.getByRole('slider', { name });

  it('says how to make a front, and what is wrong with a file that is none', async () => {
    await page.getByText('npx elastocool optimize fixtures/studies/kilowatt-design.yaml').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await open('recipe.json', '{"kind": "recipe"}');
    await page.getByText('recipe.json is no front of this program: kind').waitFor();
  });

  it('opens what the command has found, without running it', async () => {
    await page.getByTestId('front-example').click();
    await page.getByRole('heading', { name: EXAMPLE.title }).waitFor();
    const { length } = EXAMPLE.designs;
    expect(await count().textContent()).toBe(`${length} of ${length} designs chosen`);
    expect(await page.getByText('no front of this program').count()).toBe(0);
    expect(await page.locator('[data-testid=front-plot] circle').count()).toBe(length);
    expect(await axeFinds(page)).toEqual([]);
    if (FOLDER !== undefined)
      await page.screenshot({ path: join(FOLDER, 'designs-example.png'), fullPage: true });
  });

  it('shows all designs of one that is', async () => {
    await open('front.json', JSON.stringify(FRONT));
    await page.getByRole('heading', { name: FRONT.title }).waitFor();
    expect(await count().textContent()).toBe('24 of 24 designs chosen');
    expect(await page.getByText('no front of this program').count()).toBe(0);
    expect(await page.locator('.front-axis').count()).toBe(4);
    await page.getByLabel('Other results too').check();
    expect(await page.locator('.front-axis').count()).toBe(6);
    await page.getByLabel('Other results too').uncheck();
  });

  it('is narrowed by keys and by the pointer', async () => {
    const least = slider('cooling power, at least');
    await least.focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press('PageUp');
    // five times a tenth of 300 to 1000 W
    expect(await least.getAttribute('aria-valuetext')).toBe('650 W');
    expect(await count().textContent()).toBe('12 of 24 designs chosen');
    expect(await page.getByTestId('front-table').locator('tbody tr').count()).toBe(12);
    const most = slider('law, at most');
    await most.scrollIntoViewIfNeeded();
    const box = await most.boundingBox();
    if (box === null) throw new Error('the handle is not to be seen');
    await page.mouse.move(box.x + box.width - 8, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    expect(await count().textContent()).toBe('4 of 24 designs chosen');
    await page.getByRole('button', { name: 'Choose all again' }).click();
    expect(await count().textContent()).toBe('24 of 24 designs chosen');
  });

  it('shows any of its numbers over any other, and reads out the point under the pointer', async () => {
    const places = () =>
      page
        .locator('[data-testid=front-plot] circle')
        .evaluateAll((points) => points.map((one) => Number.parseFloat(one.getAttribute('cx') ?? '')));
    const rising = (values: readonly number[]) =>
      values.every((value, i) => i === 0 || value > values[i - 1]);
    // design by design the power falls, and so does the frequency
    expect(rising((await places()).toReversed())).toBe(true);
    await page.getByTestId('front-x').selectOption({ label: 'power taken (W)' });
    await page.getByTestId('front-y').selectOption({ label: 'cooling power (W)' });
    expect(await page.getByTestId('front-plot').getAttribute('aria-label')).toBe(
      '24 designs as points, cooling power (W) over power taken (W), 24 of them chosen',
    );
    await page.locator('[data-testid=front-plot] circle').first().hover();
    expect(await page.getByTestId('front-reading').textContent()).toMatch(/^640 W · 1000 W/);
    await slider('cooling power, at least').fill('500');
    expect(await page.locator('[data-testid=front-plot] circle.in').count()).toBe(12);
    await page.getByRole('button', { name: 'Choose all again' }).click();
  });

  it('sorts its table, and leads into the playground with every value', async () => {
    const first = page.getByTestId('front-table').locator('tbody tr').first();
    const header = page.getByRole('button', { name: /^power taken/ });
    await header.click();
    expect(await first.getByRole('rowheader').textContent()).toBe('24');
    await header.click();
    expect(await first.getByRole('rowheader').textContent()).toBe('1');
    await first.getByRole('link', { name: 'Open design 1 in the playground' }).click();
    await page.waitForURL(/study=playground/);
    const words = new URLSearchParams(page.url().split('?').at(-1));
    expect(words.get('preset')).toBe('hkust-kilowatt-2025');
    expect(words.get('set')).toContain('operation.lift*10 K');
    await page.getByTestId('field-operation.lift').waitFor();
    expect(await page.getByTestId('field-operation.lift').inputValue()).toBe('10');
    await page.goBack();
  });

  it('is for everyone: both themes and languages, on a phone too', async () => {
    await page.getByTestId('study-designs').waitFor();
    for (const [theme, language, width] of [
      ['light', 'en', 1280],
      ['dark', 'zh-Hant', 360],
      ['dark', 'en', 1280],
      ['light', 'zh-Hant', 360],
    ] as const) {
      await page.setViewportSize({ width, height: 1000 });
      await page.goto(`http://127.0.0.1:${server.port}/#/study?study=designs&lang=${language}`);
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
      await open('front.json', JSON.stringify(FRONT));
      await count().waitFor();
      const at = `${theme} ${language} ${width}`;
      expect(await axeFinds(page), at).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(width);
      if (FOLDER !== undefined)
        await page.screenshot({ path: join(FOLDER, `designs-${theme}-${language}.png`), fullPage: true });
    }
    expect(complaints).toEqual([]);
  });
});
