/** Where the machine of a rig file is reached from here: what a person gives as `--serial`. */
import { dirname } from 'node:path';
import type { AssemblyPlace } from './assembly/open-assembly.ts';

export interface Place extends AssemblyPlace {
  /** Device path or tcp://HOST:PORT of a board. */
  readonly line: string;
}

const OF_A_BUS = /^([a-z][a-z0-9_]*)=(.+)$/;

/** `serial`: the line of a board; or BUS=PATH, several parted by commas, for an assembly; nothing: as the file says. */
export function placeOf(rigFile: string, serial = ''): Place {
  const ports: Record<string, string> = {};
  for (const part of serial.split(',')) {
    const [, bus, path] = OF_A_BUS.exec(part.trim()) ?? [];
    if (bus !== undefined && path !== undefined) ports[bus] = path;
  }
  return { line: serial, ports, folder: dirname(rigFile) };
}
