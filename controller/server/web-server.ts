/** The server as a whole: files, session and the live channel on one port of the loopback address. */
import { STATUS_CODES, createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { Access, type Refusal } from './access.ts';
import { createRequestListener } from './http.ts';
import type { Hub } from './hub.ts';
import { readStaticFiles } from './static-files.ts';

export interface WebServer {
  readonly port: number;
  /** What a person opens; carries the token where one is required. */
  readonly url: string;
  /** The key to this run, for programs that are no browser. */
  readonly token: string;
  close(): Promise<void>;
}

export interface WebServerOptions {
  readonly hub: Hub;
  /** Folder of the built page. */
  readonly pageFolder: string;
  /** Tried first; 0 takes any free port. */
  readonly port: number;
  /** True where a real machine may be on the line. */
  readonly tokenRequired: boolean;
}

const PORTS_TRIED = 50;
const LARGEST_MESSAGE = 64 * 1024;

/** Starts on `options.port` or the next free one; rejects where none of fifty is free. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const access = new Access(options.tokenRequired);
  const server = createServer(createRequestListener(readStaticFiles(options.pageFolder), access));
  server.on('upgrade', liveChannel(options.hub, access));
  const port = await listenFrom(server, options.port);
  access.port = port;
  const address = `http://127.0.0.1:${port}/`;
  return {
    port,
    url: options.tokenRequired ? `${address}#token=${access.token}` : address,
    token: access.token,
    close: () => closeServer(server, options.hub),
  };
}

function liveChannel(hub: Hub, access: Access) {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE,
    clientTracking: false,
  });
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const refusal = request.url === '/live' ? access.refuseLive(request) : NO_SUCH_CHANNEL;
    if (refusal !== undefined) refuseUpgrade(socket, refusal);
    else sockets.handleUpgrade(request, socket, head, (accepted) => hub.accept(accepted));
  };
}

const NO_SUCH_CHANNEL = { status: 404, sentence: 'the live channel is /live' } as const;

function refuseUpgrade(socket: Duplex, { status, sentence }: Refusal | typeof NO_SUCH_CHANNEL): void {
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
      'Content-Type: text/plain; charset=utf-8\r\n' +
      `Content-Length: ${Buffer.byteLength(sentence)}\r\n` +
      'Connection: close\r\n\r\n' +
      sentence,
  );
}

/** A taken port is not an error: the next one is tried. */
async function listenFrom(server: Server, first: number): Promise<number> {
  for (let port = first; port < first + PORTS_TRIED; port++) {
    const bound = await tryListen(server, port);
    if (bound !== undefined) return bound;
  }
  throw new Error(
    `the ports ${first} to ${first + PORTS_TRIED - 1} are all taken: choose another with --port`,
  );
}

/** The port, or undefined where it is taken or reserved. */
function tryListen(server: Server, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    };
    server.once('error', failed);
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', failed);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function closeServer(server: Server, hub: Hub): Promise<void> {
  hub.close();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
