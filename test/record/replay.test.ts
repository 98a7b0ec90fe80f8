/** A record is decided again, and shown again: the same, at any pace, from any place. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Decision } from '../../controller/control/decide/decision.ts';
import { type OpenRun, openRun } from '../../controller/record/open-run.ts';
import { Player } from '../../controller/record/player.ts';
import { rehearseRun } from '../../controller/record/rehearse-run.ts';
import { ReplayControl } from '../../controller/record/replay-control.ts';
import { listRunIds } from '../../controller/record/run-folder.ts';
import { Hub } from '../../controller/server/hub.ts';
import { decodeFrame, type Frame } from '../../controller/wire/frame.ts';
import type { ServerMessage } from '../../controller/wire/messages.ts';
import { running } from '../control/bench.ts';
import { inHouse } from '../control/control-process.ts';
import { RIG_TEXT } from '../control/observation.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';
import { FakeControl } from '../server/fake-control.ts';
import { STREAMED, streamedRun } from './streamed-run.ts';
import { startHouse } from '../server/house.ts';
import { newFolder } from './folders.ts';
import { MadeUpRun, valueOf } from './made-up-run.ts';

async function aJournal(): Promise<Decision[]> {
  const bench = await running();
  await bench.clock.advance(1500);
  bench.rig.stuck['stress_MPa'] = 2000;
  await bench.until('ABORTED', 3000);
  return bench.journal;
}

/** Recorded in pieces; `turnOver`: a second START in the middle, so in two records. */
async function recorded(
  journal: readonly Decision[],
  turnOver: boolean,
  rigText = RIG_TEXT,
): Promise<string> {
  const folder = newFolder();
  const made = new MadeUpRun(folder, rigText);
  const middle = journal.length >> 1;
  made.state('EXECUTE');
  made.recorder.journal(journal.slice(0, middle));
  made.nowMs += 5000;
  if (turnOver) made.state('STARTING');
  made.recorder.journal(journal.slice(middle));
  await made.recorder.end('over');
  return folder;
}

describe('decisions made again', () => {
  it('are identical, in one record and over two', async () => {
    const journal = await aJournal();
    for (const turnOver of [false, true]) {
      const folder = await recorded(journal, turnOver);
      const ids = await listRunIds(folder);
      expect(ids).toHaveLength(turnOver ? 2 : 1);
      const rehearsed = await rehearseRun(folder, ids.at(-1) ?? '');
      expect(rehearsed).toEqual({ runs: ids, decisions: journal.length, divergence: null });
    }
  });

  it('name the first one that differs: when, what was recorded, what is decided', async () => {
    const journal = await aJournal();
    const at = journal.findIndex(({ outputs }) => outputs.some(({ kind }) => kind === 'fault'));
    const tampered = journal.map((decision, i) => (i === at ? { ...decision, outputs: [] } : decision));
    const folder = await recorded(tampered, false);
    const rehearsed = await rehearseRun(folder, (await listRunIds(folder))[0]);
    if (typeof rehearsed === 'string') throw new Error(rehearsed);
    expect(rehearsed.decisions).toBe(at + 1);
    expect(rehearsed.divergence).toMatchObject({ index: at, atMs: journal[at].input.atMs, recorded: [] });
    expect(rehearsed.divergence?.decided).toContainEqual(expect.objectContaining({ kind: 'fault' }));
  });

  it('differ under another rig file', async () => {
    const journal = await aJournal();
    const folder = await recorded(journal, false, RIG_TEXT.replace(/stress_MPa: \d+/, 'stress_MPa: 1400'));
    const rehearsed = await rehearseRun(folder, (await listRunIds(folder))[0]);
    expect(typeof rehearsed === 'string' ? rehearsed : rehearsed.divergence?.recorded).toContainEqual(
      expect.objectContaining({ kind: 'fault' }),
    );
  });

  it('cannot be made where the journal has no beginning or nothing in it', async () => {
    const journal = await aJournal();
    const headless = await recorded(journal.slice(1), false);
    expect(await rehearseRun(headless, (await listRunIds(headless))[0])).toMatch(/does not begin/);
    const nothing = await recorded([], false);
    expect(await rehearseRun(nothing, (await listRunIds(nothing))[0])).toMatch(/no decisions/);
  });
});

describe('elastocool replay --headless', () => {
  const replay = (folder: string, run: string) => {
    const args = ['replay', run, '--headless', '--runs', folder];
    return spawnSync(process.execPath, [inHouse('controller/command/elastocool.mjs'), ...args], {
      encoding: 'utf8',
    });
  };

  it('says "identical" of a record as it is, and ends with 0', async () => {
    const journal = await aJournal();
    const { stdout, status } = replay(await recorded(journal, true), 'last');
    expect(stdout).toMatch(new RegExp(`^identical: ${journal.length} decisions of 2 runs`));
    expect(status).toBe(0);
  });

  it('prints the first divergence, and ends with 1', async () => {
    const journal = await aJournal();
    const at = journal.findLastIndex(({ outputs }) => outputs.length > 0);
    const { stdout, status } = replay(
      await recorded(journal.with(at, { ...journal[at], outputs: [] }), false),
      'last',
    );
    expect(stdout).toMatch(new RegExp(`^diverged at .*, after ${at} identical decisions:`));
    expect(stdout).toContain('recorded []');
    expect(status).toBe(1);
  });

  it('names a run that is not there in one sentence, and ends with 2', () => {
    const { stderr, status } = replay(newFolder(), 'nothing');
    expect(stderr).toMatch(/^error: There are no runs in/);
    expect(status).toBe(2);
  });
});

const TICKS = 500;

async function aRun(): Promise<OpenRun> {
  const folder = newFolder();
  const made = new MadeUpRun(folder);
  const hub = new Hub();
  hub.keep(made.recorder);
  // Which tells the tap what machine it is.
  hub.attach(new FakeControl());
  made.state('EXECUTE');
  made.ticks(0, TICKS - 1);
  hub.announce('alarm', 'It is over.');
  await made.recorder.end('over');
  const run = await openRun(folder, (await listRunIds(folder))[0]);
  if (typeof run === 'string') throw new Error(run);
  return run;
}

/** The disk is real, so time passes only while it has its turn. */
async function passUntil(clock: VirtualClock, holds: () => boolean): Promise<void> {
  while (!holds()) {
    await clock.advance(20);
    await new Promise((resolve) => void setImmediate(resolve));
  }
}

describe('a replay', () => {
  for (const speed of [0.5, 1, 10]) {
    it(`plays everything in its order and never ahead of its time, at ${speed} times the pace`, async () => {
      const run = await aRun();
      const clock = new VirtualClock();
      const startMs = clock.nowMs();
      const played: { atMs: number; clockMs: number }[] = [];
      const player = new Player(run, clock, speed, {
        play: ({ atMs }) => played.push({ atMs, clockMs: clock.nowMs() - startMs }),
        jumping: () => {},
        jumped: () => {},
      });
      let isOver = false;
      void player.seek(0).then(() => (isOver = true));
      await passUntil(clock, () => isOver);
      expect(played.map(({ atMs }) => atMs)).toEqual(
        played.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
      );
      // Round-off of a time in ms since 1970 in a double is 0.25 us.
      expect(played.filter(({ atMs, clockMs }) => atMs - run.fromMs > clockMs * speed + 0.001)).toEqual([]);
      expect(player.place()).toMatchObject({ isPaused: true, at_s: (run.toMs - run.fromMs) / 1000 });
      await run.close();
    });
  }

  it('stands while it is paused and goes on from there', async () => {
    const run = await aRun();
    const clock = new VirtualClock();
    const played: number[] = [];
    const player = new Player(run, clock, 1, {
      play: ({ atMs }) => played.push(atMs),
      jumping: () => {},
      jumped: () => {},
    });
    let isOver = false;
    void player.seek(0).then(() => (isOver = true));
    await passUntil(clock, () => player.place().at_s >= 2);
    player.pause();
    await passUntil(clock, () => played.length > 0);
    const { at_s } = player.place();
    await clock.advance(60_000);
    expect(player.place()).toMatchObject({ at_s, isPaused: true });
    expect(Math.max(...played)).toBeLessThanOrEqual(run.fromMs + 1000 * at_s);
    void player.play();
    player.setSpeed(100);
    await passUntil(clock, () => isOver);
    expect(new Set(played).size).toBeGreaterThan(TICKS);
    await run.close();
  });

  it('on the page is marked, refuses commands, and shows history after a jump', async () => {
    const run = await aRun();
    const clock = new VirtualClock();
    const told: string[] = [];
    const control = await ReplayControl.create(run, clock, 1, {
      jumping: () => house.hub.forget(),
      failed: (why) => told.push(why),
    });
    if (typeof control === 'string') throw new Error(control);
    const house = await startHouse({ link: control });
    const page = await house.connect();
    control.start();
    await page.until(() => page.of('replay').length > 0 && page.of('hello').length > 0);
    expect(page.of('replay')[0]).toMatchObject({ run: run.id, speed: 1 });
    page.ask({ type: 'command', id: 1, command: 'STOP' });
    await page.until(() => page.of('ack').length === 1);
    expect(page.of('ack')[0]).toMatchObject({ id: 1, ok: false, sentence: expect.stringMatching(/replay/) });
    page.askHistory();
    page.ask({ type: 'replay', id: 2, action: 'seek', at_s: 6 });
    await page.until(() => page.of('replay').some(({ jump }) => jump === 2));
    page.frames.length = 0;
    page.askHistory();
    await page.until(() => page.group('tick').length > 0);
    const [piece] = page.group('tick');
    // What was before the place, from the first row on.
    expect(piece.columns[1][0]).toBe(valueOf(0, 0, 1));
    expect(piece.rows).toBeGreaterThan(250);
    expect(told).toEqual([]);
    await run.close();
  });

  it('of a stream shows its channels, every row in its place, and what never came as missing', async () => {
    const folder = newFolder();
    const recordedRows: number[] = [];
    await streamedRun(folder, recordedRows);
    const run = await openRun(folder, (await listRunIds(folder))[0]);
    if (typeof run === 'string') throw new Error(run);
    const clock = new VirtualClock();
    const control = await ReplayControl.create(run, clock, 1, { jumping: () => {}, failed: () => {} });
    if (typeof control === 'string') throw new Error(control);
    const played: Frame[] = [];
    const said: ServerMessage[] = [];
    control.onMessage((message) => {
      if (message.kind === 'message') said.push(message.message);
      const frame = message.kind === 'frame' && message.group === 'stream' ? decodeFrame(message.bytes) : '';
      if (typeof frame !== 'string') played.push(frame);
    });
    control.send({ kind: 'welcome', client: 1, person: { role: 'viewer', session: 'x' } });
    expect(said.find(({ type }) => type === 'hello')).toMatchObject({
      channels: { stream: STREAMED },
    });
    control.start();
    await passUntil(clock, () => (played.at(-1)?.sequence ?? 0) >= 1960);
    const values = played.flatMap(({ columns: [a] }) => [...a]);
    expect(values).toEqual(recordedRows.slice(0, values.length));
    for (const { sequence, rows: count, startS, offsetS, columns } of played) {
      expect([...columns[0]]).toEqual(Array.from({ length: count }, (_, row) => sequence - count + 1 + row));
      expect(columns[1][0]).toBe(-columns[0][0]);
      expect(startS + offsetS[count - 1]).toBeCloseTo(sequence / 1000, 6);
    }
    await run.close();
  });

  it('says so where a record does not tell what machine it is of', async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    made.ticks(0, 10);
    await made.recorder.end('over');
    const run = await openRun(folder, (await listRunIds(folder))[0]);
    if (typeof run === 'string') throw new Error(run);
    const handlers = { jumping: () => {}, failed: () => {} };
    expect(await ReplayControl.create(run, new VirtualClock(), 1, handlers)).toMatch(
      /does not say what machine/,
    );
    await run.close();
  });
});
