/**
 * A small device at the far end of an in-memory line: registers, drive states, cycles, a dead-man. Written apart from
 * the firmware of the virtual rig, so that the supervisor is tested against the register map, not against our own copy.
 */
import type { BytePort, Clock } from '../../controller/protocol/byte-port.ts';
import { encodeException, encodeReply } from '../../controller/protocol/pdu-reply.ts';
import { decodeRequest } from '../../controller/protocol/pdu-request.ts';
import type { Request } from '../../controller/protocol/pdu.ts';
import {
  ACCELERATION,
  COMMAND,
  COMMAND_BLOCK,
  CYCLE_SUMMARY,
  HEARTBEAT,
  IDENTITY,
  INPUT_MIRROR,
  MAGIC,
  MANUAL,
  MAP_VERSION,
  RECIPE,
  STATUS,
  WATCHDOG,
  WAVEFORM_LATCH,
  WAVEFORM_PAGE,
  WAVEFORM_PAGES,
  WAVEFORM_PAGE_STRIDE,
  decodeBlock,
  encodeBlock,
  type BlockValues,
  type RegisterBlock,
} from '../../controller/protocol/register-map.ts';
import { wrapFrame } from '../../controller/protocol/rtu-framing.ts';
import { blockValues } from './observation.ts';

const DRIVE = { disabled: 0, enabled: 1, running: 2, unloading: 3, tripped: 4, manual: 5 };
const UNLOAD_MS = 120;
/** Start, 8 data, parity, stop. */
const BITS_PER_BYTE = 11;

export class FakeRig {
  readonly clock: Clock;
  readonly #deliver: (delayMs: number, action: () => void) => void;
  readonly input = new Uint16Array(4096);
  readonly holding = new Uint16Array(4096);
  /** Every request, in the order in which the device saw it. */
  readonly seen: { readonly atMs: number; readonly request: Request }[] = [];
  readonly identity: BlockValues = blockValues(IDENTITY, {
    magic: MAGIC,
    map_version: MAP_VERSION,
    device_kind: 1,
    cell_count: 10,
    waveform_bins: 128,
    firmware_version: 123,
    serial_number: 77,
  });
  /** Readings that do not follow from the drive. */
  readonly readings: Record<string, number> = {
    cold_inlet_C: 21,
    hot_inlet_C: 30,
    cold_outlet_C: 20,
    hot_outlet_C: 31,
    room_C: 28,
    outdoor_C: 31,
    cell_C: 25,
  };
  /** Overrides of what follows from the drive: a stuck sensor, a frozen clock. */
  readonly stuck: Record<string, number> = {};
  readonly summary: Record<string, number> = {
    period_ms: 286,
    cooling_power_W: 900,
    heating_power_W: 1400,
    mechanical_power_W: 480,
    loading_power_W: 2000,
    pump_power_W: 20,
    cell_min_C: 15,
    cell_mean_C: 25,
    cell_max_C: 35,
  };
  driveState = DRIVE.disabled;
  faultWord = 0;
  watchdogState = 0;
  /** Answers nothing while true. */
  isMute = false;
  /** Extra thinking time of the next replies, ms; used up one by one. */
  readonly delaysMs: number[] = [];
  /** Answers commands with exception 4. */
  refusesCommands = false;
  /** Takes the command register but does not act. */
  ignoresCommands = false;
  /** Breaks a reply's meaning: given the request, changes its words. */
  corrupt: ((request: Request, words: Uint16Array) => void) | null = null;
  baudRate = 921_600;

  /** When the last jog ends by itself. */
  #jogUntilMs = 0;
  #bootMs: number;
  #lastBeatMs = 0;
  #runningSinceMs = 0;
  #cyclesBefore = 0;
  /** Cycles completed when a recipe was staged. */
  #stagedAt = 0;
  #listeners: { data?: (chunk: Uint8Array) => void; close?: (reason: string) => void } = {};

  /** `deliver` brings bytes to the other end after a time. */
  constructor(clock: Clock, deliver: (delayMs: number, action: () => void) => void) {
    this.clock = clock;
    this.#deliver = deliver;
    this.#bootMs = clock.nowMs() - 1000;
    this.#put(this.holding, ACCELERATION, { acceleration: 1 });
    clock.after(10, () => this.#live());
  }

  open(): BytePort {
    let isOpen = true;
    const end = (reason: string): void => {
      if (!isOpen) return;
      isOpen = false;
      this.#listeners.close?.(reason);
    };
    this.unplug = end;
    return {
      name: 'memory',
      write: (bytes) => {
        if (isOpen) this.#receive(bytes.slice());
      },
      discardInput: () => {},
      onData: (listener) => {
        this.#listeners.data = (chunk) => {
          if (isOpen) listener(chunk);
        };
      },
      onClose: (listener) => {
        this.#listeners.close = listener;
      },
      close: () => end('closed by this program'),
    };
  }

  unplug: (reason: string) => void = () => {};

  /** Power lost for an instant: clock and limits are gone. */
  restart(): void {
    this.#bootMs = this.clock.nowMs();
    this.holding.fill(0);
    this.#put(this.holding, ACCELERATION, { acceleration: 1 });
    this.driveState = DRIVE.disabled;
    this.watchdogState = 0;
    this.#cyclesBefore = 0;
  }

  commands(): number[] {
    return this.writes(COMMAND_BLOCK.start).map(({ words }) => words[0] ?? -1);
  }

  writes(address: number): { readonly atMs: number; readonly words: number[] }[] {
    return this.seen.flatMap(({ atMs, request }) =>
      request.fc === 16 && request.address === address ? [{ atMs, words: Array.from(request.words) }] : [],
    );
  }

  block(block: RegisterBlock): BlockValues {
    return decodeBlock(block, this.holding.slice(block.start, block.start + block.length));
  }

  #put(table: Uint16Array, block: RegisterBlock, values: BlockValues, at = block.start): void {
    table.set(encodeBlock(block, values), at);
  }

  /** Requests that waited in the system's buffer arrive in one piece. */
  #receive(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length && !this.isMute; at += frameLength(bytes, at))
      this.#receiveFrame(bytes.slice(at, at + frameLength(bytes, at)));
  }

  #receiveFrame(frame: Uint8Array): void {
    const request = decodeRequest(frame.subarray(1, -2));
    if (typeof request === 'number') throw new Error(`the fake rig cannot read ${frame.join(' ')}`);
    this.seen.push({ atMs: this.clock.nowMs(), request });
    const reply = wrapFrame(frame[0] ?? 0, this.#answer(request));
    const lineMs = ((frame.length + reply.length) * BITS_PER_BYTE * 1000) / this.baudRate;
    const delayMs = 0.5 + lineMs + (this.delaysMs.shift() ?? 0);
    this.#deliver(delayMs, () => this.#listeners.data?.(reply));
  }

  #answer(request: Request): Uint8Array {
    this.#refresh();
    const { fc } = request;
    if (fc === 3 || fc === 4) {
      const table = fc === 3 ? this.holding : this.input;
      return this.#words(request, table.slice(request.address, request.address + request.count));
    }
    if (fc === 8) return encodeReply(request);
    if (fc === 16) {
      const isHardware = this.identity['device_kind'] !== 1;
      if (request.address === ACCELERATION.start && isHardware) return encodeException(16, 2);
      if (request.address === COMMAND_BLOCK.start && this.refusesCommands) return encodeException(16, 4);
      this.#write(request.address, Uint16Array.from(request.words));
      return encodeReply(request);
    }
    if (fc === 23) {
      this.#write(request.writeAddress, Uint16Array.from(request.words));
      this.#refresh();
      const at = request.readAddress - INPUT_MIRROR;
      return this.#words(request, this.input.slice(at, at + request.readCount));
    }
    return encodeException(fc, 1);
  }

  #words(request: Request, words: Uint16Array): Uint8Array {
    this.corrupt?.(request, words);
    return encodeReply(request, words);
  }

  #write(address: number, words: Uint16Array): void {
    this.holding.set(words, address);
    if (address === HEARTBEAT.start || address === WATCHDOG.start) this.#lastBeatMs = this.clock.nowMs();
    if (address === WATCHDOG.start) this.watchdogState = words[1] === 1 ? 1 : 0;
    if (address === COMMAND_BLOCK.start && !this.ignoresCommands) this.#command(words[0] ?? 0);
    if (address === RECIPE.start) this.#stagedAt = this.#cycles();
    if (address === WAVEFORM_LATCH.start) this.#latch();
    if (address === MANUAL.start) this.#jog();
  }

  #command(command: number): void {
    const moving = this.driveState === DRIVE.running;
    if (command === COMMAND.clearFaults) {
      this.faultWord = 0;
      if (this.watchdogState === 2) this.watchdogState = 1;
      if (this.driveState === DRIVE.tripped) this.driveState = DRIVE.disabled;
    }
    if (command === COMMAND.enable && this.driveState === DRIVE.disabled) this.driveState = DRIVE.enabled;
    if (command === COMMAND.run && this.driveState === DRIVE.enabled) {
      this.driveState = DRIVE.running;
      this.#runningSinceMs = this.clock.nowMs();
      this.#put(this.holding, RECIPE, { ...this.block(RECIPE), recipe_apply: 0 });
    }
    if (command === COMMAND.stop && moving) this.#unload(DRIVE.enabled);
    if (command === COMMAND.stop && this.driveState === DRIVE.manual) this.#unload(DRIVE.disabled);
    if (command === COMMAND.abort || command === COMMAND.disable) {
      this.#cyclesBefore = this.#cycles();
      this.driveState = DRIVE.disabled;
    }
  }

  #jog(): void {
    const { manual_stroke_mm_per_s, manual_flow_kg_per_s, manual_life_ms } = this.block(MANUAL);
    this.#jogUntilMs = this.clock.nowMs() + Number(manual_life_ms);
    const isMoving = manual_stroke_mm_per_s !== 0 || manual_flow_kg_per_s !== 0;
    if (isMoving && this.driveState === DRIVE.disabled) this.driveState = DRIVE.manual;
  }

  /** What manual mode moves at this moment. */
  jogging(): { readonly stroke: number; readonly flow: number } {
    const isAlive = this.driveState === DRIVE.manual && this.clock.nowMs() < this.#jogUntilMs;
    const { manual_stroke_mm_per_s, manual_flow_kg_per_s } = this.block(MANUAL);
    return {
      stroke: isAlive ? Number(manual_stroke_mm_per_s) : 0,
      flow: isAlive ? Number(manual_flow_kg_per_s) : 0,
    };
  }

  #unload(then: number): void {
    this.#cyclesBefore = this.#cycles();
    this.driveState = DRIVE.unloading;
    this.clock.after(UNLOAD_MS, () => {
      if (this.driveState === DRIVE.unloading) this.driveState = then;
    });
  }

  #cycles(): number {
    if (this.driveState !== DRIVE.running) return this.#cyclesBefore;
    return this.#cyclesBefore + Math.floor((this.clock.nowMs() - this.#runningSinceMs) / 286);
  }

  /** The dead-man of the device. */
  #live(): void {
    const timeoutMs = this.holding[WATCHDOG.start] ?? 0;
    if (this.watchdogState === 1 && this.clock.nowMs() - this.#lastBeatMs > timeoutMs) {
      this.watchdogState = 2;
      this.faultWord |= 1 << 4;
      if (this.driveState !== DRIVE.disabled) this.#unload(DRIVE.tripped);
    }
    this.clock.after(10, () => this.#live());
  }

  /** A staged recipe takes effect at a cycle start. */
  #applyRecipe(): void {
    if (this.driveState !== DRIVE.running || this.#cycles() === this.#stagedAt) return;
    this.#put(this.holding, RECIPE, { ...this.block(RECIPE), recipe_apply: 0 });
  }

  #refresh(): void {
    this.#applyRecipe();
    const moves = this.driveState === DRIVE.running || this.driveState === DRIVE.unloading;
    const acceleration = this.block(ACCELERATION)['acceleration'] ?? 1;
    const status = {
      device_clock_ms: (this.clock.nowMs() - this.#bootMs) * Number(acceleration),
      drive_state: this.driveState,
      fault_word: this.faultWord,
      watchdog_state: this.watchdogState,
      heartbeat_echo: this.holding[HEARTBEAT.start] ?? 0,
      acceleration: Number(acceleration),
      cycle_number: this.#cycles(),
      force_kN: moves ? 15 : 0.01,
      stress_MPa: moves ? 580 : 0.4,
      stroke_mm: moves ? 25 : 0.1,
      flow_kg_per_s: moves ? 0.2 : 0,
      pressure_bar: moves ? 0.1 : 0,
      ...this.readings,
      ...this.stuck,
    };
    this.#put(this.input, IDENTITY, this.identity);
    this.#put(this.input, STATUS, blockValues(STATUS, status));
    const summary = { ...this.summary, cycle_number: this.#cycles(), cycle_end_ms: status.device_clock_ms };
    this.#put(this.input, CYCLE_SUMMARY, blockValues(CYCLE_SUMMARY, summary));
  }

  #latch(): void {
    for (let page = 0; page < WAVEFORM_PAGES; page++) {
      const values = blockValues(WAVEFORM_PAGE, {
        cycle_number: this.#cycles(),
        period_us: 286_000,
        bins: page + 1,
      });
      this.#put(this.input, WAVEFORM_PAGE, values, WAVEFORM_PAGE.start + page * WAVEFORM_PAGE_STRIDE);
    }
  }
}

/** Of the requests that this device knows: those that write carry their byte count. */
function frameLength(bytes: Uint8Array, at: number): number {
  const fc = bytes[at + 1];
  if (fc === 16) return 9 + (bytes[at + 6] ?? 0);
  return fc === 23 ? 13 + (bytes[at + 10] ?? 0) : 8;
}
