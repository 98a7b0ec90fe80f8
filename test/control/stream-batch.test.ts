import { expect, it } from 'vitest';
import { StreamBatch, type StreamFrame } from '../../controller/control/report/stream-batch.ts';

const rows = (first: number, count: number, missing = 0) => ({
  columns: [Array.from({ length: count }, (_, i) => first + i)],
  deviceUs: Array.from({ length: count }, (_, i) => 1000 * (first + i)),
  missing,
});

function batched() {
  const sent: { startS: number; values: number[] }[] = [];
  const batch = new StreamBatch(1, ({ startS, columns }: StreamFrame) =>
    sent.push({ startS, values: [...columns[0]] }),
  );
  return { batch, sent };
}

it('gathers messages of the device until 20 ms have passed', () => {
  const { batch, sent } = batched();
  for (let i = 0; i < 4; i++) batch.take(rows(7 * i, 7), 7 * i);
  expect(sent).toEqual([{ startS: 0, values: Array.from({ length: 28 }, (_, i) => i) }]);
});

it('puts one row of absence where rows never came', () => {
  const { batch, sent } = batched();
  batch.take(rows(0, 2), 0);
  batch.take(rows(50, 2, 48), 50);
  expect(sent).toEqual([{ startS: 0, values: [0, 1, Number.NaN, 50, 51] }]);
});

it('lets no more than 256 rows wait, however fast they come', () => {
  const { batch, sent } = batched();
  batch.take(rows(0, 1000), 0);
  expect(sent.map(({ values }) => values.length)).toEqual([256, 256, 256]);
});
