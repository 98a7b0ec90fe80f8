/** Bytes that manuals print, sent and understood by devices of our profiles. */
import { expect, it } from 'vitest';
import { latin1Bytes } from '../../controller/protocol/line-text.ts';
import { oneDevice, settle } from './simulated-rig.ts';

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
const text = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

it('Delta ASDA-A2 manual, page 9-14: speed command 0BB8H to 0112H, low word first', async () => {
  const { clock, device, line } = oneDevice('delta-asda-a2', 'modbus-rtu', 1);
  expect(await settle(clock, device.write({ jog_speed_rpm: 300 }))).toMatchObject({ ok: true });
  expect(line.sent.toDevice.map(hex)).toContain('01 10 01 12 00 02 04 0B B8 00 00 FC EB');
  expect(line.sent.toHost.map(hex)).toContain('01 10 01 12 00 02 E0 31');
});

it('Waveshare wiki, "Protocol Manual of Modbus RTU Relay": relay 0 on and off', async () => {
  const { clock, device, line } = oneDevice('waveshare-relay-8', 'modbus-rtu', 1);
  await settle(clock, device.write({ relay_1: 1 }));
  await settle(clock, device.write({ relay_1: 0 }));
  expect(line.sent.toDevice.map(hex)).toEqual(
    expect.arrayContaining(['01 05 00 00 FF 00 8C 3A', '01 05 00 00 00 00 CD CA']),
  );
});

it('I-7000 manuals: the host watchdog of module 01 to 10 s', async () => {
  const { clock, device, line } = oneDevice('icp-das-i-7018', 'line', 1);
  expect(await settle(clock, device.watchdog?.arm(10_000) ?? Promise.resolve('none'))).toBeNull();
  expect(line.sent.toDevice.map(text)).toContain('~013164\r');
  expect(line.sent.toHost.map(text)).toContain('!01\r');
});

it('Alicat manuals: a unit is polled by its letter', async () => {
  const { clock, device, line } = oneDevice('alicat-mc', 'line', 'A');
  await settle(clock, device.read(['pressure_psi']));
  expect(line.sent.toDevice).toContainEqual(latin1Bytes('A\r'));
});
