/**
 * Every number that describes a machine, once: unit, bounds and meaning. Presets give the values; `--set key="value"`
 * changes one; the help and the error sentences are printed from here. Inside the program a parameter stands in the
 * unit given here, which is SI throughout (angles, shares and strains are pure numbers).
 */
export interface Parameter {
  /** SI unit of the value inside the program; '' for pure numbers; 'degC' for a temperature, kept in kelvin. */
  readonly unit: string;
  /** Allowed range in that unit (a temperature: in kelvin). */
  readonly min: number;
  readonly max: number;
  /** The unit people write it in, for help and tables. */
  readonly display: string;
  readonly help: string;
  /** For a concentration: density of the solution, kg/m³, by which a weight share ("0.2 wt%") is turned into it. */
  readonly solutionDensity?: number;
}

/** At 25 °C, kg/m³. */
export const WATER_DENSITY = 997;

const p = (unit: string, min: number, max: number, display: string, help: string): Parameter => ({
  unit,
  min,
  max,
  display,
  help,
});

export const PARAMETERS = {
  material: {
    density: p('kg/m^3', 5000, 9000, 'kg/m^3', 'density of the alloy'),
    heat_capacity: p('J/(kg K)', 300, 900, 'J/(kg K)', 'specific heat capacity at constant stress and phase'),
    conductivity: p('W/(m K)', 1, 50, 'W/(m K)', 'thermal conductivity of the alloy'),
    austenite_modulus: p('Pa', 20e9, 100e9, 'GPa', "Young's modulus of austenite"),
    martensite_modulus: p('Pa', 10e9, 100e9, 'GPa', "Young's modulus of martensite"),
    poisson_ratio: p('', 0, 0.5, '1', 'Poisson ratio of the elastic strain'),
    thermal_expansion: p('1/K', 0, 5e-5, '1/K', 'linear thermal expansion'),
    entropy_change: p(
      'J/(kg K)',
      5,
      110,
      'J/(kg K)',
      'entropy of the full austenite-martensite transformation',
    ),
    transformation_strain: p('', 0.005, 0.09, '1', 'strain of the full transformation'),
    equilibrium_temperature: p(
      'degC',
      150,
      400,
      'degC',
      'temperature at which both phases balance without stress',
    ),
    hysteresis_energy: p('J/m^3', 0, 3e7, 'MJ/m^3', 'energy dissipated by a full isothermal loop (2Y)'),
    linear_hardening: p(
      'J/m^3',
      1e4,
      3e7,
      'MJ/m^3',
      'slope of the plateau: half its rise times the transformation strain',
    ),
    end_hardening: p('J/m^3', 0, 3e7, 'MJ/m^3', 'rounding of the ends of the plateau'),
  },
  tube: {
    cells: p('', 1, 200, '1', 'cells mechanically in series, fluid in parallel'),
    tubes_per_cell: p('', 1, 200, '1', 'tubes side by side in a cell'),
    outer_diameter: p('m', 0.5e-3, 50e-3, 'mm', 'outer diameter of a tube'),
    wall_thickness: p('m', 0.02e-3, 5e-3, 'mm', 'wall thickness of a tube'),
    length: p('m', 5e-3, 2, 'mm', 'active length of a tube'),
  },
  channel: {
    inner_gap: p('m', 0.03e-3, 3e-3, 'mm', 'gap between tube and insert, unloaded'),
    outer_gap: p('m', 0.03e-3, 3e-3, 'mm', 'gap between tube and housing, unloaded'),
    gap_tolerance: p('', 0, 0.3, '1', 'relative spread of the gaps from cell to cell, first to last'),
    liner_conductivity: p('W/(m K)', 0.02, 100, 'W/(m K)', 'conductivity of insert and housing liner'),
    liner_heat_capacity: p(
      'J/(m^3 K)',
      1e4,
      5e6,
      'MJ/(m^3 K)',
      'volumetric heat capacity of insert and housing liner',
    ),
    dead_volume: p('m^3', 0, 1e-3, 'mL', 'mixed fluid volume of a cell between each end and its valve'),
    housing_loss: p('W/K', 0, 100, 'W/K', 'heat conductance from all housings to the surroundings'),
  },
  fluid: {
    loading: {
      ...p('kg/m^3', 0, 20, 'g/L', 'graphene in the water; 0 is distilled water'),
      solutionDensity: WATER_DENSITY,
    },
    conductivity_gain: p('m^3/kg', 0, 1, 'L/g', 'relative gain of conductivity per loading'),
    viscosity_gain: p('m^3/kg', 0, 1, 'L/g', 'relative gain of viscosity per loading'),
    reference_temperature: p(
      'degC',
      273.15,
      363.15,
      'degC',
      'temperature at which the fluid properties are taken',
    ),
  },
  drive: {
    ramp_share: p('', 0.02, 0.3, '1', 'share of the period for loading, and again for unloading'),
    clearance: p('m', 0, 5e-3, 'mm', 'slack of the unloaded train, so that no tube is ever pulled'),
    frame_stiffness: p('N/m', 1e5, 1e12, 'kN/mm', 'stiffness of frame and drive'),
    drive_efficiency: p('', 0.05, 1, '1', 'mechanical work delivered / electricity taken'),
    work_recovery: p('', 0, 1, '1', 'share of the unloading work that is used again'),
  },
  circuit: {
    blow_delay: p(
      '',
      0,
      0.2,
      '1',
      'share of the period between the end of a stroke and the start of its blow',
    ),
    valve_switch_time: p('s', 0, 0.5, 'ms', 'time a valve takes to open, and again to close'),
    valve_coefficient: p(
      'm^3/(s Pa^0.5)',
      1e-8,
      1,
      'm^3/(s Pa^0.5)',
      'flow through the open valves per square root of pressure drop',
    ),
    line_length: p('m', 0, 100, 'm', 'length of the lines'),
    line_diameter: p('m', 1e-3, 0.2, 'mm', 'inner diameter of the lines'),
    pump_efficiency: p('', 0.05, 1, '1', 'hydraulic power / electricity of the pump'),
  },
  operation: {
    mean_temperature: p('degC', 233.15, 373.15, 'degC', 'mean of the two inlet temperatures (simulate)'),
    lift: p('K', -20, 100, 'K', 'temperature lift: hot inlet minus cold inlet (simulate)'),
    ambient_temperature: p('degC', 223.15, 333.15, 'degC', 'air around the machine (simulate)'),
  },
  recipe: {
    frequency: p('Hz', 0.02, 20, 'Hz', 'cycles a second'),
    strain: p('', 0.002, 0.1, '1', 'nominal strain of the load train at full stroke, frame included'),
    blow_flow: p('kg/s', 1e-4, 20, 'kg/s', 'flow through all cells during a blow'),
    blow_duty: p('', 0.05, 0.48, '1', 'share of the period of each of the two blows'),
  },
  exchangers: {
    cold_conductance: p('W/K', 1, 1e5, 'W/K', 'UA of the cold coil, loop to room air'),
    cold_air_capacity: p('W/K', 1, 1e5, 'W/K', 'heat capacity rate of the room air through the cold coil'),
    cold_air_side_share: p(
      '',
      0.1,
      0.99,
      '1',
      'share of the thermal resistance of the cold coil that lies between air and fins',
    ),
    cold_fan_power: p('W', 0, 1e4, 'W', 'electricity of the room fan; ends as heat in the room'),
    cold_loop_volume: p('m^3', 1e-5, 1, 'L', 'fluid in the cold loop, mixed'),
    hot_conductance: p('W/K', 1, 1e5, 'W/K', 'UA of the hot coil, loop to outdoor air'),
    hot_air_capacity: p('W/K', 1, 1e5, 'W/K', 'heat capacity rate of the outdoor air through the hot coil'),
    hot_fan_power: p('W', 0, 1e4, 'W', 'electricity of the outdoor fan'),
    hot_loop_volume: p('m^3', 1e-5, 1, 'L', 'fluid in the hot loop, mixed'),
  },
  room: {
    air_volume: p('m^3', 0.05, 1e4, 'm^3', 'air in the house'),
    wall_area: p('m^2', 0.1, 1e5, 'm^2', 'inner surface of the envelope'),
    wall_heat_capacity: p('J/(m^2 K)', 100, 1e6, 'kJ/(m^2 K)', 'heat capacity of all wall layers per area'),
    wall_inner_coefficient: p('W/(m^2 K)', 0.1, 100, 'W/(m^2 K)', 'air to inner wall layer'),
    wall_transmittance: p('W/(m^2 K)', 0.01, 20, 'W/(m^2 K)', 'inner wall layer to outdoors'),
    wall_layers: p('', 1, 20, '1', 'layers that share the heat capacity and the resistance of the wall'),
    solar_aperture: p(
      'm^2',
      0,
      1e4,
      'm^2',
      'window area times solar factor; the sun ends on the inner layer',
    ),
    ventilation: p('1/s', 0, 1, '1/h', 'air changes with outdoors'),
    heat_gain: p('W', -1e5, 1e5, 'W', 'constant heat load in the room'),
    moisture_gain: p('kg/s', 0, 1, 'g/h', 'vapour set free in the room'),
    outdoor_temperature: p('degC', 223.15, 333.15, 'degC', 'outdoor air, mean of the day'),
    outdoor_swing: p('K', 0, 30, 'K', 'amplitude of the daily sine of the outdoor air; 0 is constant'),
    warmest_time: p('s', 0, 86_400, 'h', 'time of day at which the outdoor air is warmest'),
    outdoor_dew_point: p('degC', 233.15, 323.15, 'degC', 'dew point of the outdoor air'),
    start_time: p('s', 0, 86_400, 'h', 'time of day at which a run starts'),
    initial_temperature: p('degC', 223.15, 333.15, 'degC', 'house, loops and machine at the start'),
    initial_dew_point: p('degC', 233.15, 323.15, 'degC', 'dew point of the room air at the start'),
    setpoint: p('degC', 223.15, 333.15, 'degC', 'thermostat set-point'),
    thermostat_band: p(
      'K',
      0.05,
      10,
      'K',
      'the machine rests below set-point - band/2 and runs above set-point + band/2',
    ),
    frequency: p('Hz', 0.02, 20, 'Hz', 'frequency while it cools the house'),
    blow_flow: p('kg/s', 1e-4, 20, 'kg/s', 'blow flow while it cools the house'),
  },
  edge_box: {
    heat_load: p('W', 0, 1e6, 'W', 'heat of the electronics in an edge box'),
    heat_capacity: p('J/K', 100, 1e8, 'kJ/K', 'box with its electronics'),
    plate_conductance: p('W/K', 1, 1e5, 'W/K', 'cold plate, box to cold loop'),
    loss_conductance: p('W/K', 0, 1e4, 'W/K', 'box to outdoors'),
    limit_temperature: p('degC', 223.15, 373.15, 'degC', 'temperature at which the box is held'),
  },
  numerics: {
    nodes: p('', 4, 2000, '1', 'nodes along each tube and each gap'),
    courant: p('', 0.01, 1, '1', 'largest share of a fluid node that moves in a transport sub-step'),
    blow_steps: p('', 2, 10000, '1', 'steps of each blow, at least'),
    ramp_steps: p('', 2, 10000, '1', 'steps of loading, and again of unloading, at least'),
  },
} as const satisfies Record<string, Record<string, Parameter>>;

export type GroupKey = keyof typeof PARAMETERS;
