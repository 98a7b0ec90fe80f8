/** The page and the session over plain HTTP. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { addressOf, isRefusal, type Access, type Refusal } from './access.ts';
import type { AuditEntry } from './audit.ts';
import { SESSION_PAGE, SESSION_SCRIPT } from './session-page.ts';
import { RunsDoor } from './runs-door.ts';
import type { StaticFile } from './static-files.ts';

const POLICY = [
  "default-src 'none'",
  // TensorFlow.js computes the maps of Study in WebAssembly; text still becomes no program
  "script-src 'self' 'wasm-unsafe-eval'",
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

const HTML = 'text/html; charset=utf-8';

const LONGEST_TOKEN = 200;

const NOT_BUILT = 'The page is not built: run `npm run build`, then start again.';

export interface Site {
  readonly files: Map<string, StaticFile>;
  readonly access: Access;
  readonly audit: (entry: AuditEntry) => void;
  /** What was recorded; without it there is nothing to read. */
  readonly runs?: RunsDoor;
}

export function createRequestListener(site: Site): RequestListener {
  return (request, response) => {
    protect(response);
    const refusal = site.access.refuseHost(request);
    const path = (request.url ?? '/').split('?', 1)[0];
    if (refusal !== undefined) refuse(site, request, response, refusal);
    else if (request.method === 'POST' && path === '/session') openSession(site, request, response);
    else if (request.method !== 'GET' && request.method !== 'HEAD')
      answer(response, 405, 'Only GET and HEAD are answered here.');
    else if (RunsDoor.takes(path)) read(site, request, response, path);
    else if (path === '/session') answer(response, 200, SESSION_PAGE, HTML);
    else if (path === '/session.js') answer(response, 200, SESSION_SCRIPT, 'text/javascript; charset=utf-8');
    else give(site, request, response, path);
  };
}

/** A file, to who may see it. Where no key is needed a page is given a session with it, so that a reload is known. */
function give(site: Site, request: IncomingMessage, response: ServerResponse, path: string): void {
  const { access } = site;
  const person = access.identify(request);
  if (person !== undefined && isRefusal(person)) return refuse(site, request, response, person);
  if (person === undefined && access.tokenRequired) return askForToken(response, path);
  // Only with a page that is being opened: what other sites embed must not push sessions out.
  if (
    person === undefined &&
    path === '/' &&
    (request.headers['sec-fetch-dest'] ?? 'document') === 'document'
  )
    setCookie(access, request, response, access.sessions.open('engineer').secret);
  serve(response, path, site.files);
}

/** What was recorded, to whoever may watch what happens. */
function read(site: Site, request: IncomingMessage, response: ServerResponse, path: string): void {
  const refusal = site.access.refuseReading(request);
  if (refusal !== undefined) return refuse(site, request, response, refusal);
  if (site.runs === undefined) return answer(response, 404, 'This server has no folder of runs.');
  void site.runs.open(request, response, path, (status, body, type) => answer(response, status, body, type));
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
  if (path === '/') answer(response, 200, SESSION_PAGE, HTML);
  else answer(response, 401, 'Open the address that elastocool printed: it carries the key to this run.');
}

function openSession(site: Site, request: IncomingMessage, response: ServerResponse): void {
  const { access, audit } = site;
  const refusal = access.refuseOrigin(request);
  if (refusal !== undefined) return refuse(site, request, response, refusal);
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => {
    body += chunk;
    if (body.length > LONGEST_TOKEN) request.destroy();
  });
  request.on('end', () => {
    const session = access.login(body, request);
    if (isRefusal(session)) return refuse(site, request, response, session);
    audit({ event: 'login', from: { address: addressOf(request), person: session.person } });
    setCookie(access, request, response, session.secret);
    response.writeHead(204).end();
  });
}

/** Out of reach of scripts and of other sites; over TLS alone where the page came by it. */
function setCookie(
  access: Access,
  { headers }: IncomingMessage,
  response: ServerResponse,
  secret: string,
): void {
  const secure = headers.origin?.startsWith('https:') === true ? '; Secure' : '';
  response.setHeader(
    'Set-Cookie',
    `${access.cookieName}=${secret}; HttpOnly; SameSite=Strict; Path=/${secure}`,
  );
}

function protect(response: ServerResponse): void {
  response.setHeader('Content-Security-Policy', POLICY);
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
}

function refuse(
  { audit }: Site,
  request: IncomingMessage,
  response: ServerResponse,
  { status, sentence }: Refusal,
): void {
  audit({ event: 'refused', from: { address: addressOf(request) }, sentence });
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
