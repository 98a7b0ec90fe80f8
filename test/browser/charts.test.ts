/** The charts as an instrument, in a real browser, over readings whose every value is known. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openChromium } from './chromium.ts';
import { type Instrument, READINGS, startInstrument, SUMMARIES, UNHEARD_S } from './instrument.ts';

const browser: Browser | undefined = await openChromium();

/** For states that come with a picture, however seldom a busy machine draws one. */
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 8000 });

describe.skipIf(browser === undefined)('charts', () => {
  let instrument: Instrument;
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-charts-'));
  const complaints: string[] = [];

  async function open(): Promise<Page> {
    const opened = await browser?.newPage({ viewport: { width: 1200, height: 900 }, acceptDownloads: true });
    if (opened === undefined) throw new Error('no browser');
    opened.setDefaultTimeout(8000);
    opened.on('pageerror', (error) => complaints.push(error.message));
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    return opened;
  }

  beforeAll(async () => {
    instrument = await startInstrument(9530);
    page = await open();
    await page.goto(instrument.address);
  });

  afterAll(async () => {
    await browser?.close();
    await instrument.close();
    rmSync(folder, { recursive: true });
  });

  /** The view at this address, with something on its charts. */
  async function look(hash: string, at = page): Promise<void> {
    await at.goto(`${instrument.address}${hash}`);
    // Input goes before events: a key could overtake the news that the address is another.
    await at.evaluate(() => new Promise((heard) => setTimeout(heard)));
    await at.locator('.chart canvas').first().waitFor();
    await at.waitForFunction(
      () => !/no reading yet/.test(document.querySelector('.window-switch')?.textContent ?? ''),
    );
  }

  const inAddress = (): URLSearchParams => new URLSearchParams(new URL(page.url()).hash.split('?')[1]);
  const untilAddress = (key: string, wanted: string | null) =>
    page.waitForFunction(
      ([name, value]) => new URLSearchParams(location.hash.split('?')[1]).get(name ?? '') === value,
      [key, wanted] as const,
    );
  const untilText = (selector: string, pattern: RegExp, at = page) =>
    at.waitForFunction(
      ([where, source]) => new RegExp(source).test(document.querySelector(where)?.textContent ?? ''),
      [selector, pattern.source] as const,
    );
  const picture = () =>
    page.locator('.house-panel canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const plot = async () => {
    const over = page.locator('.house-panel .u-over');
    await over.scrollIntoViewIfNeeded();
    const box = await over.boundingBox();
    if (box === null) throw new Error('no chart');
    return box;
  };

  beforeEach(() => page.keyboard.up('Shift'));

  it('pause with Space: the picture stands while data goes on being taken in, and End follows again', async () => {
    await look('#/live?window=15');
    await page.keyboard.press('Space');
    await untilText('.window-switch.paused', /Live/);
    await page.waitForFunction(() => location.hash.includes('until='));
    const until = Number(inAddress().get('until'));
    const clockS = async () => Number(/:([\d.]+)/.exec(await page.getByTestId('clock').innerText())?.[1]);
    // A picture that followed would be another one half a second of the rig's clock later.
    await eventually(async () => {
      const [before, thenS] = [await picture(), await clockS()];
      await eventually(async () => Math.abs((await clockS()) - thenS)).toBeGreaterThan(0.5);
      return (await picture()) === before;
    }).toBe(true);
    expect(Number(inAddress().get('until'))).toBe(until);
    await page.keyboard.press('End');
    await untilAddress('until', null);
  });

  it('zoom by key, wheel and box, move by arrow and drag, and take it back', async () => {
    await look('#/live?window=20&until=50');
    await page.keyboard.press('+');
    await untilAddress('window', '10');
    await page.keyboard.press('ArrowLeft');
    await untilAddress('until', '44');
    const { x, y, width, height } = await plot();
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, 200);
    await page.keyboard.up('Control');
    await page.waitForFunction(() => Number(/window=([\d.]+)/.exec(location.hash)?.[1]) > 11);
    await look('#/live?window=20&until=50');
    // from 35 s to 45 s
    await page.keyboard.down('Shift');
    await page.mouse.move(x + 0.25 * width, y + 40);
    await page.mouse.down();
    await page.mouse.move(x + 0.75 * width, y + 60, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.waitForFunction(() => Math.abs(Number(/window=([\d.]+)/.exec(location.hash)?.[1]) - 10) < 0.1);
    expect(Number(inAddress().get('until'))).toBeCloseTo(45, 1);
    await page.keyboard.press('z');
    await untilAddress('window', '20');
    await page.mouse.move(x + 0.5 * width, y + 40);
    await page.mouse.down();
    await page.mouse.move(x + 0.75 * width, y + 40, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction(() => Math.abs(Number(/until=([\d.]+)/.exec(location.hash)?.[1]) - 45) < 0.1);
  });

  it('cursors stand at one time in every chart, and say values and differences', async () => {
    await look('#/live?window=20&until=60&a=44&b=52');
    await page.mouse.move(5, 5);
    const room = page.locator('.house-panel .legend li').first();
    // 20 + 44 / 8, and 8 s of an eighth of a kelvin each
    await page.waitForFunction(() =>
      /25\.50.*Δ 1\.00/.test(document.querySelector('.house-panel .legend li')?.textContent ?? ''),
    );
    expect(await page.getByTestId('cursor-note').innerText()).toMatch(
      /A\s+0:44\.000\s+B\s+0:52\.000\s+Δt\s+8\.000\s+s, 1\/Δt\s+0\.125\s+Hz/,
    );
    // House, cells, power, COP: none stands elsewhere, whether it is in sight or not.
    const places = () =>
      page
        .locator('.chart-cursor.first:not([hidden])')
        .evaluateAll((lines) =>
          lines.map((one) => Math.round(Number.parseFloat((one as HTMLElement).style.left))),
        );
    await eventually(places).toEqual([20, 20, 20, 20]);
    await page.getByTestId('unit-temperature').selectOption('K');
    await eventually(() => room.innerText()).toMatch(/298\.65[\s\S]*Δ 1\.00/);
    expect(await page.locator('.house-panel .panel-head .unit').innerText()).toMatch(/^K /);
    await untilAddress('temperature', 'K');
    await page.getByTestId('unit-temperature').selectOption('°C');
    await page.getByTestId('unit-pressure').selectOption('kPa');
    await untilText('.readouts', /73 kPa/);
    await page.getByTestId('unit-pressure').selectOption('bar');
  });

  it('what was not heard is hatched, and no curve crosses it', async () => {
    await look('#/live?window=20&until=45');
    await page.waitForFunction(() => location.hash.includes('until=45'));
    /** Colours of one column of the canvas. */
    const column = (timeS: number) =>
      page.locator('.house-panel canvas').evaluate(
        (canvas: HTMLCanvasElement, share) => {
          const over = canvas.parentElement?.querySelector('.u-over');
          const left = over === null || over === undefined ? 0 : (over as HTMLElement).offsetLeft;
          const width = over === null || over === undefined ? 0 : (over as HTMLElement).offsetWidth;
          const height = over === null || over === undefined ? 0 : (over as HTMLElement).offsetHeight;
          const context = canvas.getContext('2d');
          const at = Math.round((left + share * width) * devicePixelRatio);
          const { data } = context?.getImageData(at, 12, 1, height - 14) ?? { data: [] };
          const shades = new Set<string>();
          for (let i = 0; i < data.length; i += 4) {
            // The ground of the canvas is transparent.
            if (data[i + 3] > 200) shades.add([0, 1, 2].map((k) => Math.round(data[i + k] / 32)).join());
          }
          return [...shades];
        },
        (timeS - 25) / 20,
      );
    // the line of the house is nearly black
    const isInk = (shades: string[]) => shades.some((shade) => shade.split(',').every((v) => Number(v) <= 2));
    await eventually(async () => isInk(await column(28.6))).toBe(true);
    expect(isInk(await column((UNHEARD_S.from + UNHEARD_S.to) / 2 + 0.3))).toBe(false);
  });

  it('a mark is noted by key, and every page sees it', async () => {
    await look('#/live?window=20&until=60&a=50');
    const other = await open();
    await look('#/live', other);
    await page.mouse.move(5, 5);
    await page.keyboard.press('m');
    await page.getByTestId('mark-note').pressSequentially('pump sounds rough');
    expect(inAddress().get('until')).toBe('60');
    await page.keyboard.press('Enter');
    for (const one of [page, other])
      await untilText(
        '.events-panel',
        /Engineer \d+ marked 50\.00 s of the rig's clock: pump sounds rough/,
        one,
      );
    await other.close();
  });

  it('a dialog says what the keys do, and Escape in it is STOP', async () => {
    await look('#/live');
    await page.keyboard.press('?');
    await page.getByTestId('shortcuts').getByText('Space', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('shortcuts').waitFor({ state: 'detached' });
    await untilText('.stop-proof', /STOP/);
  });

  async function save(format: string): Promise<string> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId(`export-${format}`).click(),
    ]);
    const path = join(folder, `window.${format}`);
    await download.saveAs(path);
    return path;
  }

  it('exports the window as CSV and Parquet that DuckDB reads, PNG and SVG', async () => {
    await look('#/live?window=10&until=50&temperature=K');
    await page.getByTestId('export').click();
    const [csv, parquet, png, svg] = [
      await save('csv'),
      await save('parquet'),
      await save('png'),
      await save('svg'),
    ];
    await page.getByText('Close').click();
    const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
    for (const from of [`read_csv('${csv}')`, `read_parquet('${parquet}')`]) {
      const sql = `SELECT count(room_K), min(device_time_s), max(device_time_s), max(cooling_power_W) FILTER (NOT isnan(cooling_power_W)) FROM ${from} WHERE NOT isnan(room_K)`;
      const [[count, first, last, power]] = (await duckdb.runAndReadAll(sql)).getRows();
      expect([Number(count), first, last]).toEqual([501, 40, 50]);
      expect(power).toBeCloseTo(SUMMARIES.cooling_power_W(50), 3);
      const at = await duckdb.runAndReadAll(
        `SELECT room_K FROM ${from} WHERE abs(device_time_s - 44) < 0.001`,
      );
      expect(at.getRows()[0][0]).toBeCloseTo(READINGS.room_C(44) + 273.15, 4);
    }
    const { width, height, data } = PNG.sync.read(readFileSync(png));
    expect(width).toBeGreaterThan(1000);
    expect(height).toBeGreaterThan(1000);
    const shades = new Set<number>();
    for (let i = 0; i < data.length; i += 997) shades.add(data[i]);
    expect(shades.size).toBeGreaterThan(20);
    const drawing = await open();
    await drawing.goto(`file://${svg}`);
    const words = (await drawing.locator('text').allTextContents()).join('|');
    for (const word of ['House and loops', 'Ten cells', 'set-point', 'K', '0:40.00 to 0:50.00'])
      expect(words).toContain(word);
    expect(await drawing.locator('path').count()).toBeGreaterThan(10);
    await drawing.close();
  });

  it('the wall: channels are found, put on a chart, refused with a reason, and a link restores it all', async () => {
    await look('#/channels?window=10&until=50');
    await page.getByTestId('chart-3').waitFor();
    const first = page.locator('.picker-list [data-highlighted]');
    await page.getByTestId('picker-1').fill('load train');
    await first.getByText('tick.force_kN').waitFor();
    await page.keyboard.press('Enter');
    await untilText('[data-testid=wall-refused]', /kN.*W and no unit/);
    await page.getByTestId('add-chart').click();
    await page.getByTestId('picker-4').fill('load train force');
    await first.getByText('tick.force_kN').waitFor();
    await page.keyboard.press('Enter');
    await page.getByTestId('value-tick.force_kN').waitFor();
    await page.getByTestId('chart-remove-3').click();
    await page.getByTestId('chart-up-3').click();
    const restored = await open();
    // the address follows a moment later: four charts again, and the third is that of the force
    await page.waitForFunction(() => {
      const words = new URLSearchParams(location.hash.split('?')[1]).get('charts')?.split(' ') ?? [];
      return words.length === 4 && words[2].includes('tick.force_kN');
    });
    await look(new URL(page.url()).hash, restored);
    const force = restored.getByTestId('chart-2').getByTestId('value-tick.force_kN');
    await force.waitFor();
    const figure = async (which: string, id: string) =>
      Number((await restored.getByTestId(`${which}-${id}`).innerText()).replace('−', '-'));
    await eventually(() => figure('mean', 'tick.room_C')).toBeCloseTo(READINGS.room_C(45), 2);
    expect(await figure('least', 'tick.room_C')).toBeCloseTo(READINGS.room_C(40), 2);
    expect(await figure('greatest', 'tick.room_C')).toBeCloseTo(READINGS.room_C(50), 2);
    // ten seconds of a sine: 10 / sqrt(2), but for the part of a period left over
    await eventually(() => figure('rms', 'tick.force_kN')).toBeGreaterThan(6.5);
    expect(await figure('rms', 'tick.force_kN')).toBeLessThan(7.5);
    await restored.close();
  });

  it('nothing was complained of', () => {
    expect(complaints).toEqual([]);
  });
});
