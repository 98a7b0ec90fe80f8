import type { Preset } from './device-config.ts';
import { parsePreset } from './preset.ts';
import { UserError } from './quantity.ts';

/** Texts by their path in `fixtures`: `presets/*.yaml` and what those extend. */
export type MachineFiles = ReadonlyMap<string, string>;

/** Keys of the machines among the files, in the order of the files. */
export const machineKeys = (files: MachineFiles): string[] =>
  [...files.keys()].flatMap((path) => /^presets\/(.*)\.yaml$/.exec(path)?.[1] ?? []);

/**
 * The machine of that key with `changes` laid over it (parameter → value with unit). Throws UserError where there is no
 * such machine or a change does not fit.
 */
export function machineByKey(files: MachineFiles, key: string, changes: ReadonlyMap<string, string>): Preset {
  const path = `presets/${key}.yaml`;
  const text = files.get(path);
  if (text === undefined)
    throw new UserError(`there is no machine "${key}"; known are ${machineKeys(files).join(', ')}.`);
  return parsePreset(text, path, { overrides: changes, read: (other) => files.get(other) });
}
