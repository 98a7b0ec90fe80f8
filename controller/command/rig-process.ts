/** The virtual rig as a process: physics and firmware behind a serial line, known to us only by that line. */
import type { ChildProcess } from 'node:child_process';
import type { VirtualRigReady } from '../protocol/virtual-rig-ready.ts';
import { describeEnd, endChild, forkChild, inHouse } from './child.ts';

const RIG = 'controller/virtual-rig/main.ts';
const GRACE_MS = 3000;

export interface RigProcess {
  /** What the controller opens. */
  readonly port: string;
  onExit(listener: (how: string) => void): void;
  end(): Promise<void>;
  kill(): void;
}

/** What the rig file says of the machine at the other end of the line. */
export interface RigChoice {
  readonly preset: string;
  readonly baudRate: number;
  /** What is spoken on it. */
  readonly kind: 'modbus' | 'framed';
}

/** Resolves when the rig answers; rejects with a sentence where it ends before. */
export function startRig({ preset, baudRate, kind }: RigChoice): Promise<RigProcess> {
  const options = { presetFile: inHouse(`fixtures/presets/${preset}.yaml`), baudRate };
  const child = forkChild(RIG, [JSON.stringify(options)]);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`The virtual rig ended ${describeEnd(code, signal)} before it answered.`)),
    );
    child.on('message', (message) => {
      if (!isReady(message)) return;
      const { pseudoTerminal, tcp } = kind === 'framed' ? message.framed : message;
      resolve(rigProcess(child, pseudoTerminal ?? tcp));
    });
  });
}

function isReady(message: unknown): message is VirtualRigReady {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ready';
}

function rigProcess(child: ChildProcess, port: string): RigProcess {
  let isEnding = false;
  return {
    port,
    onExit(listener) {
      child.once('exit', (code, signal) => {
        if (!isEnding) listener(describeEnd(code, signal));
      });
    },
    async end() {
      isEnding = true;
      await endChild(child, GRACE_MS);
    },
    kill() {
      isEnding = true;
      child.kill('SIGKILL');
    },
  };
}
