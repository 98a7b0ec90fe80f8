import { describe, expect, it } from 'vitest';
import type { JogAxis } from '../../controller/wire/messages.ts';
import { Bench, running } from './bench.ts';
import { RIG_TEXT } from './observation.ts';

const PAGE = 7;
const MANUAL_DRIVE = 5;

async function inManual(rigText = RIG_TEXT): Promise<Bench> {
  const bench = new Bench(rigText);
  await bench.connect();
  bench.command('CLEAR');
  await bench.until('STOPPED', 500);
  const reply = bench.supervisor.setMode('manual');
  if (!reply.ok) throw new Error(reply.sentence);
  return bench;
}

/** As a page does it while a button is held. */
async function holdFor(bench: Bench, ms: number, axis: JogAxis = 'load', client = PAGE): Promise<void> {
  for (let t = 0; t < ms; t += 100) {
    const reply = bench.supervisor.jog(axis, true, client);
    if (!reply.ok) throw new Error(reply.sentence);
    await bench.clock.advance(100);
  }
}

describe('manual mode', () => {
  it('moves while a button is held, stands when it is let go, stays enabled where it is', async () => {
    const bench = await inManual();
    expect(bench.supervisor.stateMessage()).toMatchObject({ mode: 'manual', state: 'STOPPED', faults: [] });
    await holdFor(bench, 2000);
    expect(bench.rig.jogging()).toEqual({ stroke: 2, flow: 0 });
    expect(bench.rig.driveState).toBe(MANUAL_DRIVE);
    bench.supervisor.jog('load', false, PAGE);
    await bench.clock.advance(30);
    expect(bench.rig.jogging()).toEqual({ stroke: 0, flow: 0 });
    await bench.clock.advance(5000);
    expect(bench.rig.driveState).toBe(MANUAL_DRIVE);
    expect(bench.faults()).toEqual([]);
  });

  it.each<[JogAxis, object]>([
    ['load', { stroke: 2, flow: 0 }],
    ['unload', { stroke: -2, flow: 0 }],
    ['hot_blow', { stroke: 0, flow: Math.fround(0.05) }],
    ['cold_blow', { stroke: 0, flow: -Math.fround(0.05) }],
  ])('%s moves one thing', async (axis, moves) => {
    const bench = await inManual();
    await holdFor(bench, 300, axis);
    expect(bench.rig.jogging()).toEqual(moves);
  });

  it('a page that falls silent: the output is zero 300 ms after its last word', async () => {
    const bench = await inManual();
    await holdFor(bench, 500);
    // The last word was 100 ms ago; a tick of 20 ms and the line follow.
    await bench.clock.advance(190);
    expect(bench.rig.jogging().stroke).toBe(2);
    await bench.clock.advance(40);
    expect(bench.rig.jogging().stroke).toBe(0);
  });

  it('a host that stands still: the device ends the motion by itself, before its watchdog', async () => {
    const bench = await inManual();
    await holdFor(bench, 500);
    const seen = bench.rig.seen.length;
    let stoodAfterMs = 0;
    // Nothing of this program runs; only the device's time passes.
    bench.rig.isMute = true;
    const hostTick = bench.supervisor.jog('load', true, PAGE);
    expect(hostTick.ok).toBe(true);
    while (bench.rig.jogging().stroke !== 0 && stoodAfterMs < 1000) {
      await bench.clock.stall(10);
      stoodAfterMs += 10;
    }
    expect(bench.rig.seen.length).toBe(seen);
    expect(stoodAfterMs).toBeLessThanOrEqual(300);
  });

  it('one axis at a time, one page at a time', async () => {
    const bench = await inManual();
    await holdFor(bench, 200);
    expect(bench.supervisor.jog('hot_blow', true, PAGE)).toMatchObject({
      ok: false,
      sentence: /One axis/ as never,
    });
    expect(bench.supervisor.jog('load', true, 8).sentence).toMatch(/Another page/);
    bench.supervisor.jog('load', false, 8);
    await bench.clock.advance(50);
    expect(bench.rig.jogging().stroke).toBe(2);
    await bench.clock.advance(400);
    expect(bench.supervisor.jog('hot_blow', true, 8).ok).toBe(true);
  });

  it('STOP unloads and leaves it; the way on is RESET and START', async () => {
    const bench = await inManual();
    await holdFor(bench, 500);
    expect(bench.command('STOP').ok).toBe(true);
    await bench.clock.advance(500);
    expect(bench.rig.driveState).toBe(0);
    expect(bench.supervisor.stateMessage()).toMatchObject({
      mode: 'simulation',
      state: 'STOPPED',
      faults: [],
    });
    expect(bench.supervisor.jog('load', true, PAGE)).toMatchObject({ ok: false });
    expect(bench.command('RESET').ok).toBe(true);
  });

  it('it can be left by asking, too, from IDLE as well', async () => {
    const bench = new Bench();
    await bench.connect();
    bench.command('CLEAR');
    await bench.until('STOPPED', 500);
    bench.command('RESET');
    await bench.until('IDLE', 500);
    expect(bench.supervisor.setMode('manual').ok).toBe(true);
    await holdFor(bench, 300);
    expect(bench.supervisor.setMode('automatic').ok).toBe(true);
    await bench.until('STOPPED', 500);
    expect(bench.supervisor.stateMessage().mode).toBe('simulation');
    expect(bench.supervisor.setMode('automatic')).toMatchObject({ ok: false });
  });

  it('START and RESET are refused in it', async () => {
    const bench = await inManual();
    expect(bench.command('RESET').sentence).toMatch(/RESET is refused: the machine is in manual mode/);
    expect(bench.command('START').ok).toBe(false);
    expect(bench.supervisor.stateMessage().allowed).toEqual(['STOP', 'ABORT']);
  });

  it('interlocks stay active: over-stress aborts and ends it', async () => {
    const bench = await inManual();
    await holdFor(bench, 300);
    bench.rig.stuck['stress_MPa'] = 950;
    await bench.until('ABORTED', 1000);
    expect(bench.firstOut()).toBe('over_stress');
    expect(bench.supervisor.jog('load', true, PAGE).ok).toBe(false);
    await bench.clock.advance(100);
    expect(bench.supervisor.stateMessage().mode).toBe('simulation');
    expect(bench.rig.jogging().stroke).toBe(0);
  });

  it('a lost link ends it; nothing moves when it is back', async () => {
    const bench = await inManual();
    await holdFor(bench, 300);
    bench.rig.isMute = true;
    await bench.until('ABORTED', 3000);
    bench.rig.isMute = false;
    await bench.clock.advance(5000);
    expect(bench.supervisor.stateMessage().mode).toBe('simulation');
    expect(bench.rig.jogging().stroke).toBe(0);
    expect(bench.rig.driveState).not.toBe(MANUAL_DRIVE);
  });

  it('a device that does not leave it is a mismatch, and that aborts', async () => {
    const bench = await inManual();
    await holdFor(bench, 300);
    bench.rig.ignoresCommands = true;
    bench.command('STOP');
    await bench.until('ABORTING', 3500);
    expect(bench.firstOut()).toBe('enable_mismatch');
  });

  it('is refused where the machine is not at rest, runs faster than time, or the rig file has none', async () => {
    expect((await running()).supervisor.setMode('manual').sentence).toMatch(/the state is EXECUTE/);
    const fast = new Bench();
    await fast.connect();
    fast.command('CLEAR');
    await fast.until('STOPPED', 500);
    const accelerated = fast.supervisor.accelerate(5);
    await fast.clock.advance(100);
    expect((await accelerated).ok).toBe(true);
    expect(fast.supervisor.setMode('manual').sentence).toMatch(/set it to 1×/);
    const text = RIG_TEXT.replace(/manual:\n( {2}.*\n)+/, '');
    await expect(inManual(text)).rejects.toThrow(/no section "manual"/);
  });

  it('without a link it is refused', () => {
    expect(new Bench().supervisor.setMode('manual').sentence).toMatch(/no link/);
  });
});
