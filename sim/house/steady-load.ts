/** What a room asks of its machine when nothing changes any more, and where the loops then stand. Dry coils. */
import type { DeviceConfig } from '../config/device-config.ts';
import { dryCoil } from './coil.ts';
import { workingFluid } from '../machine/machine.ts';
import { AIR_DENSITY, AIR_HEAT_CAPACITY } from './moist-air.ts';

/** Heat to be taken out of the room to hold it at `roomK`, W; negative where it would have to be heated. */
export function steadyLoad(
  { room: r, exchangers: x }: DeviceConfig,
  roomK: number,
  outdoorK: number,
): number {
  const walls = r.wall_area / (1 / r.wall_inner_coefficient + 1 / r.wall_transmittance);
  const air = AIR_DENSITY * AIR_HEAT_CAPACITY * r.air_volume * r.ventilation;
  return (walls + air) * (outdoorK - roomK) + r.heat_gain + x.cold_fan_power;
}

/** Temperature of the cold loop that takes `coolingW` out of the room, K. */
export const steadyColdLoopK = ({ exchangers: x }: DeviceConfig, roomK: number, coolingW: number): number =>
  roomK - coolingW / dryCoil(x.cold_conductance, x.cold_air_capacity);

/** Temperature of the hot loop that gives `heatingW` to outdoors, K. */
export const steadyHotLoopK = ({ exchangers: x }: DeviceConfig, outdoorK: number, heatingW: number): number =>
  outdoorK + heatingW / dryCoil(x.hot_conductance, x.hot_air_capacity);

/** What the parts of a house store, J/K. */
export function houseCapacities(device: DeviceConfig): {
  readonly airJPerK: number;
  readonly wallJPerK: number;
  readonly coldLoopJPerK: number;
} {
  const { room: r, exchangers: x } = device;
  const fluid = workingFluid(device);
  return {
    airJPerK: AIR_DENSITY * AIR_HEAT_CAPACITY * r.air_volume,
    wallJPerK: r.wall_heat_capacity * r.wall_area,
    coldLoopJPerK: fluid.density * fluid.heatCapacity * x.cold_loop_volume,
  };
}
