/** The lines of a virtual rig: RTU over TCP for any number of clients, and one serial line whose adapter can be pulled. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BytePort, Clock } from '../protocol/byte-port.ts';
import { openPseudoTerminal, type PseudoTerminal } from './pseudo-terminal.ts';
import { listenTcp } from './tcp-listener.ts';

export interface RigLines {
  /** A path that stays the same when the adapter comes back; null where the system has no pseudo-terminals. */
  readonly pseudoTerminal: string | null;
  readonly tcp: string;
  /** Pulls the adapter of the serial line for so long. */
  unplug(awayMs: number): void;
  close(): void;
}

/**
 * @param tcpPort 0 lets the system choose
 * @param serve called with every line
 * @returns the lines, or one sentence that says why there are none
 */
export async function openRigLines(
  tcpPort: number,
  clock: Clock,
  serve: (port: BytePort) => void,
): Promise<RigLines | string> {
  const listener = await listenTcp(tcpPort, serve);
  if (typeof listener === 'string') return listener;
  const adapter = plugIn(serve);
  return {
    pseudoTerminal: adapter?.path ?? null,
    tcp: listener.name,
    unplug(awayMs) {
      adapter?.pull();
      clock.after(awayMs, () => adapter?.plug());
    },
    close() {
      listener.close();
      adapter?.close();
    },
  };
}

/** A pseudo-terminal has another number each time; a link to it keeps the name, as udev's by-id links do. */
function plugIn(serve: (port: BytePort) => void) {
  let terminal: PseudoTerminal | null = openPseudoTerminal();
  if (terminal === null) return null;
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-'));
  const path = join(folder, 'rig');
  let isOver = false;

  function point(): void {
    if (terminal === null) return;
    symlinkSync(terminal.path, path);
    serve(terminal.port);
  }

  function pull(): void {
    rmSync(path, { force: true });
    terminal?.port.close();
    terminal = null;
  }

  point();
  return {
    path,
    pull,
    plug() {
      if (isOver || terminal !== null) return;
      terminal = openPseudoTerminal();
      point();
    },
    close() {
      isOver = true;
      pull();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
