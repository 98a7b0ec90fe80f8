/**
 * The report of the validation inside the page, in a real browser: from the folder that `validate --report` writes, and
 * what is said where there is none or none that can be read.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunShelf } from '../../controller/record/run-shelf.ts';
import { Hub } from '../../controller/server/hub.ts';
import { type WebServer, startWebServer } from '../../controller/server/web-server.ts';
import { writeReport } from '../../sim/command/report-files.ts';
import { ROOT } from '../house/source-files.ts';
import { stateOf } from '../record/made-up-run.ts';
import { FakeControl } from '../server/fake-control.ts';
import { SAMPLE_HEAD, sampleChapters } from '../sim/report-samples.ts';
import { axeFinds } from './axe.ts';
import { buildPage } from './build-page.ts';
import { openChromium } from './chromium.ts';

const browser: Browser | undefined = await openChromium();

describe.skipIf(browser === undefined)('the report in the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-study-report-'));
  const data = join(folder, 'report.json');
  const control = new FakeControl();
  let server: WebServer;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    buildPage();
    const hub = new Hub();
    hub.attach(control);
    server = await startWebServer({
      hub,
      pageFolder: join(ROOT, 'dist', 'ui'),
      port: 0,
      tokenRequired: false,
      runs: { shelf: new RunShelf(folder), reportFolder: folder },
    });
    if (!browser) return;
    page = await browser.newPage({ viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // That nothing is stored is an answer, and Chromium calls it an error.
      if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const at = (link: string): string => `http://127.0.0.1:${server.port}/#/study?study=report&lang=en${link}`;
  const figure = (name: string) => page.getByRole('img', { name });
  const isInSight = (id: string): Promise<boolean> =>
    page.evaluate((wanted) => {
      const top = document.getElementById(wanted)?.getBoundingClientRect().top ?? -1;
      return top >= 0 && top < innerHeight / 2;
    }, id);

  it('says that none is stored, and with which command one is made', async () => {
    await page.goto(at(''));
    const instead = page.getByTestId('no-report');
    await instead.getByText('No report is stored beside this server').waitFor();
    await instead.getByText('npx elastocool validate --report report', { exact: true }).waitFor();
    expect(await axeFinds(page)).toEqual([]);
  });

  it('says what is wrong with one that cannot be read', async () => {
    writeFileSync(data, JSON.stringify({ head: SAMPLE_HEAD, chapters: [{ key: 'a', title: 3 }] }));
    await page.getByRole('button', { name: 'Look again' }).click();
    const instead = page.getByTestId('no-report');
    await instead.getByText('not one that this page can read').waitFor();
    await instead.getByText(/^chapters\.0\.title: /).waitFor();
  });

  it('shows contents, tables and figures of one that can, each figure by its number', async () => {
    await writeReport(folder, SAMPLE_HEAD, sampleChapters());
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('heading', { name: 'The score' }).waitFor();
    expect(await page.locator('.report-facts dd').allTextContents()).toEqual([
      SAMPLE_HEAD.version,
      String(SAMPLE_HEAD.seed),
      String(SAMPLE_HEAD.samples),
      SAMPLE_HEAD.fingerprint,
    ]);
    expect(await page.getByRole('columnheader', { name: 'verdict' }).count()).toBe(1);
    const contents = page.getByRole('navigation', { name: 'Contents' });
    expect(await contents.getByRole('link', { name: /^Figure \d/ }).count()).toBe(5);
    await contents.getByRole('link', { name: /^Figure 4 / }).click();
    await figure('Temperature of the model house after 15 min').waitFor();
    expect(await isInSight('figure-house-map')).toBe(true);
    expect(await page.locator('figcaption', { hasText: 'Figure 4.' }).count()).toBe(1);
  });

  it('comes back to its place from a link, and turns its chapters', async () => {
    await page.waitForFunction(() => location.hash.includes('at=figure-house-map'));
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await figure('Temperature of the model house after 15 min').waitFor();
    expect(await isInSight('figure-house-map')).toBe(true);
    const turns = page.getByRole('navigation', { name: 'Chapters before and after' });
    expect(await turns.getByRole('link').allTextContents()).toEqual(['← The kilowatt machine']);
    await turns.getByRole('link').click();
    await figure('First law over one cycle at 10 K lift').waitFor();
    expect(await isInSight('chapter-kilowatt')).toBe(true);
  });

  it.each(['light', 'dark'] as const)(
    'has its figures in the colours of the %s theme',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      await page.waitForFunction((theme) => document.documentElement.dataset.theme === theme, colorScheme);
      const seen = await page.evaluate(() => {
        const svg = document.querySelector('.drawing > svg');
        const [ground, words] = ['rect', 'text'].map((name) => svg?.querySelector(name));
        const fill = (element: Element | null | undefined) => (element ? getComputedStyle(element).fill : '');
        const panel = getComputedStyle(document.querySelector('.report-text')!).backgroundColor;
        return { ground: fill(ground), words: fill(words), panel };
      });
      expect(seen.ground).toBe(seen.panel);
      expect(seen.words).toMatch(colorScheme === 'dark' ? /^rgb\(2\d\d, / : /^rgb\(28, 37, 48\)/);
      expect(await axeFinds(page)).toEqual([]);
    },
  );

  it('fits a phone, in Chinese too', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByTestId('language').selectOption('zh-Hant');
    await page.getByRole('navigation', { name: '目錄' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.getByTestId('language').selectOption('en');
    await page.setViewportSize({ width: 1440, height: 1000 });
  });

  it('lets nothing in that runs, loads or leads away', async () => {
    const stored = JSON.parse(readFileSync(data, 'utf8')) as {
      chapters: { blocks: { kind: string; figure?: { svg: string } }[] }[];
    };
    const drawing = stored.chapters[0].blocks.find(({ kind }) => kind === 'figure');
    if (drawing?.figure === undefined) throw new Error('the first chapter has no figure');
    drawing.figure.svg =
      '<svg viewBox="0 0 9 9" role="img" onload="window.ran = 1"><title>spoilt</title>' +
      '<script>window.ran = 1</script><foreignObject><iframe src="/"></iframe></foreignObject>' +
      '<image href="/icon.svg"/><a href="javascript:window.ran = 1"><text>here</text></a>' +
      '<rect width="9" height="9" fill="url(//127.0.0.1/x)" style="background:url(/icon.svg)" onclick="window.ran = 1"/>' +
      '</svg><style>body { display: none }</style><form action="/"></form>';
    writeFileSync(data, JSON.stringify(stored));
    await page.goto('about:blank');
    await page.goto(at('&at=chapter-score'));
    await figure('spoilt').waitFor();
    const found = await page.evaluate(() => ({
      elements: [...document.querySelectorAll('.report-chapter *')].map(({ localName }) => localName),
      attributes: [...document.querySelectorAll('.drawing *')].flatMap((one) => one.getAttributeNames()),
      fill: document.querySelector('.drawing rect')?.getAttribute('fill'),
      ran: 'ran' in window,
    }));
    for (const name of ['script', 'foreignObject', 'iframe', 'image', 'a', 'style', 'form'])
      expect(found.elements, name).not.toContain(name);
    expect(found.attributes.filter((name) => /^on|href|src|action/.test(name))).toEqual([]);
    expect(found).toMatchObject({ fill: null, ran: false });
  });

  it('has a playground beside it that takes over what the machine runs', async () => {
    await page.getByTestId('study-playground').click();
    await page.getByTestId('field-recipe.blow_flow').waitFor();
    expect(await page.getByTestId('as-running').count()).toBe(0);
    control.say(stateOf('EXECUTE'));
    await page.getByTestId('as-running').click();
    expect(await page.getByTestId('field-recipe.blow_flow').inputValue()).toBe('0.1');
    // No inlet is measured here, and 3.5 Hz is what the preset has anyway.
    await page.waitForFunction(() =>
      location.hash.includes('set=recipe.strain*4+%2525*recipe.blow_flow*0.1+kg%2Fs*recipe.blow_duty*0.3'),
    );
    expect(page.url()).toMatch(/blow_duty\*0\.3(&|$)/);
  });

  it('had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
