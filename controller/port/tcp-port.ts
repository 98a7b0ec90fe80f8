/** RTU frames through a TCP connection: serial device servers, and the virtual rig where there is no pseudo-terminal. */
import { connect, type Socket } from 'node:net';
import type { BytePort } from '../protocol/byte-port.ts';
import { streamPort } from './stream-port.ts';

const CONNECT_TIMEOUT_MS = 3000;

/** @returns an open port, or one sentence that says why there is none. */
export async function openTcpPort(host: string, port: number): Promise<BytePort | string> {
  const name = `tcp://${host}:${port}`;
  const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port, noDelay: true, keepAlive: true });
  const problem = await connected(socket);
  const release = (): void => {
    socket.destroy();
  };
  if (problem === null)
    return streamPort({ name, stream: socket, describe: (error) => describe(name, error), release }).port;
  release();
  return describe(name, problem);
}

function connected(socket: Socket): Promise<Error | null> {
  return new Promise((resolve) => {
    const late = setTimeout(
      () => resolve(Object.assign(new Error(), { code: 'ETIMEDOUT' })),
      CONNECT_TIMEOUT_MS,
    );
    const settle = (error: Error | null): void => {
      clearTimeout(late);
      resolve(error);
    };
    socket.once('connect', () => settle(null));
    socket.on('error', settle);
  });
}

const UNREACHABLE = 'the host does not answer; check cable, address and firewall.';
const UNKNOWN_HOST = 'this host name is not known; check its spelling.';
const BROKEN = 'the other end broke the connection; is the device powered, does another program use it?';
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; start the device server or check the port number.',
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: UNKNOWN_HOST,
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ENETUNREACH: UNREACHABLE,
  ECONNRESET: BROKEN,
  EPIPE: BROKEN,
};

const describe = (name: string, { code = '', message }: Error & { code?: string }): string =>
  `${name}: ${REASONS[code] ?? message}`;
