import { sameAs, usual } from './parameter.ts';

/** Coils and loops between the machine and its two airs. */
export const exchangers = {
  cold_conductance: usual('200 W/K', 'W/K', 1, 1e5, 'W/K', 'UA of the cold coil, loop to room air'),
  cold_air_capacity: usual(
    '180 W/K',
    'W/K',
    1,
    1e5,
    'W/K',
    'heat capacity rate of the room air through the cold coil',
  ),
  cold_fan_power: usual('15 W', 'W', 0, 1e4, 'W', 'electricity of the room fan; ends as heat in the room'),
  cold_loop_volume: usual('1 L', 'm^3', 1e-5, 1, 'L', 'fluid in the cold loop, mixed'),
  hot_conductance: usual('500 W/K', 'W/K', 1, 1e5, 'W/K', 'UA of the hot coil, loop to outdoor air'),
  hot_air_capacity: usual(
    '450 W/K',
    'W/K',
    1,
    1e5,
    'W/K',
    'heat capacity rate of the outdoor air through the hot coil',
  ),
  hot_fan_power: usual('30 W', 'W', 0, 1e4, 'W', 'electricity of the outdoor fan'),
  hot_loop_volume: usual('1 L', 'm^3', 1e-5, 1, 'L', 'fluid in the hot loop, mixed'),
};

/** The model house and its thermostat. */
export const room = {
  air_volume: usual('2.7 m^3', 'm^3', 0.05, 1e4, 'm^3', 'air in the house'),
  wall_area: usual('11.6 m^2', 'm^2', 0.1, 1e5, 'm^2', 'inner surface of the envelope'),
  wall_heat_capacity: usual(
    '3.2 kJ/(m^2 K)',
    'J/(m^2 K)',
    100,
    1e6,
    'kJ/(m^2 K)',
    'heat capacity of the inner wall layer per area',
  ),
  wall_inner_coefficient: usual('8 W/(m^2 K)', 'W/(m^2 K)', 0.1, 100, 'W/(m^2 K)', 'air to inner wall layer'),
  wall_transmittance: usual(
    '1 W/(m^2 K)',
    'W/(m^2 K)',
    0.01,
    20,
    'W/(m^2 K)',
    'inner wall layer to outdoors',
  ),
  ventilation: usual('0.5 1/h', '1/s', 0, 1, '1/h', 'air changes with outdoors'),
  heat_gain: usual('0 W', 'W', -1e5, 1e5, 'W', 'constant heat load in the room'),
  outdoor_temperature: usual('31 degC', 'degC', 223.15, 333.15, 'degC', 'outdoor air'),
  initial_temperature: usual(
    '31 degC',
    'degC',
    223.15,
    333.15,
    'degC',
    'house, loops and machine at the start',
  ),
  setpoint: usual('21.5 degC', 'degC', 223.15, 333.15, 'degC', 'thermostat set-point'),
  thermostat_band: usual(
    '0.6 K',
    'K',
    0.05,
    10,
    'K',
    'the machine rests below set-point - band/2 and runs above set-point + band/2',
  ),
  frequency: sameAs('recipe.frequency', 'Hz', 0.02, 20, 'Hz', 'frequency while it cools the house'),
  blow_flow: sameAs('recipe.blow_flow', 'kg/s', 1e-5, 20, 'kg/s', 'blow flow while it cools the house'),
};
