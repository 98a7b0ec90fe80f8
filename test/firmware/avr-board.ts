/**
 * An ATmega328P at 16 MHz with a program in it, its USART wired to a byte port, its cycles the clock: avr8js executes
 * the instructions, so time is exact and the same every run.
 */
import { readFileSync } from 'node:fs';
import { AVRTimer, AVRUSART, avrInstruction, CPU, timer1Config, usart0Config } from 'avr8js';
import type { BytePort, Clock } from '../../controller/protocol/byte-port.ts';

const HERTZ = 16_000_000;
const CYCLES_PER_MS = HERTZ / 1000;
const FLASH_WORDS = 0x4000;
const RAM_BYTES = 2048;
/** What the pins are looked at in, cycles: a byte at 250,000 Bd takes 640. */
const SLICE = 320;
const RECEIVER_ON = 0x10;

const attachTimer = (cpu: CPU): AVRTimer => new AVRTimer(cpu, timer1Config);

/**
 * avr8js 0.21 forgets a received byte whose interrupt still waits when UCSR0B is written, which the chip does not
 * (ATmega328P datasheet, UCSR0B: only switching the receiver off empties it): told that the receiver was off it leaves it.
 */
function keepReceived(cpu: CPU): void {
  const control = usart0Config.UCSRB;
  const write = cpu.writeHooks[control];
  cpu.writeHooks[control] = (value, before, address, mask) =>
    write?.(value, before & ~RECEIVER_ON, address, mask);
}

/** The program of an Intel hex file. */
function readHex(path: string): Uint16Array {
  const words = new Uint16Array(FLASH_WORDS);
  const bytes = new Uint8Array(words.buffer);
  for (const line of readFileSync(path, 'latin1').split(/\r?\n/)) {
    const data = Buffer.from(line.slice(1), 'hex');
    if (data[3] !== 0) continue;
    bytes.set(data.subarray(4, 4 + (data[0] ?? 0)), data.readUInt16BE(1));
  }
  return words;
}

interface Appointment {
  readonly atMs: number;
  readonly action: () => void;
}

export class AvrBoard implements Clock {
  /** Deepest that the stack was seen, counted from the start of RAM, bytes. */
  private lowestStack = RAM_BYTES;
  private readonly cpu: CPU;
  private readonly usart: AVRUSART;
  private readonly appointments: Appointment[] = [];
  private readonly toDevice: number[] = [];
  private fromDevice: number[] = [];
  private listener: (chunk: Uint8Array) => void = () => {};
  private onPortClosed: (reason: string) => void = () => {};

  constructor(hexPath: string) {
    this.cpu = new CPU(readHex(hexPath), RAM_BYTES);
    this.usart = new AVRUSART(this.cpu, usart0Config, HERTZ);
    attachTimer(this.cpu);
    keepReceived(this.cpu);
    this.usart.onByteTransmit = (byte) => this.fromDevice.push(byte);
  }

  nowMs(): number {
    return this.cpu.cycles / CYCLES_PER_MS;
  }

  after(delayMs: number, action: () => void): () => void {
    const appointment = { atMs: this.nowMs() + delayMs, action };
    this.appointments.push(appointment);
    return () => {
      const at = this.appointments.indexOf(appointment);
      if (at >= 0) this.appointments.splice(at, 1);
    };
  }

  /** The serial line; a new one takes the place of the one before. */
  open(): BytePort {
    this.onPortClosed('another took the line.');
    let isOpen = true;
    this.toDevice.length = 0;
    this.fromDevice.length = 0;
    const close = (reason: string): void => {
      if (!isOpen) return;
      isOpen = false;
      this.listener = () => {};
      this.onPortClosed = () => {};
      onClose(reason);
    };
    let onClose: (reason: string) => void = () => {};
    this.onPortClosed = close;
    return {
      name: 'ATmega328P',
      write: (bytes) => {
        if (isOpen) this.toDevice.push(...bytes);
      },
      discardInput: () => {},
      onData: (listener) => {
        this.listener = listener;
      },
      onClose: (listener) => {
        onClose = listener;
      },
      close: () => close('closed by this program.'),
    };
  }

  /** Presses the reset button. RAM keeps what it holds, as on the chip. */
  reset(): void {
    this.cpu.reset();
    this.usart.reset();
  }

  /** Bytes from the start of RAM that the stack was never seen in; variables must fit there. */
  get freeOfStack(): number {
    return this.lowestStack;
  }

  /** Executes until this settles. */
  async run<T>(promise: Promise<T>): Promise<T> {
    let isDone = false;
    const note = (): void => {
      isDone = true;
    };
    promise.then(note, note);
    await settled();
    while (!isDone) if (this.slice()) await settled();
    return promise;
  }

  async sleepMs(ms: number): Promise<void> {
    const untilMs = this.nowMs() + ms;
    while (this.nowMs() < untilMs) if (this.slice()) await settled();
  }

  /** True where something was heard or fell due. */
  private slice(): boolean {
    const { cpu } = this;
    const until = cpu.cycles + SLICE;
    while (cpu.cycles < until) {
      avrInstruction(cpu);
      cpu.tick();
    }
    this.lowestStack = Math.min(this.lowestStack, cpu.SP - 0x100);
    const isHeard = this.wire();
    const nowMs = this.nowMs();
    const due = this.appointments.filter(({ atMs }) => atMs <= nowMs);
    for (const appointment of due) {
      const at = this.appointments.indexOf(appointment);
      if (at < 0) continue;
      this.appointments.splice(at, 1);
      appointment.action();
    }
    return isHeard || due.length > 0;
  }

  private wire(): boolean {
    const [next] = this.toDevice;
    if (next !== undefined && this.usart.rxEnable && !this.usart.rxBusy && this.usart.writeByte(next))
      this.toDevice.shift();
    if (this.fromDevice.length === 0) return false;
    const chunk = Uint8Array.from(this.fromDevice);
    this.fromDevice = [];
    this.listener(chunk);
    return true;
  }
}

async function settled(): Promise<void> {
  for (let i = 0; i < 6; i++) await Promise.resolve();
}
