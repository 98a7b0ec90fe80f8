/** The time budget, held against the arithmetic of the line and against what the line really takes. */
import { expect, it } from 'vitest';
import { timeBudget } from '../../controller/device/time-budget.ts';
import { planOf } from './simulated-rig.ts';

const rig = (baudRate: number, poll: object) => ({
  buses: { bus: { port: 'x', protocol: 'modbus-rtu', baudRate, parity: 'none', stopBits: 1 } },
  devices: { cell: { bus: 'bus', profile: 'laumas-tlb4', address: 1, poll } },
});

it('is characters, silence, and the time that device and adapter take', () => {
  const [budget] = timeBudget(planOf(rig(9600, { force_N: 'tick' })));
  // 8 characters out, 5 + 4 in, ten bits each; 4 ms of silence, 3 ms of the device, 1 ms of the adapter
  expect(budget.fullestMs).toBeCloseTo((17 * 10 * 1000) / 9600 + 4 + 3 + 1, 9);
  expect(budget.fits).toBe(false);
});

it('says what does not fit and what would help', () => {
  const [budget] = timeBudget(planOf(rig(9600, { force_N: 'tick' })));
  expect(budget.sentence).toBe(
    'bus bus: this profile needs 25.7 ms of the 20 ms period: cell 25.7 ms (2 items, 1 request); raise baudRate to 19200 or read cell every 2 periods.',
  );
  expect(timeBudget(planOf(rig(19_200, { force_N: 'tick' })))[0].fits).toBe(true);
  expect(timeBudget(planOf(rig(9600, { force_N: 2 })))[0].fits).toBe(true);
});

it('reads neighbours together, and what is read when asked for takes no time', () => {
  const [budget] = timeBudget(
    planOf(rig(9600, { force_N: 'tick', status: 'tick', net_force_N: 'tick', firmware: 'bulk' })),
  );
  expect(budget.shares).toMatchObject([
    { device: 'cell', every: 1, requests: 1, amount: '5 items, 1 request' },
  ]);
});
