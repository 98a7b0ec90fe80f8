/** Machines by reference; each preset file is read once. */
import type { Preset } from '../index.ts';
import { vary } from '../config/vary.ts';
import type { MachineRef } from '../study/study.ts';
import { loadPreset } from './preset-file.ts';

const READ = new Map<string, Preset>();

export function loadMachine({ preset, changes = {} }: MachineRef): Preset {
  let read = READ.get(preset);
  if (read === undefined) READ.set(preset, (read = loadPreset(preset, new Map())));
  return vary(read, changes);
}
