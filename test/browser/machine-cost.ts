/**
 * What the drawing costs a frame: processor time of the page's process and its script, with the drawing and without it.
 * `node test/browser/machine-cost.ts`; prints ms a frame. Not a test: the numbers are those of the computer it runs on.
 */
import type { Page } from 'playwright-core';
import { openChromium } from './chromium.ts';
import { MachineStage } from './machine-stage.ts';

const WINDOW_MS = 5000;
const ROUNDS = 3;
const KEYS = ['TaskDuration', 'ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'] as const;

type Metrics = Readonly<Record<string, number>>;

async function measure(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const read = async (): Promise<Metrics> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  };
  const before = await read();
  const frames = await page.evaluate(
    (ms) =>
      new Promise<number>((done) => {
        const until = performance.now() + ms;
        let count = 0;
        const frame = (): void => {
          count++;
          if (performance.now() < until) requestAnimationFrame(frame);
          else done(count);
        };
        requestAnimationFrame(frame);
      }),
    WINDOW_MS,
  );
  const after = await read();
  const each = KEYS.map((key) => `${key} ${((1000 * (after[key] - before[key])) / frames).toFixed(2)}`);
  return `${((1000 * frames) / WINDOW_MS).toFixed(0)} frames/s; ms a frame: ${each.join(', ')}`;
}

const stage = new MachineStage();
const url = await stage.start();
const browser = await openChromium();
let swing: ReturnType<typeof setInterval> | undefined;
if (browser !== undefined) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const began = performance.now();
  // everything moves and changes colour, at 3.5 Hz
  swing = setInterval(() => {
    const wave = Math.sin(2 * Math.PI * 3.5 * ((performance.now() - began) / 1000));
    const cells = Array.from({ length: 10 }, (_, i) => [`cell_${i + 1}_C`, 25 + 12 * wave] as const);
    stage.values = {
      stroke_mm: 20 + 20 * wave,
      stress_MPa: 300 + 300 * wave,
      flow_kg_per_s: 0.2 * wave,
      ...Object.fromEntries(cells),
    };
  }, 20);
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['machine', 'operate']) {
      await page.goto(`${url}?${round}${name}#/${name}?lang=en`);
      await page.getByRole('main').waitFor();
      await page.waitForTimeout(1500);
      console.log(
        `${name === 'machine' ? 'with the drawing   ' : 'without (operate)  '} ${await measure(page)}`,
      );
    }
  }
}
clearInterval(swing);
await browser?.close();
await stage.stop();
