/** A board with the framed contract as a device: the suite of all families, its watchdog, its commands. */
import { expect, it } from 'vitest';
import { openDevices } from '../../controller/device/open-devices.ts';
import { Firmware } from '../../controller/virtual-rig/firmware.ts';
import { framedService } from '../../controller/virtual-rig/framed-serve.ts';
import { Pace } from '../../controller/virtual-rig/pace.ts';
import { stillPlant } from '../../controller/virtual-rig/devices/plant-side.ts';
import { VirtualClock } from '../protocol/virtual-clock.ts';
import { FAKE_RECIPE, FakePlant, fakeSchedule } from '../virtual-rig/fake-plant.ts';
import { conformance } from './conformance.ts';
import { memoryLine } from './memory-line.ts';
import { planOf, settle } from './simulated-rig.ts';

function board() {
  const clock = new VirtualClock();
  const line = memoryLine(clock);
  const machine = new FakePlant();
  const firmware = new Firmware({
    plant: machine,
    buildSchedule: fakeSchedule,
    recipe: FAKE_RECIPE,
    nowMs: () => clock.nowMs(),
  });
  framedService(firmware, new Pace(1, clock.nowMs()), clock, 921_600).serve(line.device);
  const plan = planOf({
    buses: { line: { port: 'memory', protocol: 'framed' } },
    devices: { board: { bus: 'line', profile: 'elastocool-board' } },
  });
  const opened = openDevices(plan, new Map([['line', line.host]]), clock);
  if (typeof opened === 'string') throw new Error(opened);
  const device = opened.devices.get('board');
  if (device === undefined) throw new Error('no board');
  const plant = stillPlant();
  const set = plant.set.bind(plant);
  plant.set = (quantity, value) => {
    set(quantity, value);
    if (quantity === 'force_kN') machine.readings.forceN = 1000 * value;
  };
  return { clock, device, line, plant, firmware };
}

conformance('Framed binary', {
  open: () => {
    const specimen = board();
    const get = specimen.plant.get.bind(specimen.plant);
    specimen.plant.get = (quantity) =>
      quantity === 'limit' ? specimen.firmware.limits.stress_limit_MPa : get(quantity);
    return specimen;
  },
  reading: { point: 'force_kN', value: 12.5, prepare: (plant) => plant.set('force_kN', 12.5) },
  after: { point: 'force_kN', value: 3.25, prepare: (plant) => plant.set('force_kN', 3.25) },
  writing: { point: 'stress_limit_MPa', value: 450, beyond: 1600, held: (plant) => plant.get('limit') },
  foreign: Uint8Array.of(3, 1, 2, 0),
});

it('arms its watchdog and reads it back', async () => {
  const { clock, device } = board();
  expect(await settle(clock, device.watchdog?.arm(400) ?? Promise.resolve('none'))).toBeNull();
  expect(await settle(clock, device.watchdog?.kick() ?? Promise.reject(new Error()))).toMatchObject({
    ok: true,
  });
});
