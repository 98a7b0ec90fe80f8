/** A WebSocket spoken byte by byte (RFC 6455), for what no library would send. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { House } from './house.ts';

export const TEXT = 0x1;
export const BINARY = 0x2;
/** Of the first byte: this message is compressed (RFC 7692). */
export const RSV1 = 0x40;
const FIN = 0x80;
const MASKED = 0x80;

/** One masked frame, as clients must send them. `bits` go into the first byte beside the opcode. */
export function clientFrame(opcode: number, payload: Buffer, bits = FIN): Buffer {
  const mask = randomBytes(4);
  const length = Buffer.alloc(payload.length < 126 ? 1 : payload.length < 65_536 ? 3 : 9);
  if (length.length === 1) length[0] = MASKED | payload.length;
  else if (length.length === 3) {
    length[0] = MASKED | 126;
    length.writeUInt16BE(payload.length, 1);
  } else {
    length[0] = MASKED | 127;
    length.writeBigUInt64BE(BigInt(payload.length), 1);
  }
  const masked = Buffer.from(payload.map((byte, n) => byte ^ mask[n % 4]));
  return Buffer.concat([Buffer.from([bits | opcode]), length, mask, masked]);
}

export interface RawClient {
  readonly socket: Socket;
  /** Header of the answer to the upgrade. */
  readonly header: string;
  /** The code with which the server closed; 0 where the connection just ended. */
  closed(): Promise<number>;
}

/** Through the door of a house that needs no key. */
export async function openRaw(house: House, extensions = ''): Promise<RawClient> {
  const socket = connect(house.server.port, '127.0.0.1');
  socket.on('error', () => {});
  let received = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
  });
  socket.write(
    `GET /live HTTP/1.1\r\nHost: 127.0.0.1:${house.server.port}\r\nOrigin: ${house.origin}\r\n` +
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n${extensions}\r\n`,
  );
  while (!received.includes('\r\n\r\n')) await once(socket, 'data');
  const header = received.subarray(0, received.indexOf('\r\n\r\n')).toString('latin1');
  return {
    socket,
    header,
    async closed() {
      if (!socket.closed) await once(socket, 'close');
      return closeCode(received.subarray(header.length + 4));
    },
  };
}

/** Walks over the server's frames to the closing one. */
function closeCode(bytes: Buffer): number {
  let at = 0;
  while (at + 2 <= bytes.length) {
    const short = bytes[at + 1];
    const [length, header] =
      short === 127
        ? [Number(bytes.readBigUInt64BE(at + 2)), 10]
        : short === 126
          ? [bytes.readUInt16BE(at + 2), 4]
          : [short, 2];
    if ((bytes[at] & 0x0f) === 0x8) return bytes.readUInt16BE(at + header);
    at += header + length;
  }
  return 0;
}
