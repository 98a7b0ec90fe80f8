/**
 * What an engineer does with two adapters and five devices: checks the rig file, starts the controller, runs a
 * supervised cycle, stops; and what happens when an adapter is pulled. The devices are simulated at the level of
 * bytes on two pseudo-terminals, and behind them one machine moves.
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Control, inHouse, state } from '../control/control-process.ts';

const RIG_FILE = inHouse('fixtures/rigs/bench-press.yaml');
const COMMAND = inHouse('controller/command/elastocool.mjs');
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** BUS=PATH of both lines. */
async function simulatedDevices(): Promise<{ child: ChildProcess; lines: string[] }> {
  const child = spawn(process.execPath, [COMMAND, 'virtual-rig', '--devices', RIG_FILE, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const text = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (chunk) => resolve(String(chunk))),
  );
  const ports = JSON.parse(text) as Record<string, string>;
  return { child, lines: Object.entries(ports).map(([bus, path]) => `${bus}=${path}`) };
}

describe.skipIf(process.platform === 'win32')('a machine of five devices on two lines', () => {
  it('is checked, runs a supervised cycle, stops unloaded', async () => {
    const { lines } = await simulatedDevices();
    const check = await promisify(execFile)(process.execPath, [
      COMMAND,
      'rig',
      'check',
      RIG_FILE,
      ...lines.flatMap((line) => ['--port', line]),
      '--json',
    ]);
    expect(JSON.parse(check.stdout)).toMatchObject({ ok: true });

    const control = new Control({ rigFile: RIG_FILE, port: lines.join(','), autoStart: false });
    children.push(control.child);
    const person = { role: 'engineer', session: 'bench' } as const;
    control.send({ kind: 'welcome', client: 1, person });
    const beat = setInterval(() => {
      if (control.child.connected)
        control.send({ kind: 'message', client: 1, message: { type: 'heartbeat' } });
    }, 500);
    control.child.once('exit', () => clearInterval(beat));
    const hello = await control.until((heard) => heard.find((m) => m.type === 'hello'));
    expect(hello).toMatchObject({ rig: { name: 'Press bench', virtual: false } });
    await control.until((heard) =>
      heard.find((m) => m.type === 'event' && m.sentence.startsWith('Connected to 5 devices')),
    );
    const words = [
      ['CLEAR', 'STOPPED'],
      ['RESET', 'IDLE'],
      ['START', 'EXECUTE'],
    ] as const;
    for (const [id, [command, reached]] of words.entries()) {
      control.send({ kind: 'message', client: 1, message: { type: 'command', id, command } });
      await control.until(state(reached));
    }
    const cycles = () => control.heard.filter((m) => m.kind === 'frame' && m.group === 'cycle').length;
    await control.until(() => (cycles() >= 2 ? true : undefined));
    control.send({ kind: 'message', client: 1, message: { type: 'command', id: 9, command: 'STOP' } });
    const last = await control.until((heard) => {
      const newest = heard.findLast((m) => m.type === 'state');
      return newest?.state === 'STOPPED' ? newest : undefined;
    });
    expect(last).toMatchObject({ state: 'STOPPED', proof: { enabled: false, link: 'up' } });
    expect(last.proof.forceKN).toBeLessThan(0.3);
    expect(control.messages().filter((m) => m.type === 'event' && m.severity === 'alarm')).toEqual([]);
  }, 60_000);

  it('an adapter is pulled while it cycles: ABORTED, and the cause names bus and device', async () => {
    const { child, lines } = await simulatedDevices();
    const control = new Control({ rigFile: RIG_FILE, port: lines.join(','), autoStart: false });
    children.push(control.child);
    await control.until((heard) =>
      heard.find((m) => m.type === 'event' && m.sentence.startsWith('Connected to 5 devices')),
    );
    child.kill('SIGKILL');
    const lost = await control.until((heard) =>
      heard.find((m) => m.type === 'state' && m.faults.some(({ key }) => key === 'lost_link')),
    );
    expect(lost).toMatchObject({
      state: 'ABORTED',
      faults: expect.arrayContaining([expect.objectContaining({ key: 'lost_link', firstOut: true })]),
    });
  }, 60_000);

  it('names a bus that the rig file does not have, and ends with 2', async () => {
    const control = new Control({ rigFile: RIG_FILE, port: 'pres_bus=/dev/null', autoStart: false });
    children.push(control.child);
    expect(await control.exit()).toBe(2);
    expect(control.stderr).toContain('there is no bus "pres_bus"; there are press_bus, plant_bus');
  });
});
