/** A supervisor, a clock and a fake rig, put together. */
import { Supervisor } from '../../controller/control/supervisor.ts';
import { inShadow } from '../../controller/control/electronics/shadow.ts';
import { modbusBoard } from '../../controller/control/electronics/modbus-board.ts';
import type { BytePort } from '../../controller/protocol/byte-port.ts';
import type { Decision } from '../../controller/control/decide/decision.ts';
import { decodeFrame, type Frame } from '../../controller/wire/frame.ts';
import { CHANNELS, type GroupName } from '../../controller/wire/channels.ts';
import type { Command, State } from '../../controller/wire/messages.ts';
import { FakeRig } from './fake-rig.ts';
import { modbusOf, RIG_TEXT, readRig } from './observation.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';

export class Bench {
  readonly clock = new VirtualClock();
  readonly rig = new FakeRig(this.clock, (delayMs, action) => this.clock.input(delayMs, action));
  readonly frames: Frame[] = [];
  readonly told: string[] = [];
  readonly journal: Decision[] = [];
  isAttended: () => boolean = () => true;
  readonly states: State[] = [];
  readonly supervisor: Supervisor;
  /** What the next attempts to open the port come to. */
  open: () => Promise<BytePort | string> = () => Promise.resolve(this.rig.open());

  /** Said of a device that is not virtual. */
  proofsOverdue: string | null = null;
  /** What shadow would have written. */
  readonly suppressed: string[] = [];

  constructor(rigText = RIG_TEXT, isShadow = false) {
    const rig = readRig(rigText);
    const open = async () => {
      const port = await this.open();
      return typeof port === 'string' ? port : modbusBoard(port, this.clock, modbusOf(rig));
    };
    this.supervisor = new Supervisor({
      rig,
      clock: this.clock,
      isShadow,
      proofsOverdue: () => this.proofsOverdue,
      isAttended: () => this.isAttended(),
      open: isShadow ? inShadow(open, (what) => this.suppressed.push(what)) : open,
      frame: (_group, _sequence, bytes) => {
        const frame = decodeFrame(bytes);
        if (typeof frame === 'string') throw new Error(frame);
        this.frames.push(frame);
      },
      tell: (_severity, sentence) => this.told.push(sentence),
      journal: (decision) => this.journal.push(decision),
      changed: () => {
        const state = this.state();
        if (this.states.at(-1) !== state) this.states.push(state);
      },
    });
  }

  state(): State {
    return this.supervisor.state();
  }

  async connect(): Promise<void> {
    this.supervisor.start();
    await this.clock.advance(500);
  }

  command(command: Command) {
    return this.supervisor.command(command);
  }

  /** From nothing to EXECUTE, as a person does it. */
  async run(): Promise<void> {
    await this.connect();
    for (const command of ['CLEAR', 'RESET', 'START'] as const) {
      const reply = this.command(command);
      if (!reply.ok) throw new Error(reply.sentence);
      await this.clock.advance(300);
    }
    if (this.state() !== 'EXECUTE') throw new Error(`${this.state()}: ${this.told.join('\n')}`);
  }

  firstOut(): string | undefined {
    return this.faults().find((fault) => fault.firstOut)?.key;
  }

  faults() {
    return this.supervisor.stateMessage().faults;
  }

  rows(group: GroupName): Frame[] {
    return this.frames.filter((frame) => frame.group === group);
  }

  /** A value of a frame of one row. */
  value(frame: Frame | undefined, channel: string): number | undefined {
    if (frame === undefined) return undefined;
    const at = CHANNELS[frame.group].findIndex(({ name }) => name === channel);
    return frame.columns[at]?.[0];
  }

  /** Steps on until the state is reached; returns the time it took, ms. */
  async until(state: State, withinMs: number): Promise<number> {
    for (let ms = 0; ms <= withinMs; ms++) {
      if (this.state() === state) return ms;
      await this.clock.advance(1);
    }
    throw new Error(`${this.state()} after ${withinMs} ms, ${state} expected\n${this.told.join('\n')}`);
  }
}

/** A bench whose rig runs. */
export async function running(rigText = RIG_TEXT): Promise<Bench> {
  const bench = new Bench(rigText);
  await bench.run();
  return bench;
}
