/**
 * What is asked of and written to the device before it may move. Each function returns null, or one sentence that
 * says what does not fit. Whatever is written is read back.
 */
import {
  ACCELERATION,
  DEVICE_KIND,
  IDENTITY,
  LIMITS,
  MAGIC,
  MAP_VERSION,
  RECIPE,
  WATCHDOG,
  WAVEFORM_BINS,
  CELL_COUNT,
  type BlockValues,
  type RegisterBlock,
} from '../../protocol/register-map.ts';
import type { RtuMaster } from '../../protocol/rtu-master.ts';
import { PRIORITY, type Result } from '../../protocol/transaction.ts';
import type { RigFile } from '../rig-file.ts';

export interface Identity {
  readonly isVirtual: boolean;
  readonly serialNumber: number;
  readonly firmwareVersion: number;
}

const bulk = { priority: PRIORITY.bulk } as const;

/** Reads and checks who answers; writes nothing. */
export async function identify(line: RtuMaster): Promise<Identity | string> {
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
  return {
    isVirtual: answer.value['device_kind'] === DEVICE_KIND.virtualRig,
    serialNumber: Number(answer.value['serial_number']),
    firmwareVersion: Number(answer.value['firmware_version']) / 100,
  };
}

export function writeLimits(line: RtuMaster, { limits }: RigFile): Promise<string | null> {
  const { stress_MPa, pressure_bar, temperature_high_C, temperature_low_C } = limits;
  return writeAndVerify(line, LIMITS, {
    stress_limit_MPa: stress_MPa,
    pressure_limit_bar: pressure_bar,
    temperature_high_C,
    temperature_low_C,
  });
}

/** Arms the dead-man of the device; that it follows the heartbeat is seen tick by tick. */
export const armWatchdog = (line: RtuMaster, { watchdog_timeout_ms }: RigFile): Promise<string | null> =>
  writeAndVerify(line, WATCHDOG, { watchdog_timeout_ms, watchdog_arm: 1 });

/** At rest only: an armed watchdog would trip when this program ends as it should. */
export const disarmWatchdog = (line: RtuMaster, { watchdog_timeout_ms }: RigFile): Promise<string | null> =>
  writeAndVerify(line, WATCHDOG, { watchdog_timeout_ms, watchdog_arm: 0 });

/** Stages the recipe, verifies it, then asks for it to be applied at the next cycle start. */
export async function stageRecipe(line: RtuMaster, { recipe }: RigFile): Promise<string | null> {
  const staged = await writeAndVerify(line, RECIPE, { ...recipe, recipe_apply: 0 });
  if (staged !== null) return staged;
  const applied = await line.writeBlock(RECIPE, { ...recipe, recipe_apply: 1 }, bulk);
  return applied.ok ? null : `The recipe could not be applied: ${applied.sentence}`;
}

/** For a machine that cycles: the recipe is the one that was asked for and no longer waits to be applied. */
export async function recipeMismatch(line: RtuMaster, { recipe }: RigFile): Promise<Result<string | null>> {
  const answer = await line.readBlock(RECIPE, bulk);
  return answer.ok ? { ...answer, value: mismatch(answer.value, { ...recipe, recipe_apply: 0 }) } : answer;
}

export const writeAcceleration = (line: RtuMaster, acceleration: number): Promise<string | null> =>
  writeAndVerify(line, ACCELERATION, { acceleration });

async function writeAndVerify(
  line: RtuMaster,
  block: RegisterBlock,
  values: BlockValues,
): Promise<string | null> {
  const written = await line.writeBlock(block, values, bulk);
  if (!written.ok) return `The ${block.title} block could not be written: ${written.sentence}`;
  return readBack(line, block, values);
}

async function readBack(line: RtuMaster, block: RegisterBlock, values: BlockValues): Promise<string | null> {
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
