/**
 * What the page costs a browser at 64 channels of 1 kHz, all of them drawn, while seven plain WebSocket clients listen too:
 * work of a frame, age of a sample when its picture is painted, and whether the heap stays flat.
 * `node test/bench/page.ts --minutes 60` alone, for the hour; it prints as it goes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { CDPSession, Page } from 'playwright-core';
import { buildPage } from '../browser/build-page.ts';
import { openChromium } from '../browser/chromium.ts';
import { subscribe } from './stream.ts';
import { type FrameWork, frameWork } from './frame-work.ts';
import { type Painted, rememberPaints } from './paints.ts';

export type Report = (label: string, value: string) => void;

const PLAIN_CLIENTS = 7;
const CHARTS = 8;
const CURVES_A_CHART = 8;
const WARM_UP_S = 10;
const TRACE_S = 10;
const HEAP_EVERY_S = 5;
const MB = 1e6;

declare const painted: Painted;

const wall = Array.from({ length: CHARTS }, (_, chart) =>
  Array.from({ length: CURVES_A_CHART }, (_, k) => `stream.s${chart * CURVES_A_CHART + k}.${k}`).join('*'),
).join(' ');

/** Prints nothing but why where no Chromium can be had. */
export async function printPageCosts(report: Report, minutes: number): Promise<void> {
  buildPage();
  const browser = await openChromium();
  if (browser === undefined) return report('  left out', 'no Chromium here');
  const server = fork(new URL('page-server.ts', import.meta.url), []);
  const [[port, startS]] = (await once(server, 'message')) as [[number, number]];
  const sockets = await Promise.all(Array.from({ length: PLAIN_CLIENTS }, () => subscribe(port, () => {})));
  const page = await browser.newPage({ viewport: { width: 1440, height: 2200 } });
  await page.addInitScript(rememberPaints, startS);
  const query = new URLSearchParams({ lang: 'en', charts: wall });
  await page.goto(`http://127.0.0.1:${port}/#/channels?${query}`);
  await page.locator('[data-testid=data-age].good').waitFor();
  report('  browser and renderer', `Chromium ${browser.version()}, ${await rendererOf(page)}`);
  await sleep(WARM_UP_S * 1000);
  printFrames(report, await frameWork(browser, page, TRACE_S));
  printAges(report, await page.evaluate(() => painted.agesMs.splice(0)));
  await printHeap(report, await page.context().newCDPSession(page), minutes);
  for (const socket of sockets) socket.terminate();
  await browser.close();
  server.disconnect();
}

function printFrames(report: Report, { frames, seconds, scriptMs, mainMs, rasterMs }: FrameWork): void {
  const of = (ms: readonly number[]) => `p50 ${at(ms, 0.5).toFixed(1)}, p95 ${at(ms, 0.95).toFixed(1)} ms`;
  report('  frames', `${(frames / seconds).toFixed(1)} a second`);
  report('  script of a frame', of(scriptMs));
  report('  main thread a frame: all script, style, layout, paint', `${(mainMs / frames).toFixed(1)} ms`);
  report('  raster a frame, in other threads', `${(rasterMs / frames).toFixed(1)} ms`);
}

function printAges(report: Report, agesMs: readonly number[]): void {
  const [p50, p95] = [at(agesMs, 0.5), at(agesMs, 0.95)];
  report(
    '  from the sample in the web process to its frame painted',
    `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms of ${agesMs.length} (promised with the serial line: 100)`,
  );
}

/** Twenty figures or so, however long it takes; the slope is that of the later half. */
async function printHeap(report: Report, session: CDPSession, minutes: number): Promise<void> {
  const everyS = Math.max(HEAP_EVERY_S, minutes * 3);
  const found: { minute: number; usedMB: number }[] = [];
  const startedMs = performance.now();
  for (;;) {
    await session.send('HeapProfiler.collectGarbage');
    const usage: { usedSize: number; backingStorageSize?: number } =
      await session.send('Runtime.getHeapUsage');
    const minute = (performance.now() - startedMs) / 60_000;
    const usedMB = (usage.usedSize + (usage.backingStorageSize ?? 0)) / MB;
    found.push({ minute, usedMB });
    if (minutes > 5) report(`  heap and buffers after ${minute.toFixed(1)} min`, `${usedMB.toFixed(1)} MB`);
    if (minute >= minutes) break;
    await sleep(everyS * 1000);
  }
  const later = found.slice(found.length >> 1);
  report(
    `  heap and buffers over ${minutes} min`,
    `${found[0].usedMB.toFixed(1)} to ${(found.at(-1)?.usedMB ?? 0).toFixed(1)} MB, in the later half ${slope(later).toFixed(2)} MB a minute`,
  );
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;

/** Least squares, MB a minute. */
function slope(points: readonly { minute: number; usedMB: number }[]): number {
  const mean = (of: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean(({ minute }) => minute), mean(({ usedMB }) => usedMB)];
  return (
    mean(({ minute, usedMB }) => (minute - x) * (usedMB - y)) /
    mean(({ minute }) => (minute - x) * (minute - x))
  );
}

/** What WebGL says draws; no other door says it. */
const rendererOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const gl = document.createElement('canvas').getContext('webgl');
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    return gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : 'no WebGL: drawn in software';
  });

if (import.meta.main) {
  const { values } = parseArgs({ options: { minutes: { type: 'string', default: '1' } } });
  const print: Report = (label, value) => process.stdout.write(`${label.padEnd(58)}${value}\n`);
  await printPageCosts(print, Number(values.minutes));
}
