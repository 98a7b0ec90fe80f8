/** The families of protocols, each held to the suite that all devices pass. */
import { latin1Bytes } from '../../controller/protocol/line-text.ts';
import { wrapFrame } from '../../controller/protocol/rtu-framing.ts';
import { conformance, type Conformance } from './conformance.ts';
import { oneDevice } from './simulated-rig.ts';

const WRITES = [5, 6, 15, 16];

const relays: Omit<Conformance, 'open' | 'foreign' | 'isWrite'> = {
  reading: { point: 'relay_3', value: 1, prepare: (plant) => plant.set('relay_3', 1) },
  after: { point: 'relay_4', value: 0, prepare: () => {} },
  writing: { point: 'relay_5', value: 1, beyond: 2, held: (plant) => plant.get('relay_5') },
};

conformance('Modbus RTU', {
  ...relays,
  open: () => oneDevice('waveshare-relay-8', 'modbus-rtu', 1),
  foreign: wrapFrame(9, Uint8Array.of(1, 1, 0)),
  isWrite: (chunk) => WRITES.includes(chunk[1]),
});

const SERVO: Omit<Conformance, 'open' | 'foreign' | 'isWrite'> = {
  after: { point: 'path_1_target_PUU', value: 0, prepare: () => {} },
  reading: {
    point: 'position_PUU',
    value: -123_456,
    prepare: (plant) => plant.set('position_PUU', -123_456),
  },
  writing: { point: 'inputs', value: 1, beyond: 0x4000, held: (plant) => plant.get('enabled') },
};

conformance('Modbus RTU with words low first', {
  ...SERVO,
  open: () => oneDevice('delta-asda-a2', 'modbus-rtu', 1),
  foreign: wrapFrame(1, Uint8Array.of(3, 2, 0, 7)),
  isWrite: (chunk) => WRITES.includes(chunk[1]),
});

conformance('Modbus ASCII', {
  ...SERVO,
  open: () => oneDevice('delta-asda-a2', 'modbus-ascii', 1),
  foreign: latin1Bytes(':0103020007F3\r\n'),
  isWrite: (chunk) => WRITES.includes(Number.parseInt(String.fromCharCode(...chunk.subarray(3, 5)), 16)),
});

conformance('Lines of text', {
  after: { point: 'pressure_psi', value: 8, prepare: (plant) => plant.set('pressure_psi', 8) },
  reading: { point: 'pressure_psi', value: 31.25, prepare: (plant) => plant.set('pressure_psi', 31.25) },
  writing: {
    point: 'setpoint_L_per_min',
    value: 4.5,
    beyond: 21,
    held: (plant) => plant.get('setpoint_L_per_min'),
  },
  open: () => oneDevice('alicat-mc', 'line', 'A'),
  foreign: latin1Bytes('B +014.70 +025.00 +02.00 +02.00 +02.00 Air\r'),
  isWrite: (chunk) => chunk[1] === 0x53,
});
