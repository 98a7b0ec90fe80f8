/** Maps of a trained model, in a real browser: held against `surrogate ask`, where nothing was learned without a colour. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hub } from '../../controller/server/hub.ts';
import { type WebServer, startWebServer } from '../../controller/server/web-server.ts';
import { ROOT } from '../house/source-files.ts';
import { FakeControl } from '../server/fake-control.ts';
import { axeFinds } from './axe.ts';
import { buildPage } from './build-page.ts';
import { openChromium } from './chromium.ts';
import { serveFolder } from './static-host.ts';

const browser: Browser | undefined = await openChromium();
const FOLDER = process.env.MAP_PICTURES;
const MODEL = join(ROOT, 'fixtures', 'surrogates', 'kilowatt-maps');
const PAGE = join(ROOT, 'dist', 'ui');
const INPUTS = ['frequency_Hz', 'blow_flow_kg_per_s', 'lift_K'] as const;

/** What the program itself says of a point; null where it refuses. */
function told(...at: readonly string[]): Readonly<Record<string, number | null>> | null {
  const pairs = INPUTS.flatMap((name, i) => ['--at', `${name}=${at[i]}`]);
  const program = join(ROOT, 'controller', 'command', 'elastocool.mjs');
  const { status, stdout } = spawnSync(
    process.execPath,
    [program, 'surrogate', 'ask', MODEL, ...pairs, '--json'],
    { encoding: 'utf8' },
  );
  return status === 0 ? (JSON.parse(stdout) as Record<string, number | null>) : null;
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
const model = (name: 'model.json' | 'weights.bin') => readFileSync(join(MODEL, name));

describe.skipIf(browser === undefined)('the maps in the page', () => {
  let server: WebServer;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    buildPage();
    const hub = new Hub();
    hub.attach(new FakeControl());
    server = await startWebServer({ hub, pageFolder: PAGE, port: 0, tokenRequired: false });
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1280, height: 1400 }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(address());
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server.close();
  });

  const address = (more = '', language = 'en') =>
    `http://127.0.0.1:${server.port}/#/study?study=maps&lang=${language}${more}`;
  const open = (...files: ReturnType<typeof file>[]) => page.getByTestId('map-files').setInputFiles(files);
  const map = () => page.getByTestId('map');
  const drawn = () => page.locator('[data-testid=map][aria-busy=false]').waitFor();
  const reading = () => page.getByTestId('map-reading');
  const problem = () => page.getByTestId('map-problem');

  /** Of the map in the page, as its axes count; null where the pointer is beside it. */
  async function pixelAt(frequency: number, flow: number): Promise<{ x: number; y: number }> {
    const box = await map().locator('canvas').boundingBox();
    if (box === null) throw new Error('the map is not to be seen');
    const { inputs } = (
      JSON.parse(model('model.json').toString()) as {
        userDefinedMetadata: { inputs: { low: number; high: number }[] };
      }
    ).userDefinedMetadata;
    const share = (i: number, value: number) => (value - inputs[i].low) / (inputs[i].high - inputs[i].low);
    // as ui/map/map-figure.ts lays it out: axes around it, below it the words and one line of legend
    const [left, top, right, below] = [54, 24, 78, 44 + 18];
    return {
      x: left + share(0, frequency) * (box.width - left - right),
      y: top + (1 - share(1, flow)) * (box.height - top - below),
    };
  }

  /** How far a pixel is from grey, 0 to 255, at most of those around a place of the map. */
  async function colourAt(frequency: number, flow: number): Promise<number> {
    const at = await pixelAt(frequency, flow);
    return map()
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement, { x, y }) => {
        const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(
          Math.round(x * devicePixelRatio) - 6,
          Math.round(y * devicePixelRatio) - 6,
          12,
          12,
        );
        let most = 0;
        for (let i = 0; i < data.length; i += 4) {
          const rgb = [data[i], data[i + 1], data[i + 2]];
          most = Math.max(most, Math.max(...rgb) - Math.min(...rgb));
        }
        return most;
      }, at);
  }

  it('shows an example at once, computed by TensorFlow.js', async () => {
    await page.getByRole('heading', { name: 'cooling power' }).waitFor();
    await page.getByTestId('map-outputs').waitFor();
    await page.getByText('Computed in this browser by TensorFlow.js').waitFor();
    await page.getByText('An example that comes with the page').waitFor();
  });

  it('says what is wrong with files that are no model', async () => {
    await open(file('model.json', model('model.json')));
    await problem().getByText('Give both files of a model together: weights.bin is missing.').waitFor();
    await open(file('model.json', Buffer.from('{"format": "recipe"}')), file('weights.bin', Buffer.alloc(8)));
    await problem().getByText('model.json: is no surrogate of this program (format').waitFor();
    await open(
      file('model.json', model('model.json')),
      file('weights.bin', model('weights.bin').subarray(0, 400)),
    );
    await problem().getByText('its weights are not all there (400 of 6296 bytes)').waitFor();
    // what was open stays
    expect(await page.getByTestId('map-outputs').count()).toBe(1);
  });

  it('opens a model from its two files', async () => {
    await open(file('weights.bin', model('weights.bin')), file('own.json', model('model.json')));
    await page.getByText('From own.json.').waitFor();
    expect(await problem().textContent()).toBe('');
  });

  it('says in its cells what `surrogate ask` says there, and nothing where that refuses', {
    timeout: 120_000,
  }, async () => {
    await page.getByTestId('map-lines').selectOption('cop_device');
    await drawn();
    const saved = page.waitForEvent('download');
    await page.getByTestId('map-csv').click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe(
      'hkust-kilowatt-2025-cooling_power_W-over-frequency_Hz-blow_flow_kg_per_s.csv',
    );
    const [head, ...rows] = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(head).toBe([...INPUTS, 'cooling_power_W', 'cop_device', 'inside_domain'].join(','));
    expect(rows).toHaveLength(96 * 72);
    const whole = rows.filter((row) => row.endsWith(',1') && !row.includes(',,'));
    for (const row of [whole[500], whole[2400], whole[4300]]) {
      const [frequency, flow, lift, power, cop] = row.split(',');
      const truth = told(frequency, flow, lift);
      // in single precision
      expect(Math.abs(Number(power) / Number(truth?.cooling_power_W) - 1), row).toBeLessThan(1e-4);
      expect(Math.abs(Number(cop) / Number(truth?.cop_device) - 1), row).toBeLessThan(1e-4);
    }
    // where it heats there is a power and no COP
    const [frequency, flow, lift, power] = (rows.find((row) => row.endsWith(',,1')) ?? '').split(',');
    expect(Number(power)).toBeLessThanOrEqual(0);
    expect(told(frequency, flow, lift)?.cop_device).toBeNull();
    const outside = rows.filter((row) => row.endsWith(',0'));
    expect(outside.length).toBeGreaterThan(500);
    for (const row of [outside[0], outside.at(-1) as string]) {
      const [frequency, flow, lift, ...rest] = row.split(',');
      expect(rest).toEqual(['', '', '0']);
      expect(told(frequency, flow, lift)).toBeNull();
    }
  });

  it('is read by the pointer: a value with its error, or why there is none', async () => {
    const canvas = map().locator('canvas');
    await canvas.hover({ position: await pixelAt(2.6, 0.2) });
    await page.getByRole('heading', { name: 'At the pointer' }).waitFor();
    const words = async () => (await reading().textContent()) ?? '';
    await expect.poll(words).toMatch(/frequency 2\.[56]\d* Hz/);
    const [, frequency, flow, lift, power] =
      /frequency ([\d.]+) Hz, blow flow ([\d.]+) kg\/s, lift ([\d.]+) K: cooling power ([\d.]+) W \(99 of 100 held-out points: error up to 0\.64 %\)/.exec(
        await words(),
      ) ?? [];
    const truth = told(frequency, flow, lift)?.cooling_power_W;
    // four digits of each are shown
    expect(Math.abs(Number(power) / Number(truth) - 1)).toBeLessThan(1e-3);
    await canvas.hover({ position: await pixelAt(0.8, 0.23) });
    await expect.poll(words).toMatch(/was not trained here and says nothing\. no training point is near/);
    expect(await page.getByTestId('map-outputs').count()).toBe(0);
    await page.mouse.move(5, 5);
    await page.getByRole('heading', { name: 'At the cursor' }).waitFor();
  });

  it('has colours where the model was trained, and none where it was not', async () => {
    await page.getByTestId('map-lines').selectOption('none');
    await drawn();
    for (const [frequency, flow] of [
      [0.7, 0.24],
      [1, 0.22],
      [0.7, 0.2],
    ])
      await expect.poll(() => colourAt(frequency, flow)).toBeLessThan(30);
    for (const [frequency, flow] of [
      [3, 0.21],
      [3, 0.1],
      [1.3, 0.1],
    ])
      expect(await colourAt(frequency, flow), `${frequency} ${flow}`).toBeGreaterThan(40);
  });

  it('moves its cursor by keys and by a press, and keeps it in the address', async () => {
    await map().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Shift+ArrowUp');
    // steps of 0.05 Hz and 0.002 kg/s from the middle of the ranges
    await reading().getByText('2.05').waitFor();
    expect(await page.getByTestId('map-at-blow_flow_kg_per_s').getAttribute('aria-valuetext')).toBe(
      '0.17 kg/s',
    );
    await page.waitForURL(/map-at=frequency_Hz\*2\.05\*blow_flow_kg_per_s\*0\.17/);
    await map()
      .locator('canvas')
      .click({ position: await pixelAt(3, 0.2) });
    const slider = page.getByTestId('map-at-frequency_Hz');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/^(2\.95|3|3\.05) Hz$/);
  });

  it('is drawn anew by a slider and by other axes', async () => {
    await page.getByTestId('map-at-lift_K').focus();
    await page.keyboard.press('End');
    await expect
      .poll(() => map().locator('canvas').getAttribute('aria-label'))
      .toMatch(
        /^cooling power, W over frequency and blow flow: −[\d,.]+ to \d+; \d+ % of the map was not trained$/,
      );
    await page.getByTestId('map-x').selectOption('lift_K');
    await expect
      .poll(() => map().locator('canvas').getAttribute('aria-label'))
      .toMatch(/over lift and blow flow/);
    // the axis that it was takes its place
    await page.getByTestId('map-y').selectOption('lift_K');
    await expect
      .poll(() => map().locator('canvas').getAttribute('aria-label'))
      .toMatch(/over blow flow and lift/);
  });

  it('leads into the playground with the values of its cursor', async () => {
    await page.mouse.move(5, 5);
    await page.goto(address('&map-at=frequency_Hz*2.5*blow_flow_kg_per_s*0.15*lift_K*8'));
    await reading().getByText('2.5').waitFor();
    await page.getByTestId('map-simulate').click();
    await page.waitForURL(/study=playground/);
    for (const [key, value] of [
      ['recipe.frequency', '2.5'],
      ['recipe.blow_flow', '0.15'],
      ['operation.lift', '8'],
    ]) {
      const field = page.getByTestId(`field-${key}`);
      await field.waitFor();
      expect(await field.inputValue()).toBe(value);
    }
    await page.goBack();
  });

  it.each(['png', 'svg'] as const)('is saved as %s', async (format) => {
    await page.getByTestId('map-outputs').waitFor();
    await drawn();
    const saved = page.waitForEvent('download');
    await page.getByTestId(`map-${format}`).click();
    const bytes = readFileSync(await (await saved).path());
    if (format === 'png') expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    else
      expect(bytes.toString()).toMatch(
        /^<svg [^]*cooling power, W[^]*lift 8 K[^]*not trained here[^]*<\/svg>/,
      );
  });

  it('is for everyone: both themes and languages, on a phone too', { timeout: 90_000 }, async () => {
    for (const [theme, language, width] of [
      ['light', 'en', 1440],
      ['dark', 'zh-Hant', 360],
      ['dark', 'en', 1440],
      ['light', 'zh-Hant', 360],
    ] as const) {
      await page.setViewportSize({ width, height: 1400 });
      await page.goto(address('&map-of=cop_device&map-lines=cooling_power_W&map-at=lift_K*16', language));
      await page.emulateMedia({ colorScheme: theme });
      await page.getByText(language === 'en' ? 'Simulate the point' : '模擬游標處的運行點').waitFor();
      await drawn();
      const at = `${theme} ${language} ${width}`;
      expect(await axeFinds(page), at).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), at).toBeLessThanOrEqual(width);
      if (FOLDER !== undefined)
        await page.screenshot({ path: join(FOLDER, `maps-${theme}-${language}.png`), fullPage: true });
    }
    expect(await map().getAttribute('aria-label')).toBe('性能圖：方向鍵移動游標，按住 Shift 一次十步');
    expect(complaints).toEqual([]);
  });

  it('goes without WebAssembly where a host forbids it, with the same values', {
    timeout: 90_000,
  }, async () => {
    const host = await serveFolder(PAGE, '/strict/');
    const other = await (browser as Browser).newPage();
    await other.goto(host.address);
    await other.getByTestId('to-maps').click();
    await other.goto(
      `${host.address}#/study?study=maps&lang=en&map-at=frequency_Hz*2.5*blow_flow_kg_per_s*0.15*lift_K*8`,
    );
    await other.getByText('Computed in this browser, without WebAssembly.').waitFor();
    const shown = await other.getByTestId('map-outputs').locator('tr.shown td').first().textContent();
    expect(shown).toBe(String(Number(Number(told('2.5', '0.15', '8')?.cooling_power_W).toPrecision(4))));
    await other.close();
    host.close();
  });
});
