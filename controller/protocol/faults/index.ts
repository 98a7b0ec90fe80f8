/** Every fault that can be injected, in one list. */
import { DEVICE_FAULTS, type DeviceFault } from './device.ts';
import type { FaultSpec } from './fault.ts';
import { HOST_FAULTS, type HostFault } from './host.ts';
import { LINE_FAULTS, type LineFault } from './line.ts';
import { PLANT_FAULTS, type PlantFault } from './plant.ts';
import { SENSOR_FAULTS, type SensorFault } from './sensor.ts';

/** What a virtual rig can do to itself. */
export type RigFault = LineFault | DeviceFault | SensorFault | PlantFault;
export type FaultName = RigFault | HostFault;

const placed = (place: FaultSpec['place'], faults: readonly Omit<FaultSpec, 'place'>[]): FaultSpec[] =>
  faults.map((fault) => ({ ...fault, place }));

export const RIG_FAULTS: readonly FaultSpec[] = [
  ...placed('line', LINE_FAULTS),
  ...placed('device', DEVICE_FAULTS),
  ...placed('sensor', SENSOR_FAULTS),
  ...placed('plant', PLANT_FAULTS),
];
export const FAULTS: readonly FaultSpec[] = [...RIG_FAULTS, ...placed('host', HOST_FAULTS)];

export const faultNamed = (name: string): FaultSpec | undefined =>
  FAULTS.find((fault) => fault.name === name);

export const isRigFault = (name: string): name is RigFault => RIG_FAULTS.some((fault) => fault.name === name);
