/** The self-install, in a house of cardboard: the real scripts, a tiny lock, and an npm that only takes notes. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ROOT } from './source-files.ts';

const FOREIGN = process.platform === 'win32' ? 'linux' : 'win32';

const LOCK = {
  '': { dependencies: { plain: '1' }, optionalDependencies: { native: '1', foreign: '1', broken: '1' } },
  'node_modules/plain': { version: '1.2.0', integrity: 'sha512-a', dependencies: { deep: '1' } },
  'node_modules/plain/node_modules/deep': { version: '1.0.0' },
  'node_modules/native': { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] },
  'node_modules/foreign': { version: '1.0.0', optional: true, os: [FOREIGN], dependencies: { only: '1' } },
  'node_modules/only': { version: '1.0.0', optional: true },
  'node_modules/broken': { version: '1.0.0', optional: true },
};
type Path = keyof typeof LOCK;
const OURS: readonly Path[] = [
  'node_modules/plain',
  'node_modules/plain/node_modules/deep',
  'node_modules/native',
  'node_modules/broken',
];

/** An npm that notes how it was called and "installs" what it was told to. */
const NPM = `
const { appendFileSync, cpSync } = require('node:fs');
appendFileSync('npm-was-called', process.argv.slice(2).join(' ') + '\\n');
cpSync('to-install', 'node_modules', { recursive: true });
`;

let house: string;
beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'elastocool-prepare-'));
  cpSync(join(ROOT, 'controller', 'command'), join(house, 'controller', 'command'), { recursive: true });
  write('package.json', { type: 'module' });
  write('npm/package.json', { type: 'commonjs' });
  writeFileSync(join(house, 'npm', 'npm-cli.js'), NPM);
  write('package-lock.json', { packages: LOCK });
});
afterEach(() => rmSync(house, { recursive: true, force: true }));

function write(path: string, value: unknown): void {
  mkdirSync(dirname(join(house, path)), { recursive: true });
  writeFileSync(join(house, path), JSON.stringify(value));
}

/** Puts packages, as npm would, below `folder`. */
function fill(folder: string, paths: readonly Path[], changes: Record<string, object> = {}): void {
  const packages = Object.fromEntries(paths.map((path) => [path, { ...LOCK[path], ...changes[path] }]));
  write(`${folder}/.package-lock.json`, { packages });
  for (const path of paths) write(`${path.replace('node_modules', folder)}/package.json`, {});
}

function prepare(): { status: number | null; said: string; npmCalls: string[] } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['controller/command/prepare.mjs'], {
    cwd: house,
    encoding: 'utf8',
    env: {
      ...process.env,
      npm_execpath: join(house, 'npm', 'npm-cli.js'),
      npm_node_execpath: process.execPath,
    },
  });
  const notes = join(house, 'npm-was-called');
  const npmCalls = existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [];
  return { status, said: stdout + stderr, npmCalls };
}

it('does nothing and says nothing where the tree agrees with the lock, foreign packages absent', () => {
  fill('node_modules', OURS);
  expect(prepare()).toEqual({ status: 0, said: '', npmCalls: [] });
});

it('installs a fresh clone once, with what it needs and no scripts', () => {
  fill('to-install', OURS);
  const first = prepare();
  expect(first.status).toBe(0);
  expect(first.said).toContain('first start in this folder');
  expect(first.npmCalls).toHaveLength(1);
  expect(first.npmCalls[0]).toMatch(/^ci --ignore-scripts --include=dev --include=optional/);
  expect(prepare().npmCalls).toHaveLength(1);
});

it.each<[string, readonly Path[], Record<string, object>]>([
  ['another version', OURS, { 'node_modules/plain': { version: '1.1.9' } }],
  ['the same version built differently', OURS, { 'node_modules/plain': { integrity: 'sha512-b' } }],
  ['a missing package', OURS.filter((path) => path !== 'node_modules/plain/node_modules/deep'), {}],
  ['a missing optional package for this system', OURS.filter((path) => path !== 'node_modules/native'), {}],
])('installs again for %s', (_what, paths, changes) => {
  fill('node_modules', paths, changes);
  fill('to-install', OURS);
  const { status, said, npmCalls } = prepare();
  expect(status).toBe(0);
  expect(said).toContain('1 installed packages differ');
  expect(npmCalls).toHaveLength(1);
});

it('asks once for an optional package that npm cannot install, and again when the lock changes', () => {
  fill(
    'to-install',
    OURS.filter((path) => path !== 'node_modules/broken'),
  );
  const { status, said } = prepare();
  expect(status).toBe(0);
  expect(said).toContain('going on without these optional packages: node_modules/broken');
  expect(prepare().npmCalls).toHaveLength(1);
  write('package-lock.json', { packages: LOCK, changed: true });
  expect(prepare().npmCalls).toHaveLength(2);
});

it('ends with a sentence where npm leaves a needed package out', () => {
  fill(
    'to-install',
    OURS.filter((path) => path !== 'node_modules/plain'),
  );
  const { status, said } = prepare();
  expect(status).toBe(1);
  expect(said).toContain('still not as the lock names them: node_modules/plain');
});
