/** The files of the house and what they import, read from disk: what is not written down here is not looked at. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const NOT_OURS = new Set(['node_modules', '.git', '.build', 'dist', 'runs']);

/** Paths from the root, with forward slashes, of every file that belongs to the house. */
export function listFiles(folder = ''): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(entry.name)) return [];
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}

export const readSource = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

export const isModule = (path: string): boolean => /\.(ts|tsx|mjs)$/.test(path);

const IMPORTS = [
  /^\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]/gm,
  /^\s*import\s*['"]([^'"]+)['"]/gm,
  /\bimport\s*\(\s*['"]([^'"]+)['"]\s*\)/g,
];

/** What a module imports: paths from the root for files of the house, the bare name for everything else. */
export function importsOf(path: string): string[] {
  const source = readSource(path);
  const named = IMPORTS.flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1]));
  return named.map((name) => (name.startsWith('.') ? fromRoot(path, name.split('?', 1)[0]) : name));
}

function fromRoot(importer: string, name: string): string {
  return relative(ROOT, join(ROOT, dirname(importer), name))
    .split(sep)
    .join('/');
}

/** Source without comments, so that a sentence about `Date.now` is not a use of it. */
export function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
}
