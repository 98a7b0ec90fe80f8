import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { FakeControl } from './fake-control.ts';
import { startHouse, type House } from './house.ts';
import type { LiveClient } from './live-client.ts';

/** Everything sent before this has been handled once its answer is here: TCP and the hub keep the order. */
async function settled(client: LiveClient): Promise<void> {
  const id = 1_000_000 + client.of('ack').length;
  client.ask({ type: 'command', id, command: 'STOP' });
  await client.until((c) => c.of('ack').some((ack) => ack.id === id));
}

async function greeted(house: House): Promise<LiveClient> {
  const client = await house.connect();
  await client.until((c) => c.of('hello').length === 1);
  return client;
}

describe('commands', () => {
  it('reach the control process with the number of their client; the answer reaches that client alone', async () => {
    const house = await startHouse();
    const [first, second] = [await greeted(house), await greeted(house)];
    second.ask({ type: 'set', id: 7, key: 'setpoint_C', value: 21.5 });
    await second.until((c) => c.of('ack').length === 1);
    await settled(first);
    expect(second.of('ack')).toEqual([{ type: 'ack', id: 7, ok: true, sentence: 'done' }]);
    expect(first.of('ack').some((ack) => ack.id === 7)).toBe(false);
    expect(house.control.received).toContainEqual({
      kind: 'message',
      client: 2,
      message: { type: 'set', id: 7, key: 'setpoint_C', value: 21.5 },
    });
  });

  it.each<[string, string]>([
    ['not JSON', '{"type":'],
    ['JSON null', 'null'],
    ['a bare number', '12'],
    ['an unknown type', '{"type":"fire"}'],
    ['a poisoned prototype', '{"__proto__":{"type":"command"},"constructor":1}'],
    ['deep nesting', '['.repeat(20_000) + ']'.repeat(20_000)],
  ])('%s is answered by one sentence and goes nowhere', async (_what, text) => {
    const house = await startHouse();
    const client = await greeted(house);
    client.socket.send(text);
    await client.until((c) => c.of('event').length === 1);
    expect(client.of('event')[0].severity).toBe('warning');
    expect(client.of('event')[0].sentence.split('\n')).toHaveLength(1);
    expect(house.control.received.map(({ kind }) => kind)).toEqual(['welcome']);
  });

  it.each([
    { type: 'command', id: 3, command: 'EXPLODE' },
    { type: 'command', id: 3, command: 'START', also: 'this' },
    { type: 'set', id: 3, key: 'setpoint_C', value: 400 },
    { type: 'set', id: 3, key: 'acceleration', value: 2.5 },
  ])('a command that is wrong in itself is refused under its own number: %j', async (message) => {
    const house = await startHouse();
    const client = await greeted(house);
    client.ask(message);
    await client.until((c) => c.of('ack').length === 1);
    expect(client.of('ack')[0]).toMatchObject({ id: 3, ok: false });
    expect(house.control.received).toHaveLength(1);
  });

  it('binary, oversized and broken input end at most their own connection', async () => {
    const house = await startHouse();
    const [good, binary, huge] = [await greeted(house), await greeted(house), await greeted(house)];
    binary.socket.send(Buffer.from([1, 2, 3]));
    await binary.until((c) => c.of('event').length === 1);
    huge.socket.send('x'.repeat(65 * 1024));
    await huge.until((c) => c.closed !== undefined);
    expect(huge.closed?.code).toBe(1009);
    const raw = connect(house.server.port, '127.0.0.1');
    await new Promise<void>((resolve) => {
      raw.on('close', () => resolve());
      raw.end('\x16\x03\x01 this is not HTTP\r\n\r\n');
      raw.resume();
    });
    await settled(good);
    expect(house.hub.clientCount).toBe(2);
  });
});

describe('a control process that ends', () => {
  it('leaves the pages open; commands get a sentence; its successor greets them and counts on', async () => {
    const house = await startHouse();
    const client = await greeted(house);
    client.askHistory();
    await settled(client);
    house.control.frames('tick', 3);
    house.hub.detach();
    house.hub.announce('alarm', 'the control process ended');
    client.ask({ type: 'command', id: 9, command: 'STOP' });
    await client.until((c) => c.of('ack').some((ack) => ack.id === 9));
    expect(client.of('ack').find((ack) => ack.id === 9)).toMatchObject({ ok: false });

    const successor = new FakeControl();
    house.hub.attach(successor);
    successor.frames('tick', 2);
    house.control.frames('tick', 1);
    await client.until((c) => c.group('tick').length === 5);
    await settled(client);
    expect(client.of('hello')).toHaveLength(2);
    expect(client.group('tick').map((frame) => frame.sequence)).toEqual([0, 1, 2, 3, 4]);
    expect(client.of('event').map((event) => event.sentence)).toEqual(['the control process ended']);
  });
});

describe('history', () => {
  it('comes by sequence number, merged, and live frames follow without gap or repeat', async () => {
    const house = await startHouse();
    house.control.frames('tick', 1200);
    house.control.frames('cycle', 30);
    house.control.frames('waveform', 70, 64);
    const client = await greeted(house);
    house.control.frames('tick', 5);
    client.askHistory({ tick: 99, cycle: 19, waveform: -1 });
    await settled(client);
    house.control.frames('tick', 10);
    house.control.frames('cycle', 1);
    await client.until((c) => c.rows('tick').at(-1) === 1214 && c.rows('cycle').at(-1) === 30);

    expect(client.rows('tick')).toEqual(Array.from({ length: 1115 }, (_, i) => i + 100));
    expect(client.rows('cycle')).toEqual(Array.from({ length: 11 }, (_, i) => i + 20));
    expect(client.group('tick').length).toBeLessThan(20);
    const [merged] = client.group('tick');
    expect(merged.rows).toBe(500);
    expect(merged.sequence).toBe(599);
    expect(merged.startS).toBe(100 * 0.02);
    expect(merged.offsetS[499]).toBeCloseTo(499 * 0.02, 4);
    // Only the last 64 whole cycles are kept, and a waveform is never merged.
    expect(client.group('waveform').map((frame) => frame.sequence)).toEqual(
      Array.from({ length: 64 }, (_, i) => i + 6),
    );
    expect(client.group('waveform').every((frame) => frame.rows === 64)).toBe(true);
  });

  it('of ten minutes is bounded: the oldest rows make room', async () => {
    const house = await startHouse();
    house.control.frames('tick', 30_500);
    const client = await greeted(house);
    client.askHistory();
    await client.until((c) => c.rows('tick').at(-1) === 30_499);
    expect(client.rows('tick')).toEqual(Array.from({ length: 30_000 }, (_, i) => i + 500));
  });

  it('keeps a gap a gap: rows are merged only while their numbers follow each other', async () => {
    const house = await startHouse();
    house.control.frames('tick', 3);
    house.control.skip('tick');
    house.control.frames('tick', 2);
    const client = await greeted(house);
    client.askHistory();
    await client.until((c) => c.rows('tick').length === 5);
    expect(client.group('tick').map(({ rows, sequence }) => [rows, sequence])).toEqual([
      [3, 2],
      [2, 5],
    ]);
  });

  it('asked with numbers of an earlier run is given whole', async () => {
    const house = await startHouse();
    house.control.frames('tick', 4);
    const client = await greeted(house);
    client.askHistory({ tick: 90_000 });
    await client.until((c) => c.rows('tick').length === 4);
  });

  it('holds the last 200 events, each told once', async () => {
    const house = await startHouse();
    for (let i = 0; i < 250; i++) house.control.event(`event ${i}`);
    const client = await greeted(house);
    house.control.event('while connected');
    client.askHistory();
    client.askHistory();
    await settled(client);
    const told = client.of('event').map((event) => event.sequence);
    expect(told).toHaveLength(200);
    expect(new Set(told).size).toBe(200);
    expect(Math.min(...told)).toBe(51);
  });
});
