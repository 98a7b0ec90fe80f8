/** A whole server on a free port with a fake control process behind it, taken down after each test. */
import { request } from 'node:http';
import { afterEach } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { CLIENT_LIMITS, type ClientLimits } from '../../controller/server/client.ts';
import { History } from '../../controller/server/history.ts';
import type { AuditEntry } from '../../controller/server/audit.ts';
import { Hub, type ControlLink } from '../../controller/server/hub.ts';
import type { RunsDoorOptions } from '../../controller/server/runs-door.ts';
import { startWebServer, type Patience, type WebServer } from '../../controller/server/web-server.ts';
import type { Role } from '../../controller/wire/person.ts';
import { FakeControl } from './fake-control.ts';
import { LiveClient } from './live-client.ts';

export interface House {
  readonly hub: Hub;
  readonly control: FakeControl;
  readonly server: WebServer;
  readonly origin: string;
  /** What would go into the log. */
  readonly audited: AuditEntry[];
  /** Raw, so that the path and every header are exactly what the test says. */
  ask(path: string, headers?: Record<string, string>, post?: string): Promise<Answer>;
  /** The cookie of a session that a key of this role opened. */
  login(role: Role): Promise<string>;
  /** The page's own origin unless `headers` say otherwise. */
  connect(options?: ClientOptions, path?: string): Promise<LiveClient>;
}

export interface HouseOptions {
  readonly limits?: Partial<ClientLimits>;
  readonly nowMs?: () => number;
  readonly tokenRequired?: boolean;
  readonly pageFolder?: string;
  readonly patience?: Patience;
  readonly onAudit?: (entry: AuditEntry) => void;
  readonly port?: number;
  readonly host?: string;
  readonly allowHosts?: readonly string[];
  readonly runs?: RunsDoorOptions;
  /** A control process of one's own; the fake one is idle then. */
  readonly link?: ControlLink;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

const open: WebServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const limits = { ...CLIENT_LIMITS, graceMs: 20, ...options.limits };
  const audited: AuditEntry[] = [];
  const audit = (entry: AuditEntry): void => {
    audited.push(entry);
    options.onAudit?.(entry);
  };
  const hub = new Hub(new History(), limits, options.nowMs, audit);
  const control = new FakeControl();
  hub.attach(options.link ?? control);
  const { patience, host, allowHosts, nowMs, runs } = options;
  const server = await startWebServer({
    hub,
    pageFolder: options.pageFolder ?? '/nonexistent',
    port: options.port ?? 0,
    tokenRequired: options.tokenRequired ?? false,
    audit,
    ...(patience && { patience }),
    ...(host && { host }),
    ...(allowHosts && { allowHosts }),
    ...(nowMs && { nowMs }),
    ...(runs && { runs }),
  });
  open.push(server);
  const origin = `http://127.0.0.1:${server.port}`;
  const connect = (given: ClientOptions = {}, path = '/live'): Promise<LiveClient> =>
    dial(`ws://127.0.0.1:${server.port}${path}`, { headers: { origin }, ...given });
  const ask: House['ask'] = (path, headers = {}, post) => askRaw(server.port, path, headers, post);
  const login = async (role: Role): Promise<string> => {
    const { headers } = await ask('/session', { origin }, server.tokens[role]);
    return [headers['set-cookie']].flat()[0]?.split(';')[0] ?? 'no cookie was set';
  };
  return { hub, control, server, origin, audited, ask, login, connect };
}

function askRaw(port: number, path: string, headers: Record<string, string>, post?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = post === undefined ? 'GET' : 'POST';
    const asked = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asked.on('error', reject);
    asked.end(post);
  });
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
