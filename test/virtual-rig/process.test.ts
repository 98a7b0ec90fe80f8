/** The virtual rig as a process: the real plant, driven over real lines. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPort } from '../../controller/port/open-port.ts';
import { systemClock } from '../../controller/port/system-clock.ts';
import {
  ACCELERATION,
  type BlockValues,
  COMMAND,
  COMMAND_BLOCK,
  CYCLE_SUMMARY,
  DRIVE_STATE,
  HEARTBEAT,
  IDENTITY,
  MAGIC,
  STATUS,
} from '../../controller/protocol/register-map.ts';
import { RtuMaster } from '../../controller/protocol/rtu-master.ts';
import type { Result } from '../../controller/protocol/transaction.ts';
import type { VirtualRigReady } from '../../controller/protocol/virtual-rig-channel.ts';

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const MAIN = path('controller/virtual-rig/main.ts');
const OPTIONS = { presetFile: path('fixtures/presets/hkust-kilowatt-2025.yaml'), baudRate: 921_600 };
/** Generous: other work may share the computer. */
const LINE = { timeoutMs: 1000, waitMs: 20_000, lateReplyGuardMs: 20 };

let rig: ChildProcess;
let ready: VirtualRigReady;
let exited: Promise<number | null>;
let masters: RtuMaster[];

beforeEach(async () => {
  masters = [];
  rig = fork(MAIN, [JSON.stringify(OPTIONS)], { execArgv: [] });
  exited = new Promise((resolve) => rig.once('exit', resolve));
  ready = await new Promise((resolve) => rig.once('message', (message: VirtualRigReady) => resolve(message)));
});

afterEach(async () => {
  for (const master of masters) master.close();
  if (rig.connected) rig.disconnect();
  await exited;
});

async function connect(name: string): Promise<RtuMaster> {
  const port = await openPort(name, OPTIONS);
  if (typeof port === 'string') throw new Error(port);
  const master = new RtuMaster(port, systemClock, LINE);
  masters.push(master);
  return master;
}

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.sentence);
  return result.value;
}
const send = async (master: RtuMaster, command: number): Promise<unknown> =>
  good(await master.writeBlock(COMMAND_BLOCK, { command }));

/** Reads the status until `test` holds. */
async function until(master: RtuMaster, test: (status: BlockValues) => boolean): Promise<BlockValues> {
  for (let beat = 1; ; beat++) {
    const status = good(await master.readWrite(STATUS, HEARTBEAT.start, [beat & 0xffff]));
    if (test(status)) return status;
  }
}

describe('the virtual rig', () => {
  test.skipIf(process.platform === 'win32')('cools when it runs and unloads when it is stopped', async () => {
    expect(ready.pseudoTerminal).not.toBeNull();
    const master = await connect(ready.pseudoTerminal ?? '');
    expect(good(await master.readBlock(IDENTITY))).toMatchObject({ magic: MAGIC, device_kind: 1 });
    good(await master.writeBlock(ACCELERATION, { acceleration: 5 }));
    await send(master, COMMAND.enable);
    await send(master, COMMAND.run);
    await until(master, ({ cycle_number }) => Number(cycle_number) >= 4);
    const summary = good(await master.readBlock(CYCLE_SUMMARY));
    expect(summary.cooling_power_W).toBeGreaterThan(200);
    expect(summary.mechanical_power_W).toBeGreaterThan(50);
    expect(summary.peak_stress_MPa).toBeGreaterThan(200);
    expect(Number(summary.cell_max_C?.toString().split(',')[0])).toBeGreaterThan(35);
    await send(master, COMMAND.stop);
    const stopped = await until(master, ({ drive_state }) => drive_state === DRIVE_STATE.enabled);
    expect(Math.abs(Number(stopped.force_kN))).toBeLessThan(0.3);
  });

  test('serves several clients at a time over TCP and outlives their leaving', async () => {
    const [first, second] = [await connect(ready.tcp), await connect(ready.tcp)];
    const answers = await Promise.all([first.readBlock(IDENTITY), second.readBlock(IDENTITY)]);
    for (const answer of answers) expect(good(answer).magic).toBe(MAGIC);
    first.close();
    expect(good(await second.readBlock(IDENTITY)).magic).toBe(MAGIC);
    const third = await connect(ready.tcp);
    expect(good(await third.readBlock(IDENTITY)).magic).toBe(MAGIC);
  });

  test('ends when its parent is gone', async () => {
    rig.disconnect();
    expect(await exited).toBe(0);
  });
});

test('run by hand it prints its addresses and ends on a signal', async () => {
  const child = spawn(process.execPath, [MAIN, JSON.stringify(OPTIONS)]);
  const line = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  expect(JSON.parse(line)).toMatchObject({
    kind: 'ready',
    tcp: expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/),
  });
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
});
