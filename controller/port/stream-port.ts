/** A BytePort over a Node duplex stream: what a serial device and a TCP socket have in common. */
import type { Duplex } from 'node:stream';
import type { BytePort } from '../protocol/byte-port.ts';

/** Output that the line has not taken; past this the line is stuck and what comes on top is not queued, bytes. */
const MOST_UNSENT = 65_536;

const ignore = (): void => {};

export interface StreamPortOptions {
  /** What a person would call the line. */
  readonly name: string;
  /** An open stream; it is the port's from now on. */
  readonly stream: Duplex;
  /** Turns an error of the stream into the reason that `onClose` gives. */
  readonly describe: (error: Error) => string;
  /** Gives the device back to the system. Called once, however the line ends. */
  readonly release: () => void;
}

export interface StreamPort {
  readonly port: BytePort;
  /** Ends the line for a reason that the stream itself does not see. */
  readonly end: (reason: string) => void;
}

export function streamPort({ name, stream, describe, release }: StreamPortOptions): StreamPort {
  let onData: (chunk: Uint8Array) => void = ignore;
  let onClose: (reason: string) => void = ignore;
  let endedBecause: string | null = null;

  function end(reason: string): void {
    if (endedBecause !== null) return;
    endedBecause = reason;
    release();
    onClose(reason);
  }

  stream.on('data', (chunk: Uint8Array) => {
    if (endedBecause === null) onData(chunk);
  });
  stream.on('error', (error: Error) => end(describe(error)));
  stream.on('end', () => end(`${name}: the other end closed the line.`));
  stream.on('close', () => end(`${name}: the line closed; was the device unplugged?`));

  const port: BytePort = {
    name,
    write(bytes) {
      if (endedBecause === null && stream.writableLength < MOST_UNSENT) stream.write(bytes);
    },
    /** Nothing to do: a flowing stream keeps no input back. */
    discardInput: ignore,
    onData(listener) {
      onData = listener;
    },
    onClose(listener) {
      onClose = listener;
      if (endedBecause !== null) listener(endedBecause);
    },
    close: () => end(`${name}: closed by this program.`),
  };
  return { port, end };
}
