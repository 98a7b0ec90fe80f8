import { choice, given, usual } from './parameter.ts';

/** The alloy of a bank of cells; see sim/material/superelastic.ts for the law. */
export const material = {
  law: choice(
    ['smooth', 'distributed', 'brinson'],
    'constitutive law: one smooth element a node, several with narrow minor loops, or the cosine law of Brinson as published',
  ),
  elements: usual(5, '', 2, 16, '1', 'elements of a node under the distributed law'),
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
};
