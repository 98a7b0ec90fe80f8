/** The virtual rig as a process: physics and firmware behind a serial line, known to us only by that line. */
import type { ChildProcess } from 'node:child_process';
import type { RigNews, RigOrder } from '../protocol/virtual-rig-channel.ts';
import { describeEnd, endChild, forkChild, inHouse } from './child.ts';

const RIG = 'controller/virtual-rig/main';
const GRACE_MS = 3000;

export interface RigProcess {
  /** What the controller opens. */
  readonly port: string;
  /** Breaks something in it, or mends it; the rig answers with its news. */
  order(order: RigOrder): void;
  onNews(listener: (news: RigNews) => void): void;
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
  /** More sensors than the machine needs. */
  readonly instrumented?: boolean;
}

/** Resolves when the rig answers; rejects with a sentence where it ends before. */
export function startRig({ preset, baudRate, kind, instrumented = false }: RigChoice): Promise<RigProcess> {
  const options = { presetFile: inHouse(`fixtures/presets/${preset}.yaml`), baudRate, instrumented };
  const child = forkChild(RIG, [JSON.stringify(options)]);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`The virtual rig ended ${describeEnd(code, signal)} before it answered.`)),
    );
    child.on('message', (message) => {
      if (!isNews(message) || message.kind !== 'ready') return;
      const { pseudoTerminal, tcp } = kind === 'framed' ? message.framed : message;
      resolve(rigProcess(child, pseudoTerminal ?? tcp));
    });
  });
}

const NEWS: readonly unknown[] = ['ready', 'faults', 'rest'] satisfies RigNews['kind'][];

function isNews(message: unknown): message is RigNews {
  return typeof message === 'object' && message !== null && 'kind' in message && NEWS.includes(message.kind);
}

function rigProcess(child: ChildProcess, port: string): RigProcess {
  let isEnding = false;
  return {
    port,
    order(order) {
      if (child.connected) child.send(order, () => {});
    },
    onNews(listener) {
      child.on('message', (message) => {
        if (isNews(message)) listener(message);
      });
    },
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
