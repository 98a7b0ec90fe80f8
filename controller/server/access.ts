/**
 * Who may talk to the server. It listens on the loopback address only, and still: a web page from anywhere can make
 * a browser call 127.0.0.1, so the Host must be ours (no DNS rebinding) and the Origin must be our own page. With a
 * real machine on the line every caller must also hold the token of this run; without one, only callers that send no
 * Origin at all, which a browser always does.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Refusal {
  readonly status: 401 | 403 | 421;
  readonly sentence: string;
}

export class Access {
  /** The key to this run; printed in the address where it is needed. */
  readonly token = randomBytes(24).toString('base64url');
  readonly tokenRequired: boolean;
  #port = 0;

  constructor(tokenRequired: boolean) {
    this.tokenRequired = tokenRequired;
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
  refuseHost({ headers }: IncomingMessage): Refusal | undefined {
    if (this.#hosts().includes(headers.host ?? '')) return undefined;
    return {
      status: 421,
      sentence: `this server is http://127.0.0.1:${this.#port}/ and answers to no other name`,
    };
  }

  /** Checked for everything that changes or reveals something: the live channel and the session. */
  refuseOrigin({ headers }: IncomingMessage): Refusal | undefined {
    if (headers.origin === undefined || headers.origin === `http://${headers.host}`) return undefined;
    return {
      status: 403,
      sentence: 'only the page of this server may do this; the request came from another one',
    };
  }

  refuseLive(request: IncomingMessage): Refusal | undefined {
    const refusal = this.refuseHost(request) ?? this.refuseOrigin(request);
    if (refusal !== undefined) return refusal;
    const tokenNeeded = this.tokenRequired || request.headers.origin === undefined;
    if (!tokenNeeded || this.holdsToken(request)) return undefined;
    return {
      status: 401,
      sentence: 'open the address that elastocool printed: it carries the key to this run',
    };
  }

  /** By the session cookie of the page, or `Authorization: Bearer` of a program. */
  holdsToken({ headers }: IncomingMessage): boolean {
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
    const given = cookies.find((cookie) => cookie.startsWith(`${this.cookieName}=`));
    const bearer = headers.authorization?.replace(/^Bearer /, '');
    return this.isToken(given?.slice(this.cookieName.length + 1)) || this.isToken(bearer);
  }

  isToken(given: string | undefined): boolean {
    const bytes = Buffer.from(given ?? '');
    const token = Buffer.from(this.token);
    return bytes.length === token.length && timingSafeEqual(bytes, token);
  }

  #hosts(): string[] {
    return [`127.0.0.1:${this.#port}`, `localhost:${this.#port}`];
  }
}
