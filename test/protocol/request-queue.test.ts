/** Whose turn it is on a line that several devices share. */
import { expect, test } from 'vitest';
import { RequestQueue, type Waiting } from '../../controller/protocol/request-queue.ts';
import { PRIORITY, type Priority } from '../../controller/protocol/transaction.ts';

interface Named extends Waiting {
  readonly name: string;
}
const named = (name: string, lane: number, priority: Priority = PRIORITY.status): Named => ({
  name,
  lane,
  priority,
});

/** Takes entries until nobody may go; the names in order. */
function drain(queue: RequestQueue<Named>, canGo?: (entry: Named) => boolean): string[] {
  const order: string[] = [];
  for (;;) {
    const [first] = queue.candidates(canGo);
    if (first === undefined) return order;
    queue.take(first);
    order.push(first.name);
  }
}

test('commands first, bulk last; devices in turn; one device in order', () => {
  const queue = new RequestQueue<Named>(8);
  for (const entry of [named('a1', 1), named('a2', 1), named('a3', 1), named('b1', 2), named('b2', 2)])
    queue.add(entry);
  queue.add(named('bulk', 3, PRIORITY.bulk));
  queue.add(named('command', 1, PRIORITY.command));
  expect(drain(queue)).toEqual(['command', 'b1', 'a1', 'b2', 'a2', 'a3', 'bulk']);
});

test('a device that may not go holds nobody up, whatever its priority', () => {
  const queue = new RequestQueue<Named>(8);
  queue.add(named('dead', 1, PRIORITY.command));
  queue.add(named('alive', 2, PRIORITY.bulk));
  expect(drain(queue, ({ lane }) => lane !== 1)).toEqual(['alive']);
  expect(queue.length).toBe(1);
});

test('is bounded for each device', () => {
  const queue = new RequestQueue<Named>(2);
  queue.add(named('a1', 1));
  queue.add(named('a2', 1));
  expect([queue.isFull(1), queue.isFull(2)]).toEqual([true, false]);
  queue.remove(({ name }) => name === 'a1');
  expect(queue.isFull(1)).toBe(false);
});
