/** The kilowatt preset as the tests use it, with values changed by key. */
import { readFileSync } from 'node:fs';
import { type DeviceConfig, type Preset, parsePreset } from '../../sim/index.ts';

const FILE = new URL('../../fixtures/presets/hkust-kilowatt-2025.yaml', import.meta.url);

export function kilowattPreset(changes: Readonly<Record<string, string>> = {}): Preset {
  return parsePreset(readFileSync(FILE, 'utf8'), 'hkust-kilowatt-2025.yaml', {
    overrides: new Map(Object.entries(changes)),
  });
}

export const kilowatt = (changes: Readonly<Record<string, string>> = {}): DeviceConfig =>
  kilowattPreset(changes).device;
