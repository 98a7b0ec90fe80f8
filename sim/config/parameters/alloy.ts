import { choice, given, only, usual, whole } from './parameter.ts';

/** The alloy of a bank of cells; see sim/material/superelastic.ts for the law. */
export const material = {
  law: choice(
    ['smooth', 'distributed', 'brinson'],
    'constitutive law: one smooth element a node, several with narrow minor loops, or the cosine law of Brinson as published',
  ),
  elements: only(
    'material.law',
    'distributed',
    whole(usual(5, '', 2, 16, '1', 'elements of a node under the distributed law')),
  ),
  family: choice(['NiTi', 'TiNiCu'], 'which published fatigue figures apply'),
  mode: choice(['compression', 'tension'], 'whether the alloy is pressed or pulled'),
  density: given('kg/m^3', 5000, 9000, 'kg/m^3', 'density of the alloy'),
  heat_capacity: given(
    'J/(kg K)',
    300,
    900,
    'J/(kg K)',
    'specific heat capacity at constant stress and phase',
  ),
  conductivity: given('W/(m K)', 1, 50, 'W/(m K)', 'thermal conductivity of the alloy'),
  austenite_modulus: given('Pa', 20e9, 100e9, 'GPa', "Young's modulus of austenite"),
  martensite_modulus: given('Pa', 10e9, 100e9, 'GPa', "Young's modulus of martensite"),
  poisson_ratio: given('', 0, 0.5, '1', 'Poisson ratio of the elastic strain'),
  thermal_expansion: given('1/K', 0, 5e-5, '1/K', 'linear thermal expansion'),
  entropy_change: given(
    'J/(kg K)',
    5,
    110,
    'J/(kg K)',
    'entropy of the full austenite-martensite transformation',
  ),
  transformation_strain: given('', 0.005, 0.09, '1', 'strain of the full transformation'),
  equilibrium_temperature: given(
    'degC',
    150,
    400,
    'degC',
    'temperature at which both phases balance without stress',
  ),
  hysteresis_energy: given('J/m^3', 0, 3e7, 'MJ/m^3', 'energy dissipated by a full isothermal loop (2Y)'),
  linear_hardening: given(
    'J/m^3',
    1e4,
    3e7,
    'MJ/m^3',
    'slope of the plateau: half its rise times the transformation strain',
  ),
  end_hardening: given('J/m^3', 0, 3e7, 'MJ/m^3', 'rounding of the ends of the plateau'),
  cycles_before: usual(
    0,
    '',
    0,
    1e9,
    '1',
    'full transformations before the cycle that is looked at, on an alloy that is as given here when new',
  ),
  // NiTi; the residual strain is of the published size, about 0.5 % after about 1000 cycles of a 1.5 mm wire
  // (niti-wire-prestrain), range 0.2 to 2 %. The others are assumed, for want of a figure that could be read: plateau
  // drop 50 to 200 MPa, hysteresis 20 to 60 %, 10 to 100 cycles.
  training_residual_strain: usual(0.005, '', 0, 0.05, '1', 'residual strain after long training'),
  training_plateau_drop: usual('80 MPa', 'Pa', 0, 5e8, 'MPa', 'fall of the loading plateau in long training'),
  training_hysteresis_share: usual(
    0.4,
    '',
    0,
    0.95,
    '1',
    'share of the hysteresis that long training takes away',
  ),
  training_cycles: usual(30, '', 1, 1e6, '1', 'cycles in which training comes within 37 % of its end'),
};
