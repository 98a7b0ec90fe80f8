/** However `npm start` ends, no process of ours survives it. The promise is about processes, so these are real ones. */
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ServerMessage } from '../../controller/wire/messages.ts';
import { SpawnedHouse, allGone, familyOf, killRest } from './spawned-house.ts';

type Family = ReturnType<typeof familyOf>;

const RUNNING = /elastocool is running: (http:\/\/127\.0\.0\.1:(\d+)\/)/;
const FIRST_PORT = 8500;

let family: Family = [];
let started: SpawnedHouse | undefined;
afterEach(() => {
  killRest([...family, ...familyOf(started?.pid ?? 0)]);
  family = [];
});

interface RunningHouse {
  readonly house: SpawnedHouse;
  readonly port: number;
  readonly main: number;
  readonly rig: number;
  readonly control: number;
}

/** `npm start`, up to a page that hears from a control process. */
async function startHouse(): Promise<RunningHouse> {
  const house = new SpawnedHouse('npm', ['start', '--', '--port', String(FIRST_PORT)]);
  started = house;
  const port = Number((await house.said(RUNNING))[2]);
  await firstMessage(port, 'state');
  family = familyOf(house.pid);
  const find = (part: string): number => {
    const found = family.findLast(({ command }) => command.includes(part));
    if (found === undefined) throw new Error(`no process of ${part} among\n${JSON.stringify(family)}`);
    return found.pid;
  };
  const main = find('elastocool.mjs start');
  return { house, port, main, rig: find('virtual-rig/main.ts'), control: find('control/process.ts') };
}

/** What a page would hear: the first message of this type that `accept` takes. */
function firstMessage<T extends ServerMessage['type']>(
  port: number,
  type: T,
  accept: (message: Extract<ServerMessage, { type: T }>) => boolean = () => true,
): Promise<Extract<ServerMessage, { type: T }>> {
  const headers = { origin: `http://127.0.0.1:${port}` };
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers });
  const isOfType = (message: ServerMessage): message is Extract<ServerMessage, { type: T }> =>
    message.type === type;
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    const history = { type: 'history', after: { tick: -1, cycle: -1, waveform: -1 } };
    socket.on('open', () => socket.send(JSON.stringify(history)));
    socket.on('message', (data, isBinary) => {
      if (isBinary || !Buffer.isBuffer(data)) return;
      const message = ServerMessage.parse(JSON.parse(data.toString('utf8')));
      if (!isOfType(message) || !accept(message)) return;
      socket.close();
      resolve(message);
    });
  });
}

describe.skipIf(process.platform !== 'linux')('nothing survives', () => {
  it.each<[string, (running: RunningHouse) => void]>([
    ['SIGTERM to npm', ({ house }) => process.kill(house.pid, 'SIGTERM')],
    ['kill -9 of npm', ({ house }) => process.kill(house.pid, 'SIGKILL')],
    ['SIGTERM to the main process', ({ main }) => process.kill(main, 'SIGTERM')],
    ['kill -9 of the main process', ({ main }) => process.kill(main, 'SIGKILL')],
  ])('%s', async (_what, end) => {
    const running = await startHouse();
    // npm, its shell, the main process, the rig and the control process at least.
    expect(family.length).toBeGreaterThanOrEqual(4);
    end(running);
    await allGone(family);
  });

  it('Ctrl-C in the terminal, and the machine is brought to rest before it ends', async () => {
    const { house } = await startHouse();
    expect(family.length).toBeGreaterThanOrEqual(4);
    house.pressCtrlC();
    await house.ended();
    await allGone(family);
    expect(house.output).toContain('Control ends.');
  });

  it('kill -9 of npx', async () => {
    const wrapper = new SpawnedHouse('npx', ['elastocool', 'start', '--port', String(FIRST_PORT)]);
    started = wrapper;
    await wrapper.said(RUNNING);
    family = familyOf(wrapper.pid);
    process.kill(wrapper.pid, 'SIGKILL');
    await allGone(family);
  });
});

describe.skipIf(process.platform !== 'linux')('while it runs', () => {
  it('a taken port is not an error: the next free one is printed', async () => {
    const taken = createServer().listen(FIRST_PORT, '127.0.0.1');
    await new Promise<void>((resolve) => {
      taken.once('listening', () => resolve());
      // Taken by someone else: just as good.
      taken.once('error', () => resolve());
    });
    const { house, port } = await startHouse();
    expect(port).toBeGreaterThan(FIRST_PORT);
    expect(house.output).toContain(`Port ${FIRST_PORT} is taken; the next free one is ${port}.`);
    house.pressCtrlC();
    await allGone(family);
    taken.close();
  });

  it('the end of the virtual rig is a sentence and a stopped state, not the end of the program', async () => {
    const { house, port, rig } = await startHouse();
    await firstMessage(port, 'state', ({ state }) => state === 'EXECUTE');
    process.kill(rig, 'SIGKILL');
    await house.said(/The virtual rig ended by SIGKILL/);
    const { faults } = await firstMessage(port, 'state', ({ state }) => state === 'ABORTED');
    expect(faults.map(({ action }) => action)).toContain('abort');
    await firstMessage(port, 'event', ({ sentence }) => sentence.startsWith('The virtual rig ended'));
    house.pressCtrlC();
    await allGone(family);
  });

  it('a control process that dies is followed by one that waits for a person', async () => {
    const { house, port, control } = await startHouse();
    await firstMessage(port, 'state', ({ state }) => state === 'EXECUTE');
    process.kill(control, 'SIGKILL');
    await house.said(/The control process ended by SIGKILL/);
    const { state } = await firstMessage(port, 'state');
    expect(state).toBe('ABORTED');
    family = familyOf(house.pid);
    house.pressCtrlC();
    await allGone(family);
  });
});
