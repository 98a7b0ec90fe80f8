/** What `elastocool virtual-rig --dictionary` prints is a dictionary. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { parseDictionary } from '../../controller/protocol/framed-dictionary.ts';

const COMMAND = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));

test('elastocool virtual-rig --dictionary prints what the rig sends', { timeout: 120_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, 'virtual-rig', '--dictionary']);
  const dictionary = parseDictionary(stdout);
  if (typeof dictionary === 'string') throw new Error(dictionary);
  expect(dictionary.kind).toBe('virtual');
  expect(dictionary.channels.map(({ name }) => name)).toContain('force_kN');
  expect(dictionary.commands.filter(({ safe }) => safe).map(({ name }) => name)).toEqual(['stop', 'abort']);
});

test.each([
  ['no JSON', 'not JSON', '{'],
  ['another contract', 'contract', JSON.stringify({ contract: 2 })],
])('a dictionary of %s is refused in a sentence', (_, word, text) => {
  expect(parseDictionary(text)).toContain(word);
});
