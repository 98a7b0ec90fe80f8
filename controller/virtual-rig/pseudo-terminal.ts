/**
 * A pseudo-terminal pair: this program keeps one end, any serial program opens the other by its path. It emulates no
 * baud rate (see `paced-port.ts`) and drops output that nobody reads, as a serial line does.
 */
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import koffi from 'koffi';
import type { BytePort } from '../protocol/byte-port.ts';

/** Larger than `struct termios` of any system. */
const TERMIOS_BYTES = 256;

export interface PseudoTerminal {
  /** What a serial program opens. */
  readonly path: string;
  readonly port: BytePort;
}

/** @returns null where the system has no pseudo-terminals. */
export function openPseudoTerminal(): PseudoTerminal | null {
  if (process.platform === 'win32') return null;
  let ends: { own: number; other: number; path: string } | null;
  try {
    ends = openEnds();
  } catch {
    return null;
  }
  return ends === null ? null : { path: ends.path, port: portOver(ends.own, ends.other, ends.path) };
}

/** `other` stays open here too: without it, reading would end whenever the serial program closes the path. */
function openEnds(): { own: number; other: number; path: string } | null {
  const libc = koffi.load(null);
  const flags = constants.O_RDWR | constants.O_NOCTTY;
  const own = Number(libc.func('int posix_openpt(int)')(flags | constants.O_NONBLOCK));
  if (own < 0) return null;
  libc.func('int grantpt(int)')(own);
  if (libc.func('int unlockpt(int)')(own) !== 0) return null;
  const path = String(libc.func('str ptsname(int)')(own));
  const other = openSync(path, flags);
  const termios = new Uint8Array(TERMIOS_BYTES);
  libc.func('int tcgetattr(int, void *)')(other, termios);
  libc.func('void cfmakeraw(void *)')(termios);
  libc.func('int tcsetattr(int, int, void *)')(other, 0, termios);
  return { own, other, path };
}

/** Nobody reads at the other end. */
const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'EAGAIN';

const ignore = (): void => {};

function portOver(own: number, other: number, path: string): BytePort {
  const input = new ReadStream(own);
  let onData: (chunk: Uint8Array) => void = ignore;
  let onClose: (reason: string) => void = ignore;
  let isOpen = true;

  function end(reason: string): void {
    if (!isOpen) return;
    isOpen = false;
    input.destroy();
    closeSync(other);
    onClose(reason);
  }

  input.on('data', (chunk: Uint8Array) => onData(chunk));
  input.on('error', (error: Error) => end(`${path}: ${error.message}`));

  return {
    name: path,
    write(bytes) {
      if (!isOpen) return;
      try {
        writeSync(own, bytes);
      } catch (error) {
        if (!isFull(error)) end(`${path}: ${String(error)}`);
      }
    },
    /** Nothing to do: a flowing stream keeps no input back. */
    discardInput: ignore,
    onData(listener) {
      onData = listener;
    },
    onClose(listener) {
      onClose = listener;
    },
    close: () => end(`${path}: closed by this program.`),
  };
}
