import { choice, given, only, usual, whole } from './parameter.ts';

/** Cells of a bank: mechanically in series, their fluid in parallel. */
export const cell = {
  form: choice(['tubes', 'plates'], 'shape of the alloy'),
  cells: whole(given('', 1, 200, '1', 'cells mechanically in series, fluid in parallel')),
  length: given('m', 5e-3, 2, 'mm', 'active length of a tube or plate, along force and flow'),
};

export const tube = {
  tubes_per_cell: only(
    'cell.form',
    'tubes',
    whole(usual(1, '', 1, 2000, '1', 'tubes side by side in a cell')),
  ),
  outer_diameter: only(
    'cell.form',
    'tubes',
    usual('5 mm', 'm', 0.5e-3, 50e-3, 'mm', 'outer diameter of a tube'),
  ),
  wall_thickness: only(
    'cell.form',
    'tubes',
    usual('0.25 mm', 'm', 0.02e-3, 5e-3, 'mm', 'wall thickness of a tube'),
  ),
};

export const plate = {
  plates_per_cell: only(
    'cell.form',
    'plates',
    whole(usual(10, '', 1, 2000, '1', 'plates side by side in a cell, fluid between them')),
  ),
  plate_width: only(
    'cell.form',
    'plates',
    usual('20 mm', 'm', 1e-3, 1, 'mm', 'width of a plate, across the flow'),
  ),
  plate_thickness: only(
    'cell.form',
    'plates',
    usual('0.2 mm', 'm', 0.02e-3, 5e-3, 'mm', 'thickness of a plate'),
  ),
};

/** Where the fluid runs. */
export const channel = {
  inside: choice(
    ['gap', 'bore', 'blocked'],
    'fluid inside the tubes: in a gap around an insert, in the open bore, or none',
  ),
  outside: choice(
    ['gap', 'bundle', 'blocked'],
    'fluid outside the tubes: in a gap to the housing, along a bundle of tubes, or none',
  ),
  inner_gap: only(
    'channel.inside',
    'gap',
    usual('0.2 mm', 'm', 0.03e-3, 10e-3, 'mm', 'gap between tube and insert, unloaded'),
  ),
  outer_gap: only(
    'channel.outside',
    'gap',
    usual('0.2 mm', 'm', 0.03e-3, 10e-3, 'mm', 'gap between tube and housing, unloaded'),
  ),
  pitch_ratio: only(
    'channel.outside',
    'bundle',
    usual(1.2, '', 1.02, 3, '1', 'distance of the axes of a bundle / outer diameter'),
  ),
  arrangement: choice(['triangular', 'square'], 'how the axes of the tubes of a bundle stand'),
  plate_gap: only('cell.form', 'plates', usual('0.15 mm', 'm', 0.03e-3, 3e-3, 'mm', 'gap between plates')),
  gap_tolerance: usual(0, '', 0, 0.3, '1', 'relative spread of the gaps from cell to cell, first to last'),
  liner_conductivity: usual(
    '0.25 W/(m K)',
    'W/(m K)',
    0.02,
    100,
    'W/(m K)',
    'conductivity of insert and housing liner',
  ),
  liner_heat_capacity: usual(
    '1.7 MJ/(m^3 K)',
    'J/(m^3 K)',
    1e4,
    5e6,
    'MJ/(m^3 K)',
    'volumetric heat capacity of insert and housing liner',
  ),
  dead_volume: usual(
    '0 mL',
    'm^3',
    0,
    1e-3,
    'mL',
    'mixed fluid volume of a cell between each end and its valve',
  ),
  housing_loss: usual(
    '0 W/K',
    'W/K',
    0,
    100,
    'W/K',
    'heat conductance from the housings of a bank to the surroundings',
  ),
};
