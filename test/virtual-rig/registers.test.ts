/** The register bank in front of the firmware. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { RegisterBank } from '../../controller/protocol/register-bank.ts';
import {
  ACCELERATION,
  type BlockValues,
  COMMAND,
  COMMAND_BLOCK,
  CYCLE_SUMMARY,
  decodeBlock,
  DRIVE_STATE,
  encodeBlock,
  HEARTBEAT,
  IDENTITY,
  INPUT_MIRROR,
  LIMITS,
  MAGIC,
  RECIPE,
  REGISTER_MAP,
  type RegisterBlock,
  STATUS,
  WATCHDOG,
  WAVEFORM_LATCH,
  WAVEFORM_PAGE,
  WAVEFORM_PAGE_STRIDE,
  WAVEFORM_PAGES,
} from '../../controller/protocol/register-map.ts';
import { Firmware } from '../../controller/virtual-rig/firmware.ts';
import { Pace } from '../../controller/virtual-rig/pace.ts';
import { rigRegisters } from '../../controller/virtual-rig/rig-registers.ts';
import { FAKE_RECIPE, FakePlant, fakeSchedule } from './fake-plant.ts';

let firmware: Firmware;
let bank: RegisterBank;

beforeEach(() => {
  const plant = new FakePlant();
  firmware = new Firmware({ plant, buildSchedule: fakeSchedule, recipe: FAKE_RECIPE, nowMs: () => 0 });
  bank = rigRegisters(firmware, new Pace(1, 0));
});

function read(block: RegisterBlock, start = block.start): BlockValues {
  const words = bank.read(block.table, start, block.length);
  if (typeof words === 'number') throw new Error(`exception ${words}`);
  return decodeBlock(block, words);
}
const write = (block: RegisterBlock, values: BlockValues): number | null =>
  bank.write(block.start, encodeBlock(block, values));
const command = (code: number): number | null => write(COMMAND_BLOCK, { command: code });
const steps = (count: number): void => {
  for (let i = 0; i < count; i++) firmware.step();
};

test('every block of the map can be read', () => {
  for (const block of REGISTER_MAP) expect(() => read(block), block.title).not.toThrow();
  expect(read(IDENTITY)).toMatchObject({ magic: MAGIC, cell_count: 10, waveform_bins: 128, device_kind: 1 });
});

test('input registers stand again in the holding table, read-only', () => {
  expect(bank.read('holding', STATUS.start + INPUT_MIRROR, STATUS.length)).toEqual(
    bank.read('input', STATUS.start, STATUS.length),
  );
  expect(bank.write(STATUS.start + INPUT_MIRROR, Uint16Array.of(1))).toBe(2);
});

test('an address outside every block is refused, also at the seams', () => {
  expect(bank.read('input', 50, 1)).toBe(2);
  expect(bank.read('input', STATUS.start, STATUS.length + 1)).toBe(2);
  expect(bank.read('input', STATUS.start - 1, 2)).toBe(2);
  expect(bank.read('holding', STATUS.start + 5, 1)).toBe(2);
  expect(bank.write(HEARTBEAT.start, Uint16Array.of(1, 2))).toBe(2);
  expect(bank.read('holding', 60_000, 1)).toBe(2);
});

test('commands, status and heartbeat', () => {
  expect(command(COMMAND.run)).toBe(4);
  expect(command(77)).toBe(3);
  expect(command(COMMAND.enable)).toBeNull();
  expect(command(COMMAND.run)).toBeNull();
  write(HEARTBEAT, { heartbeat: 4711 });
  steps(16);
  expect(read(STATUS)).toMatchObject({
    drive_state: DRIVE_STATE.running,
    heartbeat_echo: 4711,
    device_clock_ms: 100,
    phase: Math.fround(0.4),
    force_kN: 10,
    stroke_mm: 40,
    flow_kg_per_s: Math.fround(0.2),
  });
});

test('what was written reads back', () => {
  const recipe = { frequency_Hz: 2, strain_percent: 3, blow_flow_kg_per_s: 0.125, blow_duty: 0.25 };
  const limits = {
    stress_limit_MPa: 800,
    pressure_limit_bar: 1,
    temperature_high_C: 60,
    temperature_low_C: 3,
  };
  const watchdog = { watchdog_timeout_ms: 250, watchdog_arm: 1 };
  expect(write(RECIPE, { ...recipe, recipe_apply: 0 })).toBeNull();
  expect(write(LIMITS, limits)).toBeNull();
  expect(write(WATCHDOG, watchdog)).toBeNull();
  expect(write(ACCELERATION, { acceleration: 20 })).toBeNull();
  expect(read(RECIPE)).toEqual({ ...recipe, recipe_apply: 0 });
  expect(read(LIMITS)).toEqual(limits);
  expect(read(WATCHDOG)).toEqual(watchdog);
  expect(read(ACCELERATION)).toEqual({ acceleration: 20 });
});

test('"apply" reads 1 until the next cycle starts', () => {
  command(COMMAND.enable);
  command(COMMAND.run);
  steps(5);
  write(RECIPE, { ...read(RECIPE), strain_percent: 2, recipe_apply: 1 });
  expect(read(RECIPE).recipe_apply).toBe(1);
  steps(35);
  expect(read(RECIPE).recipe_apply).toBe(0);
});

describe('values outside their range are refused and change nothing', () => {
  test.each<[RegisterBlock, BlockValues]>([
    [RECIPE, { blow_duty: 0.48 }],
    [RECIPE, { recipe_apply: 2 }],
    [LIMITS, { stress_limit_MPa: 0 }],
    [LIMITS, { temperature_low_C: 90 }],
    [LIMITS, { pressure_limit_bar: Number.NaN }],
    [WATCHDOG, { watchdog_timeout_ms: 49 }],
    [WATCHDOG, { watchdog_timeout_ms: 5001 }],
    [WATCHDOG, { watchdog_arm: 2 }],
    [ACCELERATION, { acceleration: 0 }],
    [ACCELERATION, { acceleration: 21 }],
    [WAVEFORM_LATCH, { waveform_latch: 2 }],
  ])('%o %j', (block, wrong) => {
    const before = read(block);
    expect(write(block, { ...before, ...wrong })).toBe(3);
    expect(read(block)).toEqual(before);
  });
});

describe('the waveform pages', () => {
  const page = (i: number): BlockValues =>
    read(WAVEFORM_PAGE, WAVEFORM_PAGE.start + i * WAVEFORM_PAGE_STRIDE);

  test('are empty until a whole cycle was latched', () => {
    expect(page(0).cycle_number).toBe(0);
    write(WAVEFORM_LATCH, { waveform_latch: 1 });
    expect(page(7).cycle_number).toBe(0);
  });

  test('stand still until the next latch, and belong together', () => {
    command(COMMAND.enable);
    command(COMMAND.run);
    steps(85);
    write(WAVEFORM_LATCH, { waveform_latch: 1 });
    const first = Array.from({ length: WAVEFORM_PAGES }, (_, i) => page(i));
    steps(80);
    expect(Array.from({ length: WAVEFORM_PAGES }, (_, i) => page(i))).toEqual(first);
    expect(new Set(first.map(({ cycle_number }) => cycle_number))).toEqual(new Set([2]));
    expect(first.flatMap(({ bins }) => bins)).toEqual([...(firmware.lastCycle?.waveform.counts ?? [])]);
    write(WAVEFORM_LATCH, { waveform_latch: 1 });
    expect(page(3).cycle_number).toBe(4);
    expect(read(CYCLE_SUMMARY).cycle_number).toBe(4);
  });

  test('the page behind the last one does not exist', () => {
    expect(bank.read('input', WAVEFORM_PAGE.start + WAVEFORM_PAGES * WAVEFORM_PAGE_STRIDE, 1)).toBe(2);
  });
});
