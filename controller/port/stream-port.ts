/** A BytePort over a Node duplex stream: what a serial device and a TCP socket have in common. */
import type { Duplex } from 'node:stream';
import type { BytePort } from '../protocol/byte-port.ts';

/** Output that the line has not taken; past this the line is stuck and what comes on top is not queued, bytes. */
const MOST_UNSENT = 65_536;

const ignore = (): void => {};

/**
 * @param name what a person would call the line
 * @param stream an open stream; it is this port's from now on
 * @param describe turns an error of the stream into the reason that `onClose` gives
 */
export function streamPort(name: string, stream: Duplex, describe: (error: Error) => string): BytePort {
  let onData: (chunk: Uint8Array) => void = ignore;
  let onClose: ((reason: string) => void) | null = null;
  let endedBecause: string | null = null;

  function end(reason: string): void {
    if (endedBecause !== null) return;
    endedBecause = reason;
    stream.destroy();
    onClose?.(reason);
  }

  stream.on('data', (chunk: Uint8Array) => {
    if (endedBecause === null) onData(chunk);
  });
  stream.on('error', (error: Error) => end(describe(error)));
  stream.on('end', () => end(`${name}: the other end closed the line.`));
  stream.on('close', () => end(`${name}: the line closed; was the device unplugged?`));

  return {
    name,
    write(bytes) {
      if (endedBecause === null && stream.writableLength < MOST_UNSENT) stream.write(bytes);
    },
    /** Nothing to do: a flowing stream keeps no input back. */
    discardInput() {},
    onData(listener) {
      onData = listener;
    },
    onClose(listener) {
      onClose = listener;
      if (endedBecause !== null) listener(endedBecause);
    },
    close: () => end(`${name}: closed by this program.`),
  };
}
