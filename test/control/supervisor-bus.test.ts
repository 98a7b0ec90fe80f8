import { describe, expect, it } from 'vitest';
import { COMMAND, COMMAND_BLOCK, STATUS } from '../../controller/protocol/register-map.ts';
import { running } from './bench.ts';

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
    const waiting = Array.from({ length: 12 }, () => bench.supervisor.accelerate(2));
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
