/** Where profiles are kept: those shipped, and files of one's own beside the rig file. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { parseProfile } from './parse-profile.ts';
import type { DeviceProfile } from './profile.ts';
import { planRig, type RigDevices, RigDevicesSchema, type RigPlan } from './rig-devices.ts';
import { readYaml } from './yaml-value.ts';

const SHIPPED = fileURLToPath(new URL('../../fixtures/profiles/', import.meta.url));

/** Names of the profiles that come along. */
export const shippedProfiles = (): string[] =>
  readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''));

/** @param name of a shipped profile, or a path ending in .yaml from `folder` on */
export function loadProfile(name: string, folder = '.'): DeviceProfile | string {
  const text = profileText(name, folder);
  if (text !== null) return parseProfile(text, isPath(name) ? name : `fixtures/profiles/${name}.yaml`);
  return `There is no profile "${name}"; shipped are ${shippedProfiles().join(', ')}; a file of your own is named by its path, ending in .yaml.`;
}

const isPath = (name: string): boolean => /\.ya?ml$/.test(name);

/** As it stands in its file; null where there is none. */
export const profileText = (name: string, folder: string): string | null =>
  readText(isPath(name) ? resolve(folder, name) : resolve(SHIPPED, `${name}.yaml`));

/** Buses and devices alone, or the rig file of an assembled machine; the rest of that is not looked at here. */
const Whole = z.looseObject({
  electronics: RigDevicesSchema.extend({ kind: z.literal('assembly'), machine: z.unknown() }),
});
const DevicesFile = z.union([Whole, RigDevicesSchema]);

/** A file with buses and devices, held against the profiles it names. */
export function loadRigPlan(file: string): RigPlan | string {
  const text = readText(file);
  if (text === null) return `${file}: there is no such file, or it cannot be read.`;
  const read = readYaml(text, file, DevicesFile);
  if (typeof read === 'string') return read;
  const isWhole = 'electronics' in read.value;
  const rig = 'electronics' in read.value ? read.value.electronics : read.value;
  const profiles = loadProfiles(rig, dirname(file));
  if (typeof profiles === 'string') return profiles;
  const plan = planRig(rig, profiles);
  if (!('says' in plan)) return plan;
  return `${read.where(isWhole ? ['electronics', ...plan.path] : plan.path)}: ${plan.says}.`;
}

export function loadProfiles(rig: RigDevices, folder: string): ReadonlyMap<string, DeviceProfile> | string {
  const profiles = new Map<string, DeviceProfile>();
  for (const { profile: name } of Object.values(rig.devices)) {
    if (profiles.has(name)) continue;
    const profile = loadProfile(name, folder);
    if (typeof profile === 'string') return profile;
    profiles.set(name, profile);
  }
  return profiles;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
