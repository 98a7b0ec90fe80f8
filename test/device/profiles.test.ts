/** Every shipped profile against its simulator: each written from the manual on its own, so that one proves the other. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isReadable } from '../../controller/device/profile-points.ts';
import { loadProfile, shippedProfiles } from '../../controller/device/profile-files.ts';
import { parseProfile } from '../../controller/device/parse-profile.ts';
import { profileJsonSchema } from '../../controller/device/profile.ts';
import { CATALOGUE } from '../../controller/virtual-rig/devices/catalogue.ts';
import { oneDevice, settle } from './simulated-rig.ts';

const ADDRESS: Readonly<Record<string, number | string | undefined>> = {
  'alicat-mc': 'A',
  'yokogawa-wt310': undefined,
};
const open = (name: string) => {
  const profile = loadProfile(name);
  if (typeof profile === 'string') throw new Error(profile);
  const protocol = profile.family === 'modbus' ? 'modbus-rtu' : profile.family;
  return oneDevice(name, protocol, name in ADDRESS ? ADDRESS[name] : 1);
};
const simulated = Object.keys(CATALOGUE);

describe('the shipped profiles', () => {
  it('are all profiles', () => {
    for (const name of shippedProfiles()) expect(loadProfile(name), name).toBeTypeOf('object');
    expect(shippedProfiles()).toEqual(expect.arrayContaining(simulated));
  });

  it('have their schema for editors beside them, as made from the code', () => {
    const file = new URL('../../fixtures/profiles/profile.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(profileJsonSchema())));
  });

  it.each(simulated)('%s: is recognised by reads alone, connects, and reads every point', async (name) => {
    const { clock, device } = open(name);
    const who = await settle(clock, device.identify());
    expect(who).toMatchObject({ ok: true, value: expect.stringContaining(device.profile.title) });
    expect(await settle(clock, device.runList('onConnect'))).toMatchObject({ ok: true });
    const points = Object.keys(device.profile.points).filter((one) => isReadable(device.profile.points[one]));
    const all = await settle(clock, device.read(points));
    expect(all).toMatchObject({ ok: true });
    if (all.ok) expect(Object.keys(all.value)).toEqual(points);
  });

  it.each(simulated)('%s: brings it to its safe state and tells no fault', async (name) => {
    const { clock, device } = open(name);
    expect(await settle(clock, device.runList('onSafe'))).toMatchObject({ ok: true });
    const told = device.profile.faults.map(({ point }) => point);
    const read = await settle(clock, device.read(told));
    expect(read.ok && device.faults(read.value)).toEqual([]);
  });
});

describe('values', () => {
  it('of the servo: low word first, its units, its monitors set on connecting', async () => {
    const { clock, device, plant } = open('delta-asda-a2');
    plant.set('position_PUU', -70_000);
    plant.set('torque_percent', -12.3);
    await settle(clock, device.runList('onConnect'));
    const read = await settle(clock, device.read(['position_PUU', 'torque_percent']));
    expect(read).toMatchObject({ ok: true, value: { position_PUU: { value: -70_000, quality: 'good' } } });
    expect(read.ok && read.value['torque_percent'].value).toBeCloseTo(-12.3, 9);
    // P2-30 = 5 went out first
    expect(plant.get('eeprom_writes')).toBe(0);
  });

  it('of the servo wear its memory out where P2-30 was not set first', async () => {
    const { clock, device, plant } = open('delta-asda-a2');
    expect(await settle(clock, device.write({ monitor_2_code: 7 }))).toMatchObject({ ok: true });
    expect(plant.get('eeprom_writes')).toBeGreaterThan(0);
  });

  it('of thermocouples: a broken wire is open, not 3276.7 °C', async () => {
    const { clock, device } = open('icp-das-tm-th8');
    const read = await settle(clock, device.read(['temperature_1_C', 'temperature_8_C']));
    expect(read).toMatchObject({
      ok: true,
      value: { temperature_1_C: { value: 22 }, temperature_8_C: { value: Number.NaN, quality: 'open' } },
    });
  });

  it('of DCON: fixed fields, and +9999.9 is over range', async () => {
    const { clock, device, plant } = open('icp-das-i-7018');
    plant.set('temperature_2_C', -3.4);
    const read = await settle(clock, device.read(['temperature_2_C', 'temperature_8_C']));
    expect(read).toMatchObject({
      ok: true,
      value: { temperature_2_C: { value: -3.4 }, temperature_8_C: { quality: 'over_range' } },
    });
  });

  it('of SCPI: NAN is no data', async () => {
    const { clock, device, plant } = open('yokogawa-wt310');
    plant.set('current_A', Number.NaN);
    const read = await settle(clock, device.read(['power_W', 'current_A']));
    expect(read).toMatchObject({
      ok: true,
      value: { power_W: { value: 287 }, current_A: { quality: 'no_data' } },
    });
  });

  it('of the flow controller: what was set is read back before it counts as set', async () => {
    const { clock, device, plant } = open('alicat-mc');
    expect(await settle(clock, device.write({ setpoint_L_per_min: 7.25 }))).toMatchObject({ ok: true });
    expect(plant.get('setpoint_L_per_min')).toBe(7.25);
  });

  it('of the load cell, and its fault in words', async () => {
    const { clock, device, plant } = open('laumas-tlb4');
    plant.set('force_N', 43_210);
    expect(await settle(clock, device.read(['force_N']))).toMatchObject({
      ok: true,
      value: { force_N: { value: 43_210 } },
    });
    plant.set('force_N', Number.NaN);
    const read = await settle(clock, device.read(['status', 'load_cell_error']));
    expect(read.ok && device.faults(read.value)).toEqual(['no load cell or a broken wire']);
  });
});

describe('a profile file', () => {
  const text = readFileSync(new URL('../../fixtures/profiles/laumas-tlb4.yaml', import.meta.url), 'utf8');
  const says = (from: string, to: string): unknown =>
    parseProfile(text.replace(from, to), 'laumas-tlb4.yaml');

  it.each([
    [
      'unit: N, min: 0',
      'unit: Newton, min: 0',
      /force_N.unit \(line \d+\): "Newton" given, allowed is °C or K/,
    ],
    [
      'force_N: { help: size of the gross',
      'force: { help: size of the gross',
      /points\.force\.unit \(line \d+\): a point in N is named with the ending "_N"/,
    ],
    [
      'order: ABCD',
      'order: ABDC',
      /modbus.order \(line \d+\): "ABDC" given, allowed is ABCD or CDAB or BADC or DCBA/,
    ],
    [
      'address: 1, min: 1',
      'address: 0, min: 1',
      /firmware.address \(line \d+\): 0 given, allowed is 1 to 65536 \(plc1\)/,
    ],
    ['maxRead: 32', 'maxRaed: 32', /modbus.maxRaed \(line \d+\): 32 given, allowed is no such key/],
    [
      'point: status',
      'point: state',
      /faults.0.point \(line \d+\): "state" given, allowed is a point that is read/,
    ],
    ['profile: laumas-tlb4', 'profile: laumas', /"laumas" given, the file is called "laumas-tlb4"/],
  ])('%s → %s: says what is wrong, where, and what is allowed', (from, to, sentence) => {
    expect(text).toContain(from);
    expect(says(from, to)).toMatch(sentence);
  });
});
