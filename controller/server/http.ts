/** The page and the session over plain HTTP on the loopback address. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Access, Refusal } from './access.ts';
import { SESSION_PAGE, SESSION_SCRIPT } from './session-page.ts';
import type { StaticFile } from './static-files.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const LONGEST_TOKEN = 200;

const NOT_BUILT = 'The page is not built: run `npm run build`, then start again.';

export function createRequestListener(files: Map<string, StaticFile>, access: Access): RequestListener {
  return (request, response) => {
    protect(response);
    const refusal = access.refuseHost(request);
    const path = (request.url ?? '/').split('?', 1)[0];
    if (refusal !== undefined) refuse(response, refusal);
    else if (request.method === 'POST' && path === '/session') openSession(request, response, access);
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      answer(response, 405, 'Only GET and HEAD are answered here.');
    else if (path === '/session.js') answer(response, 200, SESSION_SCRIPT, 'text/javascript; charset=utf-8');
    else if (access.tokenRequired && !access.holdsToken(request)) askForToken(response, path);
    else serve(response, path, files);
  };
}

function serve(response: ServerResponse, path: string, files: Map<string, StaticFile>): void {
  const file = files.get(path);
  if (file !== undefined) {
    response.setHeader('Cache-Control', file.forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
    answer(response, 200, file.body, file.type);
  } else if (path === '/') answer(response, 503, NOT_BUILT);
  else answer(response, 404, 'There is nothing at this address.');
}

function askForToken(response: ServerResponse, path: string): void {
  if (path === '/') answer(response, 200, SESSION_PAGE, 'text/html; charset=utf-8');
  else answer(response, 401, 'Open the address that elastocool printed: it carries the key to this run.');
}

function openSession(request: IncomingMessage, response: ServerResponse, access: Access): void {
  const refusal = access.refuseOrigin(request);
  if (refusal !== undefined) {
    refuse(response, refusal);
    return;
  }
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
    if (body.length > LONGEST_TOKEN) request.destroy();
  });
  request.on('end', () => {
    if (!access.isToken(body)) {
      answer(response, 403, 'This key is of an earlier run: open the address that elastocool printed last.');
      return;
    }
    response.setHeader(
      'Set-Cookie',
      `${access.cookieName}=${access.token}; HttpOnly; SameSite=Strict; Path=/`,
    );
    response.writeHead(204).end();
  });
}

function protect(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}

function refuse(response: ServerResponse, { status, sentence }: Refusal): void {
  answer(response, status, sentence);
}

function answer(
  response: ServerResponse,
  status: number,
  body: string | Buffer,
  type = 'text/plain; charset=utf-8',
): void {
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) });
  // node:http itself leaves the body out of the answer to HEAD.
  response.end(body);
}
