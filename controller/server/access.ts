/**
 * Who may talk to the server, and who they are. Even on the loopback address a web page from anywhere can make a browser
 * call us, so the Host must be ours (no DNS rebinding) and the Origin must be our own page. Where a real machine may be
 * on the line, or where others can reach the server, everyone needs a key of this start; on a virtual rig on this
 * computer only callers without an Origin do, which a browser always sends.
 */
import type { IncomingMessage } from 'node:http';
import type { Person } from '../wire/person.ts';
import { LoginPauses } from './login-pauses.ts';
import { Sessions } from './sessions.ts';

export interface Refusal {
  readonly status: 401 | 403 | 421 | 429;
  readonly sentence: string;
}

export interface AccessOptions {
  readonly tokenRequired: boolean;
  /** Names, beside addresses of this computer, under which the server may be called: those of a proxy in front of it. */
  readonly allowHosts: readonly string[];
  readonly nowMs: () => number;
}

const NO_KEY: Refusal = {
  status: 401,
  sentence: 'open the address that elastocool printed: it carries the key to this run',
};
const WRONG_KEY: Refusal = {
  status: 403,
  sentence: 'this key is of an earlier run: open the address that elastocool printed last',
};

export class Access {
  readonly sessions = new Sessions();
  readonly tokenRequired: boolean;
  readonly #allowHosts: readonly string[];
  readonly #pauses: LoginPauses;
  #port = 0;

  constructor({ tokenRequired, allowHosts, nowMs }: AccessOptions) {
    this.tokenRequired = tokenRequired;
    this.#allowHosts = allowHosts.map((name) => name.toLowerCase());
    this.#pauses = new LoginPauses(nowMs);
  }

  /** The port is known once the server listens. */
  set port(port: number) {
    this.#port = port;
  }

  /** Cookies know no ports; the name does. */
  get cookieName(): string {
    return `elastocool-${this.#port}`;
  }

  /** Checked for every request. */
  refuseHost(request: IncomingMessage): Refusal | undefined {
    const host = (request.headers.host ?? '').toLowerCase();
    if (this.#ownHosts(request).includes(host) || this.#isAllowedName(host)) return undefined;
    return {
      status: 421,
      sentence: `this server answers to http://127.0.0.1:${this.#port}/ and to no name that it was not told (--allow-host)`,
    };
  }

  /** Checked for everything that changes or reveals something: the live channel and the session. */
  refuseOrigin({ headers: { origin, host = '' } }: IncomingMessage): Refusal | undefined {
    if (origin === undefined || origin === `http://${host}`) return undefined;
    // A proxy in front of us speaks TLS, and passes the name on.
    if (origin === `https://${host}` && this.#isAllowedName(host.toLowerCase())) return undefined;
    return {
      status: 403,
      sentence: 'only the page of this server may do this; the request came from another one',
    };
  }

  /** Who opens the live channel. */
  admitLive(request: IncomingMessage): Person | Refusal {
    const refusal = this.refuseHost(request) ?? this.refuseOrigin(request);
    if (refusal !== undefined) return refusal;
    const person = this.identify(request);
    if (person !== undefined) return person;
    return this.tokenRequired || request.headers.origin === undefined
      ? NO_KEY
      : this.sessions.name('engineer');
  }

  /**
   * Who may read what was recorded: whoever may open the live channel. A page that asks for a file says no Origin, but
   * the browser says for it that it is ours.
   */
  refuseReading(request: IncomingMessage): Refusal | undefined {
    const refusal = this.refuseOrigin(request);
    if (refusal !== undefined) return refusal;
    const person = this.identify(request);
    if (person !== undefined) return isRefusal(person) ? person : undefined;
    const isOwnPage = request.headers['sec-fetch-site'] === 'same-origin';
    return this.tokenRequired || !isOwnPage ? NO_KEY : undefined;
  }

  /** By the session cookie of a page, else by `Authorization: Bearer` of a program; undefined for a stranger. */
  identify(request: IncomingMessage): Person | Refusal | undefined {
    const secrets = cookiesNamed(this.cookieName, request);
    const known = secrets.map((secret) => this.sessions.find(secret)).find((person) => person !== undefined);
    if (known !== undefined) return known;
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (bearer === undefined) return undefined;
    const role = this.#checkKey(bearer, request);
    return typeof role === 'string' ? this.sessions.name(role) : role;
  }

  /** A new session for who holds a key. */
  login(token: string, request: IncomingMessage): { secret: string; person: Person } | Refusal {
    const role = this.#checkKey(token, request);
    return typeof role === 'string' ? this.sessions.open(role) : role;
  }

  #checkKey(token: string, request: IncomingMessage): Person['role'] | Refusal {
    const address = addressOf(request);
    const remainingMs = this.#pauses.remainingMs(address);
    if (remainingMs > 0) {
      const seconds = Math.ceil(remainingMs / 1000);
      return { status: 429, sentence: `too many wrong keys came from ${address}: wait ${seconds} s` };
    }
    const role = this.sessions.roleOf(token);
    if (role === undefined) this.#pauses.failed(address);
    return role ?? WRONG_KEY;
  }

  /** An address cannot be rebound as a name can, so the one at which the caller arrived is always ours. */
  #ownHosts({ socket }: IncomingMessage): string[] {
    const address = plainAddress(socket.localAddress);
    return ['127.0.0.1', 'localhost', address.includes(':') ? `[${address}]` : address].map(
      (name) => `${name}:${this.#port}`,
    );
  }

  #isAllowedName(host: string): boolean {
    return this.#allowHosts.some((name) => host === name || host === `${name}:${this.#port}`);
  }
}

export const isRefusal = (value: object): value is Refusal => 'status' in value;

/** Where a request came from, for people. */
export const addressOf = ({ socket }: IncomingMessage): string => plainAddress(socket.remoteAddress);

/** IPv4 as such, also where the socket speaks IPv6. */
const plainAddress = (address: string | undefined): string => (address ?? '').replace(/^::ffff:/, '');

function cookiesNamed(name: string, { headers }: IncomingMessage): string[] {
  return (headers.cookie ?? '')
    .split(';')
    .map((cookie) => cookie.trim())
    .filter((cookie) => cookie.startsWith(`${name}=`))
    .map((cookie) => cookie.slice(name.length + 1));
}
