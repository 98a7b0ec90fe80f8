/** A board that speaks the project's register map over Modbus RTU. Whatever is written is read back. */
import type { BytePort, Clock } from '../../protocol/byte-port.ts';
import {
  ACCELERATION,
  CELL_COUNT,
  COMMAND,
  COMMAND_BLOCK,
  CYCLE_SUMMARY,
  DEVICE_KIND,
  HEARTBEAT,
  IDENTITY,
  LIMITS,
  MAGIC,
  MANUAL,
  MAP_VERSION,
  RECIPE,
  STATUS,
  STOP_ORDER,
  WATCHDOG,
  WAVEFORM_BINS,
  type BlockValues,
  type RegisterBlock,
} from '../../protocol/register-map.ts';
import { RtuMaster } from '../../protocol/rtu-master.ts';
import { failure, PRIORITY } from '../../protocol/transaction.ts';
import { asCycleSummary, asStatus } from '../line/readings.ts';
import type { Electronics, Identity } from './electronics.ts';
import type { ModbusBoard } from './settings.ts';
import { readWaveform } from './waveform-pages.ts';

const bulk = { priority: PRIORITY.bulk } as const;
/** Modbus exception code. */
const ILLEGAL_ADDRESS = 2;

/** Takes over the port. */
export function modbusBoard(port: BytePort, clock: Clock, settings: ModbusBoard): Electronics {
  const { slave, timeoutMs, interFrameMs, lateReplyGuardMs } = settings;
  const probeSeed = Math.floor(clock.nowMs()) & 0xffff;
  const line = new RtuMaster(port, clock, {
    unit: slave,
    timeoutMs,
    interFrameMs,
    lateReplyGuardMs,
    probeSeed,
  });
  return {
    identify: () => identify(line),
    async beat(heartbeat) {
      const options = { priority: PRIORITY.status };
      const answer = await line.readWrite(STATUS, HEARTBEAT.start, [heartbeat], options);
      if (!answer.ok) return answer;
      const { heartbeat_echo } = answer.value;
      // FC23 writes before it reads, so the answer to this exchange echoes this heartbeat.
      if (heartbeat_echo !== heartbeat) return failure('wrong', wrongEcho(heartbeat, heartbeat_echo));
      return { ...answer, value: asStatus(answer.value) };
    },
    async look() {
      const answer = await line.readBlock(STATUS, { priority: PRIORITY.status });
      return answer.ok ? { ...answer, value: asStatus(answer.value) } : answer;
    },
    command(command) {
      const urgent = command === COMMAND.stop || command === COMMAND.abort;
      const options = { priority: PRIORITY.command, key: 'drive command', urgent };
      return line.writeBlock(COMMAND_BLOCK, { command }, options);
    },
    writeLimits: ({ stress_MPa, pressure_bar, temperature_high_C, temperature_low_C }) =>
      writeAndVerify(line, LIMITS, {
        stress_limit_MPa: stress_MPa,
        pressure_limit_bar: pressure_bar,
        temperature_high_C,
        temperature_low_C,
      }),
    async writeStopOrder({ pump_overrun_s }) {
      const present = await line.readBlock(STOP_ORDER, bulk);
      // Hardware without the register has no overrun, which is just what 0 asks for.
      const isMissing = !present.ok && present.exception === ILLEGAL_ADDRESS;
      if (isMissing && pump_overrun_s === 0) return null;
      return writeAndVerify(line, STOP_ORDER, { pump_overrun_s });
    },
    armWatchdog: (watchdog_timeout_ms) =>
      writeAndVerify(line, WATCHDOG, { watchdog_timeout_ms, watchdog_arm: 1 }),
    disarmWatchdog: (watchdog_timeout_ms) =>
      writeAndVerify(line, WATCHDOG, { watchdog_timeout_ms, watchdog_arm: 0 }),
    async stageRecipe(recipe) {
      const staged = await writeAndVerify(line, RECIPE, { ...recipe, recipe_apply: 0 });
      if (staged !== null) return staged;
      const applied = await line.writeBlock(RECIPE, { ...recipe, recipe_apply: 1 }, bulk);
      return applied.ok ? null : `The recipe could not be applied: ${applied.sentence}`;
    },
    accelerate: (acceleration) => writeAndVerify(line, ACCELERATION, { acceleration }),
    async jog({ stroke_mm_per_s, flow_kg_per_s, force_kN, lifeMs }) {
      const values = {
        manual_stroke_mm_per_s: stroke_mm_per_s,
        manual_flow_kg_per_s: flow_kg_per_s,
        manual_force_limit_kN: force_kN,
        manual_life_ms: lifeMs,
      };
      const options = { priority: PRIORITY.command, key: 'jog', waitMs: lifeMs } as const;
      const written = await line.writeBlock(MANUAL, values, options);
      // One that a newer one replaced was not lost: the newer one says more.
      return written.ok || written.kind === 'dropped' ? null : written.sentence;
    },
    async recipeMismatch(recipe) {
      const answer = await line.readBlock(RECIPE, bulk);
      if (!answer.ok) return answer;
      return { ...answer, value: mismatch(answer.value, { ...recipe, recipe_apply: 0 }) };
    },
    async readCycle() {
      const answer = await line.readBlock(CYCLE_SUMMARY, bulk);
      return answer.ok ? { ...answer, value: asCycleSummary(answer.value) } : answer;
    },
    readWaveform: () => readWaveform(line),
    close: () => line.close(),
  };
}

const wrongEcho = (sent: number, echo: unknown): string =>
  `The reply echoes heartbeat ${String(echo)}, ${sent} was sent: it belongs to another exchange.`;

async function identify(line: RtuMaster): Promise<Identity | string> {
  const answer = await line.readBlock(IDENTITY, bulk);
  if (!answer.ok) return `The identity could not be read: ${answer.sentence}`;
  const expected = {
    magic: MAGIC,
    map_version: MAP_VERSION,
    cell_count: CELL_COUNT,
    waveform_bins: WAVEFORM_BINS,
  };
  for (const [name, value] of Object.entries(expected)) {
    const given = answer.value[name];
    if (given !== value) {
      return `This is not a machine of this register map: ${name} reads ${String(given)}, ${value} expected.`;
    }
  }
  const { device_kind, serial_number, firmware_version } = answer.value;
  const isVirtual = device_kind === DEVICE_KIND.virtualRig;
  const version = (Number(firmware_version) / 100).toFixed(2);
  return {
    isVirtual,
    title: `${isVirtual ? 'virtual rig' : 'machine'} number ${String(serial_number)}, firmware ${version}`,
  };
}

async function writeAndVerify(
  line: RtuMaster,
  block: RegisterBlock,
  values: BlockValues,
): Promise<string | null> {
  const written = await line.writeBlock(block, values, bulk);
  if (!written.ok) return `The ${block.title} block could not be written: ${written.sentence}`;
  const answer = await line.readBlock(block, bulk);
  if (!answer.ok) return `The ${block.title} block could not be read back: ${answer.sentence}`;
  return mismatch(answer.value, values);
}

/** Registers hold f32: what was written is compared as such. */
function mismatch(given: BlockValues, written: BlockValues): string | null {
  for (const [name, value] of Object.entries(written)) {
    if (given[name] !== Math.fround(Number(value))) {
      return `${name} reads back ${String(given[name])}, ${String(value)} was written.`;
    }
  }
  return null;
}
