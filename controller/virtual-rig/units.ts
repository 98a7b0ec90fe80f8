/** From the plant's SI to the register map's units. */
export const BAR = 1e5;
export const celsius = (kelvin: number): number => kelvin - 273.15;
