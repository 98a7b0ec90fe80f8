import { expect, test } from 'vitest';
import { FrameSender } from '../../controller/virtual-rig/frame-sender.ts';
import { MemoryPort } from '../protocol/faulty-line.ts';
import { VirtualClock } from '../protocol/virtual-clock.ts';

/** One byte a millisecond. */
const BAUD_RATE = 10_000;

function bench() {
  const clock = new VirtualClock();
  const arrived: [name: number, atMs: number][] = [];
  const port = new MemoryPort('line', ([name]) => arrived.push([name, clock.nowMs()]));
  const sender = new FrameSender(port, clock, BAUD_RATE);
  return { clock, sender, arrived };
}

const frame = (name: number, bytes: number): Uint8Array => new Uint8Array(bytes).fill(name);

test('a frame arrives when its last byte does, and the next goes on from there', async () => {
  const { clock, sender, arrived } = bench();
  sender.reply(frame(1, 10));
  sender.reply(frame(2, 5));
  await clock.advance(100);
  sender.reply(frame(3, 7));
  await clock.advance(100);
  expect(arrived).toEqual([
    [1, 10],
    [2, 15],
    [3, 107],
  ]);
});

test('a reply overtakes every frame of the stream but the one that has begun', async () => {
  const { clock, sender, arrived } = bench();
  for (const name of [1, 2, 3]) sender.stream(frame(name, 100), 0);
  await clock.advance(50);
  sender.reply(frame(9, 10));
  await clock.advance(1000);
  expect(arrived).toEqual([
    [1, 100],
    [9, 110],
    [2, 210],
    [3, 310],
  ]);
});

test('what a late computer hands over arrives as early as the line would have brought it', async () => {
  const { clock, sender, arrived } = bench();
  await clock.advance(1000);
  sender.stream(frame(1, 100), 700);
  sender.stream(frame(2, 100), 750);
  sender.stream(frame(3, 100), 950);
  expect(arrived).toEqual([
    [1, 1000],
    [2, 1000],
  ]);
  sender.reply(frame(9, 10));
  await clock.advance(500);
  expect(arrived.slice(2)).toEqual([
    [3, 1050],
    [9, 1060],
  ]);
});

test('takes of the stream what fits whole, and replies still when it is full', async () => {
  const { clock, sender, arrived } = bench();
  let taken = 0;
  for (; sender.hasRoom(1000); taken++) sender.stream(frame(1, 1000), 0);
  // one is under way, four wait
  expect(taken).toBe(5);
  for (let i = 0; i < 10; i++) sender.reply(frame(9, 1000));
  await clock.advance(20_000);
  expect(arrived.map(([name]) => name)).toEqual([1, 9, 9, 9, 9, 1, 1, 1, 1]);
  expect(sender.hasRoom(4096)).toBe(true);
  expect(sender.hasRoom(4097)).toBe(false);
});
