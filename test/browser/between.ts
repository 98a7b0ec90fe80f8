/** A line between a page and its server that can be cut, silenced or spoiled on the way to the page. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Of an unmasked WebSocket frame with a payload of 126 bytes to 64 KiB (RFC 6455, section 5.2). */
const BINARY_MESSAGE = 0x82;
const LENGTH_IN_TWO_BYTES = 126;
const PAYLOAD_AT = 4;
/** In a telemetry frame, controller/wire/frame.ts. */
const VERSION_AT = PAYLOAD_AT;
const GROUP_AT = PAYLOAD_AT + 1;
const HIGHEST_BYTE_OF_SEQUENCE_AT = PAYLOAD_AT + 7;

type Spoiler = (bytes: Buffer) => Buffer | 'cut';

/** Waits for a telemetry frame of group `tick` at the head of a piece; then does that to it, once. */
const SPOILERS = {
  version: (bytes) => {
    bytes[VERSION_AT] ^= 0xff;
    return bytes;
  },
  sequence: (bytes) => {
    bytes[HIGHEST_BYTE_OF_SEQUENCE_AT] ^= 0x80;
    return bytes;
  },
  opcode: (bytes) => {
    bytes[0] = 0x8f;
    return bytes;
  },
  half: (bytes) => bytes.subarray(0, bytes.length >> 1),
  cut: () => 'cut',
} satisfies Record<string, Spoiler>;

export class Between {
  /** Port of the server behind. */
  target = 0;
  /** While true nothing reaches the page, and nothing is closed. */
  isSilent = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #next: Spoiler | null = null;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#join(socket));
  }

  static async open(): Promise<Between> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Between(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Does this to one of the next frames of group `tick`. `half` loses its end and goes on, `cut` ends within it. */
  spoil(how: keyof typeof SPOILERS): void {
    this.#next = SPOILERS[how];
  }

  get hasSpoiled(): boolean {
    return this.#next === null;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(page: Socket): void {
    const server = connect(this.target, '127.0.0.1');
    for (const [one, other] of [
      [page, server],
      [server, page],
    ] as const) {
      this.#sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#sockets.delete(one);
        other.destroy();
      });
    }
    page.on('data', (bytes) => server.write(bytes));
    server.on('data', (bytes) => this.#pass(page, bytes));
  }

  #pass(page: Socket, bytes: Buffer): void {
    if (this.isSilent) return;
    const spoiler = isTick(bytes) ? this.#next : null;
    if (spoiler !== null) this.#next = null;
    const spoiled = spoiler === null ? bytes : spoiler(bytes);
    if (spoiled !== 'cut') page.write(spoiled);
    else page.end(bytes.subarray(0, bytes.length >> 1), () => page.destroy());
  }
}

const isTick = (bytes: Buffer): boolean =>
  bytes.length > HIGHEST_BYTE_OF_SEQUENCE_AT &&
  bytes[0] === BINARY_MESSAGE &&
  bytes[1] === LENGTH_IN_TWO_BYTES &&
  bytes[GROUP_AT] === 0;
