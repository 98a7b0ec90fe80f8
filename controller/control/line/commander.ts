/**
 * Brings one command at a time to the device and keeps trying until the device acknowledged it or a newer one took
 * its place. All commands share the top priority and one key: a STOP overtakes everything and drops a START that still
 * waits, but never arrives before one that was sent.
 */
import type { Electronics } from '../electronics/electronics.ts';

export interface Commander {
  send(command: number): void;
  /** Call once a tick: repeats what failed. */
  retry(): void;
}

/**
 * `line` gives the connection of the moment, null while there is none; `acknowledged` is called when the device took
 * the last command.
 */
export function createCommander(line: () => Electronics | null, acknowledged: () => void): Commander {
  let wanted: number | null = null;
  let attempts = 0;
  let inFlight = false;

  async function attempt(command: number): Promise<void> {
    const electronics = line();
    if (electronics === null) return;
    const mine = ++attempts;
    inFlight = true;
    const answer = await electronics.command(command);
    if (mine !== attempts) return;
    inFlight = false;
    if (!answer.ok) return;
    wanted = null;
    acknowledged();
  }

  return {
    send(command) {
      if (wanted === command && inFlight) return;
      wanted = command;
      void attempt(command);
    },
    retry() {
      if (wanted !== null && !inFlight) void attempt(wanted);
    },
  };
}
