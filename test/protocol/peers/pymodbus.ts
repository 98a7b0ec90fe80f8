/** Starts pymodbus, where this computer has it, as slaves or as a master that others wrote in another language. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FramingName } from '../../../controller/protocol/framings.ts';

const SCRIPT = fileURLToPath(new URL('pymodbus_peer.py', import.meta.url));

const canRun = (python: string): boolean => spawnSync(python, [SCRIPT, 'probe']).status === 0;
const python = ['/usr/bin/python3', 'python3'].find(canRun) ?? null;

/** False where no Python of this computer has pymodbus 3.0 to 3.4. */
export const hasPymodbus = python !== null;

function start(...given: readonly string[]): ChildProcess {
  return spawn(python ?? 'python3', [SCRIPT, ...given], { stdio: 'pipe' });
}

function firstLine(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let text = '';
    let complaints = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaints = (complaints + chunk.toString()).slice(-2000);
    });
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(JSON.parse(text.slice(0, end)) as unknown);
    });
    child.on('exit', (code) => reject(new Error(`pymodbus ended with status ${code}: ${complaints}`)));
  });
}

export interface PymodbusSlaves {
  /** Of its listener on 127.0.0.1. */
  readonly port: number;
  close(): Promise<void>;
}

export async function startPymodbusSlaves(
  framing: FramingName,
  units: readonly number[],
): Promise<PymodbusSlaves> {
  const child = start('slaves', '--framing', framing, '--units', units.join(','));
  const { port } = (await firstLine(child)) as { port: number };
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        child.on('exit', () => resolve());
        child.stdin?.end();
        setTimeout(() => child.kill('SIGKILL'), 2000).unref();
      }),
  };
}

/** What it read from each slave. */
export type Found = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** @param where path of a serial device, or `tcp:PORT` */
export async function runPymodbusMaster(
  where: string,
  framing: FramingName,
  units: readonly number[],
): Promise<Found> {
  const child = start('master', '--framing', framing, '--units', units.join(','), '--where', where);
  return (await firstLine(child)) as Found;
}
