import { describe, expect, it } from 'vitest';
import {
  COMMAND,
  COMMAND_BLOCK,
  IDENTITY,
  LIMITS,
  RECIPE,
  STATUS,
  WATCHDOG,
  WAVEFORM_LATCH,
  WAVEFORM_PAGE,
  WAVEFORM_PAGE_STRIDE,
} from '../../controller/protocol/register-map.ts';
import { Bench } from './bench.ts';
import { RIG_TEXT } from './observation.ts';

async function running(rigText = RIG_TEXT): Promise<Bench> {
  const bench = new Bench(rigText);
  await bench.run();
  return bench;
}

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

  it('says UNPROTECTED where the echo does not follow the heartbeat', async () => {
    const bench = new Bench();
    bench.rig.stuck['heartbeat_echo'] = 7;
    await bench.connect();
    await bench.clock.advance(600);
    expect(bench.supervisor.stateMessage().proof.watchdog).toBe('UNPROTECTED');
    expect(bench.faults().map(({ key, action }) => [key, action])).toEqual([['unprotected', 'warn']]);
  });

  it('says UNPROTECTED where the device does not arm', async () => {
    const bench = new Bench();
    bench.rig.stuck['watchdog_state'] = 0;
    await bench.connect();
    await bench.clock.advance(600);
    expect(bench.faults().map(({ key }) => key)).toEqual(['unprotected']);
  });
});

describe('a run', () => {
  it('passes the PackML states in order and sends clear, enable, run', async () => {
    const bench = await running();
    expect(bench.states).toEqual(['CLEARING', 'STOPPED', 'RESETTING', 'IDLE', 'STARTING', 'EXECUTE']);
    expect(bench.rig.commands()).toEqual([COMMAND.clearFaults, COMMAND.enable, COMMAND.run]);
    expect(bench.rig.block(RECIPE)).toMatchObject({ frequency_Hz: 3.5, recipe_apply: 0 });
    await bench.clock.advance(5000);
    expect(bench.state()).toBe('EXECUTE');
    expect(bench.faults()).toEqual([]);
  });

  it('believes the device, not the command: without the proof of running STARTING ends in ABORT', async () => {
    const bench = new Bench();
    await bench.connect();
    for (const command of ['CLEAR', 'RESET'] as const) {
      bench.command(command);
      await bench.clock.advance(300);
    }
    bench.rig.ignoresCommands = true;
    bench.command('START');
    await bench.clock.advance(2900);
    expect(bench.state()).toBe('STARTING');
    await bench.until('ABORTED', 1000);
    expect(bench.firstOut()).toBe('no_proof');
  });

  it('STOP: controlled unload, then enable off, then STOPPED', async () => {
    const bench = await running();
    bench.command('STOP');
    await bench.clock.advance(60);
    expect(bench.state()).toBe('STOPPING');
    await bench.until('STOPPED', 500);
    expect(bench.rig.commands().slice(-2)).toEqual([COMMAND.stop, COMMAND.disable]);
    expect(bench.supervisor.stateMessage().proof).toMatchObject({
      enabled: false,
      forceKN: expect.closeTo(0.01),
    });
  });

  it('STOP is not proven while force remains', async () => {
    const bench = await running();
    bench.rig.stuck['force_kN'] = 3;
    bench.command('STOP');
    await bench.until('ABORTING', 5000);
    expect(bench.firstOut()).toBe('no_proof');
  });

  it.each([
    ['enable_off', [COMMAND.abort]],
    ['unload_first', [COMMAND.stop, COMMAND.abort]],
  ])('ABORT under %s sends %o', async (policy, commands) => {
    const bench = await running(RIG_TEXT.replace('stopPolicy: enable_off', `stopPolicy: ${policy}`));
    const before = bench.rig.commands().length;
    bench.command('ABORT');
    await bench.until('ABORTED', 1000);
    expect(bench.rig.commands().slice(before)).toEqual(commands);
  });

  it('HOLD unloads and keeps enable; UNHOLD goes on; a hold that lasts too long ends in STOP', async () => {
    const bench = await running();
    bench.command('HOLD');
    await bench.until('HELD', 500);
    expect(bench.supervisor.stateMessage().proof.enabled).toBe(true);
    bench.command('UNHOLD');
    await bench.until('EXECUTE', 200);
    bench.command('HOLD');
    await bench.until('HELD', 500);
    await bench.clock.advance(9900);
    expect(bench.state()).toBe('HELD');
    await bench.until('STOPPED', 1000);
  });

  it('COMPLETE ends at rest, from where RESET leads on', async () => {
    const bench = await running();
    bench.command('COMPLETE');
    await bench.until('COMPLETE', 1000);
    expect(bench.supervisor.stateMessage().proof.enabled).toBe(false);
    expect(bench.command('RESET').ok).toBe(true);
    await bench.until('IDLE', 500);
  });

  it('the thermostat suspends a cool house and calls again when it is warm', async () => {
    const bench = await running();
    bench.rig.readings['room_C'] = 20;
    await bench.clock.advance(19_000);
    expect(bench.state()).toBe('EXECUTE');
    await bench.until('SUSPENDED', 3000);
    bench.rig.readings['room_C'] = 25;
    await bench.clock.advance(19_000);
    expect(bench.state()).toBe('SUSPENDED');
    await bench.until('EXECUTE', 3000);
  });

  it('shortest run and rest count in device time', async () => {
    const bench = await running();
    const accelerated = bench.supervisor.desk.accelerate(10);
    await bench.clock.advance(100);
    expect((await accelerated).ok).toBe(true);
    bench.rig.readings['room_C'] = 20;
    await bench.until('SUSPENDED', 3000);
  });

  it('a recipe that the device does not hold stops the run', async () => {
    const bench = await running();
    bench.rig.corrupt = (request, words) => {
      if (request.fc === 3 && request.address === RECIPE.start) words[2] = 0x4000;
    };
    await bench.until('STOPPED', 2000);
    expect(bench.firstOut()).toBe('preparation_failed');
    expect(bench.faults()[0]?.sentence).toContain('strain_percent reads back');
  });

  it('RESET that cannot be verified says what does not fit and can be tried again', async () => {
    const bench = new Bench();
    await bench.connect();
    bench.command('CLEAR');
    await bench.until('STOPPED', 300);
    bench.rig.corrupt = (request, words) => {
      if (request.fc === 3 && request.address === RECIPE.start) words[0] = 0;
    };
    bench.command('RESET');
    await bench.clock.advance(300);
    expect(bench.state()).toBe('STOPPED');
    expect(bench.faults()[0]?.sentence).toMatch(/RESET failed: frequency_Hz reads back/);
    bench.rig.corrupt = null;
    expect(bench.command('RESET').ok).toBe(true);
    await bench.until('IDLE', 500);
    expect(bench.faults()).toEqual([]);
  });
});

describe('faults', () => {
  it('an unplugged port: ABORTING at once, ABORTED, and nothing runs again by itself', async () => {
    const bench = await running();
    const { open } = bench;
    bench.open = () => Promise.resolve('memory is gone.');
    bench.rig.unplug('the adapter was unplugged');
    await bench.clock.advance(40);
    expect(bench.state()).toBe('ABORTING');
    expect(bench.firstOut()).toBe('lost_link');
    expect(bench.supervisor.stateMessage().proof).toMatchObject({
      link: 'down',
      enabled: null,
      forceKN: null,
      dataAgeMs: null,
    });
    await bench.until('ABORTED', 2500);
    bench.open = open;
    await bench.clock.advance(10_000);
    expect(bench.supervisor.isLinkUp()).toBe(true);
    expect(bench.state()).toBe('ABORTED');
    expect(bench.firstOut()).toBe('lost_link');
    const sinceAbort = bench.rig.commands().slice(3);
    expect(sinceAbort).not.toContain(COMMAND.enable);
    expect(sinceAbort).not.toContain(COMMAND.run);
    expect(bench.command('START').ok).toBe(false);
    expect(bench.command('CLEAR').ok).toBe(true);
    await bench.until('STOPPED', 500);
    expect(bench.faults()).toEqual([]);
  });

  it('a silent line: safe within 250 ms, first out is the lost link, the gap shows in the telemetry', async () => {
    const bench = await running();
    bench.rig.isMute = true;
    expect(await bench.until('ABORTING', 250)).toBeLessThanOrEqual(250);
    expect(bench.firstOut()).toBe('lost_link');
    expect(bench.value(bench.rows('tick').at(-1), 'force_kN')).toBeNaN();
    bench.rig.isMute = false;
    await bench.clock.advance(8000);
    expect(bench.state()).toBe('ABORTED');
    expect(bench.rig.driveState).toBe(0);
  });

  it('a line that stays silent is closed and opened again', async () => {
    const bench = await running();
    const { open } = bench;
    let opened = 0;
    bench.open = () => {
      opened++;
      return open();
    };
    bench.rig.isMute = true;
    await bench.clock.advance(900);
    expect(opened).toBe(0);
    await bench.clock.advance(600);
    expect(opened).toBe(1);
    expect(bench.supervisor.stateMessage().proof.link).not.toBe('up');
  });

  it('one late reply costs an exchange, not the run, and its values are never taken for others', async () => {
    const bench = await running();
    await bench.clock.advance(1000);
    bench.rig.delaysMs.push(80);
    bench.rig.readings['outdoor_C'] = 33;
    await bench.clock.advance(1000);
    expect(bench.state()).toBe('EXECUTE');
    expect(bench.faults().filter(({ action }) => action !== 'warn')).toEqual([]);
    for (const frame of bench.rows('tick')) {
      expect([31, 33]).toContain(bench.value(frame, 'outdoor_C'));
      expect(bench.value(frame, 'cold_inlet_C')).toBe(21);
    }
  });

  it('a frozen device clock is stale data, though replies come', async () => {
    const bench = await running();
    bench.rig.stuck['device_clock_ms'] = 12_345_678;
    await bench.until('ABORTING', 260);
    expect(bench.firstOut()).toBe('stale_data');
  });

  it('a loop that stood still stops the machine and does not blame the line', async () => {
    const bench = await running();
    await bench.clock.stall(330);
    await bench.until('STOPPED', 1000);
    expect(bench.firstOut()).toBe('loop_stalled');
    expect(bench.faults().map(({ key }) => key)).not.toContain('lost_link');
    expect(bench.supervisor.lateness().maxMs).toBeGreaterThan(300);
  });

  it('a device that restarted is not run on', async () => {
    const bench = await running();
    bench.rig.restart();
    await bench.until('ABORTED', 300);
    expect(bench.firstOut()).toBe('device_restarted');
  });

  it('a hot cell aborts; CLEAR is not proven while it is hot', async () => {
    const bench = await running();
    bench.rig.readings['cell_C'] = 80;
    await bench.until('ABORTED', 300);
    expect(bench.firstOut()).toBe('over_temperature');
    bench.command('CLEAR');
    await bench.until('ABORTED', 3000);
    expect(bench.states.slice(-3)).toEqual(['CLEARING', 'ABORTING', 'ABORTED']);
    bench.rig.readings['cell_C'] = 25;
    await bench.clock.advance(3000);
    bench.command('CLEAR');
    await bench.until('STOPPED', 500);
    expect(bench.faults()).toEqual([]);
  });

  it('the drive is switched off by someone else', async () => {
    const bench = await running();
    bench.rig.driveState = 0;
    await bench.until('ABORTED', 300);
    expect(bench.firstOut()).toBe('enable_mismatch');
  });

  it('the drive is switched on by someone else: enable is dropped again', async () => {
    const bench = new Bench();
    await bench.connect();
    bench.rig.driveState = 1;
    await bench.clock.advance(300);
    expect(bench.rig.driveState).toBe(0);
    expect(bench.firstOut()).toBe('enable_mismatch');
  });

  it('pump off: the run stops under control', async () => {
    const bench = await running();
    bench.rig.stuck['flow_kg_per_s'] = 0;
    await bench.until('STOPPED', 1500);
    expect(bench.firstOut()).toBe('no_flow');
    expect(bench.rig.commands().slice(-2)).toEqual([COMMAND.stop, COMMAND.disable]);
  });

  it('a condition that stands keeps the machine from being started', async () => {
    const bench = await running();
    bench.rig.stuck['room_C'] = Number.NaN;
    await bench.until('STOPPED', 1000);
    const reply = bench.command('RESET');
    expect(reply).toMatchObject({
      ok: false,
      sentence: expect.stringMatching(/RESET is refused: room_C reads NaN/),
    });
  });

  it('a reading that cannot be is absent in the telemetry', async () => {
    const bench = await running();
    bench.rig.stuck['hot_inlet_C'] = 3276.7;
    await bench.clock.advance(60);
    expect(bench.value(bench.rows('tick').at(-1), 'hot_inlet_C')).toBeNaN();
    expect(bench.value(bench.rows('tick').at(-1), 'cold_inlet_C')).toBe(21);
  });
});

describe('the bus', () => {
  it('STOP reaches the wire within 20 ms while waveform pages keep it busy, ahead of what waits', async () => {
    const bench = await running();
    let worstMs = 0;
    for (let i = 0; i < 20; i++) {
      await bench.clock.advance(31);
      const before = bench.rig.writes(COMMAND_BLOCK.start).length;
      const askedMs = bench.clock.nowMs();
      bench.command('HOLD');
      await bench.until('HELD', 500);
      worstMs = Math.max(
        worstMs,
        (bench.rig.writes(COMMAND_BLOCK.start)[before]?.atMs ?? Infinity) - askedMs,
      );
      bench.command('UNHOLD');
      await bench.until('EXECUTE', 500);
    }
    expect(worstMs).toBeLessThan(20);
    expect(worstMs).toBeGreaterThan(0);
  });

  it('STOP overtakes whatever else waits for the line', async () => {
    const bench = await running();
    const waiting = Array.from({ length: 12 }, () => bench.supervisor.desk.accelerate(2));
    const before = bench.rig.seen.length;
    bench.command('STOP');
    await bench.clock.advance(15);
    const after = bench.rig.seen.slice(before).map(({ request }) => request);
    const at = after.findIndex((r) => r.fc === 16 && r.address === COMMAND_BLOCK.start);
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(3);
    await bench.clock.advance(1000);
    await Promise.all(waiting);
  });

  it('nothing is proven by a reading older than the answer to the command', async () => {
    const bench = await running();
    bench.command('HOLD');
    await bench.until('HELD', 500);
    bench.rig.refusesCommands = true;
    bench.command('UNHOLD');
    await bench.clock.advance(100);
    bench.command('HOLD');
    await bench.clock.advance(500);
    expect(bench.state()).toBe('HOLDING');
    bench.rig.refusesCommands = false;
    await bench.until('HELD', 100);
  });

  it('STOP goes out unheard while the line is out of step', async () => {
    const bench = await running();
    bench.rig.delaysMs.push(120);
    await bench.clock.advance(90);
    const before = bench.rig.commands().length;
    const askedMs = bench.clock.nowMs();
    bench.command('STOP');
    await bench.clock.advance(20);
    const sent = bench.rig.writes(COMMAND_BLOCK.start)[before];
    expect(sent?.words).toEqual([COMMAND.stop]);
    expect((sent?.atMs ?? Infinity) - askedMs).toBeLessThan(20);
    await bench.until('STOPPED', 1000);
  });

  it('a command that is lost is sent again', async () => {
    const bench = await running();
    bench.rig.isMute = true;
    bench.command('STOP');
    await bench.clock.advance(60);
    bench.rig.isMute = false;
    await bench.until('STOPPED', 1000);
    expect(bench.faults().filter(({ action }) => action !== 'warn')).toEqual([]);
  });

  it('one exchange a tick reads the whole status and writes the heartbeat', async () => {
    const bench = await running();
    const from = bench.rig.seen.length;
    await bench.clock.advance(1000);
    const beats = bench.rig.seen.slice(from).filter(({ request }) => request.fc === 23);
    expect(beats).toHaveLength(50);
    for (const { request } of beats) expect(request).toMatchObject({ readCount: STATUS.length });
    expect(new Set(beats.map(({ request }) => (request.fc === 23 ? request.words[0] : 0))).size).toBe(50);
  });
});

describe('cycles', () => {
  it('every cycle is read, with its waveform, and its coefficients are those of the definitions', async () => {
    const bench = await running();
    await bench.clock.advance(3000);
    const cycles = bench.rows('cycle');
    expect(cycles.length).toBeGreaterThanOrEqual(9);
    expect(cycles.map((f) => f.cycle)).toEqual(cycles.map((_, i) => i + 1));
    expect(cycles.every((f) => bench.value(f, 'skipped') === 0)).toBe(true);
    expect(bench.value(cycles[3], 'cop_material')).toBeCloseTo(900 / 480, 5);
    expect(bench.value(cycles[3], 'cop_system')).toBeCloseTo(900 / 2020, 5);
    expect(bench.value(cycles[3], 'cell_10_max_C')).toBe(35);
    const waveforms = bench.rows('waveform');
    expect(waveforms.length).toBeGreaterThanOrEqual(8);
    expect(waveforms[0]).toMatchObject({ rows: 64, cycle: 1 });
    // Page p holds the count p + 1 in every place.
    expect(waveforms[0]?.columns[0]?.[0]).toBeCloseTo(0.001, 6);
    expect(waveforms[0]?.columns[1]?.[63]).toBeCloseTo(0.8, 6);
    expect(waveforms[0]?.offsetS[32]).toBeCloseTo(0.143 + 0.286 / 128, 6);
  });

  it('a waveform of mixed cycles is dropped and said', async () => {
    const bench = await running();
    await bench.clock.advance(1000);
    const before = bench.rows('waveform').length;
    bench.rig.corrupt = (request, words) => {
      if (request.fc === 4 && request.address === WAVEFORM_PAGE.start + 5 * WAVEFORM_PAGE_STRIDE)
        words[1] = 999;
    };
    await bench.clock.advance(600);
    expect(bench.rows('waveform')).toHaveLength(before);
    expect(bench.told.join('\n')).toMatch(/waveform was dropped: page 6 belongs to cycle 999/);
    expect(bench.state()).toBe('EXECUTE');
  });

  it('cycles that pass while the line is slow are counted, not lost in silence', async () => {
    const bench = await running();
    bench.rig.baudRate = 115_200;
    await bench.clock.advance(10_000);
    const cycles = bench.rows('cycle');
    const skipped = cycles.map((f) => bench.value(f, 'skipped') ?? 0);
    expect(Math.max(...skipped)).toBeGreaterThan(0);
    const total = skipped.reduce((sum, n) => sum + n, 0) + cycles.length;
    expect(total).toBe(cycles.at(-1)?.cycle);
    expect(bench.rig.writes(WAVEFORM_LATCH.start).length).toBeGreaterThan(0);
  });

  it('numbers the frames of each group without a gap', async () => {
    const bench = await running();
    await bench.clock.advance(2000);
    for (const group of ['tick', 'cycle', 'waveform'] as const) {
      expect(bench.rows(group).map((f) => f.sequence)).toEqual(bench.rows(group).map((_, i) => i));
    }
  });
});

describe('acceleration', () => {
  it('is written to a virtual rig and read back', async () => {
    const bench = await running();
    const reply = bench.supervisor.desk.accelerate(10);
    await bench.clock.advance(100);
    expect(await reply).toMatchObject({ ok: true });
    await bench.clock.advance(50);
    expect(bench.supervisor.stateMessage().acceleration).toBe(10);
  });

  it('is refused for hardware, and nothing is written', async () => {
    const bench = new Bench();
    bench.rig.identity['device_kind'] = 2;
    await bench.connect();
    expect(bench.supervisor.isLinkUp()).toBe(true);
    const reply = await bench.supervisor.desk.accelerate(10);
    expect(reply).toEqual({
      ok: false,
      sentence: 'Acceleration is refused: only a virtual rig may be accelerated.',
    });
    expect(bench.rig.seen.some(({ request }) => request.fc === 16 && request.address === 180)).toBe(false);
  });

  it('is refused without a link', async () => {
    const bench = new Bench();
    expect((await bench.supervisor.desk.accelerate(2)).sentence).toMatch(/no link/);
  });
});

describe('the end', () => {
  it('stops the rig, waits for the proof and disarms the dead-man', async () => {
    const bench = await running();
    const ended = bench.supervisor.shutDown();
    await bench.clock.advance(1500);
    expect(await ended).toBe('The machine is at rest.');
    expect(bench.rig.driveState).toBe(0);
    expect(bench.rig.block(WATCHDOG)['watchdog_arm']).toBe(0);
  });

  it('does not wait longer than a second for a device that is gone, and leaves the dead-man armed', async () => {
    const bench = await running();
    bench.rig.isMute = true;
    const ended = bench.supervisor.shutDown();
    await bench.clock.advance(1100);
    expect(await ended).toMatch(/did not prove/);
    expect(bench.rig.block(WATCHDOG)['watchdog_arm']).toBe(1);
    await bench.clock.advance(1000);
    expect(bench.rig.driveState).toBe(4);
  });

  it('an emergency sends ABORT', async () => {
    const bench = await running();
    bench.supervisor.emergency('a bug');
    await bench.clock.advance(50);
    expect(bench.rig.commands().at(-1)).toBe(COMMAND.abort);
  });
});
