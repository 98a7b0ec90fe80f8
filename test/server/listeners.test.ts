/** What listens, and where: read from the kernel while real processes run. Nothing but the page is ever for others. */
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { SpawnedHouse, allGone, familyOf, killRest } from '../house/spawned-house.ts';

const started: SpawnedHouse[] = [];
/** Ends in order what still runs. */
afterEach(async () => {
  for (const house of started.splice(0)) {
    const family = familyOf(house.pid);
    if (family.length > 0) house.pressCtrlC();
    await allGone(family).finally(() => killRest(family));
  }
}, 60_000);

function run(...args: string[]): SpawnedHouse {
  const house = new SpawnedHouse(process.execPath, ['controller/command/elastocool.mjs', ...args]);
  started.push(house);
  return house;
}

/** `ADDRESS:PORT` of every TCP socket that these processes listen at; addresses as the kernel writes them, in hex. */
function listening(house: SpawnedHouse): { address: string; port: number }[] {
  const inodes = new Set(familyOf(house.pid).flatMap(({ pid }) => socketsOf(pid)));
  return ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((table) => readFileSync(table, 'utf8').trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/))
    .filter((column) => column[3] === '0A' && inodes.has(column[9]))
    .map((column) => {
      const [address, port] = column[1].split(':');
      return { address, port: Number.parseInt(port, 16) };
    });
}

function socketsOf(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return [];
    }
  });
}

/** Nobody listens there; the control process tries again and again meanwhile. */
const NO_MACHINE = 'tcp://127.0.0.1:9';
/** Three processes that compile what they import, beside other tests: for the end of a wait in vain. */
const PATIENCE_MS = 120_000;
const LOOPBACK = '0100007F';
const EVERYWHERE = '00000000';

describe.skipIf(process.platform !== 'linux')('what listens', () => {
  it(
    'the virtual rig alone: this computer only',
    async () => {
      const rig = run('virtual-rig');
      await rig.said(/tcp:\/\/127\.0\.0\.1:\d+/);
      const all = listening(rig);
      expect(all.length).toBeGreaterThan(0);
      expect(all.map(({ address }) => address).filter((address) => address !== LOOPBACK)).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'serve: this computer only',
    async () => {
      const house = run('serve', '--serial', NO_MACHINE, '--port', '8720', '--audit', '/dev/null');
      await house.said(/Ctrl-C stops/);
      expect(listening(house).map(({ address }) => address)).toEqual([LOOPBACK]);
      expect(house.output).toMatch(/viewer {4}http:\/\/127\.0\.0\.1:\d+\/session#token=/);
      expect(house.output).not.toContain('WARNING');
    },
    PATIENCE_MS,
  );

  it(
    'serve --lan: the page and nothing else is for others, and a warning says what that means',
    async () => {
      const house = run('serve', '--serial', NO_MACHINE, '--port', '8740', '--lan', '--audit', '/dev/null');
      await house.said(/Ctrl-C stops/);
      expect(listening(house).map(({ address }) => address)).toEqual([EVERYWHERE]);
      expect(house.output).toMatch(/WARNING: others can reach this page and the traffic is not encrypted/);
    },
    PATIENCE_MS,
  );
});
