import { afterAll, describe, expect, it } from 'vitest';
import { openChromium } from './chromium.ts';

const browser = await openChromium();
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('the browser of the tests', () => {
  it('runs scripts and draws', async () => {
    const page = await browser!.newPage({ viewport: { width: 200, height: 100 } });
    await page.setContent(
      '<h1>21.5 °C</h1><script>document.title = new Intl.NumberFormat().format(42);</script>',
    );
    expect(await page.title()).toBe('42');
    expect((await page.screenshot()).length).toBeGreaterThan(500);
    await page.close();
  });
});
