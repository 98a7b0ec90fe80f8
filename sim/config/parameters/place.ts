import { sameAs, usual, whole } from './parameter.ts';

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
  cold_air_side_share: usual(
    0.77,
    '',
    0.1,
    0.99,
    '1',
    'share of the thermal resistance of the cold coil that lies between air and fins',
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
    'heat capacity of all wall layers per area',
  ),
  wall_layers: whole(
    usual(1, '', 1, 20, '1', 'layers that share the heat capacity and the resistance of the wall'),
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
  solar_aperture: usual(
    '0 m^2',
    'm^2',
    0,
    1e4,
    'm^2',
    'window area times solar factor; the sun ends on the inner layer',
  ),
  moisture_gain: usual('0 g/h', 'kg/s', 0, 1, 'g/h', 'vapour set free in the room'),
  heat_gain: usual('0 W', 'W', -1e5, 1e5, 'W', 'constant heat load in the room'),
  outdoor_temperature: usual('31 degC', 'degC', 223.15, 333.15, 'degC', 'outdoor air, mean of the day'),
  outdoor_swing: usual(
    '0 K',
    'K',
    0,
    30,
    'K',
    'amplitude of the daily sine of the outdoor air; 0 is constant',
  ),
  warmest_time: usual('14 h', 's', 0, 86_400, 'h', 'time of day at which the outdoor air is warmest'),
  outdoor_dew_point: usual('10 degC', 'degC', 233.15, 323.15, 'degC', 'dew point of the outdoor air'),
  start_time: usual('12 h', 's', 0, 86_400, 'h', 'time of day at which a run starts'),
  initial_dew_point: usual(
    '10 degC',
    'degC',
    233.15,
    323.15,
    'degC',
    'dew point of the room air at the start',
  ),
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

/** A constant heat load instead of a room: electronics on a cold plate, held at their limit. */
export const edge_box = {
  heat_load: usual('1 kW', 'W', 0, 1e6, 'W', 'heat of the electronics in an edge box'),
  heat_capacity: usual('20 kJ/K', 'J/K', 100, 1e8, 'kJ/K', 'box with its electronics'),
  plate_conductance: usual('300 W/K', 'W/K', 1, 1e5, 'W/K', 'cold plate, box to cold loop'),
  loss_conductance: usual('2 W/K', 'W/K', 0, 1e4, 'W/K', 'box to outdoors'),
  limit_temperature: usual('38 degC', 'degC', 223.15, 373.15, 'degC', 'temperature at which the box is held'),
};
