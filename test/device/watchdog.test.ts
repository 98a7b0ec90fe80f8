/** Watchdogs are shipped disabled: armed, verified, and seen to trip when this program falls silent. */
import { expect, it } from 'vitest';
import { oneDevice, settle } from './simulated-rig.ts';

it('of the servo is armed in whole seconds, and stops it', async () => {
  const { clock, device, plant } = oneDevice('delta-asda-a2', 'modbus-rtu', 1);
  expect(await settle(clock, device.watchdog?.arm(500) ?? Promise.resolve(null))).toMatch(
    /500 ms was asked for, .* 1000 to 20000 ms/,
  );
  expect(await settle(clock, device.watchdog?.arm(2000) ?? Promise.resolve('none'))).toBeNull();
  await settle(clock, device.write({ inputs: 1 }));
  expect(plant.get('enabled')).toBe(1);
  for (let i = 0; i < 5; i++) {
    await clock.advance(1500);
    await settle(clock, device.read(['position_PUU']));
  }
  expect(plant.get('enabled')).toBe(1);
  await clock.advance(2001);
  expect(plant.get('enabled')).toBe(0);
  const read = await settle(clock, device.read(['alarm_code']));
  expect(read.ok && device.faults(read.value)).toEqual(['AL020 serial communication time-out']);
});

it('that somebody else disabled is noticed', async () => {
  const { clock, device } = oneDevice('delta-vfd-el', 'modbus-rtu', 2);
  expect(await settle(clock, device.watchdog?.arm(500) ?? Promise.resolve('none'))).toBeNull();
  expect(await settle(clock, device.watchdog?.verify() ?? Promise.reject(new Error()))).toMatchObject({
    ok: true,
    value: true,
  });
  await clock.advance(11_000);
  await settle(clock, device.write({ timeout_s: 0 }));
  expect(await settle(clock, device.watchdog?.verify() ?? Promise.reject(new Error()))).toMatchObject({
    ok: true,
    value: false,
  });
});

it('of DCON lives on a line that is for all and answered by nobody', async () => {
  const { clock, device, line } = oneDevice('icp-das-i-7018', 'line', 1);
  await settle(clock, device.watchdog?.arm(1000) ?? Promise.resolve('none'));
  for (let i = 0; i < 4; i++) {
    await clock.advance(800);
    expect(await settle(clock, device.watchdog?.kick() ?? Promise.reject(new Error()))).toMatchObject({
      ok: true,
    });
  }
  const alive = await settle(clock, device.read(['watchdog_status']));
  expect(alive.ok && device.faults(alive.value)).toEqual([]);
  // reads are no sign of life to it
  for (let i = 0; i < 4; i++) {
    await clock.advance(400);
    await settle(clock, device.read(['temperature_1_C']));
  }
  const dead = await settle(clock, device.read(['watchdog_status']));
  expect(dead.ok && device.faults(dead.value)).toEqual(['the host watchdog has tripped']);
  expect(line.sent.toDevice.length).toBeGreaterThan(8);
});

it('is null where the device has none', () => {
  expect(oneDevice('waveshare-relay-8', 'modbus-rtu', 1).device.watchdog).toBeNull();
});
