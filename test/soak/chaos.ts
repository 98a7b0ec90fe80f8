/** One trial of the chaos soak: what is drawn follows from seed and number alone. */
import { createHash } from 'node:crypto';
import { trialRigText } from '../../controller/command/faults/trial-rig-file.ts';
import { encodeDecision } from '../../controller/control/decide/journal.ts';
import { RIG_FAULTS } from '../../controller/protocol/faults/index.ts';
import { Command } from '../../controller/wire/messages.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';
import { RigBench } from '../faults/rig-bench.ts';
import { Random } from '../protocol/random.ts';
import { Invariants } from './invariants.ts';

/** Simulated length of the chaos, ms, and of one look. */
const CHAOS_MS = 12_000;
const LOOK_MS = 5;
/** Mean time between two things that happen, ms. */
const BETWEEN_MS = 600;
/** Most faults at a time. */
const MOST_FAULTS = 3;
/** After the last fault is mended, STOP must lead to rest within this time, ms. */
const REST_MS = 12_000;
const RESTART_MS = 700;

export interface ChaosResult {
  readonly trial: number;
  /** What did not hold, and when; null where all held. */
  readonly problem: string | null;
  /** What was drawn, in words. */
  readonly script: readonly string[];
  /** Of every decision and of the truth: equal traces have equal hashes. */
  readonly hash: string;
  readonly readings: number;
  readonly transitions: number;
  readonly lostLinkMs: readonly number[];
  readonly simulatedS: number;
}

export async function runChaos(seed: number, trial: number): Promise<ChaosResult> {
  const chaos = new Chaos(seed, trial);
  await chaos.run();
  return chaos.result();
}

class Chaos {
  readonly #trial: number;
  readonly #random: Random;
  readonly #bench: RigBench;
  readonly #invariants: Invariants;
  readonly #hash = createHash('sha256');
  readonly #script: string[] = [];
  readonly #startMs: number;
  #problem: string | null = null;
  #stalledUntilMs = 0;
  #nextMs: number;

  constructor(seed: number, trial: number) {
    this.#trial = trial;
    this.#random = new Random(seed * 1_000_003 + trial);
    this.#bench = new RigBench(new VirtualClock(), seed + trial, trialRigText());
    this.#invariants = new Invariants(this.#bench);
    const hear = this.#bench.onDecision;
    this.#bench.onDecision = (decision) => {
      hear(decision);
      this.#hash.update(encodeDecision(decision));
    };
    this.#startMs = this.#nextMs = this.#bench.clock.nowMs();
  }

  async run(): Promise<void> {
    await this.#bench.run();
    this.#nextMs = this.#bench.clock.nowMs();
    await this.#watch(CHAOS_MS, () => false, true);
    if (this.#problem === null) await this.#comeToRest();
    this.#problem ??= this.#invariants.replay();
  }

  result(): ChaosResult {
    const { readings, transitions, lostLinkMs } = this.#invariants;
    return {
      trial: this.#trial,
      problem: this.#problem,
      script: this.#script,
      hash: this.#hash.digest('hex').slice(0, 16),
      readings,
      transitions,
      lostLinkMs,
      simulatedS: (this.#bench.clock.nowMs() - this.#startMs) / 1000,
    };
  }

  /** Whatever has happened: once nothing is broken any more, STOP leads to rest. */
  async #comeToRest(): Promise<void> {
    const { rig } = this.#bench;
    rig.clearAll();
    this.#say('everything is mended, STOP');
    this.#bench.command('STOP');
    const isAtRest = (): boolean => rig.truth().isUnloaded && !rig.truth().isEnabled;
    await this.#watch(REST_MS, isAtRest, false);
    if (this.#problem === null && !isAtRest())
      this.#problem = `no rest ${REST_MS} ms after STOP, in ${this.#bench.state()}`;
  }

  async #watch(ms: number, isDone: () => boolean, isChaos: boolean): Promise<void> {
    const { clock, rig } = this.#bench;
    const untilMs = clock.nowMs() + ms;
    while (clock.nowMs() < untilMs && this.#problem === null && !isDone()) {
      if (isChaos && clock.nowMs() >= this.#nextMs) await this.#happen();
      await clock.advance(LOOK_MS);
      const problem = this.#invariants.check(clock.nowMs() < this.#stalledUntilMs);
      if (problem !== null) this.#problem = `at ${Math.round(clock.nowMs() - this.#startMs)} ms: ${problem}`;
      this.#hash.update(`${rig.truth().forceN} ${this.#bench.state()}`);
    }
  }

  async #happen(): Promise<void> {
    this.#nextMs = this.#bench.clock.nowMs() + this.#random.between(0, 2 * BETWEEN_MS);
    const dice = this.#random.unit();
    if (dice < 0.35) this.#inject();
    else if (dice < 0.55) this.#mend();
    else if (dice < 0.92) this.#ask();
    else if (dice < 0.97) this.#stall();
    else await this.#replaceController();
  }

  #inject(): void {
    const { rig } = this.#bench;
    if (rig.active().length >= MOST_FAULTS) return;
    const fault = RIG_FAULTS[this.#random.whole(0, RIG_FAULTS.length - 1)];
    if (fault === undefined) return;
    const { name, parameter } = fault;
    const amount = parameter === null ? undefined : this.#random.between(parameter.low, parameter.high);
    this.#say(`${name}${amount === undefined ? '' : ` = ${amount.toPrecision(4)}`}`);
    rig.inject(name, amount);
  }

  #mend(): void {
    const active = this.#bench.rig.active();
    const name = active[this.#random.whole(0, Math.max(0, active.length - 1))];
    if (name === undefined) return;
    this.#say(`${name} is mended`);
    this.#bench.rig.clear(name);
  }

  /** Mostly what leads on, so that the machine is seen to run again. */
  #ask(): void {
    const onward = {
      ABORTED: 'CLEAR',
      STOPPED: 'RESET',
      IDLE: 'START',
      HELD: 'UNHOLD',
      COMPLETE: 'RESET',
    } as const;
    const state = this.#bench.state();
    const wish =
      Object.hasOwn(onward, state) && this.#random.chance(0.8) ? onward[state as keyof typeof onward] : null;
    const command = wish ?? Command.options[this.#random.whole(0, Command.options.length - 1)] ?? 'STOP';
    this.#say(`${command}: ${this.#bench.command(command).ok ? 'taken' : 'refused'}`);
  }

  #stall(): void {
    const ms = this.#random.between(30, 600);
    this.#say(`the controller is held up for ${Math.round(ms)} ms`);
    this.#stalledUntilMs = this.#bench.clock.nowMs() + ms + LOOK_MS;
    this.#invariants.stalledUntilMs = this.#stalledUntilMs;
    this.#bench.host.stall(ms);
  }

  async #replaceController(): Promise<void> {
    this.#say('the controller is killed, another one starts');
    this.#bench.killController();
    await this.#bench.clock.advance(RESTART_MS);
    this.#bench.restartController();
    this.#invariants.restarted();
  }

  #say(what: string): void {
    this.#script.push(
      `${Math.round(this.#bench.clock.nowMs() - this.#startMs)} ms ${this.#bench.state()}: ${what}`,
    );
  }
}
