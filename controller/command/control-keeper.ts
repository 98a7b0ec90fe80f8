/**
 * Keeps one control process running behind the hub. One that dies is followed by another, which boots in ABORTED and
 * waits for a person: a restart never moves the machine.
 */
import type { ChildProcess } from 'node:child_process';
import type { ControlOptions, ControlToWeb, WebToControl } from '../control/ipc.ts';
import type { ControlLink, Hub } from '../server/hub.ts';
import { describeEnd, endChild, forkChild } from './child.ts';

const CONTROL = 'controller/control/process';
/** The control process unloads the machine first; it gives up by itself before this. */
const GRACE_MS = 15_000;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 10_000;
/** A process that lived this long did not die of its start. */
const HEALTHY_MS = 30_000;
/** Its own word for options or a rig file that cannot be used: trying again would not help. */
const UNUSABLE = 2;

export interface ControlKeeper {
  /** Ends the control process in order and does not start another. */
  end(): Promise<void>;
  /** Ends it at once. */
  kill(): void;
}

/** `onUnusable` is called where no control process can run with these options. */
export function keepControl(options: ControlOptions, hub: Hub, onUnusable: () => void): ControlKeeper {
  let child: ChildProcess | undefined;
  let pauseMs = FIRST_PAUSE_MS;
  let isEnding = false;

  function start(theseOptions: ControlOptions): void {
    const startedMs = performance.now();
    const started = forkChild(CONTROL, [JSON.stringify(theseOptions)]);
    child = started;
    hub.attach(linkTo(started));
    started.on('error', () => {});
    started.once('exit', (code, signal) => {
      hub.detach();
      if (isEnding) return;
      if (code === UNUSABLE) onUnusable();
      else restart(describeEnd(code, signal), performance.now() - startedMs);
    });
  }

  function restart(how: string, livedMs: number): void {
    const sentence =
      `The control process ended ${how}; the machine's own watchdog stops it. ` +
      'A new one starts in ABORTED and waits: look at the machine, then CLEAR.';
    hub.announce('alarm', sentence);
    console.error(sentence);
    pauseMs = livedMs > HEALTHY_MS ? FIRST_PAUSE_MS : Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
    setTimeout(() => {
      if (!isEnding) start({ ...options, autoStart: false });
    }, pauseMs);
  }

  start(options);
  return {
    async end() {
      isEnding = true;
      if (child !== undefined) await endChild(child, GRACE_MS);
    },
    kill() {
      isEnding = true;
      child?.kill('SIGKILL');
    },
  };
}

function linkTo(child: ChildProcess): ControlLink {
  return {
    send(message: WebToControl) {
      // A channel that closes under way is no error here: `exit` follows and says what happened.
      if (child.connected) child.send(message, () => {});
    },
    onMessage(listener) {
      child.on('message', (message) => listener(message as ControlToWeb));
    },
  };
}
