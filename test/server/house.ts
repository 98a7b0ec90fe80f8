/** A whole server on a free port with a fake control process behind it, taken down after each test. */
import { afterEach } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { CLIENT_LIMITS, type ClientLimits } from '../../controller/server/client.ts';
import { History } from '../../controller/server/history.ts';
import { Hub } from '../../controller/server/hub.ts';
import { startWebServer, type WebServer } from '../../controller/server/web-server.ts';
import { FakeControl } from './fake-control.ts';
import { LiveClient } from './live-client.ts';

export interface House {
  readonly hub: Hub;
  readonly control: FakeControl;
  readonly server: WebServer;
  /** The page's own origin unless `headers` say otherwise. */
  connect(options?: ClientOptions): Promise<LiveClient>;
}

export interface HouseOptions {
  readonly limits?: Partial<ClientLimits>;
  readonly nowMs?: () => number;
  readonly tokenRequired?: boolean;
  readonly pageFolder?: string;
}

const open: WebServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const limits = { ...CLIENT_LIMITS, graceMs: 20, ...options.limits };
  const hub = new Hub(new History(), limits, options.nowMs);
  const control = new FakeControl();
  hub.attach(control);
  const server = await startWebServer({
    hub,
    pageFolder: options.pageFolder ?? '/nonexistent',
    port: 0,
    tokenRequired: options.tokenRequired ?? false,
  });
  open.push(server);
  const origin = `http://127.0.0.1:${server.port}`;
  const connect = (given: ClientOptions = {}): Promise<LiveClient> =>
    dial(`ws://127.0.0.1:${server.port}/live`, { headers: { origin }, ...given });
  return { hub, control, server, connect };
}

/** Rejects with the status and the sentence where the upgrade is refused. */
export function dial(url: string, options: ClientOptions): Promise<LiveClient> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    const client = new LiveClient(socket);
    socket.once('open', () => resolve(client));
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => {
      response.setEncoding('utf8');
      let body = '';
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => reject(new Error(`${response.statusCode}: ${body}`)));
    });
  });
}
