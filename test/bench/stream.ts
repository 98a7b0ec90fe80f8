/** What it costs the web process to pass 64 channels at 1 kHz on to browsers. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';

export interface StreamCost {
  /** Processor time of the web process by wall time. */
  readonly shareOfCore: number;
  /** What one client received, bytes a second. */
  readonly bytesPerS: number;
}

const WARM_UP_S = 3;

/** Three processes as in life: source, server, and this one with all the clients. */
export async function streamCost(clients: number, seconds: number): Promise<StreamCost> {
  const server = fork(new URL('stream-server.ts', import.meta.url), []);
  const [port] = (await once(server, 'message')) as [number];
  let bytes = 0;
  const sockets = await Promise.all(
    Array.from({ length: clients }, () => subscribe(port, (length) => void (bytes += length))),
  );
  await sleep(WARM_UP_S * 1000);
  const [cpuBefore, bytesBefore, startedMs] = [await processorSecondsOf(server), bytes, performance.now()];
  await sleep(seconds * 1000);
  const usedS = (await processorSecondsOf(server)) - cpuBefore;
  const wallS = (performance.now() - startedMs) / 1000;
  const cost = {
    shareOfCore: usedS / wallS,
    bytesPerS: (bytes - bytesBefore) / wallS / Math.max(1, clients),
  };
  for (const socket of sockets) socket.terminate();
  server.disconnect();
  return cost;
}

async function processorSecondsOf(server: ChildProcess): Promise<number> {
  server.send('processor time');
  const [seconds] = (await once(server, 'message')) as [number];
  return seconds;
}

export async function subscribe(port: number, heard: (bytes: number) => void): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, {
    headers: { origin: `http://127.0.0.1:${port}` },
  });
  socket.on('message', (data) => heard(Buffer.isBuffer(data) ? data.length : 0));
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'history', after: { tick: -1, cycle: -1, waveform: -1 } }));
  return socket;
}
