import { choice, given, only, usual, whole } from './parameter.ts';

/** At 25 °C, kg/m³. */
export const WATER_DENSITY = 997;

export const fluid = {
  base: choice(
    ['water', 'ethylene_glycol', 'propylene_glycol', 'calcium_chloride'],
    'water, or what is dissolved in it',
  ),
  mass_fraction: usual(0, '', 0, 0.6, '1', 'mass of what is dissolved / mass of the solution'),
  loading: {
    ...usual('0 g/L', 'kg/m^3', 0, 20, 'g/L', 'graphene in the fluid; 0 is the plain fluid'),
    solutionDensity: WATER_DENSITY,
  },
  conductivity_gain: usual('0 L/g', 'm^3/kg', 0, 1, 'L/g', 'relative gain of conductivity per loading'),
  viscosity_gain: usual('0 L/g', 'm^3/kg', 0, 1, 'L/g', 'relative gain of viscosity per loading'),
  reference_temperature: usual(
    '25 degC',
    'degC',
    223.15,
    373.15,
    'degC',
    'temperature at which density and heat capacity of the fluid are taken',
  ),
};

export const drive = {
  control: choice(['stroke', 'force'], 'whether the drive sets the shortening of the train or the force'),
  waveform: choice(
    ['half_cosine', 'ramp', 'cycloid'],
    'how a stroke runs over its time: half a cosine, a straight ramp (roller), a cycloid (cam)',
  ),
  peak_force: only(
    'drive.control',
    'force',
    usual('5 kN', 'N', 1, 1e7, 'kN', 'force at full load, where the drive sets the force'),
  ),
  ramp_share: usual(0.12, '', 0.02, 0.5, '1', 'share of the period for loading, and again for unloading'),
  clearance: usual(
    '0.3 mm',
    'm',
    0,
    5e-3,
    'mm',
    'slack of the unloaded train, so that no tube is ever strained at rest',
  ),
  frame_stiffness: usual('50 kN/mm', 'N/m', 1e5, 1e12, 'kN/mm', 'stiffness of frame and drive'),
  drive_efficiency: usual(0.8, '', 0.05, 1, '1', 'mechanical work delivered / electricity taken'),
  work_recovery: usual(0, '', 0, 1, '1', 'share of the work the drive gives back that is used again'),
};

export const circuit = {
  blow_delay: usual(
    0,
    '',
    -0.25,
    0.2,
    '1',
    'share of the period between the end of a stroke and the start of its blow; negative: the blow overlaps the stroke',
  ),
  valve_switch_time: usual('10 ms', 's', 0, 5, 'ms', 'time a valve takes to open, and again to close'),
  valve_coefficient: usual(
    '2.5e-6 m^3/(s Pa^0.5)',
    'm^3/(s Pa^0.5)',
    1e-8,
    1,
    'm^3/(s Pa^0.5)',
    'flow through the open valves per square root of pressure drop',
  ),
  line_length: usual('0.6 m', 'm', 0, 100, 'm', 'length of the lines'),
  line_diameter: usual('20 mm', 'm', 1e-3, 0.2, 'mm', 'inner diameter of the lines'),
  loop_volume: usual(
    '5 mL',
    'm^3',
    1e-7,
    1e-2,
    'mL',
    'mixed fluid in the pipe that closes a recovery loop between banks',
  ),
  pump: choice(
    ['prescribed', 'curve'],
    'whether the flow of a blow is as prescribed, or no more than the pump can push',
  ),
  pump_shutoff_pressure: only(
    'circuit.pump',
    'curve',
    usual('1.5 bar', 'Pa', 100, 1e7, 'bar', 'pressure of the pump without flow'),
  ),
  pump_free_flow: only(
    'circuit.pump',
    'curve',
    usual('1 L/s', 'm^3/s', 1e-7, 1, 'L/min', 'flow of the pump without pressure'),
  ),
  pump_efficiency: usual(0.4, '', 0.05, 1, '1', 'hydraulic power / electricity of the pump'),
};

export const recipe = {
  frequency: given('Hz', 0.02, 20, 'Hz', 'cycles a second'),
  strain: only(
    'drive.control',
    'stroke',
    usual(
      0.04,
      '',
      0.002,
      0.1,
      '1',
      'nominal strain of a load train at full stroke, frame included (stroke control)',
    ),
  ),
  blow_flow: given('kg/s', 1e-5, 20, 'kg/s', 'flow of a blow, through all cells of a bank'),
  blow_duty: given('', 0.02, 0.5, '1', 'share of the period of a blow'),
};

export const operation = {
  mean_temperature: usual(
    '25 degC',
    'degC',
    223.15,
    373.15,
    'degC',
    'mean of the two inlet temperatures (simulate)',
  ),
  lift: usual('0 K', 'K', -20, 120, 'K', 'temperature lift: hot inlet minus cold inlet (simulate)'),
  ambient_temperature: usual('25 degC', 'degC', 223.15, 333.15, 'degC', 'air around the machine (simulate)'),
};

export const numerics = {
  nodes: whole(usual(40, '', 4, 2000, '1', 'nodes along each tube and each gap')),
  courant: usual(0.5, '', 0.01, 1, '1', 'largest share of a fluid node that moves in a transport sub-step'),
  blow_steps: whole(usual(24, '', 2, 10000, '1', 'steps of each blow, at least')),
  ramp_steps: whole(usual(16, '', 2, 10000, '1', 'steps of loading, and again of unloading, at least')),
};
