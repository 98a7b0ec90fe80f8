/** A line with many ends, as RS-485 is: what one end says, all the others hear. */
import type { BytePort } from '../../../controller/protocol/byte-port.ts';

/**
 * Joins a master and slaves; each port is taken over. A slave for which `hearsAll` is false hears the master only.
 */
export function joinLine(
  master: BytePort,
  slaves: readonly { readonly port: BytePort; readonly hearsAll: boolean }[],
): void {
  master.onData((chunk) => {
    for (const { port } of slaves) port.write(chunk);
  });
  for (const from of slaves)
    from.port.onData((chunk) => {
      master.write(chunk);
      for (const to of slaves) if (to !== from && to.hearsAll) to.port.write(chunk);
    });
}

/** Two ends in this program that are joined directly. */
export function shortCable(): { readonly a: BytePort; readonly b: BytePort } {
  const listeners = { a: ignore, b: ignore };
  const end = (name: string, own: 'a' | 'b', other: 'a' | 'b'): BytePort => ({
    name,
    write: (bytes) => void setImmediate(() => listeners[other](bytes)),
    discardInput: () => {},
    onData(listener) {
      listeners[own] = listener;
    },
    onClose: () => {},
    close: () => {},
  });
  return { a: end('a', 'a', 'b'), b: end('b', 'b', 'a') };
}

const ignore = (_chunk: Uint8Array): void => {};
