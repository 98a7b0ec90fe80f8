/** A WebSocket client that keeps what it hears and can wait for it. */
import { WebSocket } from 'ws';
import type { GroupName } from '../../controller/wire/channels.ts';
import { decodeFrame, type Frame } from '../../controller/wire/frame.ts';
import { ServerMessage } from '../../controller/wire/messages.ts';

export class LiveClient {
  readonly socket: WebSocket;
  readonly messages: ServerMessage[] = [];
  readonly frames: Frame[] = [];
  closed: { code: number; reason: string } | undefined;
  #waiting: (() => void)[] = [];

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data, isBinary) => {
      if (!Buffer.isBuffer(data)) throw new Error('ws was asked for buffers');
      if (isBinary) this.frames.push(mustDecode(data));
      else this.messages.push(ServerMessage.parse(JSON.parse(data.toString('utf8'))));
      this.#wake();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString('utf8') };
      this.#wake();
    });
    socket.on('error', () => {});
  }

  ask(message: unknown): void {
    this.socket.send(JSON.stringify(message));
  }

  askHistory(after: Partial<Record<GroupName, number>> = {}): void {
    this.ask({ type: 'history', after: { tick: -1, cycle: -1, waveform: -1, ...after } });
  }

  /** Resolves once `holds` does; looked at after everything that is heard. The test's own limit ends a wait in vain. */
  async until(holds: (client: this) => boolean): Promise<void> {
    while (!holds(this)) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  of<T extends ServerMessage['type']>(type: T): Extract<ServerMessage, { type: T }>[] {
    return this.messages.filter(
      (message): message is Extract<ServerMessage, { type: T }> => message.type === type,
    );
  }

  group(group: GroupName): Frame[] {
    return this.frames.filter((frame) => frame.group === group);
  }

  /** Sequence numbers of every row of a one-row-a-frame group, as the values of its first column say. */
  rows(group: GroupName): number[] {
    return this.group(group).flatMap((frame) => [...frame.columns[0]]);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function mustDecode(bytes: Uint8Array): Frame {
  const frame = decodeFrame(bytes);
  if (typeof frame === 'string') throw new Error(frame);
  return frame;
}
