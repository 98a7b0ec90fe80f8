/** The control process as the web process sees it: forked, with a device at the other end of a TCP line. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { systemClock } from '../../controller/port/system-clock.ts';
import { COMMAND } from '../../controller/protocol/register-map.ts';
import { Control, inHouse, state } from './control-process.ts';
import { FakeRig } from './fake-rig.ts';

const RIG_FILE = inHouse('fixtures/rigs/virtual-kilowatt.yaml');
const cleanup: (() => void)[] = [];

function startControl(options: unknown): Control {
  const control = new Control(options);
  cleanup.push(() => control.child.kill('SIGKILL'));
  return control;
}

afterEach(() => {
  for (const action of cleanup.splice(0)) action();
});

async function deviceOnTcp(): Promise<{ rig: FakeRig; port: string }> {
  const rig = new FakeRig(systemClock, (delayMs, action) => void systemClock.after(delayMs, action));
  const server: Server = createServer((socket) => {
    const line = rig.open();
    line.onData((chunk) => socket.write(chunk));
    socket.on('data', (chunk) => line.write(chunk));
    socket.on('error', () => {});
    cleanup.push(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.push(() => server.close());
  return { rig, port: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('starts by itself, greets, streams, answers; when its channel closes the rig is at rest before it ends', async () => {
  const { rig, port } = await deviceOnTcp();
  const control = startControl({ rigFile: RIG_FILE, port, autoStart: true });
  await control.until(state('EXECUTE'));
  control.send({ kind: 'welcome', client: 5, person: { role: 'operator', session: '1' } });
  const hello = await control.until((heard) => heard.find((m) => m.type === 'hello'));
  expect(hello).toMatchObject({ rig: { virtual: true, port, smaMassG: expect.closeTo(104.4, 0) } });
  control.send({ kind: 'message', client: 5, message: { type: 'command', id: 42, command: 'HOLD' } });
  const ack = await control.until((heard) => heard.find((m) => m.type === 'ack'));
  expect(ack).toMatchObject({ id: 42, ok: true });
  await control.until(state('HELD'));
  control.send({ kind: 'message', client: 5, message: { type: 'command', id: 43, command: 'UNHOLD' } });
  await control.until((heard) => heard.find((m) => m.type === 'ack' && m.id === 43));
  expect(control.heard.some((m) => m.kind === 'frame' && m.group === 'tick')).toBe(true);
  control.child.disconnect();
  expect(await control.exit()).toBe(0);
  expect(control.stderr).toContain('The machine is at rest.');
  expect(rig.driveState).toBe(0);
  expect(rig.commands().slice(-2)).toEqual([COMMAND.stop, COMMAND.disable]);
});

it('does not move a machine it was not told to start', async () => {
  const { rig, port } = await deviceOnTcp();
  const control = startControl({ rigFile: RIG_FILE, port, autoStart: false });
  await control.until((heard) => heard.find((m) => m.type === 'state' && m.proof.watchdog === 'armed'));
  expect(rig.commands()).toEqual([]);
  control.child.kill('SIGTERM');
  expect(await control.exit()).toBe(0);
});

it.each([
  [
    { rigFile: '/nowhere.yaml', port: 'tcp://127.0.0.1:1', autoStart: false },
    /nowhere.yaml: the rig file cannot be read/,
  ],
  [
    { rigFile: inHouse('package.json'), port: 'tcp://127.0.0.1:1', autoStart: false },
    /package.json: .*allowed is/,
  ],
  [{ port: 1 }, /its options are missing/],
])('ends with status 2 and a sentence on %o', async (options, says) => {
  const control = new Control(options);
  expect(await control.exit()).toBe(2);
  expect(control.stderr).toMatch(says);
});
