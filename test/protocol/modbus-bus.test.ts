/** Several slaves on one line: none is believed for another, none starves another, a STOP reaches each. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { ModbusUnit } from '../../controller/protocol/modbus-bus.ts';
import type { Request } from '../../controller/protocol/pdu.ts';
import { PRIORITY } from '../../controller/protocol/transaction.ts';
import { honest, read, ScriptedBus, wordsOf } from './scripted-bus.ts';

const TIMEOUT_MS = 50;
const GUARD_MS = 40;
const PATIENCE_MS = 8;
const INTER_FRAME_MS = 2;
const UNIT = { timeoutMs: TIMEOUT_MS, lateReplyGuardMs: GUARD_MS };
const STOP: Request = { fc: 16, address: 110, words: Uint16Array.of(4) };
const URGENT = { priority: PRIORITY.command, urgent: true } as const;
const silent = (): null => null;

let line: ScriptedBus;
let a: ModbusUnit;
let b: ModbusUnit;

beforeEach(async () => {
  line = new ScriptedBus({ urgentPatienceMs: PATIENCE_MS, interFrameMs: INTER_FRAME_MS, maxQueued: 8 });
  a = line.bus.unit(1, UNIT);
  b = line.bus.unit(2, UNIT);
  await line.clock.advance(100);
});

test('each slave is asked for its own proof, once', async () => {
  expect(wordsOf(await line.clock.wait(a.transact(read(7))))).toEqual([1007, 1008]);
  expect(wordsOf(await line.clock.wait(b.transact(read(7))))).toEqual([2007, 2008]);
  expect([line.probes(1).length, line.probes(2).length]).toEqual([1, 1]);
  expect(line.bus.statistics()).toMatchObject({ state: 'open', discardedBytes: 0, queued: 0 });
});

test('the reply that one slave owes is never taken for that of another, nor does it cost the other its proof', async () => {
  line.scripts.set(1, () => TIMEOUT_MS + GUARD_MS + 20);
  expect(await line.clock.wait(a.transact(read(7)))).toMatchObject({ kind: 'timeout' });
  line.scripts.set(2, () => 30);
  // sent after the guard; the late reply of slave 1 arrives while slave 2 still thinks
  expect(wordsOf(await line.clock.wait(b.transact(read(7))))).toEqual([2007, 2008]);
  expect(b.statistics()).toMatchObject({ state: 'up', resyncs: 0, ok: 1 });
  expect(a.statistics()).toMatchObject({ resyncs: 1, ok: 0 });
});

test('after a time-out the whole line is silent, from any byte on, before anybody is asked', async () => {
  line.scripts.set(1, silent);
  await line.clock.wait(a.transact(read(7)));
  line.say(25, 1, honest(1, read(7)));
  const heardMs = line.clock.nowMs() + 25;
  await line.clock.wait(b.transact(read(7)));
  expect(line.work(2)[0].atMs).toBeGreaterThanOrEqual(heardMs + GUARD_MS);
});

describe('a dead slave', () => {
  beforeEach(async () => {
    line.scripts.set(1, silent);
    await line.clock.wait(a.transact(read(1)));
  });

  test('is probed after 1, 2, 4, 8, 16, 16 ... guards, on top of the time-out', async () => {
    const alone = new ScriptedBus();
    alone.scripts.set(5, silent);
    alone.bus.unit(5, UNIT);
    await alone.clock.advance(6000);
    const times = alone.probes(5).map(({ atMs }) => atMs);
    const guards = times.slice(1, 8).map((atMs, i) => (atMs - times[i] - TIMEOUT_MS) / GUARD_MS);
    expect(guards).toEqual([1, 2, 4, 8, 16, 16, 16]);
  });

  test('takes at most a tenth of the line from the others, once it is known to be absent', async () => {
    await line.clock.advance(1000);
    expect(a.statistics().state).toBe('absent');
    let isOver = false;
    let longestMs = 0;
    const poll = async (): Promise<void> => {
      while (!isOver) {
        const askedMs = line.clock.nowMs();
        const result = await b.transact(read(1));
        expect(result.ok).toBe(true);
        longestMs = Math.max(longestMs, line.clock.nowMs() - askedMs);
      }
    };
    const polling = poll();
    line.asked.length = 0;
    const fromMs = line.clock.nowMs();
    await line.clock.advance(20_000);
    isOver = true;
    await line.clock.wait(polling);
    const spentMs = line.clock.nowMs() - fromMs;
    expect(line.probes(1).length).toBeGreaterThan(10);
    expect((line.probes(1).length * TIMEOUT_MS) / spentMs).toBeLessThanOrEqual(0.1);
    // one probe at a time stands in the way, and the duplicate guard of the poll itself
    expect(longestMs).toBeLessThanOrEqual(TIMEOUT_MS + 10);
  });

  test('fails fast, with a sentence; nothing is sent; a STOP still is', async () => {
    await line.clock.advance(1000);
    const before = line.clock.nowMs();
    const result = await line.clock.wait(a.transact(read(1)));
    expect(line.clock.nowMs()).toBe(before);
    expect(result).toMatchObject({ ok: false, kind: 'absent' });
    expect(!result.ok && result.sentence).toMatch(
      /device 1 on \/dev\/bus left \d+ requests in a row unanswered, the first \d+ ms ago; check power/,
    );
    const stopping = a.transact(STOP, { ...URGENT, waitMs: 200 });
    await line.clock.advance(TIMEOUT_MS + PATIENCE_MS + INTER_FRAME_MS);
    expect(line.work(1).at(-1)?.request).toEqual(STOP);
    expect(await line.clock.wait(stopping)).toMatchObject({ kind: 'expired' });
  });

  test('is believed again as soon as a probe is answered', async () => {
    await line.clock.advance(3000);
    line.scripts.delete(1);
    await line.clock.advance(16 * GUARD_MS + TIMEOUT_MS);
    expect(wordsOf(await line.clock.wait(a.transact(read(1))))).toEqual([1001, 1002]);
  });
});

test('a slave that is only slow is not called absent', async () => {
  line.scripts.set(1, () => TIMEOUT_MS + 10);
  const result = await line.clock.wait(a.transact(read(1), { waitMs: 2000 }));
  expect(result).toMatchObject({ kind: 'timeout' });
  await line.clock.advance(2000);
  expect(a.statistics().state).toBe('syncing');
});

describe('a STOP', () => {
  test('goes before everything that waits for any slave', async () => {
    const pending = [1, 2, 3].flatMap((at) => [a.transact(read(at)), b.transact(read(at))]);
    pending.push(b.transact(STOP, URGENT));
    await line.clock.wait(Promise.all(pending));
    expect(line.asked.filter(({ request }) => request.fc !== 8)[0].request).toEqual(STOP);
  });

  test('does not wait for another slave that stays silent', async () => {
    line.scripts.set(1, silent);
    const lost = a.transact(read(1));
    await line.clock.advance(5);
    const stopMs = line.clock.nowMs();
    const stopped = b.transact(STOP, URGENT);
    await line.clock.advance(PATIENCE_MS + 1);
    const [first] = line.work(2);
    expect(first.request).toEqual(STOP);
    expect(first.atMs - stopMs).toBeLessThanOrEqual(PATIENCE_MS);
    expect(await line.clock.wait(lost)).toMatchObject({ ok: false });
    expect(await line.clock.wait(stopped)).toMatchObject({ ok: true });
    // once unheard, once more in step, and proof in between
    expect(line.work(2).length).toBe(2);
    expect(line.probes(2).length).toBe(2);
  });

  test('lets a reply that is on its way arrive first', async () => {
    line.scripts.set(1, () => PATIENCE_MS - 1);
    const answered = a.transact(read(1));
    await line.clock.advance(1);
    const stopped = b.transact(STOP, URGENT);
    expect(wordsOf(await line.clock.wait(answered))).toEqual([1001, 1002]);
    expect((await line.clock.wait(stopped)).ok).toBe(true);
    expect(line.work(2).length).toBe(1);
  });

  test('does not wait for the guard that another slave made necessary', async () => {
    line.scripts.set(1, silent);
    await line.clock.wait(a.transact(read(1)));
    const stopMs = line.clock.nowMs();
    expect((await line.clock.wait(b.transact(STOP, URGENT))).ok).toBe(true);
    expect(line.work(2)[0].atMs - stopMs).toBeLessThanOrEqual(INTER_FRAME_MS);
    expect(line.work(2).length).toBe(1);
  });

  test('is never acknowledged by the reply to an earlier command of the same shape', async () => {
    let commands = 0;
    // the first command is answered late; the STOP is lost
    line.scripts.set(1, ({ fc }) => (fc === 8 ? 1 : commands++ === 0 ? 20 : commands === 2 ? null : 1));
    const start = a.transact({ fc: 16, address: 110, words: [3] });
    await line.clock.advance(1);
    const stopped = a.transact(STOP, URGENT);
    expect(await line.clock.wait(start)).toMatchObject({ ok: false });
    expect((await line.clock.wait(stopped)).ok).toBe(true);
    expect(commands).toBe(3);
  });

  test('goes out although the line never falls silent', async () => {
    let isFlooding = true;
    const flood = (): void => {
      if (!isFlooding) return;
      line.port.deliver(Uint8Array.of(0x55, 0xaa));
      line.clock.after(0.5, flood);
    };
    flood();
    const stopMs = line.clock.nowMs();
    const stops = [a, b].map((unit) => unit.transact(STOP, { ...URGENT, waitMs: 300 }));
    await line.clock.advance(30);
    for (const unit of [1, 2])
      expect((line.work(unit)[0]?.atMs ?? Number.NaN) - stopMs).toBeLessThanOrEqual(
        PATIENCE_MS + INTER_FRAME_MS,
      );
    isFlooding = false;
    await line.clock.wait(Promise.all(stops));
  });
});

test('two slaves that ask without end get the line in turns, commands before both', async () => {
  const load = (unit: ModbusUnit) =>
    [1, 2, 3, 4, 5, 6].map((at) => unit.transact({ fc: 3, address: at, count: 1 }));
  const pending = [...load(a), ...load(b)];
  await line.clock.wait(Promise.all(pending));
  const order = line.asked.filter(({ request }) => request.fc === 3).map(({ unit }) => unit);
  for (let i = 1; i < order.length; i++) expect(order[i]).not.toBe(order[i - 1]);
});

describe('a broadcast', () => {
  const write: Request = { fc: 6, address: 5, value: 9 };

  test('goes to all, is not answered and is followed by silence', async () => {
    const result = await line.clock.wait(line.bus.broadcast(write));
    expect(result).toMatchObject({ ok: true, value: { fc: 6 } });
    const sentMs = line.work(0)[0].atMs;
    await line.clock.wait(a.transact(read(1)));
    expect(line.work(1)[0].atMs).toBeGreaterThanOrEqual(sentMs + 100);
  });

  test('that reads is refused', async () => {
    const result = await line.bus.broadcast(read(1));
    expect(result).toMatchObject({ ok: false, kind: 'refused' });
    expect(!result.ok && result.sentence).toMatch(/nobody answers a broadcast.*FC 5, 6, 15, 16/);
  });
});

test('a slave with small buffers: longer blocks are refused with its limit, not sent', async () => {
  const drive = line.bus.unit(3, { ...UNIT, maxRead: 10, maxWrite: 4 });
  await line.clock.advance(100);
  const tooLong: Request[] = [read(100, 11), { fc: 16, address: 1, words: [1, 2, 3, 4, 5] }];
  const sentences = await Promise.all(
    tooLong.map(async (request) => {
      const result = await drive.transact(request);
      return result.ok ? 'ok' : `${result.kind}: ${result.sentence}`;
    }),
  );
  expect(sentences[0]).toMatch(
    /refused: read 11 input registers at 100: device 3.*at most 10.*\(maxRead\).*split/,
  );
  expect(sentences[1]).toMatch(/refused: write 5 registers at 1: device 3.*at most 4.*\(maxWrite\)/);
  expect(line.work(3)).toEqual([]);
  expect((await line.clock.wait(drive.transact(read(100, 10)))).ok).toBe(true);
});

test('one address is one slave; an impossible one is a program error', () => {
  expect(line.bus.unit(1).statistics()).toEqual(a.statistics());
  for (const address of [0, 255, 1.5]) expect(() => line.bus.unit(address)).toThrow(/1 to 254/);
});

test('a full queue of one slave leaves room for the other', async () => {
  line.scripts.set(1, silent);
  const held = Array.from({ length: 10 }, (_, i) => a.transact(read(i)));
  expect(await line.clock.wait(held[9])).toMatchObject({ kind: 'refused' });
  expect((await line.clock.wait(b.transact(read(1)))).ok).toBe(true);
  await line.clock.wait(Promise.all(held));
});
