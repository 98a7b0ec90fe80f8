/** RTU over TCP on this computer alone: the line where there is no pseudo-terminal, and for programs without serial. */
import { createServer, type Socket } from 'node:net';
import type { BytePort } from '../protocol/byte-port.ts';

const HOST = '127.0.0.1';
const MOST_CLIENTS = 8;
/** A client that takes no bytes loses them past this, bytes. */
const MOST_UNSENT = 65_536;

export interface TcpListener {
  /** `tcp://127.0.0.1:PORT` */
  readonly name: string;
  close(): void;
}

/**
 * @param port 0 lets the system choose
 * @param onClient called with the line of every client
 * @returns the listener, or one sentence that says why there is none
 */
export function listenTcp(port: number, onClient: (line: BytePort) => void): Promise<TcpListener | string> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    onClient(socketPort(socket));
  });
  server.maxConnections = MOST_CLIENTS;
  return new Promise((resolve) => {
    server.on('error', (error) => resolve(describe(port, error)));
    server.listen(port, HOST, () => {
      const address = server.address();
      const chosen = address !== null && typeof address === 'object' ? address.port : port;
      resolve({
        name: `tcp://${HOST}:${chosen}`,
        close() {
          server.close();
          for (const socket of sockets) socket.destroy();
        },
      });
    });
  });
}

function describe(port: number, error: Error & { code?: string }): string {
  const name = `tcp://${HOST}:${port}`;
  if (error.code === 'EADDRINUSE')
    return `${name}: another program listens there; choose another port, or 0 for any.`;
  if (error.code === 'EACCES') return `${name}: this user may not listen there; choose a port above 1023.`;
  return `${name}: ${error.message}`;
}

function socketPort(socket: Socket): BytePort {
  let onClose: (reason: string) => void = ignore;
  let onData: (chunk: Uint8Array) => void = ignore;
  socket.on('data', (chunk: Uint8Array) => onData(chunk));
  socket.on('error', ignore);
  socket.on('close', () => onClose('the client left.'));
  return {
    name: `${socket.remoteAddress}:${socket.remotePort}`,
    write(bytes) {
      if (socket.writable && socket.writableLength < MOST_UNSENT) socket.write(bytes);
    },
    /** Nothing to do: a flowing stream keeps no input back. */
    discardInput: ignore,
    onData(listener) {
      onData = listener;
    },
    onClose(listener) {
      onClose = listener;
    },
    close: () => socket.destroy(),
  };
}

const ignore = (): void => {};
