/**
 * The package in an empty project: packed by `npm pack` in the house, installed by npm from its file. What it depends on is copied from the
 * house first, so that npm finds it there and asks no registry.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ROOT } from './source-files.ts';

interface Manifest {
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

export const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

const { VITEST: _, NODE_ENV: __, ...OUTSIDE } = process.env;

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', args, {
    cwd,
    env: OUTSIDE,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Copies packages and all that they need. */
function copyPackages(names: readonly string[], to: string): void {
  const waiting = [...names];
  const done = new Set<string>();
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const from = join(ROOT, 'node_modules', name);
    if (done.has(name) || !existsSync(from)) continue;
    done.add(name);
    cpSync(from, join(to, name), { recursive: true });
    const { dependencies, optionalDependencies } = readManifest(from);
    waiting.push(...Object.keys({ ...dependencies, ...optionalDependencies }));
  }
}

/** The folder of a new project with nothing but the package installed, and the examples beside it. */
export function installPackage(): string {
  const project = mkdtempSync(join(tmpdir(), 'elastocool-package-'));
  const manifest = readFileSync(join(ROOT, 'package.json'), 'utf8');
  npm(['pack', '--pack-destination', project], ROOT);
  expect(readFileSync(join(ROOT, 'package.json'), 'utf8'), 'the manifest of the house').toBe(manifest);
  const [archive] = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(project, 'package.json'), '{ "name": "empty", "type": "module" }\n');
  mkdirSync(join(project, 'node_modules'));
  copyPackages(
    Object.keys(readManifest(join(ROOT, 'dist', 'package')).dependencies ?? {}),
    join(project, 'node_modules'),
  );
  npm(['install', `./${archive}`, '--offline', '--ignore-scripts', '--no-audit', '--no-fund'], project);
  cpSync(join(ROOT, 'fixtures', 'examples'), join(project, 'examples'), { recursive: true });
  return project;
}
