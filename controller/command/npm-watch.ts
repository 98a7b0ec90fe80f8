/**
 * Notices that the npm which started this process is gone. A killed npm sends no signal, and between npm and us may
 * stand the shell that npm runs scripts with, which waits for us and notices nothing either.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const CHECK_MS = 500;
const SHELL = /^-?(sh|dash|bash|zsh|ash|ksh|busybox)$/;

interface ProcessFacts {
  readonly parent: number;
  readonly name: string;
  readonly isZombie: boolean;
}

/** Calls `onGone` once npm, or the shell between, has ended; does nothing where npm did not start this process. */
export function watchNpm(onGone: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const above = shellParent(parent);
  setInterval(() => {
    const isThere = process.ppid === parent && isAlive(parent) && (above === undefined || isAlive(above));
    if (!isThere) onGone();
  }, CHECK_MS).unref();
}

/** Who started the shell that started us; undefined where our parent is no shell. */
function shellParent(pid: number): number | undefined {
  const facts = readFacts(pid);
  return facts !== undefined && SHELL.test(facts.name) ? facts.parent : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  // A dead process that its parent has not collected still answers to its number.
  return process.platform !== 'linux' || readFacts(pid)?.isZombie === false;
}

function readFacts(pid: number): ProcessFacts | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}

/** `PID (NAME) STATE PARENT ...`; the name may hold anything, brackets too. */
function fromProc(pid: number): ProcessFacts {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  return { parent: Number(parent), name, isZombie: state === 'Z' };
}

function fromPs(pid: number): ProcessFacts {
  const line = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const [, parent, command] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
  return { parent: Number(parent), name: basename(command ?? ''), isZombie: false };
}
