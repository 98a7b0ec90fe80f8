/** Shadow: a machine that something else drives, watched through a line on which nothing may be written. */
import { encodeBlock, RECIPE, WATCHDOG } from '../../controller/protocol/register-map.ts';
import { describe, expect, it } from 'vitest';
import { Bench } from './bench.ts';
import { RIG_TEXT, readRig } from './observation.ts';

const DISABLED = 0;
const ENABLED = 1;
const RUNNING = 2;

/** A rig that another controller has running. */
async function watching(): Promise<Bench> {
  const bench = new Bench(RIG_TEXT, true);
  bench.rig.driveState = RUNNING;
  bench.rig.watchdogState = 1;
  bench.rig.holding[WATCHDOG.start] = 0xffff;
  bench.rig.holding.set(encodeBlock(RECIPE, { ...readRig().recipe, recipe_apply: 0 }), RECIPE.start);
  await bench.connect();
  await bench.clock.advance(500);
  return bench;
}

const WRITES = [5, 6, 15, 16, 22, 23];
const written = (bench: Bench) => bench.rig.seen.filter(({ request }) => WRITES.includes(request.fc));

describe('shadow', () => {
  it('follows the device and writes not one register, the heartbeat included', async () => {
    const bench = await watching();
    expect(bench.state()).toBe('EXECUTE');
    expect(bench.supervisor.stateMessage()).toMatchObject({
      mode: 'shadow',
      proof: { link: 'up' },
      faults: [],
    });
    for (const [drive, state] of [
      [ENABLED, 'HELD'],
      [DISABLED, 'STOPPED'],
      [RUNNING, 'EXECUTE'],
    ] as const) {
      bench.rig.driveState = drive;
      await bench.clock.advance(100);
      expect(bench.state()).toBe(state);
    }
    await bench.clock.advance(5000);
    expect(bench.rig.seen.length).toBeGreaterThan(200);
    expect(written(bench)).toEqual([]);
  });

  it('says what it would write: at the connection, on a fault, once', async () => {
    const bench = await watching();
    expect(bench.suppressed[0]).toMatch(/^limits stress_MPa 900, pressure_bar 1.5/);
    expect(bench.suppressed).toContain('watchdog armed with 400 ms');
    const before = bench.suppressed.length;
    bench.rig.stuck['stress_MPa'] = 950;
    await bench.clock.advance(3000);
    expect(bench.firstOut()).toBe('over_stress');
    expect(bench.suppressed.slice(before)).toEqual(['command abort']);
    expect(bench.state()).toBe('EXECUTE');
    expect(written(bench)).toEqual([]);
  });

  it('the wishes of the thermostat are told as well', async () => {
    const bench = await watching();
    bench.rig.readings['room_C'] = 15;
    await bench.clock.advance(12_000);
    expect(bench.suppressed.at(-1)).toBe('command stop');
    expect(bench.state()).toBe('EXECUTE');
  });

  it('a lost link is told and nothing is sent when it is back', async () => {
    const bench = await watching();
    bench.rig.isMute = true;
    await bench.clock.advance(400);
    expect(bench.firstOut()).toBe('lost_link');
    bench.rig.isMute = false;
    await bench.clock.advance(5000);
    expect(bench.state()).toBe('EXECUTE');
    expect(written(bench)).toEqual([]);
  });

  it('a recipe that is not the one of the rig file is found', async () => {
    const bench = await watching();
    bench.rig.holding.set(
      encodeBlock(RECIPE, { ...readRig().recipe, strain_percent: 4, recipe_apply: 0 }),
      RECIPE.start,
    );
    bench.rig.driveState = ENABLED;
    await bench.clock.advance(100);
    bench.rig.driveState = RUNNING;
    await bench.clock.advance(1500);
    expect(bench.firstOut()).toBe('preparation_failed');
    expect(bench.faults()[0]?.sentence).toMatch(/strain_percent reads back 4, 4.5 was written/);
    expect(written(bench)).toEqual([]);
  });

  it.each(['STOP', 'ABORT', 'CLEAR', 'RESET', 'START'] as const)(
    '%s is refused, and says why',
    async (command) => {
      const bench = await watching();
      const reply = bench.command(command);
      expect(reply.ok).toBe(false);
      expect(reply.sentence).toMatch(/nothing is written|refused in/);
      await bench.clock.advance(1000);
      expect(written(bench)).toEqual([]);
    },
  );

  it('has no manual mode, and the end of the program writes nothing', async () => {
    const bench = await watching();
    expect(bench.supervisor.setMode('manual')).toMatchObject({ ok: false });
    expect(bench.supervisor.jog('load', true, 1)).toMatchObject({ ok: false });
    expect(await bench.supervisor.accelerate(5)).toMatchObject({ ok: false });
    const ended = bench.supervisor.shutDown();
    await bench.clock.advance(2000);
    await ended;
    expect(written(bench)).toEqual([]);
  });
});
