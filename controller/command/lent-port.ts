/** One open port lent to one protocol after another: what is given back falls silent, and the line stays open. */
import type { BytePort } from '../protocol/byte-port.ts';

/** `close` gives the port back. Lend it again only then. */
export function lendPort(port: BytePort): BytePort {
  let onClose: (reason: string) => void = () => {};
  let isLent = true;
  const end = (reason: string): void => {
    if (!isLent) return;
    isLent = false;
    onClose(reason);
  };
  port.onClose(end);
  return {
    name: port.name,
    write: (bytes) => (isLent ? port.write(bytes) : undefined),
    discardInput: () => port.discardInput(),
    onData: (listener) => port.onData((chunk) => (isLent ? listener(chunk) : undefined)),
    onClose: (listener) => void (onClose = listener),
    close: () => end('given back.'),
  };
}
