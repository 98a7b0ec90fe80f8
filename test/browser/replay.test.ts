/** A record on the page: marked as such, paused, played on from another place, and commanding nothing. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Hub } from '../../controller/server/hub.ts';
import { newFolder } from '../record/folders.ts';
import { MadeUpRun } from '../record/made-up-run.ts';
import { SpawnedHouse, allGone, familyOf, killRest } from '../house/spawned-house.ts';
import { FakeControl } from '../server/fake-control.ts';
import { openChromium } from './chromium.ts';

const browser: Browser | undefined = await openChromium();

describe.skipIf(browser === undefined)('a replay on the page', () => {
  let house: SpawnedHouse;
  let page: Page;
  const wrong: string[] = [];

  beforeAll(async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    const hub = new Hub();
    hub.keep(made.recorder);
    hub.attach(new FakeControl());
    // Two minutes; a state now and then, as a machine would say.
    for (let second = 0; second < 120; second++) {
      made.state('EXECUTE');
      made.ticks(50 * second, 50 * second + 49);
    }
    await made.recorder.end('over');
    house = new SpawnedHouse(process.execPath, [
      'controller/command/elastocool.mjs',
      'replay',
      'last',
      '--runs',
      folder,
      '--port',
      '8660',
    ]);
    const [, address] = await house.said(/REPLAY of \S+: (http\S+)/);
    if (browser === undefined) throw new Error('no browser');
    page = await browser.newPage();
    page.on('pageerror', (error) => wrong.push(error.message));
    await page.goto(address);
    await page.getByTestId('replay').waitFor();
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    const family = familyOf(house.pid);
    if (family.length > 0) house.pressCtrlC();
    await allGone(family).finally(() => killRest(family));
  });

  it('says that it is one, and what of the machine it shows', async () => {
    expect(await page.getByTestId('replay').innerText()).toMatch(/REPLAY of \S+, recorded/);
    await page.waitForFunction(
      () => document.querySelector('[data-testid=state]')?.textContent === 'EXECUTE',
    );
    await page.waitForFunction(
      () => (document.querySelector('[data-testid=replay-at]')?.textContent ?? '') >= '0:01',
    );
  });

  it('jumps, and stands there when it is paused', async () => {
    await page.getByTestId('replay-play').click();
    await page.getByTestId('replay-play').getByText('Play').waitFor();
    await page.getByTestId('replay-place').fill('90');
    const at = page.getByTestId('replay-at').getByText('1:30 / 2:00');
    await at.waitFor();
    await page.getByTestId('replay-speed').selectOption('10');
    await at.waitFor();
    await page.getByTestId('replay-play').click();
    // The end, at ten times the pace.
    await page.getByTestId('replay-at').getByText('2:00 / 2:00').waitFor();
  });

  it('refuses STOP and says why; nothing on the page broke', async () => {
    await page.getByTestId('stop').click();
    await page.getByText('there is no machine at the other end').first().waitFor();
    expect(wrong).toEqual([]);
  });
});
