/**
 * A page whose line is cut, silenced and spoiled, whose server dies and comes back, whose computer sleeps: it says so,
 * recovers by itself and shows what is missing. The page, the server and the line are real; the machine only ticks.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Hub } from '../../controller/server/hub.ts';
import { type WebServer, startWebServer } from '../../controller/server/web-server.ts';
import { ROOT } from '../house/source-files.ts';
import { Between } from './between.ts';
import { openChromium } from './chromium.ts';
import { SteadyMachine } from './steady-machine.ts';

const browser: Browser | undefined = await openChromium();
/** Longer than the page waits between two tries to connect. */
const PATIENT = { timeout: 15_000, interval: 50 };

describe.skipIf(browser === undefined)('a page in trouble', () => {
  const complaints: string[] = [];
  let machine: SteadyMachine;
  let between: Between;
  let server: WebServer;
  let page: Page;
  /** Connections of pages so far. */
  let connected = 0;

  async function serve(tokenRequired = false): Promise<WebServer> {
    const hub = new Hub(undefined, undefined, undefined, ({ event }) => {
      if (event === 'connect') connected++;
    });
    machine.speakThrough(hub);
    const one = await startWebServer({
      hub,
      pageFolder: join(ROOT, 'dist', 'ui'),
      port: 0,
      tokenRequired,
      allowHosts: [`127.0.0.1:${between.port}`],
    });
    between.target = one.port;
    return one;
  }

  beforeAll(async () => {
    const { VITEST: _, NODE_ENV: __, ...env } = process.env;
    expect(
      spawnSync(process.execPath, ['controller/command/prepare.mjs', 'page'], { cwd: ROOT, env }).status,
    ).toBe(0);
    machine = new SteadyMachine();
    between = await Between.open();
    server = await serve();
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.clock.install();
    await page.addInitScript(rememberCanvasWords);
    await page.goto(`http://127.0.0.1:${between.port}/#/live?lang=en`);
    await sound();
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    between.close();
    machine.stop();
    await server?.close();
  });

  const says = (words: string | RegExp) => page.getByText(words).first().waitFor();
  /** Nothing is wrong any more, and numbers are of now. */
  const sound = async (): Promise<void> => {
    await page.locator('[data-testid=data-age].good').waitFor();
    await page.locator('.notice.alarm').waitFor({ state: 'detached' });
  };
  /** Does it, and waits until the page has come back by itself. */
  const comesBackAfter = async (trouble: () => unknown): Promise<void> => {
    const before = connected;
    await trouble();
    await vi.waitFor(() => expect(connected).toBeGreaterThan(before), PATIENT);
    await sound();
  };

  it('leaves out a frame that was spoiled on the way, says so, and reads the next', async () => {
    between.spoil('version');
    await says(/1 unreadable so far; last: .*It was left out\./);
    await sound();
    expect(connected).toBe(1);
  });

  it.each(['sequence', 'opcode', 'half', 'cut'] as const)('comes back by itself after: %s', async (how) => {
    await comesBackAfter(() => between.spoil(how));
    expect(between.hasSpoiled).toBe(true);
  });

  it('says that the server is gone, that STOP reaches nothing, and what to do; and shows the gap after', async () => {
    await comesBackAfter(async () => {
      await server.close();
      await says('Connection lost');
      await says(/STOP on this page reaches nothing/);
      await page.keyboard.press('Escape');
      await says(/STOP was not sent: no connection\. Use the hard-wired emergency stop/);
      machine.aheadS += 15;
      await page.evaluate(() => drawnWords.clear());
      server = await serve();
    });
    // drawn over the stretch between the last row before and the first row after: what was known is still there
    await page.waitForFunction(() => drawnWords.has('no data'));
  });

  it('notices a line on which nothing comes any more, though it is open', async () => {
    await comesBackAfter(async () => {
      between.isSilent = true;
      await page.clock.fastForward(6000);
      await says(/Connection lost.*nothing heard for 5 s/);
      between.isSilent = false;
    });
  });

  it('says that it slept, and goes on', async () => {
    await comesBackAfter(() => page.clock.fastForward('02:00:00'));
    const notice = page.getByTestId('time-jump');
    await notice.getByText(/This page slept for 120 min, until .* anew/).waitFor();
    await notice.getByRole('button').click();
    await notice.waitFor({ state: 'detached' });
  });

  it('says that the clock of the computer jumped; charts go by the clock of the rig', async () => {
    const nowMs = await page.evaluate(() => Date.now());
    await comesBackAfter(() => page.clock.setSystemTime(nowMs + 3_600_000));
    await says(/clock jumped 60 min ahead at .*: it slept, or the clock was set/);
    const before = connected;
    await page.clock.setSystemTime(nowMs);
    await says(/clock was set 60 min back at/);
    await sound();
    expect(connected).toBe(before);
    expect(complaints).toEqual([]);
  });

  it('shows everything to who may only watch, and lets nothing leave the page but STOP', {
    timeout: 60_000,
  }, async () => {
    await page.close();
    await server.close();
    server = await serve(true);
    const [engineer, viewer] = await Promise.all([enter('engineer'), enter('viewer')]);
    const views = await engineer
      .locator('.view-nav a')
      .evaluateAll((links) =>
        links.map((link) => (link as HTMLElement).dataset.testid?.replace('view-', '') ?? ''),
      );
    for (const view of views) {
      for (const one of [engineer, viewer]) await open(one, view);
      await expect.poll(() => headings(viewer), PATIENT).toEqual(await headings(engineer));
    }
    for (const view of views) {
      await open(viewer, view);
      await viewer.evaluate(pressEverything);
    }
    const may = views.flatMap(() => ['ABORT', 'STOP']).toSorted();
    await expect.poll(() => askedBy('viewer').toSorted(), PATIENT).toEqual(may);
    // what was pressed last may still be on its way
    await viewer.waitForTimeout(300);
    expect(askedBy('viewer').toSorted()).toEqual(may);
    // pressing is pressing: the same hands move the machine where they may
    await open(engineer, 'operate');
    await engineer.evaluate(pressEverything);
    await expect.poll(() => new Set(askedBy('engineer')).size, PATIENT).toBeGreaterThan(2);
  });

  async function enter(role: 'engineer' | 'viewer'): Promise<Page> {
    const context = await browser?.newContext({ viewport: { width: 1400, height: 1000 } });
    const one = await context?.newPage();
    if (one === undefined) throw new Error('no browser');
    await one.goto(`http://127.0.0.1:${between.port}/session#token=${server.tokens[role]}`);
    await one.getByTestId('view-live').waitFor();
    await one.locator('[data-testid=data-age].good').waitFor();
    return one;
  }

  /** By its address, and again where what was pressed before still changes the address: a dialog may lie over the links. */
  const open = (one: Page, view: string) =>
    expect
      .poll(async () => {
        await one.evaluate((name) => (location.hash = `#/${name}?lang=en`), view);
        return one.locator('.view-nav [aria-current=page]').getAttribute('data-testid');
      }, PATIENT)
      .toBe(`view-${view}`);

  const headings = (one: Page): Promise<string[]> => one.locator('main h2').allTextContents();

  /** What came of the pages of a role, beside what a page sends by itself. */
  function askedBy(role: 'engineer' | 'viewer'): string[] {
    const { received } = machine.control;
    const theirs = new Set(
      received.flatMap((one) => (one.kind === 'welcome' && one.person.role === role ? [one.client] : [])),
    );
    return received
      .flatMap((one) => (one.kind === 'message' && theirs.has(one.client) ? [one.message] : []))
      .filter(({ type }) => type !== 'history' && type !== 'heartbeat')
      .map((one) => (one.type === 'command' ? one.command : one.type));
  }
});

declare const drawnWords: Set<string>;

/** Runs in the page, before its own scripts. */
function rememberCanvasWords(): void {
  const words = new Set<string>();
  Object.assign(globalThis, { drawnWords: words });
  const { prototype } = CanvasRenderingContext2D;
  const draw: (text: string, x: number, y: number) => void = Reflect.get(prototype, 'fillText');
  prototype.fillText = function remember(text: string, x: number, y: number): void {
    words.add(text);
    draw.call(this, text, x, y);
  };
}

/** Runs in the page: what a person could press or turn there, whatever it looks like. */
function pressEverything(): void {
  const enabled = 'button:enabled, input:enabled, select:enabled, textarea:enabled, [role=button], summary';
  for (const element of document.querySelectorAll<HTMLElement>(enabled)) {
    // Ways to other views are no controls of this one, and a page in Chinese has other words.
    if (element.closest('nav, .language-switch') !== null) continue;
    element.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
    element.dispatchEvent(new PointerEvent('pointerup', { bubbles: true, button: 0 }));
    element.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 }));
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
