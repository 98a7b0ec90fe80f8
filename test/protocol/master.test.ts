/** The master's behaviour, one property of the state machine at a time, on a virtual clock. */
import { beforeEach, describe, expect, test } from 'vitest';
import { encodeReply } from '../../controller/protocol/pdu-reply.ts';
import { decodeRequest } from '../../controller/protocol/pdu-request.ts';
import type { Request } from '../../controller/protocol/pdu.ts';
import { COMMAND_BLOCK, RECIPE, STATUS } from '../../controller/protocol/register-map.ts';
import { wrapFrame } from '../../controller/protocol/rtu-framing.ts';
import { RtuMaster } from '../../controller/protocol/rtu-master.ts';
import { PRIORITY, type TransactResult } from '../../controller/protocol/transaction.ts';
import { MemoryPort } from './faulty-line.ts';
import { VirtualClock } from './virtual-clock.ts';

const TIMEOUT_MS = 50;
const GUARD_MS = 40;

let clock: VirtualClock;
let port: MemoryPort;
let master: RtuMaster;
/** What the device was asked, in order, with the time. */
let asked: { request: Request; atMs: number }[];
/** How the device answers; null is silence. */
let device: (request: Request) => Uint8Array | null;

/** Words that count up from the address. */
const honest = (request: Request): Uint8Array => {
  const from = request.fc === 23 ? request.readAddress : 'address' in request ? request.address : 0;
  const count = request.fc === 23 ? request.readCount : 'count' in request ? request.count : 0;
  const words = count > 0 ? Uint16Array.from({ length: count }, (_, i) => from + i) : undefined;
  return wrapFrame(1, encodeReply(request, words));
};

const wordsOf = (result: TransactResult): number[] =>
  result.ok && 'words' in result.value ? [...result.value.words] : [];
const read = (address: number, count = 2): Request => ({ fc: 4, address, count });
/** Requests that are not probes. */
const work = (): Request[] => asked.map(({ request }) => request).filter(({ fc }) => fc !== 8);

beforeEach(() => {
  clock = new VirtualClock();
  asked = [];
  device = honest;
  port = new MemoryPort('/dev/test', (frame) => {
    const request = decodeRequest(frame.slice(1, -2));
    if (typeof request === 'number') throw new Error('the master sent an impossible request');
    asked.push({ request, atMs: clock.nowMs() });
    const reply = device(request);
    if (reply !== null) clock.after(1, () => port.deliver(reply));
  });
  master = new RtuMaster(port, clock, {
    timeoutMs: TIMEOUT_MS,
    lateReplyGuardMs: GUARD_MS,
    interFrameMs: 2,
    duplicateGuardMs: 5,
    maxQueued: 8,
  });
});

/** Answers once in another way, then as before. */
function once(answer: (request: Request) => Uint8Array | null): void {
  const usual = device;
  device = (request) => {
    device = usual;
    return answer(request);
  };
}

test('the first request waits for silence and proof', async () => {
  const result = await clock.wait(master.transact(read(7)));
  expect(wordsOf(result)).toEqual([7, 8]);
  expect(asked[0].request.fc).toBe(8);
  expect(asked[0].atMs).toBeGreaterThanOrEqual(GUARD_MS);
  expect(master.statistics()).toMatchObject({ state: 'up', ok: 1, resyncs: 0, lastRoundTripMs: 1 });
});

describe('after a missing reply', () => {
  beforeEach(() => clock.advance(100));

  test('the next value waits for silence, then for the echo of a number', async () => {
    once(() => null);
    const lost = await clock.wait(master.transact(read(7)));
    expect(lost).toMatchObject({ ok: false, kind: 'timeout' });
    expect(!lost.ok && lost.sentence).toMatch(
      /read 2 input registers at 7: no reply from device 1 on \/dev\/test within 50 ms/,
    );
    const failedAtMs = clock.nowMs();
    expect(wordsOf(await clock.wait(master.transact(read(7))))).toEqual([7, 8]);
    const probe = asked.at(-2);
    expect(probe?.request.fc).toBe(8);
    expect(probe?.atMs).toBeGreaterThanOrEqual(failedAtMs + GUARD_MS);
    expect(master.statistics()).toMatchObject({ timeouts: 1, resyncs: 1, state: 'up' });
  });

  test('a late reply is never believed and restarts the silence', async () => {
    once((request) => {
      clock.after(TIMEOUT_MS + 30, () => port.deliver(honest(request)));
      return null;
    });
    await clock.wait(master.transact(read(100)));
    const next = await clock.wait(master.transact(read(200)));
    expect(wordsOf(next)).toEqual([200, 201]);
    const probe = asked.at(-2);
    const sent = asked.find(({ request }) => request.fc === 4);
    expect(probe?.atMs).toBeGreaterThanOrEqual((sent?.atMs ?? 0) + TIMEOUT_MS + 30 + GUARD_MS);
    expect(master.statistics().discardedBytes).toBe(9);
  });

  test('an echo of another number proves nothing', async () => {
    once(() => null);
    await clock.wait(master.transact(read(7)));
    once((request) => wrapFrame(1, encodeReply({ fc: 8, data: request.fc === 8 ? request.data ^ 1 : 0 })));
    const probesBefore = asked.filter(({ request }) => request.fc === 8).length;
    await clock.wait(master.transact(read(7)));
    expect(asked.filter(({ request }) => request.fc === 8).length - probesBefore).toBe(2);
  });

  test('a STOP goes out at once, unheard, and again when the line is in step', async () => {
    once(() => null);
    await clock.wait(master.transact(read(7)));
    const at = clock.nowMs();
    const stop: Request = { fc: 16, address: 110, words: [4] };
    const result = await clock.wait(master.transact(stop, { priority: PRIORITY.command, urgent: true }));
    expect(result.ok).toBe(true);
    const sent = asked.filter(({ request }) => request.fc === 16);
    expect(sent.length).toBe(2);
    expect(sent[0].atMs - at).toBeLessThanOrEqual(2);
    expect(asked.findLastIndex(({ request }) => request.fc === 8)).toBe(asked.length - 2);
  });
});

describe('replies that are not believed', () => {
  beforeEach(() => clock.advance(100));

  test.each<[string, (request: Request) => Uint8Array]>([
    ['another slave', (request) => wrapFrame(2, honest(request).slice(1, -2))],
    ['another function', () => honest({ fc: 3, address: 7, count: 2 })],
    ['a shorter block', () => honest(read(7, 1))],
    ['a longer block', () => honest(read(7, 3))],
    ['a flipped bit', (request) => honest(request).map((byte, i) => (i === 4 ? byte ^ 8 : byte))],
    ['a torn frame', (request) => honest(request).slice(0, -1)],
    ['an exception of another function', () => wrapFrame(1, Uint8Array.of(0x83, 2))],
  ])('%s', async (_name, answer) => {
    once(answer);
    const result = await clock.wait(master.transact(read(7)));
    expect(result).toMatchObject({ ok: false, kind: 'crc' });
    expect(master.statistics()).toMatchObject({ garbled: 1, timeouts: 0 });
    expect(wordsOf(await clock.wait(master.transact(read(9))))).toEqual([9, 10]);
  });

  test('an acknowledgement of another write', async () => {
    once(() => honest({ fc: 16, address: 121, words: [1] }));
    const result = await clock.wait(master.writeRegisters(120, [1]));
    expect(result).toMatchObject({ ok: false, kind: 'crc' });
  });

  test('the right reply behind noise is believed', async () => {
    once((request) => Uint8Array.from([1, 4, 9, 1, 1, 0x84, 255, ...honest(request)]));
    expect(wordsOf(await clock.wait(master.transact(read(7))))).toEqual([7, 8]);
  });

  test('an exception is an answer: the line stays in step', async () => {
    once(() => wrapFrame(1, Uint8Array.of(0x84, 2)));
    const result = await clock.wait(master.transact(read(7)));
    expect(result).toMatchObject({ ok: false, kind: 'exception', exception: 2 });
    expect(!result.ok && result.sentence).toMatch(/no such register \(exception 2\)/);
    expect(master.statistics()).toMatchObject({ state: 'up', exceptions: 1, resyncs: 0 });
  });
});

test('bytes that nobody asked for put the line out of step', async () => {
  await clock.advance(100);
  await clock.wait(master.transact(read(7)));
  await clock.advance(20);
  port.deliver(Uint8Array.of(0));
  expect(master.statistics().state).toBe('syncing');
  expect(wordsOf(await clock.wait(master.transact(read(9))))).toEqual([9, 10]);
  expect(asked.at(-2)?.request.fc).toBe(8);
});

test('one request is in flight at a time; commands first, bulk last, equals in order', async () => {
  await clock.advance(100);
  const bulk = { priority: PRIORITY.bulk };
  const pending = [
    master.transact(read(1)),
    master.transact(read(30), bulk),
    master.transact(read(20)),
    master.transact(read(21)),
    master.writeBlock(COMMAND_BLOCK, { command: 4 }, { priority: PRIORITY.command }),
  ];
  const results = await clock.wait(Promise.all(pending));
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(work().map((request) => ('address' in request ? request.address : 0))).toEqual([110, 1, 20, 21, 30]);
});

test('a queued request can be replaced or dropped, one in flight cannot', async () => {
  await clock.advance(100);
  const first = master.transact(read(1), { key: 'a' });
  await clock.advance(0.5);
  const second = master.transact(read(2), { key: 'a' });
  const third = master.transact(read(3), { key: 'a' });
  const other = master.transact(read(4), { key: 'b' });
  expect(master.drop('b')).toBe(1);
  expect(await clock.wait(second)).toMatchObject({ ok: false, kind: 'dropped' });
  expect(await clock.wait(other)).toMatchObject({ ok: false, kind: 'dropped' });
  expect(wordsOf(await clock.wait(first))).toEqual([1, 2]);
  expect(wordsOf(await clock.wait(third))).toEqual([3, 4]);
});

test('the queue is bounded and says so', async () => {
  const results = Array.from({ length: 9 }, (_, i) => master.transact(read(i)));
  const last = await clock.wait(results[8]);
  expect(last).toMatchObject({ ok: false, kind: 'refused' });
  expect(!last.ok && last.sentence).toMatch(/8 requests already wait/);
});

test('an impossible request is refused with a sentence, nothing is sent', async () => {
  await clock.advance(100);
  const result = await clock.wait(master.transact(read(0, 126)));
  expect(result).toMatchObject({ ok: false, kind: 'refused' });
  expect(work()).toEqual([]);
});

test('when the line ends everything pending ends "closed"', async () => {
  await clock.advance(100);
  device = () => null;
  const pending = [master.transact(read(1)), master.transact(read(2))];
  await clock.advance(1);
  port.end('unplugged.');
  for (const result of await clock.wait(Promise.all(pending)))
    expect(result).toMatchObject({ ok: false, kind: 'closed', sentence: '/dev/test is closed: unplugged.' });
  expect(await clock.wait(master.transact(read(3)))).toMatchObject({ kind: 'closed' });
  expect(master.statistics().state).toBe('down');
  expect(clock.pending).toBe(0);
});

describe('under a flood of garbage that never pauses', () => {
  const garbage = Uint8Array.from({ length: 65_536 }, (_, i) => (i * 7 + (i >> 8)) & 0xff);
  let flooding: boolean;

  function flood(): void {
    if (!flooding) return;
    port.deliver(garbage);
    clock.after(0.5, flood);
  }

  beforeEach(async () => {
    await clock.advance(100);
    flooding = true;
    device = () => null;
  });

  test('a timeout keeps its time', async () => {
    const pending = master.transact(read(1));
    await clock.advance(0.1);
    flood();
    const startMs = clock.nowMs();
    expect(await clock.wait(pending)).toMatchObject({ ok: false, kind: 'crc' });
    expect(clock.nowMs() - startMs).toBeLessThanOrEqual(TIMEOUT_MS + 1);
  });

  test('a waiting request expires, a STOP still goes out', async () => {
    flood();
    const bulk = master.transact(read(1), { waitMs: 300 });
    const stop = master.writeBlock(COMMAND_BLOCK, { command: 4 }, { urgent: true, waitMs: 300 });
    const startMs = clock.nowMs();
    expect(await clock.wait(bulk)).toMatchObject({ ok: false, kind: 'expired' });
    expect(await clock.wait(stop)).toMatchObject({ ok: false, kind: 'expired' });
    const sent = asked.find(({ request }) => request.fc === 16);
    expect((sent?.atMs ?? Number.NaN) - startMs).toBeLessThanOrEqual(5);
    expect(asked.filter(({ request }) => request.fc === 4)).toEqual([]);
  });

  test('the line comes back when the flood ends, and nothing was kept', async () => {
    flood();
    await clock.advance(500);
    flooding = false;
    device = honest;
    expect(wordsOf(await clock.wait(master.transact(read(5))))).toEqual([5, 6]);
    expect(master.statistics().discardedBytes).toBeGreaterThanOrEqual(900 * garbage.length);
    expect(clock.pending).toBeLessThan(4);
  });
});

test('a device that refuses the probe is told apart from a silent one', async () => {
  device = (request) => wrapFrame(1, Uint8Array.of(request.fc | 0x80, 1));
  const result = await clock.wait(master.transact(read(1), { waitMs: 200 }));
  expect(result).toMatchObject({ ok: false, kind: 'exception', exception: 1 });
  expect(!result.ok && result.sentence).toMatch(
    /refuses the sync probe \(exception 1\); set the probe to reads/,
  );
});

test('a program and a line that never rest cannot keep a STOP from going out', async () => {
  const sluggish = {
    nowMs: () => clock.nowMs(),
    after: (ms: number, act: () => void) => clock.after(Math.max(1, ms), act),
  };
  const sent: number[] = [];
  const busy = new MemoryPort('/dev/busy', (frame) => sent.push(frame[1]));
  const own = new RtuMaster(busy, sluggish, { lateReplyGuardMs: GUARD_MS, maxQueued: 8 });
  const pester = (): void => {
    busy.deliver(Uint8Array.of(0x55));
    void own.transact(read(1), { key: 'tick' });
    clock.after(0.4, pester);
  };
  pester();
  void own.writeBlock(COMMAND_BLOCK, { command: 4 }, { urgent: true });
  await clock.advance(20);
  expect(sent).toEqual([16]);
});

describe('blocks', () => {
  beforeEach(() => clock.advance(100));

  test('a holding block is written and read by name', async () => {
    const recipe = {
      frequency_Hz: 3.5,
      strain_percent: 4,
      blow_flow_kg_per_s: 0.25,
      blow_duty: 0.375,
      recipe_apply: 1,
    };
    await clock.wait(master.writeBlock(RECIPE, recipe));
    const written = work()[0];
    const words = 'words' in written ? Uint16Array.from(written.words) : new Uint16Array();
    once((request) => wrapFrame(1, encodeReply(request, words)));
    expect(await clock.wait(master.readBlock(RECIPE))).toMatchObject({ ok: true, value: recipe });
  });

  test('the status is read from its mirror in the holding table when a heartbeat goes with it', async () => {
    const result = await clock.wait(master.readWrite(STATUS, 100, [77]));
    expect(result).toMatchObject({ ok: true, value: { drive_state: 10_102 } });
    expect(work()[0]).toMatchObject({
      fc: 23,
      readAddress: 10_100,
      readCount: STATUS.length,
      writeAddress: 100,
    });
  });
});
