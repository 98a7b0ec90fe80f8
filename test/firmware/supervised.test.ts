/** The supervisor drives machines of the framed contract: the plant model in virtual time, C on a simulated processor. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { framedBoard } from '../../controller/control/electronics/framed-board.ts';
import { parseRigFile, type RigFile } from '../../controller/control/rig-file.ts';
import { Supervisor } from '../../controller/control/supervisor.ts';
import type { BytePort, Clock } from '../../controller/protocol/byte-port.ts';
import { buildStrokeSchedule, createHousePlant, houseRecipe, parsePreset } from '../../sim/index.ts';
import { FaultyLine } from '../../controller/virtual-rig/faults/faulty-line.ts';
import { LINE_EFFECTS } from '../../controller/virtual-rig/faults/line-faults.ts';
import { uniformSource } from '../../sim/study/sampling/random.ts';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { decodeFrame, type Frame } from '../../controller/wire/frame.ts';
import type { State } from '../../controller/wire/messages.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';
import { Random } from '../protocol/random.ts';
import { AvrBoard } from './avr-board.ts';
import { DamagedLine } from './damaged-line.ts';
import { type FramedMachine, framedMachine } from './framed-machine.ts';

/** A simulated processor beside a busy test runner takes its time; nothing here measures it. */
vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const path = (relative: string): string => fileURLToPath(new URL(`../../${relative}`, import.meta.url));
const text = (relative: string): string => readFileSync(path(relative), 'utf8');

function rigFile(relative: string): RigFile {
  const rig = parseRigFile(text(relative));
  if (typeof rig === 'string') throw new Error(rig);
  return rig;
}

/** A supervisor on a board, and what came of it. */
function supervised(rig: RigFile, clock: Clock, open: () => BytePort) {
  const { electronics } = rig;
  if (electronics.kind !== 'framed') throw new Error('this rig file is not of the framed contract');
  const frames: Frame[] = [];
  const told: string[] = [];
  const known: string[] = [];
  let nonce = 0;
  const supervisor = new Supervisor({
    rig,
    clock,
    isShadow: false,
    isAttended: () => true,
    proofsOverdue: () => null,
    open: () =>
      Promise.resolve(framedBoard({ port: open(), clock, settings: electronics, nonce: ++nonce, known })),
    frame(_group, _sequence, bytes) {
      const frame = decodeFrame(bytes);
      if (typeof frame !== 'string') frames.push(frame);
    },
    tell: (_severity, sentence) => told.push(sentence),
    journal: () => {},
    changed: () => {},
  });
  const value = (group: Frame['group'], channel: string): number | undefined => {
    const frame = frames.findLast((one) => one.group === group);
    return frame?.columns[CHANNELS[group].findIndex(({ name }) => name === channel)]?.[0];
  };
  return { supervisor, frames, told, value };
}

type Supervised = ReturnType<typeof supervised>;

async function until(bench: Supervised, sleepMs: (ms: number) => Promise<void>, state: State): Promise<void> {
  for (let ms = 0; bench.supervisor.state() !== state; ms += 20) {
    if (ms > 8000) throw new Error(`${bench.supervisor.state()}, not ${state}: ${bench.told.join(' | ')}`);
    await sleepMs(20);
  }
}

const ENDS = { CLEAR: 'STOPPED', RESET: 'IDLE', START: 'EXECUTE' } as const;

async function drive(
  bench: Supervised,
  sleepMs: (ms: number) => Promise<void>,
  commands: readonly (keyof typeof ENDS)[],
): Promise<void> {
  for (const command of commands) {
    const reply = bench.supervisor.command(command);
    if (!reply.ok) throw new Error(`${reply.sentence} ${bench.told.join(' | ')}`);
    await until(bench, sleepMs, ENDS[command]);
  }
}

async function start(bench: Supervised, sleepMs: (ms: number) => Promise<void>): Promise<void> {
  bench.supervisor.start();
  await sleepMs(1500);
  await drive(bench, sleepMs, ['CLEAR', 'RESET', 'START']);
}

/** The house plant in virtual time. */
function virtualMachine(clock: VirtualClock): FramedMachine {
  const file = 'fixtures/presets/hkust-kilowatt-2025.yaml';
  const preset = parsePreset(text(file), file, { read: (other) => text(other) });
  return framedMachine(clock, {
    plant: createHousePlant(preset),
    buildSchedule: (recipe) => buildStrokeSchedule(preset.device, recipe),
    recipe: houseRecipe(preset.device),
  });
}

describe('a supervised machine of the framed contract', () => {
  test('the virtual rig: a run with summaries and waveforms, a stop with its proof', async () => {
    const clock = new VirtualClock();
    const machine = virtualMachine(clock);
    const open = (): BytePort => {
      const line = new DamagedLine(clock, new Random(1));
      machine.serve(line.device);
      return line.host;
    };
    const bench = supervised(rigFile('fixtures/rigs/virtual-kilowatt-framed.yaml'), clock, open);
    const sleepMs = (ms: number): Promise<void> => clock.advance(ms);
    await start(bench, sleepMs);
    await sleepMs(5000);
    expect([bench.supervisor.state(), bench.supervisor.stateMessage().faults]).toEqual(['EXECUTE', []]);
    expect(bench.value('cycle', 'cooling_power_W')).toBeGreaterThan(200);
    expect(bench.frames.filter(({ group }) => group === 'waveform').length).toBeGreaterThan(5);
    expect(bench.value('tick', 'cell_10_C')).toBeGreaterThan(10);
    bench.supervisor.command('STOP');
    await until(bench, sleepMs, 'STOPPED');
    expect(bench.supervisor.stateMessage().proof).toMatchObject({ enabled: false });
    expect(machine.firmware.driveState).toBe(0);
  });

  test('accelerated, it is asked for its stream anew: as many rows a second of wall time as before', async () => {
    const clock = new VirtualClock();
    const machine = virtualMachine(clock);
    const file = rigFile('fixtures/rigs/virtual-kilowatt-framed.yaml');
    if (file.electronics.kind !== 'framed') throw new Error('not of the framed contract');
    const rig = { ...file, electronics: { ...file.electronics, stream: true } };
    const bench = supervised(rig, clock, () => {
      const line = new DamagedLine(clock, new Random(1));
      machine.serve(line.device);
      return line.host;
    });
    bench.supervisor.start();
    await clock.advance(1500);
    const second = async () => {
      bench.frames.length = 0;
      await clock.advance(1000);
      const stream = bench.frames.filter(({ group }) => group === 'stream');
      const timesMs = stream.flatMap(({ startS, offsetS }) =>
        [...offsetS].map((s) => Math.round(1000 * (startS + s))),
      );
      return { rows: timesMs.length, steps: new Set(timesMs.slice(1).map((ms, i) => ms - timesMs[i])) };
    };
    const before = await second();
    expect(before.steps).toEqual(new Set([1]));
    expect(before.rows).toBeGreaterThan(950);
    expect(before.rows).toBeLessThan(1050);
    const accelerated = bench.supervisor.accelerate(4);
    await clock.advance(200);
    expect(await accelerated).toMatchObject({ ok: true });
    const after = await second();
    expect(after.steps).toEqual(new Set([4]));
    expect(after.rows / before.rows).toBeCloseTo(1, 1);
  });

  test.each([
    ['silence', 0, 'ABORTED', 'lost_link'],
    ['deaf', 0, 'ABORTED', 'lost_link'],
    ['bit-flip', 40, 'EXECUTE', null],
    ['drop', 40, 'EXECUTE', null],
  ] as const)('its line with %s (%d): in the end %s', async (fault, amount, state, cause) => {
    const clock = new VirtualClock();
    const machine = virtualMachine(clock);
    const faulty = new FaultyLine(clock);
    const open = (): BytePort => {
      const line = new DamagedLine(clock, new Random(1));
      machine.serve(faulty.wrap(line.device));
      return line.host;
    };
    const bench = supervised(rigFile('fixtures/rigs/virtual-kilowatt-framed.yaml'), clock, open);
    const sleepMs = (ms: number): Promise<void> => clock.advance(ms);
    await start(bench, sleepMs);
    faulty.inject(fault, LINE_EFFECTS[fault](amount, uniformSource(1)));
    await sleepMs(3000);
    const { faults } = bench.supervisor.stateMessage();
    expect([bench.supervisor.state(), faults.find(({ firstOut }) => firstOut)?.key ?? null]).toEqual([
      state,
      cause,
    ]);
  });

  test('C on an ATmega328P: a run, a stop with its proof; after a reset nothing resumes by itself', async () => {
    const board = new AvrBoard(path('fixtures/firmware/atmega328p.hex'));
    const bench = supervised(rigFile('fixtures/rigs/reference-firmware.yaml'), board, () => board.open());
    const sleepMs = (ms: number): Promise<void> => board.sleepMs(ms);
    await start(bench, sleepMs);
    await sleepMs(2000);
    expect([bench.supervisor.state(), bench.supervisor.stateMessage().faults]).toEqual(['EXECUTE', []]);
    expect(bench.value('cycle', 'peak_force_kN')).toBeGreaterThan(5);
    expect(bench.value('tick', 'room_C')).toBeNaN();
    bench.supervisor.command('STOP');
    await until(bench, sleepMs, 'STOPPED');
    expect(bench.value('tick', 'force_kN')).toBeLessThan(0.3);
    await drive(bench, sleepMs, ['RESET', 'START']);
    board.reset();
    await sleepMs(1500);
    expect(bench.supervisor.state()).toBe('ABORTED');
    expect(bench.supervisor.isLinkUp()).toBe(true);
    expect(bench.supervisor.stateMessage().faults.find(({ firstOut }) => firstOut)?.sentence).toContain(
      'restarted',
    );
    // Disabled by the reset, tripped by the ABORT that followed it.
    expect([0, 4]).toContain(bench.value('tick', 'drive_state'));
  });
});
