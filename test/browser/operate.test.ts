/**
 * The engineer at the rig, in a real browser: what may be done and why not, another recipe with its preview, an alarm
 * from its injection to its end, a walk through proof tests. One house, one page; each step goes on from the one before.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpawnedHouse, allGone, familyOf, killRest } from '../house/spawned-house.ts';
import { bring } from './bring.ts';
import { openChromium } from './chromium.ts';

const browser: Browser | undefined = await openChromium();

describe.skipIf(browser === undefined)('the view for the engineer', { timeout: 90_000 }, () => {
  let house: SpawnedHouse;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    house = new SpawnedHouse(process.execPath, [
      'controller/command/elastocool.mjs',
      'start',
      '--port',
      '9590',
    ]);
    const [, address] = await house.said(/elastocool is running: (http:\/\/127\.0\.0\.1:\d+\/)/);
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${address}#/operate?lang=en`);
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    const family = familyOf(house.pid);
    house.pressCtrlC();
    await allGone(family).finally(() => killRest(family));
  });

  const at = (id: string) => page.getByTestId(id);
  const click = async (...ids: string[]): Promise<void> => {
    for (const id of ids) await at(id).click();
  };
  const state = (word: string) => at('state').getByText(word, { exact: true }).waitFor();

  it('shows where the machine is, where it came from, and why each command cannot be given', async () => {
    // It starts by itself, unless the computer is too busy.
    await bring(page, 'EXECUTE');
    await page.locator('.state-picture.wide .now[data-state=EXECUTE]').waitFor();
    await page.getByRole('img', { name: /is in EXECUTE, it came from STARTING/ }).waitFor();
    expect(await page.getByRole('list', { name: /Where it came from/ }).textContent()).toMatch(
      /EXECUTE.*STARTING.*IDLE.*RESETTING/,
    );
    expect(await at('why-start').textContent()).toContain(
      'START is refused in EXECUTE; it is given in IDLE.',
    );
    expect(await at('start').isDisabled()).toBe(true);
    expect(await at('hold').isDisabled()).toBe(false);
    expect(await at('people').textContent()).toMatch(/Engineer 1.*you/);
  });

  it('refuses a recipe beyond its bounds while it is typed, previews a good one, and sends it after a question', async () => {
    await bring(page, 'EXECUTE');
    await at('recipe-strainPercent').fill('9');
    await at('recipe-diff').getByText('strain: 9 % given, allowed is 2 to 5 %').waitFor();
    expect(await at('recipe-send').isDisabled()).toBe(true);
    expect(await at('preview-MPa').textContent()).toBe('–');
    await at('recipe-strainPercent').fill('3.5');
    await page.locator('[data-testid=recipe-preview][aria-busy=false]').waitFor();
    // Less strain, less stress: by the model between the same inlets.
    const [measured, before, after] = await page
      .locator('.preview-table tr', { hasText: 'Peak stress' })
      .locator('td')
      .allTextContents();
    expect(Number(after)).toBeLessThan(Number(before));
    expect(Number(measured)).toBeGreaterThan(0.9 * Number(before));
    expect(await at('recipe-diff').textContent()).toBe('strain 4.5 → 3.5 %');
    await click('recipe-send', 'confirm-recipe');
    await page.getByText('0.15 to 3.5; runs 3.5').waitFor();
    await page.getByText('2 to 5; runs 3.5').waitFor();
    await at('recipe-progress').getByText('In effect').waitFor();
    await state('EXECUTE');
  });

  it('keeps a recipe by name and loads it again', async () => {
    await at('recipe-shelf').getByText('Named recipes').click();
    await at('recipe-name').fill('gentle');
    await click('recipe-save');
    await at('recipe-strainPercent').fill('4');
    await at('recipe-shelf').getByRole('button', { name: 'gentle', exact: true }).click();
    expect(await at('recipe-strainPercent').inputValue()).toBe('3.5');
  });

  it('an injected fault becomes an alarm on the page, in the tab and on every view; what followed is judged', async () => {
    await bring(page, 'EXECUTE');
    await at('fault-words').fill('no_flow');
    await click('fault-pump-trip');
    expect(await at('fault-expected').textContent()).toContain('STOPPED by no_flow');
    await click('inject');
    const alarm = at('alarm-no_flow');
    // Its cause is gone as soon as the machine stops for it; that it was not seen yet stays.
    await alarm.getByText(/not acknowledged/).waitFor();
    expect(await alarm.textContent()).toMatch(/came first.*leads to STOP.*Check pump and valves/);
    expect(await page.title()).toMatch(/^\(\d\) /);
    expect(await page.locator('link[rel=icon]').getAttribute('href')).toContain('icon-alarm');
    await state('STOPPED');
    await at('trials').getByText('as expected', { exact: true }).waitFor();
    await click('view-cycle');
    await at('fault-list').getByText('no_flow').waitFor();
    await click('view-operate');
  });

  it('in Chinese it is Chinese: what was measured, what to do, why no START, what happened', async () => {
    await at('language').selectOption('zh-Hant');
    const alarm = at('alarm-no_flow');
    await alarm.getByText(/^流量在兩個循環內維持於 [-\d.e]+ kg\/s，指令為 [\d.]+ kg\/s：泵已停/).waitFor();
    await alarm.getByText('檢查泵及閥，然後按 RESET。').waitFor();
    expect(await at('why-start').textContent()).toContain('在 STOPPED 中不接受 START；可在 IDLE 中發出。');
    await at('alarm-history')
      .getByText(/^流量在兩個循環內維持於/)
      .waitFor();
    for (const id of ['alarm-no_flow', 'why-start', 'alarm-history', 'proof-tests', 'state'])
      expect(await at(id).locator('[lang=en]').allTextContents(), id).toEqual([]);
    await at('language').selectOption('en');
    await alarm.getByText('Check pump and valves, then RESET.').waitFor();
  });

  it('it is acknowledged by name, stays until RESET, and its life stands in the history', async () => {
    await click('acknowledge-no_flow');
    await at('alarm-no_flow')
      .getByText(/acknowledged by Engineer 1 at/)
      .waitFor();
    await click('mend-pump-trip');
    await at('alarm-history').getByText('no_flow is acknowledged by Engineer 1.').waitFor();
    await at('alarm-change').selectOption('raised');
    expect(await at('alarm-history').textContent()).not.toContain('is acknowledged');
    expect(new URL(page.url()).pathname).toBe('/');
    await bring(page, 'IDLE');
    await at('alarm-no_flow').waitFor({ state: 'detached' });
  });

  it('walks through proof tests: the program reads the device, a person judges, both are recorded', async () => {
    await bring(page, 'STOPPED');
    const boxes = at('proof-tests').getByRole('checkbox');
    for (let i = 0; i < (await boxes.count()); i++) await boxes.nth(i).setChecked(false);
    await at('proof-stop_unloads').setChecked(true);
    await at('proof-guard').setChecked(true);
    await at('proof-by').fill('A. Lee');
    await click('proof-begin');
    await at('proof-step').getByRole('heading', { name: 'STOP unloads' }).waitFor();
    await click('proof-go');
    await at('proof-said')
      .getByText(/^stop_unloads: pass, force .* kN, drive off/)
      .waitFor();
    await at('proof-step').getByRole('heading', { name: 'The guard' }).waitFor();
    expect(await at('proof-pass').isDisabled()).toBe(true);
    await at('proof-note').fill('opens the circuit');
    await click('proof-pass');
    await at('proof-said').getByText('The walk is over: 2 pass, 0 fail, 0 skipped.').waitFor();
    const row = page.getByRole('listitem').filter({ has: at('proof-stop_unloads') });
    expect(await row.textContent()).toMatch(/passed, \d{4}-\d\d-\d\d, A\. Lee \(Engineer 1\); due \d{4}/);
  });

  it('says nothing in the console', () => {
    expect(complaints).toEqual([]);
  });
});
