/** The register bank of the virtual rig: the register map in front of the firmware. */
import type { ExceptionCode } from '../protocol/pdu.ts';
import type { RegisterBank } from '../protocol/register-bank.ts';
import {
  ACCELERATION,
  type BlockValues,
  CELL_COUNT,
  COMMAND_BLOCK,
  CYCLE_SUMMARY,
  decodeBlock,
  DEVICE_KIND,
  encodeBlock,
  HEARTBEAT,
  IDENTITY,
  INPUT_MIRROR,
  LIMITS,
  MAGIC,
  MANUAL,
  MAP_VERSION,
  RECIPE,
  type RegisterBlock,
  STATUS,
  STOP_ORDER,
  WATCHDOG,
  WAVEFORM_BINS,
  WAVEFORM_LATCH,
  WAVEFORM_PAGE,
  WAVEFORM_PAGE_STRIDE,
  WAVEFORM_PAGES,
} from '../protocol/register-map.ts';
import { areLimitsAllowed, type DeviceLimits } from './device-limits.ts';
import type { Firmware } from './firmware.ts';
import type { ManualValues } from './manual-drive.ts';
import type { Pace } from './pace.ts';
import type { RecipeValues } from './recipe-registers.ts';
import { BAR, celsius } from './units.ts';
import { NO_WAVEFORM, type Waveform } from './waveform-recorder.ts';

/** A block at its address: how it reads and, where it can be written, what it does with new values. */
interface Region {
  readonly block: RegisterBlock;
  readonly start: number;
  values(): BlockValues;
  accept?(values: BlockValues): ExceptionCode | null;
}

const FIRMWARE_VERSION = 100;
const SERIAL_NUMBER = 1;

export function rigRegisters(firmware: Firmware, pace: Pace): RegisterBank {
  const input = inputRegions(firmware, pace);
  const holding = holdingRegions(firmware, pace);
  const latch = waveformLatch(firmware);
  input.push(...latch.pages);
  holding.push(latch.command);

  return {
    read(table, address, count) {
      const isMirror = table === 'holding' && address >= INPUT_MIRROR;
      const at = isMirror ? address - INPUT_MIRROR : address;
      const region = find(table === 'input' || isMirror ? input : holding, at, count);
      if (region === undefined) return 2;
      const words = encodeBlock(region.block, region.values());
      return words.slice(at - region.start, at - region.start + count);
    },
    write(address, words) {
      const region = find(holding, address, words.length);
      if (region?.accept === undefined) return 2;
      const image = encodeBlock(region.block, region.values());
      image.set(words, address - region.start);
      return region.accept(decodeBlock(region.block, image));
    },
  };
}

/** The region that holds all of the range. */
const find = (regions: readonly Region[], address: number, count: number): Region | undefined =>
  regions.find(({ block, start }) => address >= start && address + count <= start + block.length);

const at = (block: RegisterBlock, rest: Omit<Region, 'block' | 'start'>): Region => ({
  block,
  start: block.start,
  ...rest,
});

function inputRegions(firmware: Firmware, pace: Pace): Region[] {
  const nothing: BlockValues = decodeBlock(CYCLE_SUMMARY, new Uint16Array(CYCLE_SUMMARY.length));
  const identity: BlockValues = {
    magic: MAGIC,
    map_version: MAP_VERSION,
    device_kind: DEVICE_KIND.virtualRig,
    cell_count: CELL_COUNT,
    waveform_bins: WAVEFORM_BINS,
    firmware_version: FIRMWARE_VERSION,
    serial_number: SERIAL_NUMBER,
  };
  return [
    at(IDENTITY, { values: () => identity }),
    at(STATUS, { values: () => status(firmware, pace) }),
    at(CYCLE_SUMMARY, { values: () => firmware.lastCycle?.summary ?? nothing }),
  ];
}

function status(firmware: Firmware, pace: Pace): BlockValues {
  const { readings } = firmware.plant;
  return {
    device_clock_ms: Math.round(1000 * readings.timeS),
    drive_state: firmware.driveState,
    fault_word: firmware.faultWord,
    watchdog_state: firmware.watchdog.state,
    heartbeat_echo: firmware.watchdog.heartbeat,
    acceleration: pace.reported,
    cycle_number: firmware.cyclesCompleted,
    phase: firmware.phase,
    force_kN: readings.forceN / 1000,
    stress_MPa: readings.stressPa / 1e6,
    stroke_mm: 1000 * readings.shorteningM,
    flow_kg_per_s: readings.flowKgPerS,
    pressure_bar: readings.pressurePa / BAR,
    cold_inlet_C: celsius(readings.coldInletK),
    hot_inlet_C: celsius(readings.hotInletK),
    cold_outlet_C: celsius(readings.coldOutletK),
    hot_outlet_C: celsius(readings.hotOutletK),
    room_C: celsius(readings.roomK),
    outdoor_C: celsius(readings.outdoorK),
    cell_C: Array.from(readings.cellK, celsius),
  };
}

function holdingRegions(firmware: Firmware, pace: Pace): Region[] {
  const { watchdog } = firmware;
  return [
    at(HEARTBEAT, {
      values: () => ({ heartbeat: watchdog.heartbeat }),
      accept({ heartbeat }) {
        watchdog.kick(Number(heartbeat));
        return null;
      },
    }),
    at(COMMAND_BLOCK, {
      values: () => ({ command: 0 }),
      accept: ({ command }) => firmware.obey(Number(command)),
    }),
    at(RECIPE, {
      values: () => ({ ...firmware.recipe, recipe_apply: firmware.isRecipePending ? 1 : 0 }),
      accept({ recipe_apply, ...recipe }) {
        if (Number(recipe_apply) > 1) return 3;
        return firmware.stageRecipe(asRecipe(recipe), recipe_apply === 1);
      },
    }),
    at(LIMITS, {
      values: () => ({ ...firmware.limits }),
      accept(values) {
        const limits = asLimits(values);
        if (!areLimitsAllowed(limits)) return 3;
        firmware.limits = limits;
        return null;
      },
    }),
    at(WATCHDOG, {
      values: () => ({ watchdog_timeout_ms: watchdog.timeoutMs, watchdog_arm: watchdog.armed ? 1 : 0 }),
      accept(values) {
        const timeoutMs = Number(values.watchdog_timeout_ms);
        const arm = Number(values.watchdog_arm);
        if (timeoutMs < 50 || timeoutMs > 5000 || arm > 1) return 3;
        watchdog.timeoutMs = timeoutMs;
        watchdog.arm(arm === 1);
        return null;
      },
    }),
    at(MANUAL, {
      values: () => ({ ...firmware.manual.values }),
      accept: (values) => firmware.jog(asManual(values)),
    }),
    at(STOP_ORDER, {
      values: () => ({ pump_overrun_s: firmware.pumpOverrunS }),
      accept({ pump_overrun_s }) {
        if (!(Number(pump_overrun_s) >= 0 && Number(pump_overrun_s) <= 60)) return 3;
        firmware.pumpOverrunS = Number(pump_overrun_s);
        return null;
      },
    }),
    at(ACCELERATION, {
      values: () => ({ acceleration: pace.asked }),
      accept: ({ acceleration }) => (pace.ask(Number(acceleration)) ? null : 3),
    }),
  ];
}

const asRecipe = (values: BlockValues): RecipeValues => ({
  frequency_Hz: Number(values.frequency_Hz),
  strain_percent: Number(values.strain_percent),
  blow_flow_kg_per_s: Number(values.blow_flow_kg_per_s),
  blow_duty: Number(values.blow_duty),
});

const asManual = (values: BlockValues): ManualValues => ({
  manual_stroke_mm_per_s: Number(values.manual_stroke_mm_per_s),
  manual_flow_kg_per_s: Number(values.manual_flow_kg_per_s),
  manual_force_limit_kN: Number(values.manual_force_limit_kN),
  manual_life_ms: Number(values.manual_life_ms),
});

const asLimits = (values: BlockValues): DeviceLimits => ({
  stress_limit_MPa: Number(values.stress_limit_MPa),
  pressure_limit_bar: Number(values.pressure_limit_bar),
  temperature_high_C: Number(values.temperature_high_C),
  temperature_low_C: Number(values.temperature_low_C),
});

/** The latch and the pages that show what it holds. */
function waveformLatch(firmware: Firmware): { pages: Region[]; command: Region } {
  let held: Waveform = NO_WAVEFORM;
  const pages = Array.from({ length: WAVEFORM_PAGES }, (_, page) => ({
    block: WAVEFORM_PAGE,
    start: WAVEFORM_PAGE.start + page * WAVEFORM_PAGE_STRIDE,
    values: () => pageValues(held, page),
  }));
  const command = at(WAVEFORM_LATCH, {
    values: () => ({ waveform_latch: 0 }),
    accept({ waveform_latch }) {
      if (waveform_latch !== 1) return 3;
      held = firmware.lastCycle?.waveform ?? NO_WAVEFORM;
      return null;
    },
  });
  return { pages, command };
}

function pageValues(waveform: Waveform, page: number): BlockValues {
  const length = waveform.counts.length / WAVEFORM_PAGES;
  return {
    cycle_number: waveform.cycleNumber,
    cycle_start_ms: waveform.startMs,
    period_us: waveform.periodUs,
    bins: Array.from(waveform.counts.subarray(page * length, (page + 1) * length)),
  };
}
