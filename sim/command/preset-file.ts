/** Presets by name, with the user's `--set` values laid over them. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InvalidArgumentError, Option } from 'commander';
import { type GroupKey, type Preset, UserError, parsePreset } from '../index.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const DIRECTORY = new URL('presets/', FIXTURES);

/** Keys of all presets. */
export function listPresets(): string[] {
  return readdirSync(DIRECTORY).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));
}

/**
 * A preset by its key, or by the path of a file of the user's own (which may extend others, relative to it).
 * Throws UserError where there is no such preset or a value does not fit.
 */
export function loadPreset(key: string, overrides: ReadonlyMap<string, string>, prefer?: GroupKey): Preset {
  const isPath = /\.ya?ml$/.test(key);
  const path = isPath ? key : fileURLToPath(new URL(`${basename(key)}.yaml`, DIRECTORY));
  const text = readText(path);
  if (text === undefined)
    throw new UserError(
      isPath
        ? `${key}: there is no such file.`
        : `there is no preset "${key}"; known are ${listPresets().join(', ')}, or give the path of a .yaml file.`,
    );
  const shown = isPath ? key : relative(process.cwd(), path);
  return parsePreset(text, shown, { overrides, read: readText, ...(prefer ? { prefer } : {}) });
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Repeated `--name key=value`, as a Map. */
export function pairsOption(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`)
    .argParser(collectPair)
    .default(new Map(), 'none');
}

export const setOption = (): Option => pairsOption('--set <key=value>', 'change a parameter, with its unit');

function collectPair(text: string, previous: Map<string, string>): Map<string, string> {
  const at = text.indexOf('=');
  if (at < 1)
    throw new InvalidArgumentError(`Write it as key="value with unit", for example frequency="3.5 Hz".`);
  return new Map(previous).set(text.slice(0, at).trim(), text.slice(at + 1));
}

/** Runs a command's work; a UserError becomes one sentence on stderr and exit status 2. */
export async function reportUserErrors(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    process.stderr.write(`elastocool: ${error.message}\n`);
    process.exitCode = 2;
  }
}
