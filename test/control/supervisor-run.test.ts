import { describe, expect, it } from 'vitest';
import { COMMAND, RECIPE, WATCHDOG } from '../../controller/protocol/register-map.ts';
import { Bench, running } from './bench.ts';
import { RIG_TEXT } from './observation.ts';

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
    await bench.clock.advance(7_000);
    expect(bench.state()).toBe('EXECUTE');
    await bench.until('SUSPENDED', 3000);
    bench.rig.readings['room_C'] = 25;
    await bench.clock.advance(7_000);
    expect(bench.state()).toBe('SUSPENDED');
    await bench.until('EXECUTE', 3000);
  });

  it('shortest run and rest count in device time', async () => {
    const bench = await running();
    const accelerated = bench.supervisor.accelerate(10);
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
