import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHouse } from './house.ts';

let page: string;
beforeAll(() => {
  page = mkdtempSync(join(tmpdir(), 'elastocool-page-'));
  mkdirSync(join(page, 'assets'));
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(page, 'assets', 'main-abc.js'), 'export {};');
});
afterAll(() => rmSync(page, { recursive: true }));

describe('the live channel', () => {
  it('is open to the page of this server, by either name of the loopback address', async () => {
    const house = await startHouse();
    const { port } = house.server;
    const client = await house.connect();
    const byName = await house.connect({
      headers: { host: `localhost:${port}`, origin: `http://localhost:${port}` },
    });
    await client.until((c) => c.of('hello').length === 1);
    await byName.until((c) => c.of('hello').length === 1);
  });

  it.each([
    ['another site', 'http://evil.example'],
    ['another port', 'http://127.0.0.1:1'],
    ['the null origin of a sandboxed frame', 'null'],
    ['https in front of our name', 'https://127.0.0.1'],
  ])('is refused to %s', async (_who, origin) => {
    const house = await startHouse();
    await expect(house.connect({ headers: { origin } })).rejects.toThrow(
      /^403: only the page of this server/,
    );
    expect(house.control.received).toEqual([]);
  });

  it('is refused under a foreign host name, even where the origin agrees with it', async () => {
    const house = await startHouse();
    const headers = { host: `rebound.example:${house.server.port}`, origin: 'http://rebound.example' };
    await expect(house.connect({ headers })).rejects.toThrow(/^421: /);
  });

  it('is refused without an origin unless the caller holds the token', async () => {
    const house = await startHouse();
    await expect(house.connect({ headers: {} })).rejects.toThrow(/^401: /);
    const client = await house.connect({
      headers: { authorization: `Bearer ${house.server.tokens.operator}` },
    });
    await client.until((c) => c.of('hello').length === 1);
  });

  it('stands at one address only', async () => {
    const house = await startHouse();
    const answer = await house.ask('/other', {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    });
    expect(answer.status).toBe(404);
  });
});

describe('with a real machine on the line', () => {
  it('the page needs the key of this run: fragment, one POST, then a strict cookie', async () => {
    const house = await startHouse({ tokenRequired: true, pageFolder: page });
    const origin = `http://127.0.0.1:${house.server.port}`;
    await expect(house.connect()).rejects.toThrow(/^401: /);
    expect((await house.ask('/')).body).toContain('/session.js');
    expect((await house.ask('/assets/main-abc.js')).status).toBe(401);
    expect((await house.ask('/session', { origin }, 'wrong')).status).toBe(403);
    expect(
      (await house.ask('/session', { origin: 'http://evil.example' }, house.server.tokens.engineer)).status,
    ).toBe(403);

    const opened = await house.ask('/session', { origin }, house.server.tokens.engineer);
    expect(opened.status).toBe(204);
    const [cookie] = [opened.headers['set-cookie']].flat();
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    const headers = { origin, cookie: cookie?.split(';')[0] ?? '' };
    expect((await house.ask('/', headers)).body).toContain('<title>page</title>');
    const client = await house.connect({ headers });
    await client.until((c) => c.of('hello').length === 1);
  });

  it('does not read a body without end', async () => {
    const house = await startHouse({ tokenRequired: true });
    await expect(house.ask('/session', {}, 'x'.repeat(1_000_000))).rejects.toThrow();
  });
});

describe('files', () => {
  it('come with their type and a content security policy', async () => {
    const house = await startHouse({ pageFolder: page });
    const index = await house.ask('/?x=1');
    expect(index.status).toBe(200);
    expect(index.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(index.headers['content-security-policy']).toContain("default-src 'none'");
    expect(index.headers['content-security-policy']).toContain("script-src 'self'");
    expect(index.headers['x-content-type-options']).toBe('nosniff');
    const script = await house.ask('/assets/main-abc.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '//etc/passwd',
    '/assets/../../package.json',
    '/__proto__',
    '/assets',
    '/%00',
  ])('no path leads out of the page: %s', async (path) => {
    const house = await startHouse({ pageFolder: page });
    expect((await house.ask(path)).status).toBe(404);
  });

  it('are not served under a foreign host name, nor for anything but GET and HEAD', async () => {
    const house = await startHouse({ pageFolder: page });
    expect((await house.ask('/', { host: 'rebound.example' })).status).toBe(421);
    expect((await house.ask('/', {}, 'body')).status).toBe(405);
  });

  it('a page that was never built is a sentence, not an empty window', async () => {
    const house = await startHouse();
    const answer = await house.ask('/');
    expect(answer.status).toBe(503);
    expect(answer.body).toContain('npm run build');
  });
});
