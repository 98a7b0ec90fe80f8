/** Presets by name, with the user's `--set` values laid over them. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError } from 'commander';
import { type GroupKey, type Preset, UserError, parsePreset } from '../index.ts';

const DIRECTORY = new URL('../../fixtures/presets/', import.meta.url);

/** Keys of all presets. */
export function listPresets(): string[] {
  return readdirSync(DIRECTORY).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));
}

/** Throws UserError where there is no such preset or a value does not fit. */
export function loadPreset(key: string, overrides: ReadonlyMap<string, string>, prefer?: GroupKey): Preset {
  const file = fileURLToPath(new URL(`${basename(key)}.yaml`, DIRECTORY));
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new UserError(`there is no preset "${key}"; known are ${listPresets().join(', ')}.`);
  }
  return parsePreset(text, basename(file), overrides, prefer);
}

/** Collects repeated `--set key=value`. */
export function collectSet(text: string, previous: Map<string, string>): Map<string, string> {
  const at = text.indexOf('=');
  if (at < 1)
    throw new InvalidArgumentError(`Write it as key="value with unit", for example frequency="3.5 Hz".`);
  return new Map(previous).set(text.slice(0, at).trim(), text.slice(at + 1));
}

/** Runs a command's work; a UserError becomes one sentence on stderr and exit status 2. */
export function reportUserErrors(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`elastocool: ${error.message}\n`);
    process.exitCode = 2;
  }
}
