/** Holds back outgoing bytes to the speed of a real serial line, in wall time: pseudo-terminals and sockets have none. */
import type { BytePort, Clock } from '../protocol/byte-port.ts';

/** Start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
/** What the device's sender holds; bytes written on top of it are lost. */
const BUFFER_BYTES = 4096;

/** `port`, sending at `baudRate`; everything else passes through. */
export function pacedPort(port: BytePort, clock: Clock, baudRate: number): BytePort {
  const bytesPerMs = baudRate / BITS_PER_BYTE / 1000;
  const buffer = new Uint8Array(BUFFER_BYTES);
  let filled = 0;
  let isSending = false;
  /** When the byte at the front of the buffer began to be sent. */
  let frontMs = 0;

  function send(): void {
    const count = Math.min(filled, Math.floor((clock.nowMs() - frontMs) * bytesPerMs));
    if (count > 0) {
      port.write(buffer.slice(0, count));
      buffer.copyWithin(0, count, filled);
      filled -= count;
      frontMs += count / bytesPerMs;
    }
    isSending = filled > 0;
    if (isSending) clock.after(Math.min(filled / bytesPerMs, 2), send);
  }

  return {
    name: port.name,
    write(bytes) {
      const taken = bytes.subarray(0, BUFFER_BYTES - filled);
      buffer.set(taken, filled);
      filled += taken.length;
      if (isSending) return;
      frontMs = clock.nowMs();
      send();
    },
    discardInput: () => port.discardInput(),
    onData: (listener) => port.onData(listener),
    onClose: (listener) => port.onClose(listener),
    close: () => port.close(),
  };
}
