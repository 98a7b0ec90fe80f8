/**
 * Plant, firmware and registers of a virtual rig, and the desk at which they are broken. Whoever owns the ports gives
 * each of them to `serve`, and takes care of pulling them.
 */
import { uniformSource } from '../../../sim/study/sampling/random.ts';
import type { BytePort, Clock } from '../../protocol/byte-port.ts';
import { orderProblem } from '../../protocol/faults/amount.ts';
import { faultNamed, isRigFault, type RigFault } from '../../protocol/faults/index.ts';
import { startRtuSlave } from '../../protocol/rtu-slave.ts';
import { Firmware, type FirmwareOptions } from '../firmware.ts';
import type { Pace } from '../pace.ts';
import { rigRegisters } from '../rig-registers.ts';
import { BLINDED, BREAKS } from './device-faults.ts';
import { FaultyBank } from './faulty-bank.ts';
import { FaultyLine } from './faulty-line.ts';
import { FaultyPlant } from './faulty-plant.ts';
import { SOUND } from './flaws.ts';
import { LINE_EFFECTS } from './line-faults.ts';
import { PLANT_HOOKS } from './plant-faults.ts';
import { SENSOR_HOOKS } from './sensor-faults.ts';

const SLAVE_ADDRESS = 1;
/** A request whose bytes pause for longer is given up, ms; longer than any hiccup of the host. */
const GAP_MS = 50;
/** The train counts as unloaded below this force, N, ... */
const UNLOADED_N = 300;
/** ... by its own truth. */
export interface Truth {
  readonly forceN: number;
  readonly stressMPa: number;
  readonly strokeMm: number;
  readonly isUnloaded: boolean;
  /** At more than half of the stroke it was ever given. */
  readonly isLoaded: boolean;
  readonly isEnabled: boolean;
}

export interface FaultyRigOptions extends Omit<FirmwareOptions, 'nowMs' | 'flaws'> {
  readonly clock: Clock;
  readonly pace: Pace;
  /** Of the garbage on the line. */
  readonly seed: number;
}

export class FaultyRig {
  readonly firmware: Firmware;
  readonly plant: FaultyPlant;
  readonly line: FaultyLine;
  /** Pulls the adapter for so long; whoever owns the ports gives it. */
  pull: (awayMs: number) => void = () => {};
  private readonly bank: FaultyBank;
  private readonly flaws = { ...SOUND };
  private readonly options: FaultyRigOptions;
  private readonly uniform: () => number;
  private readonly heals = new Map<string, () => void>();

  constructor(options: FaultyRigOptions) {
    const { clock, pace, plant, seed, ...rest } = options;
    this.options = options;
    this.uniform = uniformSource(seed);
    this.plant = new FaultyPlant(plant);
    this.line = new FaultyLine(clock);
    const nowMs = (): number => clock.nowMs();
    this.firmware = new Firmware({ ...rest, plant: this.plant, flaws: this.flaws, nowMs });
    this.bank = new FaultyBank(rigRegisters(this.firmware, pace));
  }

  /** Answers on this port from now on. */
  serve(port: BytePort): void {
    const options = { unit: SLAVE_ADDRESS, gapMs: GAP_MS };
    startRtuSlave(this.line.wrap(port), this.options.clock, this.bank, options);
  }

  /** Breaks something; one sentence where that cannot be done. Without `amount` the list's own is taken. */
  inject(name: string, amount?: number): string | null {
    const problem = orderProblem(name, amount);
    if (problem !== null || !isRigFault(name)) return problem;
    this.clear(name);
    this.heals.set(name, this.break(name, amount ?? faultNamed(name)?.parameter?.value ?? 0));
    return null;
  }

  clear(name: string): void {
    this.heals.get(name)?.();
    this.heals.delete(name);
  }

  clearAll(): void {
    for (const name of this.heals.keys()) this.clear(name);
  }

  active(): string[] {
    return [...this.heals.keys()];
  }

  truth(): Truth {
    const { forceN, stressPa, shorteningM } = this.plant.truth;
    return {
      forceN,
      stressMPa: stressPa / 1e6,
      strokeMm: 1000 * shorteningM,
      isLoaded: shorteningM > 0 && shorteningM > this.plant.fullStrokeM / 2,
      isUnloaded: Math.abs(forceN) < UNLOADED_N,
      isEnabled: this.firmware.isEnabled,
    };
  }

  private break(name: RigFault, value: number): () => void {
    if (name === 'unplug') return this.unplug(value);
    if (name === 'wrong-register') return this.answerWrong('isCrossed');
    if (name === 'stale-reply') return this.answerWrong('isStale');
    if (isOf(BREAKS, name)) return BREAKS[name](this.device(), value);
    if (isOf(LINE_EFFECTS, name)) {
      this.line.inject(name, LINE_EFFECTS[name](value, this.uniform));
      return () => this.line.clear(name);
    }
    this.plant.inject(name, isOf(PLANT_HOOKS, name) ? PLANT_HOOKS[name](value) : SENSOR_HOOKS[name](value));
    const see = name.endsWith('-unseen') ? BLINDED(this.device(), value) : () => {};
    return () => {
      this.plant.clear(name);
      see();
    };
  }

  private device() {
    return { firmware: this.firmware, plant: this.plant, flaws: this.flaws, line: this.line };
  }

  private unplug(awayMs: number): () => void {
    this.pull(awayMs);
    return () => {};
  }

  private answerWrong(how: 'isCrossed' | 'isStale'): () => void {
    this.bank[how] = true;
    return () => {
      this.bank[how] = false;
    };
  }
}

const isOf = <T extends object>(table: T, name: PropertyKey): name is keyof T => Object.hasOwn(table, name);
