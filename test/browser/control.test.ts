/** Three people at three browsers of one machine: who may do what, who has control, and what becomes of it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SpawnedHouse, allGone, familyOf, killRest } from '../house/spawned-house.ts';
import { bring } from './bring.ts';
import { openChromium } from './chromium.ts';

const browser: Browser | undefined = await openChromium();
const ELASTOCOOL = 'controller/command/elastocool.mjs';

describe.skipIf(browser === undefined)('three people and one machine', { timeout: 90_000 }, () => {
  const houses: SpawnedHouse[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-control-'));
  let operator: Page;
  let engineer: Page;
  let viewer: Page;

  function run(...args: string[]): SpawnedHouse {
    const house = new SpawnedHouse(process.execPath, [ELASTOCOOL, ...args]);
    houses.push(house);
    return house;
  }

  /** In a browser of their own: no cookie is shared. */
  async function enter(serve: SpawnedHouse, role: string): Promise<Page> {
    const [, link] = await serve.said(new RegExp(`${role} +(http\\S+)`));
    const context = await browser?.newContext();
    const page = await context?.newPage();
    if (page === undefined) throw new Error('no browser');
    await page.goto(link);
    await page.getByTestId('lease').waitFor();
    return page;
  }

  beforeAll(async () => {
    // A machine that nobody leaves alone: as shipped, the virtual one goes on by itself.
    const shipped = readFileSync('fixtures/rigs/virtual-kilowatt.yaml', 'utf8');
    const rigFile = join(folder, 'rig.yaml');
    writeFileSync(rigFile, shipped.replace('operator_lost: continue', 'operator_lost: hold'));
    const [line] = await run('virtual-rig').said(/tcp:\/\/127\.0\.0\.1:\d+/);
    const audit = join(folder, 'audit.jsonl');
    const serve = run('serve', '--serial', line, '--rig', rigFile, '--port', '8640', '--audit', audit);
    await serve.said(/Ctrl-C stops/);
    operator = await enter(serve, 'operator');
    engineer = await enter(serve, 'engineer');
    viewer = await enter(serve, 'viewer');
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    for (const house of houses.toReversed()) {
      const family = familyOf(house.pid);
      if (family.length > 0) house.pressCtrlC();
      await allGone(family).finally(() => killRest(family));
    }
    rmSync(folder, { recursive: true });
  });

  const state = (page: Page, word: string) =>
    page.getByTestId('state').getByText(word, { exact: true }).waitFor();
  const click = async (page: Page, ...ids: string[]): Promise<void> => {
    for (const id of ids) await page.getByTestId(id).click();
  };

  it('who may only watch sees everything and has no button but the two that stop', async () => {
    expect(await viewer.getByTestId('lease').textContent()).toContain('Read-only');
    for (const id of ['clear', 'reset', 'start', 'setpoint', 'acceleration-5'])
      expect(await viewer.getByTestId(id).isDisabled(), id).toBe(true);
    expect(await viewer.getByTestId('stop').isDisabled()).toBe(false);
    // The address tells the view by now, never the key.
    expect(viewer.url()).not.toContain('token');
  });

  it('nor on the view for the engineer: what is left to press there reaches no machine', async () => {
    await viewer.goto(`${viewer.url().split('#')[0]}#/operate?lang=en`);
    await viewer.getByTestId('proof-tests').waitFor();
    await viewer.getByTestId('recipe-strainPercent').fill('4');
    await viewer
      .getByTestId('recipe-why')
      .getByText(/Another recipe needs an engineer/)
      .waitFor();
    const open = await viewer.locator('main button:enabled').allTextContents();
    // A draft and a list of drafts in this browser.
    expect(open.toSorted()).toEqual(['Export', 'Keep it', 'Undo']);
    expect(await viewer.getByTestId('stop').isDisabled()).toBe(false);
    await viewer.getByTestId('view-live').click();
  });

  it('the operator takes control with the first command; the others see it and may not', async () => {
    await bring(operator, 'STOPPED');
    await engineer.getByText('Operator 1 has control.').first().waitFor();
    expect(await engineer.getByTestId('reset').isDisabled()).toBe(true);
    expect(await engineer.getByTestId('reset').getAttribute('title')).toContain('Operator 1 has control');
    await bring(operator, 'EXECUTE');
  });

  it('a reload keeps control and the machine running', async () => {
    await operator.reload();
    await operator.getByTestId('lease-release').waitFor();
    // Never HELD, where it would be without an operator.
    await bring(operator, 'EXECUTE');
  });

  it('an engineer takes over after a question; the operator is told, the machine goes on', async () => {
    await click(engineer, 'lease-take-over', 'confirm-take-over');
    await operator
      .getByTestId('control-lost')
      .getByText('Engineer 2 took control from Operator 1.')
      .waitFor();
    expect(await operator.getByTestId('hold').isDisabled()).toBe(true);
    await bring(engineer, 'EXECUTE');
  });

  it('when that page is gone the machine holds by itself, and says why', async () => {
    await engineer.close();
    await state(operator, 'HELD');
    await operator.getByTestId('fault-list').getByText('operator_lost').waitFor();
  });

  it('a read-only page stops it', async () => {
    await viewer.getByTestId('stop').dispatchEvent('pointerdown');
    await state(viewer, 'STOPPED');
  });

  it('the key of a higher role, opened in the same browser, raises the page', async () => {
    const link = /engineer +(http\S+)/.exec(houses[1].output)?.[1] ?? '';
    await viewer.goto(link);
    await viewer.getByText('You are Engineer').waitFor();
  });
});
