/** What stands before a write: bounds, the fastest change, and memory that wears out. */
import { expect, it } from 'vitest';
import { oneDevice, settle } from './simulated-rig.ts';

it('a change may be as fast as the profile says, and no faster', async () => {
  const { clock, device, line } = oneDevice('delta-vfd-el', 'modbus-rtu', 2);
  expect(await settle(clock, device.write({ set_frequency_Hz: 10 }))).toMatchObject({ ok: true });
  await clock.advance(100);
  const sent = line.sent.toDevice.length;
  const fast = await settle(clock, device.write({ set_frequency_Hz: 40 }));
  expect(fast).toMatchObject({
    ok: false,
    kind: 'refused',
    sentence: expect.stringMatching(
      /set_frequency_Hz: 40 Hz given \d+ ms after 10 Hz, allowed is a change of 50 Hz a second/,
    ),
  });
  expect(line.sent.toDevice).toHaveLength(sent);
  await clock.advance(501);
  expect(await settle(clock, device.write({ set_frequency_Hz: 40 }))).toMatchObject({ ok: true });
});

it('the way to safety is not slowed by limits of change', async () => {
  const { clock, device } = oneDevice('delta-vfd-el', 'modbus-rtu', 2);
  await settle(clock, device.write({ set_frequency_Hz: 50 }));
  expect(await settle(clock, device.runList('onSafe'))).toMatchObject({ ok: true });
  const read = await settle(clock, device.read(['frequency_command_Hz']));
  expect(read).toMatchObject({ ok: true, value: { frequency_command_Hz: { value: 0 } } });
});

it('memory that wears out is not written twice within its interval', async () => {
  const { clock, device } = oneDevice('delta-vfd-el', 'modbus-rtu', 2);
  expect(await settle(clock, device.write({ timeout_s: 1 }))).toMatchObject({ ok: true });
  await clock.advance(5000);
  expect(await settle(clock, device.write({ timeout_s: 2 }))).toMatchObject({
    ok: false,
    kind: 'refused',
    sentence: expect.stringContaining('wears out'),
  });
  await clock.advance(5001);
  expect(await settle(clock, device.write({ timeout_s: 2 }))).toMatchObject({ ok: true });
});

it('onConnect writes memory that wears out only where it holds something else', async () => {
  const { clock, device, line } = oneDevice('icp-das-tm-th8', 'modbus-rtu', 1);
  expect(await settle(clock, device.runList('onConnect'))).toMatchObject({ ok: true });
  expect(line.sent.toDevice.filter((chunk) => [5, 15].includes(chunk[1]))).toEqual([]);
});

it('blocks longer than the device takes are split, and no long value is cut in two', async () => {
  const { clock, device, line } = oneDevice('delta-asda-a2', 'modbus-rtu', 1);
  const names = Object.keys(device.profile.points);
  expect(await settle(clock, device.read(names))).toMatchObject({ ok: true });
  const reads = line.sent.toDevice.filter((chunk) => chunk[1] === 3);
  // 10 words are what the manual allows; the simulator answers more with an exception
  for (const chunk of reads) expect((chunk[4] << 8) | chunk[5]).toBeLessThanOrEqual(10);
  expect(line.sent.toHost.filter((chunk) => chunk[1] === 0x83)).toEqual([]);
});
