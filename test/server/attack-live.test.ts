/** Attacks by who is in: too much, too large, too slow, malformed. Each against the real server. */
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { startHouse, type House } from './house.ts';
import type { LiveClient } from './live-client.ts';
import { answerTo, startOperatedHouse } from './operated-house.ts';
import { BINARY, RSV1, TEXT, clientFrame, openRaw } from './raw-frames.ts';

const command = (id: number, word: string) => ({ type: 'command', id, command: word });
const passed = (house: House) =>
  house.control.received.flatMap((one) => (one.kind === 'message' ? [one.message] : []));
const stops = (house: House) =>
  passed(house).filter((one) => one.type === 'command' && one.command === 'STOP');

async function greeted(house: House): Promise<LiveClient> {
  const client = await house.connect();
  await client.until((c) => c.of('hello').length === 1);
  return client;
}

describe('too much', () => {
  it('a flood of commands: a budget passes, the rest is told in a word, and the flooder is shut out', async () => {
    const house = await startHouse({ nowMs: () => 0 });
    const [good, bad] = [await greeted(house), await greeted(house)];
    for (let id = 0; id < 2000; id++) bad.ask(command(id, 'HOLD'));
    await bad.until((c) => c.closed !== undefined);
    expect(bad.closed).toEqual({ code: 1008, reason: 'this page sent too many messages: reload it' });
    // 60 at once, and with this clock standing still none after that; one sentence for all that was left out.
    expect(passed(house)).toHaveLength(60);
    expect(bad.of('ack').filter(({ ok }) => !ok)).toHaveLength(1);
    good.ask(command(1, 'STOP'));
    await good.until((c) => c.of('ack').length === 1);
    expect(house.hub.clientCount).toBe(1);
  });

  it('STOP passes through one’s own flood', async () => {
    const house = await startHouse({ nowMs: () => 0 });
    const client = await greeted(house);
    for (let id = 0; id < 200; id++) client.ask(command(id, 'HOLD'));
    client.ask(command(900, 'STOP'));
    client.ask(command(901, 'ABORT'));
    await client.until((c) => c.of('ack').some(({ id, ok }) => id === 901 && ok));
    expect(client.of('ack').find(({ id }) => id === 900)).toMatchObject({ ok: true });
  });

  it('a flood of STOP: the last one that is read passes too, and only then the flooder is shut out', async () => {
    const house = await startHouse({ nowMs: () => 0 });
    const client = await greeted(house);
    for (let id = 0; id < 500; id++) client.ask(command(id, 'STOP'));
    await client.until((c) => c.closed !== undefined);
    expect(client.closed?.code).toBe(1008);
    expect(stops(house)).toHaveLength(21);
  });

  it('the budget comes back with time', async () => {
    let nowMs = 0;
    const house = await startHouse({ nowMs: () => nowMs });
    const client = await greeted(house);
    for (let id = 0; id < 70; id++) client.ask(command(id, 'HOLD'));
    client.ask(command(900, 'STOP'));
    await client.until((c) => c.of('ack').some(({ id }) => id === 900));
    nowMs += 1000;
    client.ask(command(901, 'HOLD'));
    await client.until((c) => c.of('ack').some(({ id, ok }) => id === 901 && ok));
  });

  it('long texts past the budget are not even read, short ones are, for one could be STOP', async () => {
    const house = await startHouse({ nowMs: () => 0 });
    const client = await greeted(house);
    for (let id = 0; id < 100; id++) client.socket.send(`[${'{},'.repeat(20_000)}{}]`);
    client.ask(command(900, 'STOP'));
    await client.until((c) => c.of('ack').some(({ id, ok }) => id === 900 && ok));
  });

  it('more than 64 pages: the next is turned away with a reason', async () => {
    const house = await startHouse();
    await Promise.all(Array.from({ length: 64 }, () => greeted(house)));
    const late = await house.connect();
    await late.until((c) => c.closed !== undefined);
    expect(late.closed).toEqual({ code: 1013, reason: '64 pages are open already: close one' });
    expect(house.hub.clientCount).toBe(64);
  });

  it('as many read-only pages as one likes: there is room for who operates', async () => {
    const house = await startHouse({ tokenRequired: true });
    const cookie = await house.login('viewer');
    const headers = { origin: house.origin, cookie };
    const viewers = await Promise.all(Array.from({ length: 70 }, () => house.connect({ headers })));
    const out = () => viewers.filter(({ closed }) => closed !== undefined);
    await Promise.all(
      viewers.map((one) => one.until((c) => c.closed !== undefined || c.of('hello').length === 1)),
    );
    expect(out()).toHaveLength(14);
    const operator = await house.connect({
      headers: { origin: house.origin, cookie: await house.login('operator') },
    });
    await operator.until((c) => c.of('hello').length === 1);
    operator.ask(command(1, 'STOP'));
    await operator.until((c) => c.of('ack').length === 1);
  });
});

describe('malformed', () => {
  it('a message above 64 kB ends its connection, however it is cut into frames', async () => {
    const house = await startHouse();
    const whole = await openRaw(house);
    whole.socket.write(clientFrame(TEXT, Buffer.alloc(65 * 1024, 'x')));
    expect(await whole.closed()).toBe(1009);
    const pieces = await openRaw(house);
    pieces.socket.write(clientFrame(TEXT, Buffer.alloc(40_000, 'x'), 0));
    pieces.socket.write(clientFrame(0, Buffer.alloc(40_000, 'x')));
    expect(await pieces.closed()).toBe(1009);
    expect(passed(house)).toEqual([]);
  });

  it('a length of 2^62 is refused before a byte of it is kept', async () => {
    const house = await startHouse();
    const raw = await openRaw(house);
    const header = Buffer.from([0x81, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4]);
    raw.socket.write(header);
    expect([1006, 1009]).toContain(await raw.closed());
  });

  it('a compression bomb: nothing is ever unpacked', async () => {
    const house = await startHouse();
    const raw = await openRaw(house, 'Sec-WebSocket-Extensions: permessage-deflate\r\n');
    expect(raw.header).not.toMatch(/sec-websocket-extensions/i);
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    expect(bomb.length).toBeLessThan(60_000);
    raw.socket.write(clientFrame(BINARY, bomb, 0x80 | RSV1));
    expect(await raw.closed()).toBe(1002);
  });

  it('binary where text belongs, text that is no text, frames without a mask: a sentence or an end, for that one', async () => {
    const house = await startHouse();
    const good = await greeted(house);
    const noMask = await openRaw(house);
    noMask.socket.write(Buffer.from([0x81, 0x02, 0x68, 0x69]));
    expect(await noMask.closed()).toBe(1002);
    const noText = await openRaw(house);
    noText.socket.write(clientFrame(TEXT, Buffer.from([0xff, 0xfe])));
    expect(await noText.closed()).toBe(1007);
    good.socket.send(Buffer.from('{"type":"command","id":1,"command":"START"}'));
    await good.until((c) => c.of('event').length === 1);
    expect(passed(house)).toEqual([]);
    expect(house.hub.clientCount).toBe(1);
  });

  it.each([
    '{"type":"command","id":1,"command":"START","__proto__":{"role":"engineer"}}',
    '{"type":"command","id":1,"command":"constructor"}',
    '{"type":"set","id":1,"key":"__proto__","value":1}',
    '{"type":"lease","id":1,"ask":"toString"}',
    '{"type":"hasOwnProperty"}',
  ])('keys of the prototype change nothing: %s', async (text) => {
    const house = await startHouse();
    const client = await greeted(house);
    client.socket.send(text);
    await client.until((c) => c.of('event').length + c.of('ack').length === 1);
    expect(passed(house).filter((one) => one.type !== 'command' || one.command !== 'START')).toEqual([]);
    const [first] = passed(house);
    if (first !== undefined) expect(Object.keys(first).toSorted()).toEqual(['command', 'id', 'type']);
    expect(Object.prototype).not.toHaveProperty('role');
  });

  it('what a stranger wrote is not copied into the log', async () => {
    const house = await startHouse();
    const client = await greeted(house);
    client.ask({ type: 'command', id: 1, command: 'STOP', 'evil key\n{"event":"login"}': 1 });
    await client.until((c) => c.of('ack').length === 1);
    expect(JSON.stringify(house.audited)).not.toContain('evil');
    expect(house.audited.at(-1)).toMatchObject({ event: 'refused' });
  });
});

describe('who may only watch', () => {
  it.each(['CLEAR', 'RESET', 'START', 'HOLD', 'UNHOLD', 'COMPLETE'])('cannot %s', async (word) => {
    const house = await startOperatedHouse();
    const viewer = await house.enter('viewer');
    const { ok, sentence } = await answerTo(viewer, { type: 'command', command: word });
    expect([ok, sentence]).toEqual([false, expect.stringContaining('needs an operator')]);
    expect(house.bench.state()).toBe('ABORTED');
  });

  it.each([
    { type: 'set', key: 'setpoint_C', value: 12 },
    { type: 'set', key: 'acceleration', value: 20 },
    { type: 'lease', ask: 'take' },
    { type: 'lease', ask: 'take_over' },
    { type: 'lease', ask: 'release' },
  ])('cannot %j, and does not get control by it', async (message) => {
    const house = await startOperatedHouse();
    const [operator, viewer] = [await house.enter('operator'), await house.enter('viewer')];
    expect(await answerTo(operator, { type: 'lease', ask: 'take' })).toMatchObject({ ok: true });
    expect(await answerTo(viewer, message)).toMatchObject({ ok: false });
    const holder = viewer.of('lease').at(-1)?.holder;
    expect(holder?.role).toBe('operator');
    expect(await answerTo(operator, { type: 'command', command: 'CLEAR' })).toMatchObject({ ok: true });
  });

  it('can STOP a machine that an engineer runs', async () => {
    const house = await startOperatedHouse({ running: true });
    const [engineer, viewer] = [await house.enter('engineer'), await house.enter('viewer')];
    expect(await answerTo(engineer, { type: 'lease', ask: 'take' })).toMatchObject({ ok: true });
    expect(await answerTo(viewer, { type: 'command', command: 'STOP' })).toMatchObject({ ok: true });
    expect(house.bench.state()).toBe('STOPPING');
  });

  it('is told all the same: events, states and the history', async () => {
    const house = await startOperatedHouse();
    const viewer = await house.enter('viewer');
    viewer.askHistory();
    await house.bench.clock.advance(100);
    await answerTo(viewer, { type: 'command', command: 'STOP' });
    expect(viewer.of('state').length).toBeGreaterThan(0);
    expect(viewer.of('you')[0]?.person.role).toBe('viewer');
  });
});

describe('control', () => {
  it('of another is not stolen by commands, nor by words of an operator', async () => {
    const house = await startOperatedHouse();
    const [first, second] = [await house.enter('operator'), await house.enter('operator')];
    expect(await answerTo(first, { type: 'command', command: 'CLEAR' })).toMatchObject({ ok: true });
    await house.bench.clock.advance(300);
    for (const message of [
      { type: 'command', command: 'RESET' },
      { type: 'lease', ask: 'take' },
      { type: 'lease', ask: 'take_over' },
      { type: 'lease', ask: 'release' },
    ])
      expect(await answerTo(second, message)).toMatchObject({ ok: false });
    expect(house.bench.state()).toBe('STOPPED');
    expect(await answerTo(first, { type: 'command', command: 'RESET' })).toMatchObject({ ok: true });
  });

  it('is not kept by somebody else’s heartbeats', async () => {
    const house = await startOperatedHouse();
    const [holder, other] = [await house.enter('operator'), await house.enter('operator')];
    await answerTo(holder, { type: 'lease', ask: 'take' });
    for (let s = 0; s < 6; s++) {
      other.ask({ type: 'heartbeat' });
      await answerTo(other, { type: 'command', command: 'STOP' });
      await house.bench.clock.advance(1000);
    }
    expect(await answerTo(other, { type: 'lease', ask: 'take' })).toMatchObject({ ok: true });
    await holder.until((c) => c.of('lease').at(-1)?.sentence.startsWith('Operator') === true);
    expect(holder.of('lease').map(({ sentence }) => sentence)).toContainEqual(
      expect.stringContaining('lost control: nothing was heard for 5 s'),
    );
  });
});
