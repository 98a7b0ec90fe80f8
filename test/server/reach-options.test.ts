import { CommanderError, type Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { localAddress, pageAddresses, reachText } from '../../controller/command/reach-options.ts';
import { serveCommand } from '../../controller/command/serve.ts';
import { startCommand } from '../../controller/command/start.ts';
import { Hub } from '../../controller/server/hub.ts';
import { startWebServer } from '../../controller/server/web-server.ts';

/** What a command says when it refuses its options. */
async function refusalOf(
  command: Command,
  options: readonly string[],
): Promise<{ code: number; says: string }> {
  let says = '';
  command.exitOverride().configureOutput({ writeErr: (text) => (says += text) });
  const error: unknown = await command
    .parseAsync(options, { from: 'user' })
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof CommanderError)) throw new Error('it was not refused');
  return { code: error.exitCode, says };
}

describe('who can reach the page', () => {
  it.each(['--lan', '--host=127.0.0.1', '--allow-host=x'])(
    'start refuses %s: it asks for no key',
    async (option) => {
      const { code, says } = await refusalOf(startCommand(), [option]);
      expect([code, says]).toEqual([
        2,
        expect.stringMatching(/^error: `start` asks for no key, so it stays/),
      ]);
    },
  );

  it.each([
    [['--host', 'cooler'], /Allowed is an IP address of this computer/],
    [['--lan', '--host', '127.0.0.1'], /cannot be used with/],
    [['--allow-host', 'http://x'], /Allowed is a host name/],
  ])('serve refuses %j in a sentence', async (options, says) => {
    expect((await refusalOf(serveCommand(), ['--serial', 'x', ...options])).says).toMatch(says);
  });

  it('an address of another computer is a sentence', async () => {
    // TEST-NET-3 of RFC 5737: nobody has it.
    const options = {
      hub: new Hub(),
      pageFolder: '/nonexistent',
      port: 0,
      tokenRequired: true,
      host: '203.0.113.7',
    };
    await expect(startWebServer(options)).rejects.toThrow('203.0.113.7 is not an address of this computer');
  });

  it('prints a link for each role, and warns wherever others can come in', () => {
    const tokens = { viewer: 'v', operator: 'o', engineer: 'e' };
    const own = reachText(tokens, '127.0.0.1', 8080);
    expect(own).toContain('engineer  http://127.0.0.1:8080/session#token=e');
    expect(own).toContain('viewer    http://127.0.0.1:8080/session#token=v');
    expect(own).not.toContain('WARNING');
    for (const host of ['0.0.0.0', '::', '192.0.2.1'])
      expect(reachText(tokens, host, 8080)).toContain('WARNING');
    expect(pageAddresses('fe80::1', 80)).toEqual(['http://[fe80::1]:80/']);
    expect(localAddress('0.0.0.0', 80)).toBe('http://127.0.0.1:80/');
    expect(localAddress('192.0.2.1', 80)).toBe('http://192.0.2.1:80/');
  });
});
