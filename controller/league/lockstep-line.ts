/** The line to a virtual rig on told time: bytes in slices, the same on every computer. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { moduleBeside } from '../../sim/command/module-beside.ts';
import type { BytePort } from '../protocol/byte-port.ts';
import type { Go, Gone, LockstepOrder, LockstepTruth } from '../protocol/lockstep-channel.ts';
import { VirtualClock } from './virtual-clock.ts';

/** Both ends see what the other did after so long, ms: a request and its reply take two of them. */
const SLICE_MS = 5;

export interface LockstepLine {
  readonly clock: VirtualClock;
  /** Opens the host's end; an end opened before is closed. */
  open(): BytePort;
  /** Both ends go on for so long. */
  advance(ms: number): Promise<void>;
  /** For the judge alone. */
  truth(): LockstepTruth;
  close(): Promise<void>;
}

export function openLockstep(order: LockstepOrder): LockstepLine {
  const clock = new VirtualClock();
  const worker = new Worker(moduleBeside(import.meta.url, '../virtual-rig/lockstep'), { workerData: order });
  let truth: LockstepTruth = { time_s: 0, room_C: Number.NaN, cycles: 0, machine_kJ: 0, fans_kJ: 0 };
  let outgoing: Uint8Array[] = [];
  let end: { take: (bytes: Uint8Array) => void; close: (reason: string) => void } | null = null;

  async function slice(): Promise<void> {
    await clock.advance(SLICE_MS);
    const go: Go = { forMs: SLICE_MS, bytes: outgoing };
    outgoing = [];
    // A port of a thread, not a window: there is no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    worker.postMessage(go);
    const [gone] = (await once(worker, 'message')) as [Gone];
    truth = gone.truth;
    for (const bytes of gone.bytes) clock.input(0, () => end?.take(bytes));
  }

  return {
    clock,
    truth: () => truth,
    open() {
      end?.close('opened again');
      let isOpen = true;
      let closed: (reason: string) => void = () => {};
      const mine = {
        take: (_bytes: Uint8Array): void => {},
        close(reason: string): void {
          if (!isOpen) return;
          isOpen = false;
          closed(reason);
        },
      };
      end = mine;
      return {
        name: 'told time',
        write: (bytes) => void (isOpen && outgoing.push(bytes.slice())),
        discardInput: () => {},
        onData: (listener) => (mine.take = listener),
        onClose: (listener) => (closed = listener),
        close: () => mine.close('closed by this program'),
      };
    },
    async advance(ms) {
      for (let gone = 0; gone < ms; gone += SLICE_MS) await slice();
    },
    async close() {
      await worker.terminate();
    },
  };
}
