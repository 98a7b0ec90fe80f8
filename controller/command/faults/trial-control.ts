/** A control process under trial, seen as the web process sees it. */
import type { ChildProcess } from 'node:child_process';
import type { ControlOptions, ControlToWeb, WebToControl } from '../../control/ipc.ts';
import type { Command, StateMessage } from '../../wire/messages.ts';
import { endChild, forkChild } from '../child.ts';

const CONTROL = 'controller/control/process';
const GRACE_MS = 5000;

export interface TrialControl {
  /** The latest state; null before the first. */
  readonly state: () => StateMessage | null;
  /** Cycles whose summary it has read. */
  readonly cycles: () => number;
  command(command: Command): void;
  signal(signal: NodeJS.Signals): void;
  end(): Promise<void>;
}

/** `says`: what becomes of its output. */
export function startTrialControl(options: ControlOptions, says: 'inherit' | 'ignore'): TrialControl {
  const child: ChildProcess = forkChild(CONTROL, [JSON.stringify(options)], { says });
  let state: StateMessage | null = null;
  let cycles = 0;
  const send = (message: WebToControl): void => {
    if (child.connected) child.send(message, () => {});
  };
  send({ kind: 'welcome', client: 0, person: { session: 'trial', role: 'operator' } });
  child.on('error', () => {});
  child.on('message', (raw) => {
    const message = raw as ControlToWeb;
    if (message.kind === 'frame' && message.group === 'cycle') cycles++;
    if (message.kind === 'message' && message.message.type === 'state') state = message.message;
  });
  return {
    state: () => state,
    cycles: () => cycles,
    command: (command) => send({ kind: 'message', client: 0, message: { type: 'command', id: 0, command } }),
    signal(signal) {
      child.kill(signal);
    },
    async end() {
      child.kill('SIGCONT');
      await endChild(child, GRACE_MS);
    },
  };
}
