/** What an engineer does with a new rig: simulated devices on two serial lines, looked at with the shipped commands. */
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VirtualBus, VirtualDevicesReady } from '../../controller/protocol/virtual-devices-ready.ts';

const MAIN = fileURLToPath(new URL('../../controller/virtual-rig/devices/main.ts', import.meta.url));
const COMMAND = fileURLToPath(new URL('../../controller/command/main.ts', import.meta.url));

const BUSES: readonly VirtualBus[] = [
  {
    name: 'press_bus',
    protocol: 'modbus-rtu',
    baudRate: 115_200,
    byteMs: 11 / 115.2,
    devices: [
      { name: 'press', profile: 'delta-asda-a2', address: 1 },
      { name: 'press_cell', profile: 'laumas-tlb4', address: 2 },
    ],
  },
  {
    name: 'plant_line',
    protocol: 'line',
    baudRate: 19_200,
    byteMs: 10 / 19.2,
    devices: [{ name: 'flow', profile: 'alicat-mc', address: 'A' }],
  },
];

const rigFile = (ports: Readonly<Record<string, string>>): string => `
buses:
  press_bus: { port: ${ports['press_bus']}, protocol: modbus-rtu, baudRate: 115200, stopBits: 1 }
  plant_line: { port: ${ports['plant_line']}, protocol: line }
devices:
  press:
    bus: press_bus
    profile: delta-asda-a2
    address: 1
    points: { stroke_mm: { from: position_PUU, unit: mm, scale: 0.0001 } }
    poll: { stroke_mm: 2 }
  press_cell: { bus: press_bus, profile: laumas-tlb4, address: 2, poll: { force_N: 4 } }
  flow: { bus: plant_line, profile: alicat-mc, address: A, poll: { mass_flow_L_per_min: slow } }
`;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const rig = (...args: readonly string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, 'rig', ...args], (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    );
  });

describe.skipIf(process.platform === 'win32')('an engineer with a new rig', () => {
  let child: ChildProcess;
  let ports: Readonly<Record<string, string>>;
  let file: string;

  beforeAll(async () => {
    child = fork(MAIN, [JSON.stringify(BUSES)], { execArgv: [] });
    const ready = await new Promise<VirtualDevicesReady>((resolve) => child.once('message', resolve));
    ({ ports } = ready);
    file = join(mkdtempSync(join(tmpdir(), 'elastocool-rig-')), 'rig.yaml');
    writeFileSync(file, rigFile(ports));
  }, 30_000);
  afterAll(() => child.disconnect());

  it('checks the file without hardware: keys, units and the time on each line', async () => {
    const { code, out } = await rig('check', file, '--offline');
    expect(out).toMatch(
      /bus press_bus: this profile needs \d+\.\d ms of the 20 ms period: press \d+\.\d ms every 2 periods \(2 items, 1 request\)/,
    );
    expect(code).toBe(0);
  }, 30_000);

  it('reads every point of every device', async () => {
    const { code, out } = await rig('check', file, '--json');
    const report = JSON.parse(out) as {
      ok: boolean;
      devices: { device: string; points: { point: string; value: number; unit: string }[] }[];
    };
    expect(report.ok).toBe(true);
    expect(code).toBe(0);
    const [press] = report.devices;
    expect(press.points).toContainEqual(
      expect.objectContaining({ point: 'stroke_mm', value: 0.125, unit: 'mm', quality: 'good' }),
    );
    expect(report.devices.map(({ device }) => device)).toEqual(['press', 'press_cell', 'flow']);
  }, 30_000);

  it('asks who is there', async () => {
    const { out } = await rig('identify', file);
    expect(out).toContain('press on press_bus: Delta ASDA-A2 servo drive');
    expect(out).toContain('flow on plant_line: Alicat MC mass flow controller');
  }, 30_000);

  it('finds a device on a port; unasked nothing is sent', async () => {
    const where = [
      'scan',
      '--port',
      ports['press_bus'],
      '--profile',
      'laumas-tlb4',
      '--addresses',
      '1-3',
      '--baud-rate',
      '115200',
    ];
    const silent = await rig(...where);
    expect(silent).toMatchObject({ code: 2, err: expect.stringContaining('--yes') });
    const { code, out } = await rig(...where, '--yes', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      found: [{ profile: 'laumas-tlb4', address: 2, match: 'likely' }],
    });
  }, 60_000);

  it.each([
    [['check', '/no/such.yaml'], /no such file/],
    [['identify', '--port', '/dev/null'], /--profile NAME/],
    [['scan', '--port', '/dev/null', '--addresses', '0-3'], /0 would be a broadcast/],
  ])(
    'is told what is wrong: %j',
    async (args, sentence) => {
      expect(await rig(...args)).toMatchObject({ code: 2, err: expect.stringMatching(sentence) });
    },
    30_000,
  );
});
