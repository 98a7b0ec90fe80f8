/** Alloys by name: the files of fixtures/alloys, each the `material` group of a preset on its own. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { PARAMETERS, UserError, readQuantity } from '../index.ts';
import { REFERENCE_TEMPERATURE_K } from '../machine/geometry.ts';
import type { SuperelasticParameters } from '../material/superelastic.ts';

const DIRECTORY = new URL('../../fixtures/alloys/', import.meta.url);

type Numbers = Record<keyof typeof PARAMETERS.material, number>;
interface Entry {
  readonly value: string | number;
  readonly status: string;
  readonly source?: string;
  readonly range?: readonly [string | number, string | number];
  readonly note?: string;
}

export interface AlloyFile {
  readonly mode: 'compression' | 'tension';
  readonly entries: Readonly<Record<string, Entry>>;
  readonly parameters: SuperelasticParameters;
}

/** Keys of all alloys. */
export function listAlloys(): string[] {
  return readdirSync(DIRECTORY).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));
}

/** Throws UserError where there is no such alloy or a value does not fit. */
export function loadAlloy(key: string): AlloyFile {
  let text: string;
  try {
    text = readFileSync(fileURLToPath(new URL(`${basename(key)}.yaml`, DIRECTORY)), 'utf8');
  } catch {
    throw new UserError(`there is no alloy "${key}"; known are ${listAlloys().join(', ')}.`);
  }
  const file = parse(text) as { parameters: { material: Record<string, Entry> } };
  const { mode, ...entries } = file.parameters.material;
  const m = {} as Numbers;
  for (const [name, { value, range }] of Object.entries(entries)) {
    const parameter = PARAMETERS.material[name as keyof Numbers];
    const read = (given: string | number) => readQuantity(`${key}: ${name}`, parameter, String(given));
    m[name as keyof Numbers] = read(value);
    if (range && (read(value) < read(range[0]) || read(value) > read(range[1])))
      throw new UserError(`${key}: ${name}: ${value} is outside its own range ${range.join(' to ')}.`);
  }
  const pulled = mode.value === 'tension';
  // for tension, lengthening is positive, so expansion and thinning change their sign
  const sign = pulled ? -1 : 1;
  return {
    mode: pulled ? 'tension' : 'compression',
    entries: file.parameters.material,
    parameters: {
      heatCapacity: m.density * m.heat_capacity,
      austeniteCompliance: 1 / m.austenite_modulus,
      complianceChange: 1 / m.martensite_modulus - 1 / m.austenite_modulus,
      thermalExpansion: sign * m.thermal_expansion,
      transformationStrain: m.transformation_strain,
      entropyChange: m.density * m.entropy_change,
      equilibriumTemperature: m.equilibrium_temperature,
      referenceTemperature: REFERENCE_TEMPERATURE_K,
      dissipation: m.hysteresis_energy / 2,
      linearHardening: m.linear_hardening,
      endHardening: m.end_hardening,
      poissonRatio: sign * m.poisson_ratio,
      lateralShare: sign * 0.5,
    },
  };
}
