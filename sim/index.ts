/** The door of `sim`: pure physics, numbers in, numbers out. */
export { parsePreset } from './config/preset.ts';
export type { DeviceConfig, Preset } from './config/device-config.ts';
export { buildCycleSchedule } from './cycle-schedule.ts';
export type { CycleRecipe, CycleSchedule } from './cycle-schedule.ts';
export { createHousePlant, houseRecipe } from './house-plant.ts';
export type { HousePlant } from './house-plant.ts';
export { smaMassKg } from './machine/geometry.ts';
export { UserError } from './config/quantity.ts';
export type { ActuatorCommand, Plant, PlantEnergies, PlantReadings } from './plant.ts';
