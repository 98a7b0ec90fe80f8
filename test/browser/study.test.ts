/** Recorded runs over one another, in a real browser: two records of the real physics on one server, and files of one's own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunShelf } from '../../controller/record/run-shelf.ts';
import { Hub } from '../../controller/server/hub.ts';
import { type WebServer, startWebServer } from '../../controller/server/web-server.ts';
import { ROOT } from '../house/source-files.ts';
import { newFolder } from '../record/folders.ts';
import { streamedRun } from '../record/streamed-run.ts';
import { FakeControl } from '../server/fake-control.ts';
import { buildPage } from './build-page.ts';
import { openChromium } from './chromium.ts';
import { publishCycles } from './cycle-frames.ts';
import { recordStage } from './stage-record.ts';

const browser: Browser | undefined = await openChromium();
const LATER_MS = 3_600_000;

describe.skipIf(browser === undefined)('runs', () => {
  let server: WebServer;
  let page: Page;
  let folder: string;
  /** Newest first, as they are listed. */
  let ids: string[];
  const complaints: string[] = [];

  beforeAll(async () => {
    buildPage();
    folder = newFolder();
    await recordStage(folder, { cycles: 20 });
    await recordStage(folder, { cycles: 40, laterMs: LATER_MS });
    const shelf = new RunShelf(folder);
    ids = (await shelf.list()).runs.map(({ id }) => id);
    const hub = new Hub();
    hub.attach(new FakeControl());
    publishCycles(hub, 30, { cell: 6, byK: 0 }, 30);
    server = await startWebServer({
      hub,
      pageFolder: join(ROOT, 'dist', 'ui'),
      port: 0,
      tokenRequired: false,
      audit: () => {},
      runs: { shelf, reportFolder: join(folder, 'report') },
    });
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, timezoneId: 'UTC' });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`http://127.0.0.1:${server.port}/#/study?lang=en`);
    await page.getByTestId('runs-part').waitFor();
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const figure = async (key: string, run: string): Promise<string> =>
    (await page.getByTestId(`figure-${key}-${run}`).innerText()).replaceAll('−', '-');
  const value = (id: string, run: string): Promise<string> =>
    page.getByTestId(`value-${id}-${run}`).locator('td').first().innerText();

  it('lists what this server has, and lays two over one another with their figures', async () => {
    expect(ids).toHaveLength(2);
    await page.getByTestId(`run-${ids[0]}`).check();
    await page.getByTestId(`run-${ids[1]}`).check();
    await page.getByTestId(`figure-cycles-${ids[1]}`).waitFor();
    expect(await figure('cycles', ids[0])).toBe('40');
    expect(await figure('cycles', ids[1])).toBe('20-20');
    expect(Number.parseFloat(await figure('frequency_Hz', ids[0]))).toBeCloseTo(3.5, 1);
    expect(await page.getByTestId(`run-${ids[0]}`).isChecked()).toBe(true);
  });

  it('aligns by cycle: at the same cycle of both, the same machine did the same', async () => {
    await page.getByTestId('align').selectOption('cycle');
    await page
      .getByTestId('run-chart-tick.room_C')
      .locator('.u-over')
      .click({ position: { x: 100, y: 60 } });
    await page.mouse.move(5, 5);
    const cell = 'cycle.cooling_power_W';
    await expect.poll(() => value(cell, ids[0])).toMatch(/^-?\d/);
    expect(await value(cell, ids[1])).toBe(await value(cell, ids[0]));
    // Moved by hand to later, another cycle stands there.
    await page.getByTestId(`offset-${ids[1]}`).fill('1.5');
    await page.getByTestId(`offset-${ids[1]}`).press('Enter');
    await expect.poll(() => value(cell, ids[1])).not.toBe(await value(cell, ids[0]));
  });

  it('draws each in its own colour, the live one too, and folds one cycle of each', async () => {
    await page.getByTestId('run-live').check();
    await page.getByTestId('run-channel').selectOption('waveform.stress_MPa');
    await page.getByTestId('align').selectOption('phase');
    await page.getByTestId('align-cycle').fill('12');
    await page.getByTestId('align-cycle').press('Enter');
    const chart = page.getByTestId('run-chart-waveform.stress_MPa');
    await chart.scrollIntoViewIfNeeded();
    const over = chart.locator('.u-over');
    const colours = (): Promise<number> =>
      chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const { width, height } = canvas;
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
        const wanted = [0x0b5cad, 0x9d2a00, 0x12181f];
        const seen = new Set<number>();
        for (let i = 0; i < data.length; i += 4) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
        return wanted.filter((colour) => seen.has(colour)).length;
      });
    await over.hover();
    // Two samples are one block in the longer record: the one number is there once this cycle was read again.
    await expect.poll(() => value('waveform.stress_MPa', ids[0])).toMatch(/^[\d.]+$/);
    await page.getByTestId(`offset-${ids[1]}`).fill('0.03');
    await page.getByTestId(`offset-${ids[1]}`).press('Enter');
    await expect.poll(colours).toBe(3);
    // There are 20 cycles in the shorter one.
    await page.getByTestId('align-cycle').fill('30');
    await page.getByTestId('align-cycle').press('Enter');
    expect(await page.getByTestId(`unaligned-${ids[1]}`).innerText()).toContain('the last is 20');
    expect(await figure('cycles', 'live')).toBe('30-10');
    await page.getByTestId('run-live').uncheck();
  });

  it('is restored by its link', async () => {
    await page.getByTestId('align').selectOption('state');
    await page.waitForURL(/run-align=state/);
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await page.getByTestId(`figure-cycles-${ids[1]}`).waitFor();
    expect(await page.getByTestId('align').inputValue()).toBe('state');
    expect(await page.getByTestId(`offset-${ids[1]}`).inputValue()).toBe('0.03');
    await page.getByTestId('run-chart-waveform.stress_MPa').waitFor();
    await page.getByTestId(`away-${ids[1]}`).click();
    await page.getByTestId(`figure-cycles-${ids[1]}`).waitFor({ state: 'detached' });
  });

  it('takes a file of one’s own that is dropped, and refuses a torn one with a sentence', async () => {
    const bytes = readFileSync(join(folder, ids[1], 'record.mcap'));
    const mine = join(folder, 'mine');
    mkdirSync(mine);
    writeFileSync(join(mine, 'torn.mcap'), bytes.subarray(0, bytes.length - 500));
    const drop = await page.evaluateHandle((text) => {
      const raw = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([raw], 'mine.mcap'));
      return transfer;
    }, bytes.toString('base64'));
    await page.getByTestId('runs-part').dispatchEvent('drop', { dataTransfer: drop });
    await page.getByTestId('figure-cycles-file1').waitFor();
    expect(await figure('cycles', 'file1')).toBe('20-20');
    await page.getByTestId('run-file').setInputFiles(join(mine, 'torn.mcap'));
    const said = page.getByTestId('refused-file2');
    await said.waitFor();
    expect(await said.innerText()).toMatch(/^torn\.mcap cannot be shown: it is not a whole MCAP file/);
    expect(page.url()).not.toContain('file1');
  });

  it('draws what a board streamed', async () => {
    const buffer = Buffer.from(await streamedRun(newFolder()));
    await page
      .getByTestId('run-file')
      .setInputFiles({ name: 'streamed.mcap', mimeType: 'application/octet-stream', buffer });
    await page.getByTestId('figure-duration_s-file3').waitFor();
    await page.getByTestId('run-channel').selectOption('stream.a');
    await page.getByTestId('align').selectOption('start');
    const over = page.getByTestId('run-chart-stream.a').locator('.u-over');
    await over.scrollIntoViewIfNeeded();
    await over.hover();
    await page.keyboard.press('Home');
    await over.click({ position: { x: 4, y: 60 } });
    await page.mouse.move(5, 5);
    await expect.poll(() => value('stream.a', 'file3')).toMatch(/^\d/);
    await page.getByTestId('away-file3').click();
  });

  it('has nothing that axe would say', async () => {
    await page.evaluate(readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8'));
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(where: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
      };
      const { violations } = await axe.run('.study-view');
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    });
    expect(found).toEqual([]);
  });

  it('saves the figures as a table', async () => {
    const saved = page.waitForEvent('download');
    await page.getByTestId('figures-csv').click();
    const text = readFileSync(await (await saved).path(), 'utf8');
    expect(text).toMatch(/^figure,"A .*",B mine\.mcap,B mine\.mcap minus first\r\n/);
    expect(text).toContain('\r\ncycles,40,20,-20\r\n');
    expect(complaints).toEqual([]);
  });
});
