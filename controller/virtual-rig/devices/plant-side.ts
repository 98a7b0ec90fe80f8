/**
 * What a device touches of the world: named physical values, their unit in the name. Who couples devices to a plant
 * model gives them one; without a plant, values simply stay what they were set to.
 */
export interface PlantSide {
  /** NaN: the sensor is not connected. */
  get(quantity: string): number;
  set(quantity: string, value: number): void;
}

/** A world in which nothing happens by itself. */
export function stillPlant(values: Readonly<Record<string, number>> = {}): PlantSide {
  const held = new Map(Object.entries(values));
  return {
    get: (quantity) => held.get(quantity) ?? 0,
    set: (quantity, value) => void held.set(quantity, value),
  };
}
