import { expect, it } from 'vitest';
import { encodeFrame } from '../../controller/wire/frame.ts';
import { tablesOf } from '../../controller/wire/channels.ts';
import type { ServerMessage } from '../../controller/wire/messages.ts';
import { Inbox } from '../../ui/store/inbox.ts';
import { StreamStore } from '../../ui/store/stream-store.ts';
import { startHouse } from './house.ts';
import type { LiveClient } from './live-client.ts';

const CHANNELS = Array.from({ length: 8 }, (_, i) => ({ name: `t_${i}_C`, unit: '°C', title: `t ${i}` }));
const TABLES = tablesOf(CHANNELS);
const ROWS = 25;

/** The device streams; the value of every row is its number. */
function stream(listener: (bytes: Uint8Array, sequence: number) => void) {
  let next = 0;
  return (frames: number): void => {
    for (let i = 0; i < frames; i++) {
      const first = next;
      next += ROWS;
      const values = Float32Array.from({ length: ROWS }, (_, row) => first + row);
      const frame = {
        group: 'stream',
        sequence: next - 1,
        startS: first / 1000,
        cycle: 0,
        rows: ROWS,
      } as const;
      const offsetS = Float32Array.from({ length: ROWS }, (_, row) => row / 1000);
      listener(encodeFrame({ ...frame, offsetS, columns: CHANNELS.map(() => values) }), next - 1);
    }
  };
}

async function streaming() {
  const house = await startHouse();
  house.control.tables = TABLES;
  const told = house.control.hello();
  house.control.say(told);
  const send = stream((bytes, sequence) =>
    house.control.deliver({ kind: 'frame', group: 'stream', sequence, bytes }),
  );
  return { house, told, send };
}

/** What a page makes of what a client heard. */
function page(told: ServerMessage) {
  const store = new StreamStore();
  const inbox = new Inbox({
    message: () => store.configure(TABLES.stream, TABLES.summary),
    frame: (ordered) => {
      if (ordered.frame.group === 'stream' || ordered.frame.group === 'summary') store.take(ordered);
    },
    unreadable: (sentence) => expect(sentence).toBe(''),
    muddled: (sentence) => expect(sentence).toBe(''),
  });
  inbox.opened();
  inbox.text(JSON.stringify(told));
  return { store, inbox, hear: (bytes: Uint8Array) => inbox.binary(bytes) };
}

const hearAll = (client: LiveClient, hear: (bytes: Uint8Array) => void): void => {
  for (const frame of client.frames) hear(encodeFrame(frame));
};

it('a page that comes late is live at once; the past follows newest first and joins it without gap or repeat', async () => {
  const { house, told, send } = await streaming();
  send(1000);
  const late = await house.connect();
  late.askHistory({});
  late.ask({ type: 'command', id: 1, command: 'STOP' });
  await late.until((c) => c.of('ack').length === 1);
  send(1);
  await late.until((c) => c.rows('stream').includes(0) && c.rows('stream').includes(25_024));
  const [first] = late.group('stream');
  // Newest first: what is heard first ends where the present began.
  expect(first.sequence).toBe(24_999);
  const { store, inbox, hear } = page(told);
  inbox.askHistory();
  hearAll(late, hear);
  expect(store.stream.length).toBe(25_025);
  for (let row = store.stream.start; row < store.stream.end; row++)
    expect(store.stream.value(0, row)).toBe(row - store.stream.start);
  expect(store.summary.length).toBeGreaterThanOrEqual(24);
});

it('a short loss of the line is made good in order, a long one begins anew with the present', async () => {
  const { house, told, send } = await streaming();
  send(100);
  const { store, inbox, hear } = page(told);
  const rejoin = async (untilRow: number): Promise<void> => {
    const client = await house.connect();
    await client.until((c) => c.of('hello').length === 1);
    inbox.opened();
    inbox.text(JSON.stringify(told));
    client.askHistory(inbox.askHistory());
    await client.until((c) => c.rows('stream').includes(untilRow));
    if (untilRow > 10_000) await client.until((c) => c.rows('stream').includes(0));
    hearAll(client, hear);
    client.socket.terminate();
  };
  await rejoin(2499);
  send(40);
  await rejoin(3499);
  expect(store.stream.length).toBe(3500);
  send(400);
  await rejoin(13_499);
  expect(store.stream.length).toBe(13_500);
  expect(store.stream.value(3, store.stream.start)).toBe(0);
});
