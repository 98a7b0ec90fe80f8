import { expect, it } from 'vitest';
import { startHouse, type House } from './house.ts';
import type { LiveClient } from './live-client.ts';

/** What the server holds for a client that reads nothing: small limits, so that the kernel's buffers matter little. */
const LIMITS = { busyBytes: 16 * 1024, fullBytes: 64 * 1024, fullMs: 5000 };

async function subscribed(house: House): Promise<LiveClient> {
  const client = await house.connect();
  client.askHistory();
  client.ask({ type: 'command', id: 1, command: 'STOP' });
  await client.until((c) => c.of('ack').length === 1);
  return client;
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Some 40 MB of waveforms: more than any loopback buffer takes. */
async function flood(house: House, watch: () => Promise<void>): Promise<void> {
  for (let i = 0; i < 100; i++) {
    house.control.frames('waveform', 4, 1800);
    house.control.frames('tick', 5);
    house.control.frame('cycle');
    await watch();
  }
}

it('a client that stops reading loses frames, keeps its acks and alarms, and slows nobody', async () => {
  const house = await startHouse({ limits: { ...LIMITS, fullBytes: 64 * 1024 * 1024 } });
  const [slow, quick] = [await subscribed(house), await subscribed(house)];
  slow.socket.pause();
  let cycles = 0;
  await flood(house, async () => {
    cycles++;
    await quick.until((c) => c.rows('cycle').length === cycles && c.rows('tick').length === 5 * cycles);
  });
  house.control.event('over-pressure', 'alarm');
  house.control.event('second alarm', 'alarm');
  await quick.until((c) => c.of('event').length === 2);

  // Quick saw everything in order.
  expect(quick.rows('tick')).toEqual(Array.from({ length: 500 }, (_, i) => i));
  slow.socket.resume();
  await slow.until((c) => c.of('event').length === 2 && c.rows('cycle').at(-1) === 99);
  house.control.frame('tick');
  await slow.until((c) => c.rows('tick').at(-1) === 500);
  expect(slow.of('event').map((event) => event.sentence)).toEqual(['over-pressure', 'second alarm']);
  expect(slow.group('waveform').length).toBeLessThan(400);
  // The newest summary arrived although it was made while the client read nothing; numbers never go back.
  const cycleNumbers = slow.rows('cycle');
  expect(cycleNumbers).toEqual(cycleNumbers.toSorted((a, b) => a - b));
  expect(new Set(cycleNumbers).size).toBe(cycleNumbers.length);
});

it('a queue that stays full ends its connection, and only that one', async () => {
  let nowMs = 0;
  const house = await startHouse({ limits: LIMITS, nowMs: () => nowMs });
  const [slow, quick] = [await subscribed(house), await subscribed(house)];
  slow.socket.pause();
  const sentence = 'x'.repeat(50_000);
  let told = 0;
  // Alarms are never dropped, so they alone can fill a queue. The clock of the hub runs a second a batch.
  while (house.hub.clientCount === 2 && told < 4000) {
    for (let i = 0; i < 20; i++, told++) house.control.event(sentence, 'alarm');
    nowMs += 1000;
    await quick.until((c) => c.of('event').length === told);
    await pause();
  }
  expect(house.hub.clientCount).toBe(1);
  expect(quick.closed).toBeUndefined();
  slow.socket.resume();
  await slow.until((c) => c.closed !== undefined);
});
