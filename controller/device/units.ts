/** The units that a point may have, each with the ending that its name then carries: `position_mm`, `flow_kg_per_h`. */

export const UNIT_ENDINGS: Readonly<Record<string, string>> = {
  '°C': 'C',
  K: 'K',
  mm: 'mm',
  'mm/s': 'mm_per_s',
  N: 'N',
  kN: 'kN',
  kg: 'kg',
  Nm: 'Nm',
  bar: 'bar',
  kPa: 'kPa',
  MPa: 'MPa',
  psi: 'psi',
  'kg/s': 'kg_per_s',
  'kg/h': 'kg_per_h',
  'g/s': 'g_per_s',
  'L/min': 'L_per_min',
  'mL/min': 'mL_per_min',
  Hz: 'Hz',
  rpm: 'rpm',
  V: 'V',
  mV: 'mV',
  A: 'A',
  mA: 'mA',
  W: 'W',
  kW: 'kW',
  VA: 'VA',
  Wh: 'Wh',
  '%': 'percent',
  s: 's',
  ms: 'ms',
  us: 'us',
  deg: 'deg',
};

/** Why this name does not say this unit, or null. A point without unit has any name. */
export function unitProblem(name: string, unit: string | undefined): string | null {
  if (unit === undefined) return null;
  const ending = UNIT_ENDINGS[unit];
  if (ending === undefined)
    return `"${unit}" given, allowed are ${Object.keys(UNIT_ENDINGS).join(', ')}, or no unit for codes, counts and states`;
  return name.endsWith(`_${ending}`) ? null : `a point in ${unit} is named with the ending "_${ending}"`;
}

/** Milliseconds as a value in `unit`, s or ms; null for any other. */
export const fromMs = (ms: number, unit: string | undefined): number | null =>
  unit === 'ms' ? ms : unit === 's' ? ms / 1000 : null;
