/** The door of `sim`: pure physics, numbers in, numbers out. */
export { parsePreset } from './config/preset.ts';
export type { DeviceConfig, Preset } from './config/device-config.ts';
export { buildCycleSchedule } from './cycle-schedule.ts';
export type { CycleRecipe, CycleSchedule } from './cycle-schedule.ts';
export { createHousePlant, houseRecipe } from './house-plant.ts';
export type { HousePlant } from './house-plant.ts';
export { smaMassKg } from './machine/geometry.ts';
export { UserError, readQuantity } from './config/quantity.ts';
export { PARAMETERS } from './config/parameters.ts';
export type { GroupKey, Parameter } from './config/parameters.ts';
export type { ActuatorCommand, Plant, PlantEnergies, PlantReadings } from './plant.ts';
export { DEFINITIONS, solveOperatingPoint } from './study/operating-point.ts';
export type { OperatingPoint } from './study/operating-point.ts';
export { runRoomPulldown } from './study/room-pulldown.ts';
export type { RoomPulldown } from './study/room-pulldown.ts';
export { solveRegenerator } from './study/regenerator.ts';
export type { RegeneratorResult } from './study/regenerator.ts';
