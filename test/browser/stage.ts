/**
 * The page as it always looks: a recorded run of the real physics, replayed and paused at a place, in one Chromium, with a
 * clock that stands. Pictures of it are compared byte for byte but for the rounding of the rasteriser, and axe reads it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { systemClock } from '../../controller/port/system-clock.ts';
import { findRun, openRun } from '../../controller/record/open-run.ts';
import { ReplayControl } from '../../controller/record/replay-control.ts';
import { RunShelf } from '../../controller/record/run-shelf.ts';
import { type ReplayAsk, ReplayMessage } from '../../controller/wire/replay.ts';
import { Hub } from '../../controller/server/hub.ts';
import { startWebServer } from '../../controller/server/web-server.ts';
import { buildPage } from './build-page.ts';
import { recordStage } from './stage-record.ts';
import { ROOT } from '../house/source-files.ts';

/** Wall time on the stage. */
const TODAY = new Date('2026-01-01T12:00:00Z');
/** The clock is stopped while the page is still empty, far enough on that it has not been passed by then. */
const STOPS_AFTER_MS = 60_000;
/** On the clock of the page: a chart that is drawn already looks for new rows every 500 ms, and after a second data are old. */
const SETTLE_MS = 640;

export interface Scene {
  /** `live`, or with what the view's link says: `channels?window=5`. */
  readonly view: string;
  readonly theme?: 'light' | 'dark';
  readonly language?: 'en' | 'zh-Hant';
  readonly width?: number;
  readonly height?: number;
  /** As a page that was just opened: what charts remember of other scenes (their calm ranges) is gone. */
  readonly fresh?: boolean;
}

export interface Stage {
  readonly page: Page;
  /** What the page complained of, in order. */
  readonly complaints: readonly string[];
  /** Shows a scene and lets it come to rest. */
  show(scene: Scene): Promise<Page>;
  close(): Promise<void>;
}

/** `at_s`: place in the record where the replay stands; the end unless given. */
export async function openStage(browser: Browser, at_s?: number): Promise<Stage> {
  buildPage();
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-stage-'));
  const lasts_s = await recordStage(folder);
  const house = await replayed(folder);
  const page = await browser.newPage({ reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  const heard = replayMessages(page);
  const answered = requestsOf(page);
  await page.clock.install({ time: TODAY });
  await page.clock.pauseAt(TODAY.getTime() + STOPS_AFTER_MS);
  await page.goto(`${house.address}#/live?lang=en`);
  let { jump } = await heard(() => true);
  return {
    page,
    complaints,
    async show(scene) {
      if (scene.fresh === true) {
        const opened = heard(() => true);
        await page.goto('about:blank');
        await page.goto(`${house.address}#/live?lang=en`);
        ({ jump } = await opened);
      }
      await dress(page, scene);
      // What is shown is as old as this jump, whatever was shown before.
      const told = heard((now) => now.isPaused && now.jump > jump);
      house.seek(at_s ?? lasts_s - 0.2);
      ({ jump } = await told);
      await heard(() => true);
      await answered();
      await page.clock.runFor(SETTLE_MS);
      await page.evaluate(() => document.fonts.ready);
      return page;
    },
    async close() {
      await page.close();
      await house.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Resolves when everything that the page has asked for is there: what a view fetches is part of the scene. */
function requestsOf(page: Page): () => Promise<void> {
  let open = 0;
  page.on('request', () => open++);
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', () => open--);
  return async () => {
    while (open > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  };
}

/** Resolves with the next message of the replay that is `wanted`, as the socket of the page hears it. */
function replayMessages(page: Page): (wanted: (message: ReplayMessage) => boolean) => Promise<ReplayMessage> {
  const waiting = new Set<(message: ReplayMessage) => void>();
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      if (typeof payload !== 'string' || !payload.includes('"type":"replay"')) return;
      const message = ReplayMessage.parse(JSON.parse(payload));
      for (const hear of waiting) hear(message);
    }),
  );
  return (wanted) =>
    new Promise((resolve) => {
      const hear = (message: ReplayMessage): void => {
        if (!wanted(message)) return;
        waiting.delete(hear);
        resolve(message);
      };
      waiting.add(hear);
    });
}

async function replayed(folder: string) {
  const found = await findRun(folder, 'last');
  const run = typeof found === 'string' ? found : await openRun(folder, found.id);
  if (typeof run === 'string') throw new Error(run);
  const hub = new Hub();
  const troubles: string[] = [];
  const control = await ReplayControl.create(run, systemClock, 1, {
    jumping: () => hub.forget(),
    failed: (why) => troubles.push(why),
  });
  if (typeof control === 'string') throw new Error(control);
  hub.attach(control);
  const web = await startWebServer({
    hub,
    pageFolder: join(ROOT, 'dist', 'ui'),
    port: 0,
    tokenRequired: false,
    audit: () => {},
    // No runs: names of runs differ from run to run.
    runs: { shelf: new RunShelf(join(folder, 'none')), reportFolder: join(folder, 'report') },
  });
  control.start();
  ask(control, { type: 'replay', id: 0, action: 'pause' });
  return {
    address: `http://127.0.0.1:${web.port}/`,
    seek: (at_s: number): void => ask(control, { type: 'replay', id: 0, action: 'seek', at_s }),
    async close() {
      await web.close();
      await run.close();
    },
  };
}

const ask = (control: ReplayControl, message: ReplayAsk): void =>
  control.send({ kind: 'message', client: 0, message });

async function dress(page: Page, scene: Scene): Promise<void> {
  const { view, theme = 'light', language = 'en', width = 1440, height = 1000 } = scene;
  const [name, query = ''] = view.split('?', 2);
  const link = new URLSearchParams(query);
  link.set('lang', language);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((hash) => (location.hash = hash), `#/${name}?${link}`);
}
