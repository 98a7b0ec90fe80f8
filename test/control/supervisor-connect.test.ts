import { describe, expect, it } from 'vitest';
import { IDENTITY, LIMITS, WATCHDOG } from '../../controller/protocol/register-map.ts';
import { Bench } from './bench.ts';
import { RIG_TEXT, VIRTUAL_RIG_TEXT } from './observation.ts';

describe('connect', () => {
  it('asks who answers before it writes anything, then limits, then the watchdog', async () => {
    const bench = new Bench();
    await bench.connect();
    const requests = bench.rig.seen.map(({ request }) => request);
    const firstWrite = requests.findIndex(({ fc }) => fc === 16 || fc === 23);
    const identity = requests.findIndex((r) => r.fc === 4 && r.address === IDENTITY.start);
    expect(identity).toBeGreaterThanOrEqual(0);
    expect(firstWrite).toBeGreaterThan(identity);
    expect(bench.rig.block(LIMITS)).toMatchObject({ stress_limit_MPa: 900, pressure_limit_bar: 1.5 });
    expect(bench.rig.block(WATCHDOG)).toEqual({ watchdog_timeout_ms: 400, watchdog_arm: 1 });
    const [limits, watchdog] = [LIMITS, WATCHDOG].map((b) =>
      requests.findIndex((r) => r.fc === 16 && r.address === b.start),
    );
    expect(limits).toBeLessThan(watchdog ?? -1);
    expect(bench.supervisor.stateMessage().proof).toMatchObject({
      link: 'up',
      watchdog: 'armed',
      enabled: false,
    });
    expect(bench.state()).toBe('ABORTED');
    expect(bench.rig.commands()).toEqual([]);
  });

  it.each([
    ['magic', 0x1234],
    ['map_version', 9],
    ['cell_count', 4],
  ])('writes nothing to a device whose %s is wrong, says so once and keeps asking', async (name, value) => {
    const bench = new Bench();
    bench.rig.identity[name] = value;
    bench.supervisor.start();
    await bench.clock.advance(5000);
    expect(bench.rig.seen.some(({ request }) => request.fc === 16 || request.fc === 23)).toBe(false);
    expect(bench.told.filter((s) => s.includes(name))).toHaveLength(1);
    expect(bench.supervisor.stateMessage().proof).toMatchObject({ enabled: null, forceKN: null });
    expect(bench.command('CLEAR')).toMatchObject({ ok: false });
    bench.rig.identity[name] = { magic: 0x4543, map_version: 1, cell_count: 10 }[name] ?? 0;
    await bench.clock.advance(6000);
    expect(bench.supervisor.isLinkUp()).toBe(true);
  });

  it('does not count as up while the device holds other limits than were written', async () => {
    const bench = new Bench();
    bench.rig.corrupt = (request, words) => {
      if (request.fc === 3 && request.address === LIMITS.start) words[1] = (words[1] ?? 0) ^ 1;
    };
    await bench.connect();
    expect(bench.supervisor.isLinkUp()).toBe(false);
    expect(bench.told.join()).toMatch(/stress_limit_MPa reads back/);
  });

  it('waits for a port that cannot be opened yet', async () => {
    const bench = new Bench();
    const { open } = bench;
    bench.open = () => Promise.resolve('/dev/ttyUSB9 does not exist.');
    bench.supervisor.start();
    await bench.clock.advance(3000);
    expect(bench.told).toEqual(['No link: /dev/ttyUSB9 does not exist. Trying again.']);
    bench.open = open;
    await bench.clock.advance(3000);
    expect(bench.supervisor.isLinkUp()).toBe(true);
  });

  it('refuses a real machine with the patience of a virtual rig, in one sentence, and writes nothing', async () => {
    const bench = new Bench(VIRTUAL_RIG_TEXT);
    bench.rig.identity['device_kind'] = 2;
    await bench.connect();
    expect(bench.told.filter((line) => line.includes('limits.data_age_ms: 450 given'))).toHaveLength(1);
    expect(bench.rig.seen.some(({ request }) => request.fc === 16 || request.fc === 23)).toBe(false);
    expect(bench.state()).toBe('ABORTED');
  });

  it('refuses a real machine that would go on with nobody in control', async () => {
    const bench = new Bench(RIG_TEXT.replace('operator_lost: hold', 'operator_lost: continue'));
    bench.rig.identity['device_kind'] = 2;
    await bench.connect();
    expect(bench.told.filter((line) => line.includes('operator_lost: continue given'))).toHaveLength(1);
    expect(bench.state()).toBe('ABORTED');
  });

  it('believes no reading whose echo does not follow the heartbeat: it may be of any exchange', async () => {
    const bench = new Bench();
    bench.rig.stuck['heartbeat_echo'] = 60_000;
    await bench.connect();
    await bench.clock.advance(600);
    expect(bench.supervisor.stateMessage().proof).toMatchObject({ watchdog: 'UNPROTECTED', enabled: null });
    expect(bench.firstOut()).toBe('wrong_reply');
    expect(bench.rows('tick').every((frame) => Number.isNaN(bench.value(frame, 'force_kN')))).toBe(true);
  });

  it('says UNPROTECTED where the device does not arm', async () => {
    const bench = new Bench();
    bench.rig.stuck['watchdog_state'] = 0;
    await bench.connect();
    await bench.clock.advance(600);
    expect(bench.faults().map(({ key }) => key)).toEqual(['unprotected']);
  });
});
