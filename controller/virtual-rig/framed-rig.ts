/** The machine behind the framed contract: commands, parameters and blobs of the firmware, by the rig's dictionary. */
import type { Blob } from '../protocol/framed-blob.ts';
import type { Dictionary, Field } from '../protocol/framed-dictionary.ts';
import { decodeFields, encodeFields, type FieldValues, rawWithin } from '../protocol/framed-fields.ts';
import { ByteReader, ByteWriter } from '../protocol/framed-values.ts';
import { BLOB, STATUS_CODE } from '../protocol/framed-wire.ts';
import type { BlockValues } from '../protocol/register-map.ts';
import type { BlackBox } from './black-box.ts';
import { areLimitsAllowed, type DeviceLimits } from './device-limits.ts';
import type { Firmware } from './firmware.ts';
import type { FramedModel } from './framed-device.ts';
import { channelValues } from './framed-sampler.ts';
import type { Pace } from './pace.ts';
import type { RecipeValues } from './recipe-registers.ts';
import { type rigDictionary, MORE_COMMANDS } from './rig-dictionary.ts';

export interface FramedRigOptions {
  readonly firmware: Firmware;
  readonly pace: Pace;
  readonly blackBox: BlackBox;
  readonly known: ReturnType<typeof rigDictionary>;
  /** The device clock, s. */
  readonly nowS: () => number;
  /** Bit number of the fault that came first; 0xFF while there is none. */
  readonly firstFault: () => number;
}

export function framedRig(options: FramedRigOptions): FramedModel {
  const { firmware, known, nowS } = options;
  const { dictionary, text } = known;
  const knobs = parameterKnobs(options);
  return {
    dictionary,
    text,
    nowUs: () => Math.round(1e6 * nowS()),
    isSafe: (id) => dictionary.commands.some((command) => command.id === id && command.safe),
    command: (id, args) => obey(firmware, id, args),
    parameters: dictionary.parameters.map(({ type }) => type),
    readParameter: (index) => knobs[index].read(),
    writeParameter: (index, value) => (knobs[index].write(value) ? STATUS_CODE.ok : STATUS_CODE.badValue),
    heartbeat: (value) => firmware.watchdog.kick(value),
    status: () => statusBody(options),
    applyRecipe: (bytes) => applyRecipe(firmware, dictionary, bytes),
    latch: (blob) => latch(options, blob),
  };
}

/** Exception codes of the register map as status codes of the contract. */
const asStatus = (exception: number | null): number =>
  exception === null ? STATUS_CODE.ok : exception === 4 ? STATUS_CODE.notNow : STATUS_CODE.unknown;

function obey(firmware: Firmware, id: number, args: ByteReader): number {
  if (id === MORE_COMMANDS.armWatchdog) return armWatchdog(firmware, args.value('u16'));
  if (id === MORE_COMMANDS.jog) return jog(firmware, args);
  if (id !== MORE_COMMANDS.disarmWatchdog) return asStatus(firmware.obey(id));
  firmware.watchdog.arm(false);
  return STATUS_CODE.ok;
}

function armWatchdog({ watchdog }: Firmware, timeoutMs: number): number {
  if (!isTimeout(timeoutMs)) return STATUS_CODE.badValue;
  watchdog.timeoutMs = timeoutMs;
  watchdog.arm(true);
  return STATUS_CODE.ok;
}

/** Of a request that was cut short every comparison fails: what is NaN is not allowed. */
function jog(firmware: Firmware, args: ByteReader): number {
  const refused = firmware.jog({
    manual_stroke_mm_per_s: args.value('f32'),
    manual_flow_kg_per_s: args.value('f32'),
    manual_force_limit_kN: args.value('f32'),
    manual_life_ms: args.value('u16'),
  });
  return refused === 3 ? STATUS_CODE.badValue : asStatus(refused);
}

const isTimeout = (timeoutMs: number): boolean => timeoutMs >= 50 && timeoutMs <= 5000;

interface Knob {
  read(): number;
  /** False where the value is refused. */
  write(value: number): boolean;
}

/** By position in the dictionary. */
function parameterKnobs({ firmware, pace, known }: FramedRigOptions): Knob[] {
  return known.dictionary.parameters.map(({ name }) => {
    if (name === 'acceleration') return { read: () => pace.asked, write: (value) => pace.ask(value) };
    if (name === 'watchdog_timeout_ms') return watchdogKnob(firmware);
    if (name === 'pump_overrun_s') return overrunKnob(firmware);
    return limitKnob(firmware, name as keyof DeviceLimits);
  });
}

const watchdogKnob = ({ watchdog }: Firmware): Knob => ({
  read: () => watchdog.timeoutMs,
  write(value) {
    if (isTimeout(value)) watchdog.timeoutMs = value;
    return isTimeout(value);
  },
});

const overrunKnob = (firmware: Firmware): Knob => ({
  read: () => firmware.pumpOverrunS,
  write(value) {
    const isAllowed = value >= 0 && value <= 60;
    if (isAllowed) firmware.pumpOverrunS = value;
    return isAllowed;
  },
});

const limitKnob = (firmware: Firmware, name: keyof DeviceLimits): Knob => ({
  read: () => firmware.limits[name],
  write(value) {
    const limits = { ...firmware.limits, [name]: value };
    const isAllowed = areLimitsAllowed(limits);
    if (isAllowed) firmware.limits = limits;
    return isAllowed;
  },
});

function applyRecipe(firmware: Firmware, { recipe }: Dictionary, bytes: Uint8Array): number {
  const reader = new ByteReader(bytes);
  const values = decodeFields(recipe, reader);
  if (values === null || reader.left > 0) return STATUS_CODE.badValue;
  const refused = firmware.stageRecipe(values as unknown as RecipeValues, true);
  return refused === null ? STATUS_CODE.ok : STATUS_CODE.badValue;
}

function statusBody({ firmware, pace, known, firstFault }: FramedRigOptions): Uint8Array {
  const { watchdog, plant } = firmware;
  const writer = new ByteWriter()
    .value('u16', watchdog.heartbeat)
    .value('u8', firmware.driveState)
    .value('u8', watchdog.state)
    .value('u16', firmware.faultWord)
    .value('u8', firstFault())
    .value('u8', firmware.isRecipePending ? 1 : 0)
    .value('u32', firmware.cyclesCompleted)
    .u64(Math.round(1e6 * plant.readings.timeS));
  const values = channelValues(firmware, pace);
  // The status is made of the first channels, in their order.
  values.forEach((value, i) => {
    const field = known.dictionary.channels[i];
    writer.value(field.type, rawWithin(field, value));
  });
  return writer.done();
}

function latch({ firmware, blackBox, known }: FramedRigOptions, blob: number): Blob | null {
  const { dictionary } = known;
  const { lastCycle } = firmware;
  if (blob === BLOB.recipe)
    return encoded(dictionary.recipe, firmware.recipesTaken, { ...firmware.recipeInForce });
  if (blob === BLOB.blackBox) return blackBox.newest();
  if (lastCycle === null) return null;
  if (blob === BLOB.summary)
    return encoded(dictionary.summary, Number(lastCycle.summary['cycle_number']), lastCycle.summary);
  return blob === BLOB.waveform ? waveformBlob(lastCycle.waveform) : null;
}

/** Every value fits: the firmware made it. */
function encoded(fields: readonly Field[], number: number, values: BlockValues | FieldValues): Blob | null {
  const bytes = encodeFields(fields, values);
  return typeof bytes === 'string' ? null : { number, bytes };
}

function waveformBlob({
  cycleNumber,
  startMs,
  periodUs,
  counts,
}: NonNullable<Firmware['lastCycle']>['waveform']): Blob {
  const writer = new ByteWriter().u64(1000 * startMs).value('u32', periodUs);
  for (const count of counts) writer.value('i16', count);
  return { number: cycleNumber, bytes: writer.done() };
}
