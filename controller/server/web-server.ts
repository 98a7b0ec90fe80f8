/** The server as a whole: files, session and the live channel on one port. */
import { STATUS_CODES, createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Person, Role } from '../wire/person.ts';
import { Access, addressOf, type Refusal } from './access.ts';
import type { AuditEntry } from './audit.ts';
import { createRequestListener } from './http.ts';
import type { Hub } from './hub.ts';
import { RunsDoor, type RunsDoorOptions } from './runs-door.ts';
import { readStaticFiles } from './static-files.ts';

export interface WebServer {
  readonly port: number;
  /** The key of each role, for programs that are no browser. */
  readonly tokens: Readonly<Record<Role, string>>;
  close(): Promise<void>;
}

export interface WebServerOptions {
  readonly hub: Hub;
  /** Folder of the built page. */
  readonly pageFolder: string;
  /** Tried first; 0 takes any free port. */
  readonly port: number;
  /** True where a real machine may be on the line, and wherever others than this computer can reach the server. */
  readonly tokenRequired: boolean;
  /** Address to listen at; this computer alone by default. */
  readonly host?: string;
  /** Names under which a proxy calls the server. */
  readonly allowHosts?: readonly string[];
  readonly audit?: (entry: AuditEntry) => void;
  /** What may be read of what was recorded; nothing without it. */
  readonly runs?: RunsDoorOptions;
  readonly patience?: Patience;
  /** Monotonic ms. */
  readonly nowMs?: () => number;
}

/** How long a caller may take, ms. Who sends its headers drop by drop would otherwise keep a place for ever. */
export interface Patience {
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often that is looked at. */
  readonly lookMs: number;
}

const PATIENCE: Patience = { headersMs: 5000, requestMs: 10_000, lookMs: 1000 };
export const LOOPBACK = '127.0.0.1';
const PORTS_TRIED = 50;
/** Pages, and what they load; the live channels among them are counted apart. */
const MOST_CONNECTIONS = 512;
const LARGEST_MESSAGE = 64 * 1024;

/** Starts on `options.port` or the next free one; rejects with a sentence where that is not possible. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const { hub, tokenRequired, host = LOOPBACK, allowHosts = [], audit = () => {} } = options;
  const nowMs = options.nowMs ?? (() => performance.now());
  const { headersMs, requestMs, lookMs } = options.patience ?? PATIENCE;
  const access = new Access({ tokenRequired, allowHosts, nowMs });
  const files = readStaticFiles(options.pageFolder);
  const server = createServer(
    { headersTimeout: headersMs, requestTimeout: requestMs, connectionsCheckingInterval: lookMs },
    createRequestListener({
      files,
      access,
      audit,
      ...(options.runs === undefined ? {} : { runs: new RunsDoor(options.runs) }),
    }),
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on('upgrade', liveChannel(hub, access, audit));
  const port = await listenFrom(server, options.port, host);
  access.port = port;
  return { port, tokens: access.sessions.tokens, close: () => closeServer(server, hub) };
}

function liveChannel(hub: Hub, access: Access, audit: (entry: AuditEntry) => void) {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: LARGEST_MESSAGE,
    clientTracking: false,
  });
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const caller = request.url === '/live' ? access.admitLive(request) : NO_SUCH_CHANNEL;
    if (isPerson(caller)) {
      sockets.handleUpgrade(request, socket, head, (accepted) =>
        hub.accept(accepted, caller, addressOf(request)),
      );
      return;
    }
    audit({ event: 'refused', from: { address: addressOf(request) }, sentence: caller.sentence });
    refuseUpgrade(socket, caller);
  };
}

const isPerson = (caller: Person | Refusal | typeof NO_SUCH_CHANNEL): caller is Person => 'session' in caller;

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
async function listenFrom(server: Server, first: number, host: string): Promise<number> {
  for (let port = first; port < first + PORTS_TRIED; port++) {
    const bound = await tryListen(server, port, host);
    if (bound !== undefined) return bound;
  }
  throw new Error(
    `the ports ${first} to ${first + PORTS_TRIED - 1} are all taken: choose another with --port`,
  );
}

/** The port, or undefined where it is taken or reserved. */
function tryListen(server: Server, port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else if (error.code === 'EADDRNOTAVAIL')
        reject(new Error(`${host} is not an address of this computer`));
      else reject(error);
    };
    server.once('error', failed);
    server.listen({ port, host }, () => {
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
