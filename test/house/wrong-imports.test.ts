/** The arrows are held by the compiler: in a copy of the house, every import against them is an error of its own. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

/** A project, a file in it that nobody should write, and its text. */
const WRONG: readonly (readonly [project: string, file: string, text: string])[] = [
  ['sim', 'node.ts', "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n"],
  ['sim', 'page.ts', 'export const a = document;\n'],
  ['sim', 'clock.ts', 'export const a = performance.now();\n'],
  ['sim', 'wire.ts', "export { CELLS } from '../controller/wire/channels.ts';\n"],
  ['sim', 'command.ts', "export { simulateCommand } from './command/simulate.ts';\n"],
  ['sim/command', 'wire.ts', "export { CELLS } from '../../controller/wire/channels.ts';\n"],
  ['controller', 'peek.ts', "export { Firmware } from './virtual-rig/firmware.ts';\n"],
  ['controller', 'house.ts', "export { ROOT } from '../test/house/source-files.ts';\n"],
  ['controller/virtual-rig', 'server.ts', "export { Hub } from '../server/hub.ts';\n"],
  ['controller/wire', 'server.ts', "export { Hub } from '../server/hub.ts';\n"],
  ['controller/wire', 'node.ts', "export { readFileSync } from 'node:fs';\n"],
  ['controller/protocol', 'wire.ts', "export { CELLS } from '../wire/channels.ts';\n"],
  ['ui', 'server.ts', "export { Hub } from '../controller/server/hub.ts';\n"],
  ['ui', 'sim.ts', "export * from '../sim/index.ts';\n"],
  ['ui', 'worker.ts', "export { curves } from './worker/work.ts';\n"],
  ['ui/worker', 'page.ts', 'export const a = document;\n'],
  ['ui/worker', 'command.ts', "export { simulateCommand } from '../../sim/command/simulate.ts';\n"],
  ['ui/worker', 'server.ts', "export { Hub } from '../../controller/server/hub.ts';\n"],
];

const house = mkdtempSync(join(tmpdir(), 'elastocool-house-'));
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

function compile(...projects: string[]): { ok: boolean; errors: string[] } {
  const args = [TSC, '-b', '--pretty', 'false', ...projects];
  const { status, stdout } = spawnSync(process.execPath, args, { cwd: house, encoding: 'utf8' });
  return { ok: status === 0, errors: stdout.split('\n').filter((line) => line.includes(': error ')) };
}

beforeAll(() => {
  for (const name of ['sim', 'controller', 'ui', 'fixtures', 'tsconfig.json', 'package.json'])
    cpSync(join(ROOT, name), join(house, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'), 'junction');
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

it('the house compiles', () => {
  expect(compile('sim/command', 'controller', 'controller/virtual-rig', 'ui', 'ui/worker').errors).toEqual(
    [],
  );
});

// One at a time: a wrong import brings the types of the other room along and would hide its neighbours.
it.each(WRONG)('%s does not compile with a wrong %s', (project, name, text) => {
  const file = `${project}/wrong-${name}`;
  writeFileSync(join(house, file), text);
  const { ok, errors } = compile(project);
  rmSync(join(house, file));
  expect(ok).toBe(false);
  expect(errors.some((line) => line.startsWith(`${file}(1,`))).toBe(true);
});
