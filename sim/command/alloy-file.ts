/** Alloys by name: the files of fixtures/alloys, each the `material` group of a preset on its own. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError, parseAlloy } from '../index.ts';

const DIRECTORY = new URL('../../fixtures/alloys/', import.meta.url);

/** Keys of all alloys. */
export function listAlloys(): string[] {
  return readdirSync(DIRECTORY).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -5)] : []));
}

/** Throws UserError where there is no such alloy or a value does not fit. */
export function loadAlloy(key: string): ReturnType<typeof parseAlloy> {
  const name = `${basename(key)}.yaml`;
  let text: string;
  try {
    text = readFileSync(fileURLToPath(new URL(name, DIRECTORY)), 'utf8');
  } catch {
    throw new UserError(`there is no alloy "${key}"; known are ${listAlloys().join(', ')}.`);
  }
  return parseAlloy(text, `alloys/${name}`);
}
