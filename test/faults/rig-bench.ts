/**
 * The whole house in memory, under one virtual clock: supervisor, line, firmware, physics. What is fake is time and the
 * wire; everything that decides is what runs in the real processes.
 */
import type { Decision } from '../../controller/control/decide/decision.ts';
import { modbusOf } from '../control/observation.ts';
import { modbusBoard } from '../../controller/control/electronics/modbus-board.ts';
import { type RigFile, parseRigFile } from '../../controller/control/rig-file.ts';
import { Supervisor } from '../../controller/control/supervisor.ts';
import type { BytePort, Clock } from '../../controller/protocol/byte-port.ts';
import { FaultyRig } from '../../controller/virtual-rig/faults/faulty-rig.ts';
import { Pace } from '../../controller/virtual-rig/pace.ts';
import { pacedPort } from '../../controller/virtual-rig/paced-port.ts';
import type { Command, State } from '../../controller/wire/messages.ts';
import { buildStrokeSchedule, createHousePlant, houseRecipe } from '../../sim/index.ts';
import type { VirtualClock } from '../../controller/league/virtual-clock.ts';
import { kilowattPreset } from '../sim/kilowatt.ts';

/** How long bytes take from end to end besides their own length, ms. */
const WIRE_MS = 0.3;
/** The firmware looks at its program this often, ms, as the real process does. */
const LOOP_MS = 4;
const BAUD_RATE = 921_600;

export interface Physics {
  /** Simulated seconds a second. */
  readonly acceleration?: number;
  /** Parameters of the preset. */
  readonly changes?: Readonly<Record<string, string>>;
}

interface Listeners {
  host: (bytes: Uint8Array) => void;
  rig: (bytes: Uint8Array) => void;
  closed: (reason: string) => void;
}

export class RigBench {
  readonly clock: VirtualClock;
  /** The controller's own view of the clock: it can be held up, and the rig is not. */
  readonly host: HostClock;
  readonly rig: FaultyRig;
  readonly rigFile: RigFile;
  readonly told: string[] = [];
  readonly states: State[] = [];
  /** What saw every decision. */
  onDecision: (decision: Decision) => void = () => {};
  /** After every step of the machine. */
  onStep: () => void = () => {};
  supervisor: Supervisor;
  readonly #pace: Pace;
  #isPlugged = true;
  #unplug: (reason: string) => void = () => {};

  constructor(clock: VirtualClock, seed: number, rigText: string, physics: Physics = {}) {
    this.clock = clock;
    this.host = new HostClock(clock);
    const rigFile = parseRigFile(rigText);
    if (typeof rigFile === 'string') throw new Error(rigFile);
    this.rigFile = rigFile;
    const preset = kilowattPreset(physics.changes);
    this.#pace = new Pace(physics.acceleration ?? 1, clock.nowMs());
    this.rig = new FaultyRig({
      plant: createHousePlant(preset),
      buildSchedule: (recipe) => buildStrokeSchedule(preset.device, recipe),
      recipe: houseRecipe(preset.device),
      clock,
      pace: this.#pace,
      seed,
    });
    this.rig.pull = (awayMs) => this.#pull(awayMs);
    this.supervisor = this.#control();
    this.#runDevice();
  }

  state(): State {
    return this.supervisor.state();
  }

  faults() {
    return this.supervisor.stateMessage().faults;
  }

  /** From nothing to EXECUTE, as a person does it. */
  async run(): Promise<void> {
    this.supervisor.start();
    await this.clock.advance(300);
    for (const command of ['CLEAR', 'RESET', 'START'] as const) {
      const reply = this.supervisor.command(command);
      if (!reply.ok) throw new Error(reply.sentence);
      await this.clock.advance(300);
    }
    if (this.state() !== 'EXECUTE') throw new Error(`${this.state()}: ${this.told.join('\n')}`);
  }

  command(command: Command) {
    return this.supervisor.command(command);
  }

  /** The control process is gone without a word: it opens nothing any more. */
  killController(): void {
    this.#unplug('the process was killed');
    this.#isPlugged = false;
  }

  /** Another one takes its place. */
  restartController(): void {
    this.#isPlugged = true;
    this.supervisor = this.#control();
    this.states.push(this.supervisor.state());
    this.supervisor.start();
  }

  #control(): Supervisor {
    const { host, rigFile } = this;
    const mine: Supervisor = new Supervisor({
      rig: rigFile,
      clock: host,
      isAttended: () => true,
      isShadow: false,
      proofsOverdue: () => null,
      open: async () => {
        if (!this.#isPlugged || this.supervisor !== mine) return 'there is no such device.';
        return modbusBoard(this.#open(), host, modbusOf(rigFile));
      },
      frame: () => {},
      tell: (_severity, sentence) => {
        if (this.supervisor === mine) this.told.push(sentence);
      },
      journal: (decision) => {
        if (this.supervisor === mine) this.onDecision(decision);
      },
      changed: () => {
        if (this.supervisor === mine && this.states.at(-1) !== mine.state()) this.states.push(mine.state());
      },
    });
    return mine;
  }

  #runDevice(): void {
    const { firmware } = this.rig;
    firmware.superviseHost();
    this.#pace.accrue(this.clock.nowMs());
    while (this.#pace.owedS > 0) {
      this.#pace.pay(firmware.step());
      this.onStep();
    }
    this.clock.input(LOOP_MS, () => this.#runDevice());
  }

  #pull(awayMs: number): void {
    this.#isPlugged = false;
    this.#unplug('the adapter was pulled');
    this.clock.input(awayMs, () => {
      this.#isPlugged = true;
    });
  }

  /** A line in memory: the host's end, with the rig at the other. */
  #open(): BytePort {
    let isOpen = true;
    const listeners: Listeners = { host: nobody, rig: nobody, closed: nobody };
    const end = (reason: string): void => {
      if (!isOpen) return;
      isOpen = false;
      listeners.closed(reason);
    };
    const carry = (to: 'host' | 'rig', bytes: Uint8Array): void =>
      this.clock.input(WIRE_MS, () => {
        if (!isOpen) return;
        if (to === 'host') this.host.input(() => listeners.host(bytes));
        else listeners.rig(bytes);
      });
    this.#unplug = end;
    const far: BytePort = {
      name: 'rig',
      write: (bytes) => carry('host', bytes),
      discardInput: () => {},
      onData: (listener) => (listeners.rig = listener),
      onClose: () => {},
      close: () => {},
    };
    this.rig.serve(pacedPort(far, this.clock, BAUD_RATE));
    return {
      name: 'memory',
      write: (bytes) => carry('rig', bytes.slice()),
      discardInput: () => {},
      onData: (listener) => (listeners.host = listener),
      onClose: (listener) => (listeners.closed = listener),
      close: () => end('closed by this program'),
    };
  }
}

const nobody = (): void => {};

/** Time as one process sees it: while that process is held up, what falls due for it waits, timers before input. */
class HostClock implements Clock {
  readonly #clock: VirtualClock;
  #isStalled = false;
  #timers: (() => void)[] = [];
  #inputs: (() => void)[] = [];

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  nowMs(): number {
    return this.#clock.nowMs();
  }

  after(delayMs: number, action: () => void): () => void {
    let isOver = false;
    const cancel = this.#clock.after(delayMs, () => {
      if (!this.#isStalled) action();
      else this.#timers.push(() => isOver || action());
    });
    return () => {
      isOver = true;
      cancel();
    };
  }

  /** Bytes that have come. */
  input(action: () => void): void {
    if (this.#isStalled) this.#inputs.push(action);
    else action();
  }

  stall(ms: number): void {
    this.#isStalled = true;
    this.#clock.input(ms, () => {
      this.#isStalled = false;
      for (const action of [...this.#timers.splice(0), ...this.#inputs.splice(0)])
        this.#clock.after(0, action);
    });
  }
}
