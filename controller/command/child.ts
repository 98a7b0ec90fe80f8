/**
 * A process of ours at the other end of a channel. It ends when the channel closes, so that even `kill -9` of this
 * process leaves none behind.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { moduleBeside } from '../../sim/command/module-beside.ts';

const DEADLINE_PRIORITY = -10;

/** Paths in the house, whatever the working directory. */
export const inHouse = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

export interface ChildOptions {
  readonly priority?: number;
  /** What becomes of its output. */
  readonly says?: 'inherit' | 'ignore';
}

/**
 * Runs a module, named by its path in the house without its extension. A group of its own where there are such: Ctrl-C in the terminal reaches this process alone, which then ends the
 * others in order, the machine first.
 */
export function forkChild(
  module: string,
  args: readonly string[],
  { priority = DEADLINE_PRIORITY, says = 'inherit' }: ChildOptions = {},
): ChildProcess {
  const child = fork(moduleBeside(import.meta.url, `../../${module}`), args, {
    serialization: 'advanced',
    detached: process.platform !== 'win32',
    stdio: ['ignore', says, says, 'ipc'],
  });
  prioritise(child, priority);
  return child;
}

/** Both ends of the line have deadlines; a page, a build or a model has none. Only a privileged user may hurry. */
function prioritise({ pid }: ChildProcess, priority: number): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, priority);
    // Linux shares the processor among sessions first, and a group of its own is one: there the nice value of a
    // process counts only against others of its session.
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/autogroup`, String(priority));
  } catch {
    // Then everything runs alike.
  }
}

/** One clause that says how it ended. */
export function describeEnd(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `with exit status ${code}` : `by ${signal}`;
}

const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Closes the channel and waits; after `graceMs` the child is killed. */
export async function endChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (isGone(child)) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}
