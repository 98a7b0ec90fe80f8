/**
 * Does the installed tree agree with package-lock.json? Plain JavaScript without dependencies, for prepare.mjs.
 *
 * npm writes what it installed to node_modules/.package-lock.json. The lock also names packages for other systems,
 * rightly absent here together with what only they need; so the lock is walked from its root. Optional packages
 * that npm could not install after an honest attempt are remembered: a start never installs twice for nothing.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMusl, root } from './runtime.mjs';

const lockFile = join(root, 'package-lock.json');
const treeFile = join(root, 'node_modules', '.package-lock.json');
const notesFile = join(root, 'node_modules', '.elastocool-absent.json');

/** Paths in the lock that the tree lacks or holds in another version. */
export function disagreements() {
  const want = readJson(lockFile)?.packages ?? {};
  const have = readJson(treeFile)?.packages ?? {};
  const absent = new Set(rememberedAbsent());
  return [...neededHere(want)].filter((path) => {
    if (have[path] !== undefined && existsSync(join(root, path, 'package.json')))
      return !sameBuild(want[path], have[path]);
    return !(want[path].optional && absent.has(path));
  });
}

/** After an attempt to install: optional packages still missing are not asked for again with this lock. */
export function rememberAbsent(paths) {
  writeFileSync(notesFile, JSON.stringify({ lock: lockDigest(), absent: paths }));
}

/** True where every one of these paths is optional in the lock. */
export function allOptional(paths) {
  const want = readJson(lockFile)?.packages ?? {};
  return paths.every((path) => want[path]?.optional);
}

/** Every path of the lock that this system needs, found from the root by npm's own way of looking upwards. */
function neededHere(packages) {
  const found = new Set();
  const visit = (path) => {
    const entry = packages[path];
    const names = { ...entry.dependencies, ...entry.devDependencies, ...entry.optionalDependencies };
    for (const name of Object.keys({ ...names, ...entry.peerDependencies })) {
      const next = resolve(packages, path, name);
      if (next === undefined || found.has(next) || !appliesHere(packages[next])) continue;
      found.add(next);
      visit(next);
    }
  };
  if (packages[''] !== undefined) visit('');
  return found;
}

function resolve(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (folder === '') return undefined;
  }
}

function rememberedAbsent() {
  const notes = readJson(notesFile);
  return notes?.lock === lockDigest() ? notes.absent : [];
}

function lockDigest() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function sameBuild(want, have) {
  if (want.version !== have.version) return false;
  return !want.integrity || !have.integrity || want.integrity === have.integrity;
}

/** npm's own rule for `os`, `cpu` and `libc`: a word, a list, and `!word` for all but that one. */
function appliesHere({ os, cpu, libc }) {
  const ours = isMusl() ? 'musl' : 'glibc';
  return matches(os, process.platform) && matches(cpu, process.arch) && matches(libc, ours);
}

function matches(rule, value) {
  if (rule === undefined) return true;
  const words = [rule].flat();
  if (words.includes(`!${value}`)) return false;
  return words.includes(value) || words.every((word) => word.startsWith('!'));
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
