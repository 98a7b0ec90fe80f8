/**
 * Moist air near room temperature, at constant properties. Humidity is the humidity ratio, kg of vapour to a kg of
 * dry air; energy is counted from dry air at 0 °C and from liquid water as it leaves a coil, so condensate carries none.
 * Left out: the sensible heat of the vapour, 1.86 kJ/(kg K) × ratio × t, 2 % of the enthalpy at 30 °C and saturation.
 */

/** Of dry air near 25 °C and 1 bar: kg/m³, J/(kg K). */
export const AIR_DENSITY = 1.185;
export const AIR_HEAT_CAPACITY = 1006;
/** Heat set free by a kg of room vapour (25 °C) that leaves as liquid near 12 °C, J/kg: 2547 kJ - 50 kJ. */
export const CONDENSATION_HEAT = 2.5e6;
export const STANDARD_PRESSURE_PA = 101_325;

const ZERO_CELSIUS_K = 273.15;
const MASS_RATIO = 18.015 / 28.966;

/**
 * Over liquid water, Pa, for 233 to 323 K within 0.4 %: Magnus form with the coefficients of alduchov-eskridge-1996.
 * Below 0 °C it is that of supercooled water: over ice it is lower, by 18 % at -20 °C.
 */
export const saturationPressure = (temperatureK: number): number => {
  const celsius = temperatureK - ZERO_CELSIUS_K;
  return 610.94 * Math.exp((17.625 * celsius) / (243.04 + celsius));
};

/** @param vapourPa partial pressure of the vapour, above 0; @param pressurePa of the whole air */
export const humidityRatio = (vapourPa: number, pressurePa = STANDARD_PRESSURE_PA): number =>
  (MASS_RATIO * vapourPa) / (pressurePa - vapourPa);

export const saturatedHumidityRatio = (temperatureK: number): number =>
  humidityRatio(saturationPressure(temperatureK));

/** Slope of `saturatedHumidityRatio` in temperature, 1/K. */
export const saturatedSlope = (temperatureK: number): number => {
  const ratio = saturatedHumidityRatio(temperatureK);
  const span = 243.04 + temperatureK - ZERO_CELSIUS_K;
  return (ratio * (1 + ratio / MASS_RATIO) * 17.625 * 243.04) / (span * span);
};

/** The temperature at which air of this humidity ratio (above 0) and standard pressure is saturated, K. */
export const dewPoint = (ratio: number): number => {
  const vapourPa = (STANDARD_PRESSURE_PA * ratio) / (MASS_RATIO + ratio);
  const logarithm = Math.log(vapourPa / 610.94);
  return ZERO_CELSIUS_K + (243.04 * logarithm) / (17.625 - logarithm);
};
