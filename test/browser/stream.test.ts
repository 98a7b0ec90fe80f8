/** What a device streams at its full rate, on the page: its values, what never came, and its names in both languages. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { streamTable } from '../../controller/control/electronics/framed-stream-table.ts';
import { Hub } from '../../controller/server/hub.ts';
import { type WebServer, startWebServer } from '../../controller/server/web-server.ts';
import { rigDictionary } from '../../controller/virtual-rig/rig-dictionary.ts';
import { tablesOf } from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import { ROOT } from '../house/source-files.ts';
import { buildPage } from './build-page.ts';
import { openChromium } from './chromium.ts';
import { SteadyMachine } from './steady-machine.ts';

const browser: Browser | undefined = await openChromium();
const CHANNELS = streamTable(rigDictionary(true).dictionary);
const SHOWN = 'cell_3_at_30_percent_C';
const COLUMN = CHANNELS.findIndex(({ name }) => name === SHOWN);
const ROWS = 20;
const LOST_S = 2;

/** Every channel stands at its own number, 1000 rows a second. */
class Streaming extends SteadyMachine {
  readonly #columns = CHANNELS.map((_, column) => new Float32Array(ROWS).fill(column));
  readonly #offsetS = Float32Array.from({ length: ROWS }, (_, row) => row / 1000);
  readonly #timer = setInterval(() => this.#streamDue(), ROWS);
  readonly #startS = performance.now() / 1000;
  #rows = 0;

  override speakThrough(hub: Hub): void {
    super.speakThrough(hub);
    this.control.tables = tablesOf(CHANNELS);
    this.control.say(this.control.hello());
  }

  /** Rows that were numbered and never came. */
  lose(seconds: number): void {
    this.#rows += 1000 * seconds;
    this.aheadS += seconds;
  }

  override stop(): void {
    super.stop();
    clearInterval(this.#timer);
  }

  #streamDue(): void {
    const nowS = performance.now() / 1000 + this.aheadS;
    for (; this.#startS + (this.#rows + ROWS) / 1000 <= nowS; this.#rows += ROWS) {
      const sequence = this.#rows + ROWS - 1;
      const startS = this.#startS + this.#rows / 1000;
      const frame = { group: 'stream', sequence, startS, cycle: 0, rows: ROWS } as const;
      const bytes = encodeFrame({ ...frame, offsetS: this.#offsetS, columns: this.#columns });
      this.control.deliver({ kind: 'frame', group: 'stream', sequence, bytes });
    }
  }
}

describe.skipIf(browser === undefined)('a stream on the page', () => {
  const machine = new Streaming();
  let server: WebServer;
  let page: Page;

  beforeAll(async () => {
    buildPage();
    const hub = new Hub();
    machine.speakThrough(hub);
    const pageFolder = join(ROOT, 'dist', 'ui');
    server = await startWebServer({ hub, pageFolder, port: 0, tokenRequired: false });
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
    await page.addInitScript(rememberSteps);
    await page.goto(`http://127.0.0.1:${server.port}/#/channels?lang=en&window=10&charts=stream.${SHOWN}.0`);
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    machine.stop();
    await server?.close();
  });

  it('shows the newest value of a channel, and how many samples stand behind it', async () => {
    const value = page.getByTestId(`value-stream.${SHOWN}`);
    await expect.poll(() => value.innerText()).toMatch(new RegExp(`^${COLUMN}(\\.0+)?$`));
    await page.getByText('tube of cell 3, 30 % of the length from the cold end').first().waitFor();
  });

  it('draws no line across what never came', async () => {
    // a whole second of the curve, and it is one piece
    await page.waitForFunction(() => steps.drawn > 0 && steps.lifted === 0);
    machine.lose(LOST_S);
    await page.waitForFunction(() => steps.lifted > 100);
    const { drawn, lifted } = await page.evaluate(() => steps);
    // two seconds of ten, in px of the canvas; a drawn step is some milliseconds
    expect(lifted / drawn).toBeGreaterThan(10);
  });

  it('calls the channels by their names in Chinese', async () => {
    await page.evaluate(
      (name) => (location.hash = `#/channels?lang=zh-Hant&charts=${name}`),
      `stream.${SHOWN}.0`,
    );
    await page.getByText('單元 3 的管材，距冷端 30 % 長度處').first().waitFor();
  });
});

interface Steps {
  drawn: number;
  lifted: number;
}
declare const steps: Steps;

/** Runs in the page, before its own scripts: the longest step to the right of the last long curve, by pen down and pen up, px. */
function rememberSteps(): void {
  const found: Steps = { drawn: 0, lifted: 0 };
  Object.assign(globalThis, { steps: found });
  const Native = Path2D;
  class Watched extends Native {
    points = 0;
    atX = Number.NaN;
    longest: Steps = { drawn: 0, lifted: 0 };
    override moveTo(x: number, y: number): void {
      this.step('lifted', x);
      super.moveTo(x, y);
    }
    override lineTo(x: number, y: number): void {
      this.step('drawn', x);
      super.lineTo(x, y);
    }
    step(which: keyof Steps, x: number): void {
      this.points++;
      this.longest[which] = Math.max(this.longest[which], x - this.atX || 0);
      this.atX = x;
    }
  }
  Object.assign(globalThis, { Path2D: Watched });
  const { prototype } = CanvasRenderingContext2D;
  const draw: (path?: Path2D) => void = Reflect.get(prototype, 'stroke');
  prototype.stroke = function remember(path?: Path2D): void {
    if (path instanceof Watched && path.points > 100) Object.assign(found, path.longest);
    if (path === undefined) draw.call(this);
    else draw.call(this, path);
  };
}
