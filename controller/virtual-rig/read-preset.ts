/** The machine that is simulated, from its preset file. */
import { readFileSync } from 'node:fs';
import { parsePreset, type Preset, UserError } from '../../sim/index.ts';

/** `overrides`: values changed by key. One sentence where it cannot be read. */
export function readPreset(
  file: string,
  overrides: ReadonlyMap<string, string> = new Map(),
): Preset | string {
  const text = readText(file);
  if (text === undefined) return `${file}: the preset cannot be read; give the path of a preset file.`;
  try {
    return parsePreset(text, file, { read: readText, overrides });
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
