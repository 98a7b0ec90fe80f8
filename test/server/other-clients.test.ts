/** WebSocket clients that were not written here and are not the library of the server: undici's in Node, and Python's. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { decodeFrame } from '../../controller/wire/frame.ts';
import { ServerMessage } from '../../controller/wire/messages.ts';
import { startHouse, type House } from './house.ts';

const PYTHON = '/usr/bin/python3';
const hasPythonClient = spawnSync(PYTHON, ['-c', 'import websockets.sync.client']).status === 0;

/** Asks for history and STOP with a key; prints each JSON message, and the length of each binary one. */
const PYTHON_PROGRAM = `
import json, sys
from websockets.sync.client import connect
url, key = sys.argv[1:3]
with connect(url, additional_headers={"Authorization": "Bearer " + key}) as line:
    line.send(json.dumps({"type": "history", "after": {"tick": -1, "cycle": -1, "waveform": -1}}))
    line.send(json.dumps({"type": "command", "id": 7, "command": "STOP"}))
    while True:
        heard = line.recv(timeout=20)
        if isinstance(heard, bytes):
            print(json.dumps({"bytes": len(heard)}))
        else:
            print(heard)
            if json.loads(heard)["type"] == "ack": break
`;

interface Heard {
  readonly messages: ServerMessage[];
  readonly rows: number;
}

/** The WebSocket of Node itself; it takes headers, which that of a browser does not. */
async function hearByNode(house: House): Promise<Heard> {
  const headers = { authorization: `Bearer ${house.server.tokens.viewer}` };
  const socket = new WebSocket(`ws://127.0.0.1:${house.server.port}/live`, { headers } as never);
  socket.binaryType = 'arraybuffer';
  const messages: ServerMessage[] = [];
  let rows = 0;
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('no connection')));
    socket.addEventListener('open', () => {
      socket.send(JSON.stringify({ type: 'history', after: { tick: -1, cycle: -1, waveform: -1 } }));
      socket.send(JSON.stringify({ type: 'command', id: 7, command: 'STOP' }));
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === 'string') messages.push(ServerMessage.parse(JSON.parse(data)));
      else {
        const frame = decodeFrame(new Uint8Array(data));
        rows += typeof frame === 'string' ? 0 : frame.rows;
      }
      if (messages.at(-1)?.type === 'ack') resolve();
    });
  });
  socket.close();
  return { messages, rows };
}

describe('a client not written here', () => {
  it('of Node comes in with a key, hears all and is answered', async () => {
    const house = await startHouse({ tokenRequired: true });
    house.control.frames('tick', 40);
    const { messages, rows } = await hearByNode(house);
    expect(messages.map(({ type }) => type)).toEqual(['hello', 'ack']);
    expect(rows).toBe(40);
  });

  it('of Node without a key does not come in', async () => {
    const house = await startHouse({ tokenRequired: true });
    const socket = new WebSocket(`ws://127.0.0.1:${house.server.port}/live`);
    await new Promise((resolve) => socket.addEventListener('error', resolve));
    expect(house.hub.clientCount).toBe(0);
  });

  it.skipIf(!hasPythonClient)('of Python comes in with a key, hears all and is answered', async () => {
    const house = await startHouse({ tokenRequired: true });
    house.control.frames('tick', 40);
    const url = `ws://127.0.0.1:${house.server.port}/live`;
    const child = spawn(PYTHON, ['-c', PYTHON_PROGRAM, url, house.server.tokens.viewer]);
    let output = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    const [status] = (await once(child, 'close')) as [number];
    expect(status).toBe(0);
    const heard = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type?: string; bytes?: number });
    expect(heard.map(({ type }) => type).filter((type) => type !== undefined)).toEqual(['hello', 'ack']);
    expect(heard.some(({ bytes }) => (bytes ?? 0) > 40 * 4)).toBe(true);
  });
});
