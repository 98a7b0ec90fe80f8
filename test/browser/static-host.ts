/** A plain web host for built files, under a path of its own: what any static host does, and no more. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};

export interface StaticHost {
  /** Ends with a slash. */
  readonly address: string;
  close(): void;
}

/** Serves `folder` at `http://127.0.0.1:<free port><path>`; `path` begins and ends with a slash. */
export function serveFolder(folder: string, path: string): Promise<StaticHost> {
  const server = createServer((request, response) => {
    const asked = normalize(decodeURIComponent((request.url ?? '/').split('?', 1)[0]));
    const name = asked.startsWith(path) ? asked.slice(path.length) || 'index.html' : undefined;
    const file = name === undefined ? Promise.reject(new Error('elsewhere')) : readFile(join(folder, name));
    file.then(
      (body) =>
        response.writeHead(200, { 'Content-Type': TYPES[extname(name ?? '')] ?? 'text/plain' }).end(body),
      () => response.writeHead(404).end(),
    );
  });
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
