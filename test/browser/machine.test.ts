/** The drawing of the machine in a real browser: parts by keyboard, what they tell, motion that follows data, and its end. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fault } from '../../controller/wire/messages.ts';
import { PART_IDS } from '../../ui/machine/alarm-parts.ts';
import { openChromium } from './chromium.ts';
import { MachineStage } from './machine-stage.ts';

const browser: Browser | undefined = await openChromium();

const TOO_WARM: Fault = {
  key: 'over_temperature',
  sentence: 'Cell 7 is at 71 °C, allowed 70 °C: too little flow or a warm hot loop.',
  remedy: 'Check pump and hot exchanger.',
  action: 'abort',
  firstOut: true,
  bypassed: false,
  atS: 1,
  isPresent: true,
  acknowledged: null,
};

describe.skipIf(browser === undefined)('the drawing of the machine', () => {
  const stage = new MachineStage();
  const complaints: string[] = [];
  let page: Page;

  beforeAll(async () => {
    const url = await stage.start();
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${url}#/machine?lang=en`);
    await page.getByTestId('part-cell-1').waitFor();
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await stage.stop();
  });

  const attribute = (selector: string, name: string): Promise<string | null> =>
    page.locator(selector).first().getAttribute(name);
  const inspector = () => page.getByTestId('inspector');
  /** Waits until an attribute is no longer what it was. */
  const changes = (selector: string, name: string, was: string | null) =>
    page.waitForFunction(
      ([s, n, w]) => document.querySelector(s as string)?.getAttribute(n as string) !== w,
      [selector, name, was],
    );

  it('leads from a part to what is known of it, by keyboard, and the link holds it', async () => {
    await page.getByRole('link', { name: 'Actuator and crosshead' }).focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await inspector().getByRole('heading', { name: 'Cell 1', exact: true }).waitFor();
    expect(await page.evaluate(() => location.hash)).toContain('part=cell-1');
    expect(await page.getByRole('link', { name: 'Cell 1', exact: true }).getAttribute('aria-current')).toBe(
      'true',
    );
    expect(await page.getByTestId('channel-tick.cell_1_C').innerText()).toMatch(/22\.0\s*°C/);
    // limits of the fake rig: 70 °C and 900 MPa
    await page.getByTestId('limit-over_temperature').getByText('48.0 K left').waitFor();
    await page.getByTestId('limit-over_stress').getByText('900 MPa left').waitFor();
    expect(await page.getByTestId('part-charts').getAttribute('href')).toMatch(
      /^#\/channels\?.*charts=tick\.cell_1_C/,
    );
  });

  it('moves with the data: train, arrow, valves and pump, and stands where no fluid flows', async () => {
    const train = '[data-part=train]';
    const pump = '[data-pump=cold]';
    const [was, atRest] = [await attribute(train, 'transform'), await attribute(pump, 'transform')];
    expect(await attribute('[data-part=force]', 'd')).toBe('');
    stage.values = { stroke_mm: 40, stress_MPa: 450, flow_kg_per_s: 0.2 };
    await changes(train, 'transform', was);
    // 40 of 520 px at 1 px a mm
    expect(await attribute(train, 'transform')).toMatch(/^matrix\(0\.9231 /);
    await changes('[data-part=force]', 'd', '');
    await changes(pump, 'transform', atRest);
    const open = (pipe: string) => attribute(`[data-valve=${pipe}]`, 'data-open');
    expect(await Promise.all(['coldIn', 'hotOut', 'hotIn', 'coldOut'].map(open))).toEqual([
      '1',
      '1',
      '0',
      '0',
    ]);
    stage.values = { flow_kg_per_s: -0.2 };
    await changes('[data-valve=hotIn]', 'data-open', '0');
    expect(await Promise.all(['coldIn', 'hotOut', 'hotIn', 'coldOut'].map(open))).toEqual([
      '0',
      '0',
      '1',
      '1',
    ]);
  });

  it('stands still while it is out of sight', async () => {
    const train = () => attribute('[data-part=train]', 'transform');
    const out = await page.addStyleTag({ content: 'body { padding-bottom: 3000px }' });
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    // the browser tells a frame later
    await page.waitForTimeout(300);
    const was = await train();
    stage.values = { stroke_mm: 10, flow_kg_per_s: 0.2 };
    await page.locator('[data-part=strokeText]', { hasText: '10.0 mm' }).waitFor({ state: 'attached' });
    expect(await train()).toBe(was);
    await page.evaluate(() => scrollTo(0, 0));
    await changes('[data-part=train]', 'transform', was);
    await out.evaluate((style) => style.parentNode?.removeChild(style));
  });

  it('marks the part that an alarm names, and the inspector says the alarm', async () => {
    stage.faults = [TOO_WARM];
    await page.getByRole('link', { name: 'Cell 7: alarm' }).click();
    await inspector().getByText('Cell 7 is at 71 °C').waitFor();
    expect(await page.locator('.part.alarm').count()).toBe(1);
    stage.faults = [];
    await inspector().getByText('No alarm names it.').waitFor();
  });

  it('says that it is not the present any more, and stands still', async () => {
    stage.values = null;
    await page.getByTestId('drawing-stale').waitFor();
    const turned = await attribute('[data-pump=hot]', 'transform');
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );
    expect(await attribute('[data-pump=hot]', 'transform')).toBe(turned);
    stage.values = {};
    await page.getByTestId('drawing-stale').waitFor({ state: 'detached' });
  });

  it('fits a phone, with every part in it, and nothing broke', async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth);
    // the whole machine is no part of itself
    expect(await page.locator('.machine .part').count()).toBe(PART_IDS.length - 1);
    expect(complaints).toEqual([]);
  });
});
