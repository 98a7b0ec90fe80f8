/** A serial line in memory: host and devices joined, everything that crosses it kept, and a hand that can spoil it. */
import type { BytePort } from '../../controller/protocol/byte-port.ts';
import type { VirtualClock } from '../protocol/virtual-clock.ts';

export interface MemoryLine {
  readonly host: BytePort;
  readonly device: BytePort;
  /** Chunks as they were sent. */
  readonly sent: { readonly toDevice: Uint8Array[]; readonly toHost: Uint8Array[] };
  /** What becomes of the devices' chunks: null drops one. Tests change it. */
  spoil(chunk: Uint8Array): Uint8Array | null;
  /** Time that a chunk is under way to the host, ms. Tests change it. */
  delayMs: number;
  /** Sends bytes to the host that no device sent. */
  inject(bytes: Uint8Array): void;
  unplug(): void;
}

interface End {
  onData(chunk: Uint8Array): void;
  onClose(reason: string): void;
}

const nobody = (): End => ({ onData: () => {}, onClose: () => {} });

export function memoryLine(clock: VirtualClock): MemoryLine {
  const host = nobody();
  const device = nobody();
  let isOpen = true;
  const close = (reason: string): void => {
    if (!isOpen) return;
    isOpen = false;
    host.onClose(reason);
  };
  const port = (own: End, write: (bytes: Uint8Array) => void): BytePort => ({
    name: 'memory',
    write: (bytes) => (isOpen ? write(bytes.slice()) : undefined),
    discardInput: () => {},
    onData: (listener) => void (own.onData = listener),
    onClose: (listener) => void (own.onClose = listener),
    close: () => close('closed by this program.'),
  });
  const line: MemoryLine = {
    host: port(host, (bytes) => {
      line.sent.toDevice.push(bytes);
      clock.after(1, () => device.onData(bytes));
    }),
    device: port(device, (bytes) => {
      line.sent.toHost.push(bytes);
      const left = line.spoil(bytes);
      if (left !== null) clock.after(line.delayMs, () => isOpen && host.onData(left));
    }),
    sent: { toDevice: [], toHost: [] },
    spoil: (chunk) => chunk,
    delayMs: 1,
    inject: (bytes) => host.onData(bytes),
    unplug: () => close('the device vanished; was it unplugged?'),
  };
  return line;
}
