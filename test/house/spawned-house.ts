/** A real `npm start` in a process group of its own, as a terminal would run it, and everything that hangs below it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { once } from 'node:events';
import { ROOT } from './source-files.ts';

export class SpawnedHouse {
  readonly child: ChildProcess;
  output = '';
  #waiting: (() => void)[] = [];

  constructor(command: string, args: readonly string[]) {
    // Away from vitest's own variables, which would make vite build for a test.
    const { VITEST: _, NODE_ENV: __, ...env } = process.env;
    this.child = spawn(command, args, { cwd: ROOT, detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8');
      stream?.on('data', (text: string) => {
        this.output += text;
        this.#wake();
      });
    }
    this.child.once('exit', () => this.#wake());
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves with the match; rejects where the process ends without having said so. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.output);
      if (match !== null) return match;
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`it ended without saying ${pattern}; it said:\n${this.output}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** As the terminal does on Ctrl-C: to the whole group. */
  pressCtrlC(): void {
    process.kill(-this.pid, 'SIGINT');
  }

  async ended(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Every living process of this machine (Linux). */
function listProcesses(): Listed[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => readProcess(Number(name)) ?? []);
}

function readProcess(pid: number): Listed | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return state === 'Z' ? undefined : { pid, parent: Number(parent), command };
  } catch {
    return undefined;
  }
}

/** The processes below `pid`, itself included. */
export function familyOf(pid: number): Listed[] {
  const all = listProcesses();
  const family = all.filter((one) => one.pid === pid);
  // Children are appended while the loop runs, so it reaches every generation.
  for (const { pid: parent } of family) family.push(...all.filter((one) => one.parent === parent));
  return family;
}

/** Resolves when none of these processes lives any more; the test's own limit ends a wait in vain. */
export async function allGone(family: readonly Listed[]): Promise<void> {
  while (family.some(({ pid, command }) => readProcess(pid)?.command === command)) {
    await new Promise<void>((resolve) => void setTimeout(resolve, 50));
  }
}

/** Whatever a failed test left behind; by number and command, never by name alone. */
export function killRest(family: readonly Listed[]): void {
  for (const { pid, command } of family) {
    if (readProcess(pid)?.command === command) process.kill(pid, 'SIGKILL');
  }
}
