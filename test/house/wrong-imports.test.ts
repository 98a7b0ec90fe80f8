/** The arrows are held by the compiler: in a copy of the house, every import against them is an error of its own. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

/** A project, a file in it that nobody should write, and its text. What it imports has few imports: it is checked as well. */
const WRONG: readonly (readonly [project: string, file: string, text: string])[] = [
  ['sim', 'node.ts', "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n"],
  ['sim', 'page.ts', 'export const a = document;\n'],
  ['sim', 'clock.ts', 'export const a = performance.now();\n'],
  ['sim', 'wire.ts', "export { CELLS } from '../controller/wire/channels.ts';\n"],
  ['sim', 'command.ts', "export * from './command/table.ts';\n"],
  ['sim/command', 'wire.ts', "export { CELLS } from '../../controller/wire/channels.ts';\n"],
  ['controller', 'peek.ts', "export * from './virtual-rig/units.ts';\n"],
  ['controller', 'house.ts', "export { ROOT } from '../test/house/source-files.ts';\n"],
  ['controller/virtual-rig', 'server.ts', "export * from '../server/budget.ts';\n"],
  ['controller/wire', 'server.ts', "export * from '../server/budget.ts';\n"],
  ['controller/wire', 'node.ts', "export { readFileSync } from 'node:fs';\n"],
  ['controller/protocol', 'wire.ts', "export { CELLS } from '../wire/channels.ts';\n"],
  ['ui', 'server.ts', "export * from '../controller/server/budget.ts';\n"],
  ['ui', 'sim.ts', "export * from '../sim/plant.ts';\n"],
  ['ui', 'worker.ts', "export { curves } from './worker/work.ts';\n"],
  ['ui/worker', 'page.ts', 'export const a = document;\n'],
  ['ui/worker', 'command.ts', "export * from '../../sim/command/table.ts';\n"],
  ['ui/worker', 'server.ts', "export * from '../../controller/server/budget.ts';\n"],
];

const house = mkdtempSync(join(tmpdir(), 'elastocool-house-'));
const TSC = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');

function compile(...args: string[]): { ok: boolean; errors: string[] } {
  const call = [TSC, ...args, '--pretty', 'false'];
  const { status, stdout } = spawnSync(process.execPath, call, { cwd: house, encoding: 'utf8' });
  return { ok: status === 0, errors: stdout.split('\n').filter((line) => line.includes(': error ')) };
}

beforeAll(() => {
  for (const name of ['sim', 'controller', 'ui', 'fixtures', 'tsconfig.json', 'package.json'])
    cpSync(join(ROOT, name), join(house, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'), 'junction');
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

it('the house compiles', { timeout: 120_000 }, () => {
  const projects = ['sim/command', 'controller', 'controller/virtual-rig', 'ui', 'ui/worker'];
  expect(compile('-b', ...projects).errors).toEqual([]);
});

// Beside what was built above, so that only the new file is checked. One at a time: a wrong import brings the types of
// the other room along and would hide its neighbours.
it.each(WRONG)('%s does not compile with a wrong %s', (project, name, text) => {
  const file = `${project}/wrong-${name}`;
  writeFileSync(join(house, file), text);
  const { ok, errors } = compile('-p', project);
  rmSync(join(house, file));
  expect(ok).toBe(false);
  expect(errors.some((line) => line.startsWith(`${file}(1,`))).toBe(true);
});
