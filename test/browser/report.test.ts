/** The report in a real browser, straight from its file: a phone, a desk, light, dark, and paper. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../sim/command/report-files.ts';
import { SAMPLE_HEAD, sampleChapters } from '../sim/report-samples.ts';
import { openChromium } from './chromium.ts';

const browser: Browser | undefined = await openChromium();

const SIZES = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];

describe.skipIf(browser === undefined)('the report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-report-'));
  const address = pathToFileURL(join(folder, 'index.html')).href;
  const asked: string[] = [];
  let page: Page;

  beforeAll(async () => {
    await writeReport(folder, SAMPLE_HEAD, sampleChapters());
    if (!browser) return;
    page = await browser.newPage({ viewport: SIZES[0] });
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => asked.push(message.text()));
    await page.goto(address);
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('asks for nothing but itself, and has nothing to complain about', () => {
    expect(asked).toEqual([address]);
  });

  it.each(SIZES)('fits into $width px, wide tables and figures in boxes of their own', async (size) => {
    await page.setViewportSize(size);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.width);
    const boxes = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.drawing, .scroll')].map((box) => ({
        right: box.getBoundingClientRect().right,
        scrolls: box.scrollWidth > box.clientWidth,
        focusable: box.tabIndex === 0,
      })),
    );
    expect(boxes).toHaveLength(6);
    for (const { right, scrolls, focusable } of boxes) {
      expect(right).toBeLessThanOrEqual(size.width);
      if (size.width === 360) expect(scrolls).toBe(true);
      expect(focusable).toBe(true);
    }
  });

  it.each(SIZES)('shows its figures at $width px, with words that can be read', async (size) => {
    await page.setViewportSize(size);
    const figures = await page.evaluate(() =>
      [...document.querySelectorAll('.drawing > svg')].map((svg) => {
        const { width, height } = svg.getBoundingClientRect();
        const words = svg.querySelector('text[font-size="12"]')?.getBoundingClientRect();
        return { width, height, words: words?.height ?? 0 };
      }),
    );
    expect(figures).toHaveLength(5);
    for (const { width, height, words } of figures) {
      expect(width).toBeGreaterThanOrEqual(560);
      expect(height).toBeGreaterThan(150);
      // 12 of 720 px on 560: 9.3 px letters in a line box that is a little higher
      expect(words).toBeGreaterThan(9);
    }
  });

  it('gives every picture its name, and every table its heads', async () => {
    expect(await page.getByRole('img').count()).toBe(5);
    expect(await page.getByRole('img', { name: 'First law over one cycle at 10 K lift' }).count()).toBe(1);
    expect(await page.getByRole('columnheader').count()).toBe(10);
    expect(await page.getByRole('rowheader').count()).toBe(5);
    expect(await page.getByRole('navigation', { name: 'Contents' }).count()).toBe(1);
  });

  it.each(['light', 'dark'] as const)('has legible text in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    const worst = await page.evaluate(lowestContrast);
    await page.emulateMedia({ colorScheme: null });
    // WCAG AA for text of any size
    expect(worst.contrast, worst.words).toBeGreaterThanOrEqual(4.5);
    expect(worst.counted).toBeGreaterThan(50);
  });

  it('follows its contents', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'The model house' }).click();
    expect(await page.evaluate(() => location.hash)).toBe('#chapter-house');
    const top = await page.evaluate(
      () => document.querySelector('#chapter-house')?.getBoundingClientRect().top ?? -1,
    );
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top).toBeLessThan(400);
  });

  it('prints on more than one A4 page', async () => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(1);
    const [, width, height] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf) ?? [];
    // A4 in points, rounded to px of 1/96 inch by the browser
    expect(Math.abs(Number(width) - 595.28)).toBeLessThan(0.75);
    expect(Math.abs(Number(height) - 841.89)).toBeLessThan(0.75);
  });
});

/** Runs in the page: text outside of figures against what lies behind it, by WCAG 2. */
function lowestContrast(): { contrast: number; words: string; counted: number } {
  const read = (color: string): number[] => {
    const n = (color.match(/[\d.]+/g) ?? []).map(Number);
    return color.startsWith('color(')
      ? [...n.slice(0, 3).map((v) => v * 255), n[3] ?? 1]
      : [...n.slice(0, 3), n[3] ?? 1];
  };
  const over = (top: number[], ground: number[]): number[] =>
    [0, 1, 2].map((i) => top[i] * top[3] + ground[i] * (1 - top[3]));
  const behind = (element: Element | null): number[] => {
    if (element === null) return [255, 255, 255];
    const color = read(getComputedStyle(element).backgroundColor);
    return color[3] === 1 ? color : over(color, behind(element.parentElement));
  };
  const luminance = (rgb: number[]): number => {
    const [r, g, b] = rgb.map((v) =>
      v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const worst = { contrast: 21, words: '', counted: 0 };
  for (const element of document.querySelectorAll('body *:not(svg, svg *)')) {
    const words = [...element.childNodes]
      .filter((node) => node.nodeType === 3)
      .map((node) => node.textContent ?? '')
      .join('')
      .trim();
    if (words === '') continue;
    worst.counted++;
    const ground = behind(element);
    const [a, b] = [luminance(over(read(getComputedStyle(element).color), ground)), luminance(ground)];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < worst.contrast) Object.assign(worst, { contrast, words });
  }
  return worst;
}
