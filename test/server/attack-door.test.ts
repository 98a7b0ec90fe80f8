/** Attacks before anything is open: on the door, the keys and the sessions. Each against the real server. */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHouse, type House } from './house.ts';
import { answerTo, startOperatedHouse } from './operated-house.ts';

let pageFolder: string;
beforeAll(() => {
  pageFolder = mkdtempSync(join(tmpdir(), 'elastocool-page-'));
  writeFileSync(join(pageFolder, 'index.html'), '<!doctype html><title>page</title>');
});
afterAll(() => rmSync(pageFolder, { recursive: true }));

/** Whether these headers open the live channel; the refusal where they do not. */
const tryLive = (house: House, headers: Record<string, string>): Promise<string> =>
  house.connect({ headers }).then(
    () => 'open',
    (error: Error) => error.message,
  );
const cookieName = (house: House): string => `elastocool-${house.server.port}`;

describe('a page of somebody else in the browser of who operates', () => {
  it.each([
    [
      'DNS rebinding: our address under its name',
      { host: 'rebound.example', origin: 'http://rebound.example' },
      /^421/,
    ],
    ['a foreign Origin', { origin: 'http://evil.example' }, /^403/],
    ['the Origin null of a sandboxed frame or a file', { origin: 'null' }, /^403/],
    ['the same address, another port', { origin: 'http://127.0.0.1:1' }, /^403/],
    ['our name over TLS, which we do not speak', { origin: 'https://127.0.0.1' }, /^403/],
  ])('%s: refused, even with the cookie of a session', async (_what, headers, refusal) => {
    const house = await startHouse({ tokenRequired: true });
    const cookie = await house.login('engineer');
    expect(await tryLive(house, { ...headers, cookie })).toMatch(refusal);
    expect(house.control.received).toEqual([]);
  });

  it.each(['http://evil.example', 'null'])(
    'cannot open a session across sites (%s), not even with a key',
    async (origin) => {
      const house = await startHouse({ tokenRequired: true });
      const { status, headers } = await house.ask('/session', { origin }, house.server.tokens.engineer);
      expect(status).toBe(403);
      expect(headers['set-cookie']).toBeUndefined();
    },
  );

  it('cannot frame the page, read it or load it: the headers say so, on every answer', async () => {
    const house = await startHouse({ pageFolder });
    for (const path of ['/', '/session', '/nothing', '/session.js']) {
      const { headers } = await house.ask(path);
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['referrer-policy']).toBe('no-referrer');
    }
  });

  it('gets no session from what it embeds of ours', async () => {
    const house = await startHouse({ pageFolder });
    const cookieOf = async (headers: Record<string, string>) =>
      (await house.ask('/', headers)).headers['set-cookie'];
    expect(await cookieOf({ 'sec-fetch-dest': 'image' })).toBeUndefined();
    expect(await cookieOf({ 'sec-fetch-dest': 'iframe' })).toBeUndefined();
    expect(String(await cookieOf({ 'sec-fetch-dest': 'document' }))).toMatch(/HttpOnly; SameSite=Strict/);
  });
});

describe('a stranger', () => {
  it('without an Origin has to show a key, also where pages need none', async () => {
    const house = await startHouse();
    expect(await tryLive(house, {})).toMatch(/^401/);
    expect(await tryLive(house, { authorization: `Bearer ${house.server.tokens.viewer}` })).toBe('open');
  });

  it('gets nothing for a key in the address: it would stand in histories and logs', async () => {
    const house = await startHouse({ tokenRequired: true, pageFolder });
    const { engineer } = house.server.tokens;
    const { status, headers, body } = await house.ask(`/?token=${engineer}`);
    expect([status, headers['set-cookie'], body.includes('<title>page')]).toEqual([200, undefined, false]);
    await expect(house.connect({}, `/live?token=${engineer}`)).rejects.toThrow(/^404/);
    expect(JSON.stringify(house.audited)).not.toContain(engineer);
  });

  it('finds the live channel at one address only', async () => {
    const house = await startHouse();
    for (const path of ['/', '/live/', '/LIVE', '//live', '/live?x=1', '/session'])
      await expect(house.connect({}, path), path).rejects.toThrow(/^404/);
  });

  it('guesses ever more slowly; whoever is in stays in and stops the machine meanwhile', async () => {
    let nowMs = 0;
    const house = await startOperatedHouse({ running: true, nowMs: () => nowMs });
    const operator = await house.enter('operator');
    const cookie = await house.login('operator');
    const guess = async (key = 'wrong') =>
      (await house.ask('/session', { origin: house.origin }, key)).status;
    const pausesMs: number[] = [];
    for (let round = 0; round < 12; round++) {
      while ((await guess()) !== 429);
      const startedMs = nowMs;
      // In the pause the right key is not looked at either: there is nothing to learn by trying.
      expect(await guess(house.server.tokens.engineer)).toBe(429);
      while ((await house.ask('/session', { origin: house.origin }, 'wrong')).status === 429) nowMs += 250;
      pausesMs.push(nowMs - startedMs);
    }
    // Looked at every 250 ms; a pause is half a second at first, doubles, and ends at a minute.
    expect(pausesMs.slice(0, 4)).toEqual([500, 1000, 2000, 4000]);
    expect(Math.max(...pausesMs)).toBe(60_000);
    expect(pausesMs.at(-1)).toBe(60_000);
    expect((await tryLive(house, { origin: house.origin, authorization: 'Bearer x' })).slice(0, 3)).toBe(
      '429',
    );
    expect(await tryLive(house, { origin: house.origin, cookie })).toBe('open');
    expect(await answerTo(operator, { type: 'command', command: 'STOP' })).toMatchObject({ ok: true });
    expect(house.bench.state()).toBe('STOPPING');
    // And whoever slipped may try again after the pause.
    nowMs += 60_000;
    expect(await guess(house.server.tokens.engineer)).toBe(204);
  });
});

describe('a cookie', () => {
  it('that somebody planted opens nothing, and is not taken over by who comes with a key', async () => {
    const house = await startHouse({ tokenRequired: true });
    const planted = `${cookieName(house)}=planted-by-another-port`;
    expect(await tryLive(house, { origin: house.origin, cookie: planted })).toMatch(/^401/);
    const { headers } = await house.ask(
      '/session',
      { origin: house.origin, cookie: planted },
      house.server.tokens.operator,
    );
    expect(String(headers['set-cookie'])).not.toContain('planted');
    expect(await tryLive(house, { origin: house.origin, cookie: planted })).toMatch(/^401/);
  });

  it('of a session that somebody else planted does not become the session of who logs in', async () => {
    const house = await startHouse({ tokenRequired: true });
    const attackers = await house.login('viewer');
    const { headers } = await house.ask(
      '/session',
      { origin: house.origin, cookie: attackers },
      house.server.tokens.engineer,
    );
    const own = String(headers['set-cookie']).split(';')[0];
    expect(own).not.toBe(attackers);
    const client = await house.connect({ headers: { origin: house.origin, cookie: attackers } });
    await client.until((c) => c.of('hello').length === 1);
    expect(house.control.received.at(-1)).toMatchObject({ kind: 'welcome', person: { role: 'viewer' } });
  });

  it('of another server on this computer is not ours: cookies know no ports', async () => {
    const [first, second] = [
      await startHouse({ tokenRequired: true }),
      await startHouse({ tokenRequired: true }),
    ];
    const cookie = await first.login('engineer');
    expect(await tryLive(second, { origin: second.origin, cookie })).toMatch(/^401/);
    const renamed = cookie.replace(cookieName(first), cookieName(second));
    expect(await tryLive(second, { origin: second.origin, cookie: renamed })).toMatch(/^401/);
    // Ours is found among theirs.
    const both = `${renamed}; ${await second.login('engineer')}; other=1`;
    expect(await tryLive(second, { origin: second.origin, cookie: both })).toBe('open');
  });

  it('is not the key, so who reads it has a session and no more', async () => {
    const house = await startHouse({ tokenRequired: true });
    const cookie = await house.login('engineer');
    for (const key of Object.values(house.server.tokens)) expect(cookie).not.toContain(key);
    const secret = cookie.slice(cookie.indexOf('=') + 1);
    expect((await house.ask('/session', { origin: house.origin }, secret)).status).toBe(403);
  });

  it('of before a restart is worth nothing after it, and neither is the key', async () => {
    const before = await startHouse({ tokenRequired: true });
    const cookie = await before.login('engineer');
    const { engineer } = before.server.tokens;
    const { port } = before.server;
    await before.server.close();
    const after = await startHouse({ tokenRequired: true, port });
    expect(after.server.port).toBe(port);
    expect(await tryLive(after, { origin: after.origin, cookie })).toMatch(/^401/);
    expect((await after.ask('/session', { origin: after.origin }, engineer)).status).toBe(403);
  });

  it('cannot be crowded out by sessions of those who may only watch', async () => {
    const house = await startHouse({ tokenRequired: true });
    const cookie = await house.login('operator');
    for (let n = 0; n < 80; n++) await house.login('viewer');
    expect(await tryLive(house, { origin: house.origin, cookie })).toBe('open');
  });
});

describe('others on the network', () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

  it('do not reach the server unless it was asked for', async () => {
    if (outside === undefined) return;
    const house = await startHouse();
    const socket = connect(house.server.port, outside);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('reach it by its address with a key, and by no name that it was not told', async () => {
    if (outside === undefined) return;
    const house = await startHouse({ tokenRequired: true, host: '0.0.0.0', pageFolder });
    const { port, tokens } = house.server;
    const base = `http://${outside}:${port}`;
    expect((await fetch(`${base}/nothing`)).status).toBe(401);
    const { status, headers } = await fetch(`${base}/session`, {
      method: 'POST',
      body: tokens.viewer,
      headers: { origin: base },
    });
    expect([status, headers.get('set-cookie')?.includes('SameSite=Strict')]).toEqual([204, true]);
    expect((await house.ask('/', { host: `cooler.lab:${port}` })).status).toBe(421);
    expect((await house.ask('/', { host: `8.8.8.8:${port}` })).status).toBe(421);
  });

  it('come through a proxy under the name that it was told, over TLS too', async () => {
    const house = await startHouse({ tokenRequired: true, allowHosts: ['cooler.lab'] });
    const headers = { host: 'cooler.lab', origin: 'https://cooler.lab' };
    const opened = await house.ask('/session', headers, house.server.tokens.operator);
    expect(opened.status).toBe(204);
    expect(String(opened.headers['set-cookie'])).toMatch(/; Secure$/);
    const cookie = String(opened.headers['set-cookie']).split(';')[0];
    expect(await tryLive(house, { ...headers, cookie })).toBe('open');
    expect(await tryLive(house, { host: 'cooler.lab', origin: 'https://evil.lab', cookie })).toMatch(/^403/);
    expect(
      await tryLive(house, { host: 'cooler.lab.evil.lab', origin: 'https://cooler.lab', cookie }),
    ).toMatch(/^421/);
  });
});

describe('a caller who takes for ever', () => {
  it.each([
    ['headers drop by drop', 'GET / HTTP/1.1\r\nHost: 127'],
    ['a body that does not come', 'POST /session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\nx'],
    ['nothing at all', ''],
  ])('%s: the connection is ended by the server', async (_what, bytes) => {
    const house = await startHouse({ patience: { headersMs: 50, requestMs: 80, lookMs: 20 } });
    const socket = connect(house.server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.resume();
    if (bytes !== '') socket.write(bytes);
    await once(socket, 'close');
  });

  it('keeps nobody else waiting', async () => {
    const house = await startHouse({ pageFolder });
    const slow = Array.from({ length: 100 }, () => {
      const socket = connect(house.server.port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write('GET / HTTP/1.1\r\nHost: ');
      return socket;
    });
    expect((await house.ask('/')).status).toBe(200);
    for (const socket of slow) socket.destroy();
  });
});
