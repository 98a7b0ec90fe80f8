/**
 * Which Node runs the program. Plain JavaScript without dependencies: this file is read by whatever Node the
 * machine has, before anything is installed.
 *
 * The program needs a Node that runs TypeScript by itself (22.18) and that serialport 13 does not hang on (below
 * 26). On Linux and Windows one comes as a package; elsewhere the machine's own must do.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const wanted = 'Node 22.18 or newer, below 26';

/** @param {string} version as in `process.version` */
export function fits(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  return (major > 22 || (major === 22 && minor >= 18)) && major < 26;
}

/** Linux without glibc (Alpine) cannot run the packaged Node. */
export function isMusl() {
  if (process.platform !== 'linux') return false;
  process.report.excludeNetwork = true;
  return process.report.getReport().header.glibcVersionRuntime === undefined;
}

const packages = { 'linux-x64': 'bin/node', 'linux-arm64': 'bin/node', 'win32-x64': 'bin/node.exe' };

/** Where the packaged Node stands once installed; undefined where there is none for this machine. */
export function packagedNode() {
  const file = packages[`${process.platform}-${process.arch}`];
  if (file === undefined || isMusl()) return undefined;
  const name = `node-${process.platform === 'win32' ? 'win' : 'linux'}-${process.arch}`;
  return join(root, 'node_modules', name, file);
}

/** The path of a Node that can run the program, or undefined. */
export function findRuntime() {
  const packaged = packagedNode();
  if (packaged !== undefined && existsSync(packaged) && runs(packaged)) return packaged;
  return fits(process.version) ? process.execPath : undefined;
}

/** @param {string} node */
function runs(node) {
  try {
    return fits(execFileSync(node, ['--version'], { encoding: 'utf8' }).trim());
  } catch {
    return false;
  }
}

/** Under npm the machine's own Node is the one that runs npm; ours may stand in the tree to be replaced. */
export const machineNode = process.env.npm_node_execpath ?? process.execPath;
