/**
 * A plain web host for built files, under a path of its own: what any static host does, and the content security
 * policy of a strict one.
 */
import { readFile } from 'node:fs/promises';
import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'";

export interface StaticHost {
  /** Ends with a slash. */
  readonly address: string;
  close(): void;
}

/** Serves `folder` at `http://127.0.0.1:<free port><path>`; `path` begins and ends with a slash. */
export function serveFolder(folder: string, path: string): Promise<StaticHost> {
  const answer = async (url: string, response: ServerResponse) => {
    const asked = normalize(decodeURIComponent(url.split('?', 1)[0]));
    const name = asked.slice(path.length) || 'index.html';
    try {
      if (!asked.startsWith(path)) throw new Error('elsewhere');
      const body = await readFile(join(folder, name));
      const type = TYPES[extname(name)] ?? 'text/plain';
      response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': POLICY }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  };
  const server = createServer((request, response) => void answer(request.url ?? '/', response));
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        address: `http://127.0.0.1:${port}${path}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });
}
