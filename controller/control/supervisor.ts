/**
 * The 50 Hz loop: read → update → write. A tick sends the heartbeat and asks for STATUS in one exchange; the reply, or
 * its absence, passes the interlocks, then its proofs pass the state machine, then the thermostat. Time comes from the
 * injected clock; the plant is bytes on a port.
 */
import type { Clock } from '../protocol/byte-port.ts';
import { COMMAND } from '../protocol/register-map.ts';
import type { Fault, State, StateMessage } from '../wire/messages.ts';
import type { Electronics, OpenElectronics } from './electronics/electronics.ts';
import { createCommander } from './line/commander.ts';
import { createCycleReader, type CycleReader } from './line/cycle-reader.ts';
import { createDesk, type Desk } from './operate/desk.ts';
import { createDeviceView } from './line/device-view.ts';
import { createHeart, type Beat } from './line/heart.ts';
import { createInterlockBank } from './safety/interlock-bank.ts';
import type { Observation } from './safety/interlock.ts';
import { createLateness, latenessSentence, type LatenessSummary } from './report/lateness.ts';
import { INTERLOCKS } from './safety/limits.ts';
import { createLink } from './line/link.ts';
import { createMachine } from './state/machine.ts';
import { proofsOf } from './state/proofs.ts';
import type { CycleSummary, Status } from './line/readings.ts';
import { stateMessage } from './report/state-report.ts';
import type { RigFile } from './rig-file.ts';
import { createRegulator } from './regulate/regulator.ts';
import { createSetup } from './line/setup.ts';
import { waitForRest } from './operate/shut-down.ts';
import type { Action } from './state/state-machine.ts';
import { createTelemetry, type FrameSink } from './report/telemetry.ts';
import type { Tell } from './tell.ts';
import { startTicker } from './ticker.ts';

export const TICK_MS = 20;
/** A line that has been silent for this long is closed and opened again. */
const REOPEN_MS = 1000;
const LATENESS_REPORT_MS = 300_000;

export interface SupervisorOptions {
  readonly rig: RigFile;
  readonly clock: Clock;
  readonly open: OpenElectronics;
  readonly frame: FrameSink;
  readonly tell: Tell;
  /** Something in the state message changed. */
  readonly changed: () => void;
}

const EVENT_OF = { hold: 'HOLD', stop: 'STOP', abort: 'ABORT' } as const;
/** Where an action has already been answered; CLEARING is how a person gets out of it. */
const ANSWERED: Record<'hold' | 'stop' | 'abort', readonly State[]> = {
  hold: [],
  stop: ['STOPPED', 'STOPPING', 'ABORTED', 'ABORTING', 'CLEARING'],
  abort: ['ABORTED', 'ABORTING', 'CLEARING'],
};

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #bank = createInterlockBank(INTERLOCKS);
  readonly #view = createDeviceView();
  readonly #lateness = createLateness();
  readonly #telemetry;
  readonly #machine;
  readonly #link;
  readonly #commander;
  readonly #heart;
  readonly desk: Desk;
  readonly #setup;
  readonly #regulator;
  #stopTicker = (): void => {};
  #reader: CycleReader | null = null;
  #overrunsAtMs: number[] = [];
  /** How late the tick of this moment came; 0 between ticks. */
  #lateMs = 0;
  #summary: CycleSummary | null = null;
  #firstCycle = 0;
  #reportedMs: number;

  constructor(options: SupervisorOptions) {
    const { rig, clock, open, tell, frame } = options;
    this.#options = options;
    this.#regulator = createRegulator(rig);
    this.#reportedMs = clock.nowMs();
    this.#telemetry = createTelemetry(frame);
    this.#setup = createSetup(rig, tell);
    this.#heart = createHeart(clock, {
      reply: (line, beat) => this.#read(line, beat),
      closed: (line, sentence) => {
        if (this.#link.line() === line) this.#link.drop(sentence);
      },
    });
    this.#commander = createCommander(() => this.#link.line());
    this.#machine = createMachine(clock, {
      perform: (action) => this.#perform(action),
      entered: (state, previous, cause) => this.#entered(state, previous, cause),
    });
    this.#link = createLink({ rig, clock, open, tell, onIdentified: (line) => this.#beginReading(line) });
    this.desk = createDesk(this.#machine, this.#link, this.#bank);
  }

  start(): void {
    const { clock } = this.#options;
    this.#stopTicker = startTicker(clock, TICK_MS, this.#lateness, (lateMs) => this.#tick(lateMs));
    this.#link.start();
  }

  state(): State {
    return this.#machine.state();
  }

  isVirtual(): boolean {
    return this.#link.identity()?.isVirtual ?? false;
  }

  isLinkUp(): boolean {
    return this.#link.state() === 'up';
  }

  lateness(): LatenessSummary {
    return this.#lateness.summary();
  }

  stateMessage(): StateMessage {
    return stateMessage({
      state: this.#machine.state(),
      faults: this.#bank.faults(),
      link: this.#link.state(),
      view: this.#view,
      nowMs: this.#options.clock.nowMs(),
      rig: this.#options.rig,
      setpointC: this.#regulator.setpointC(),
    });
  }

  setSetpoint(valueC: number): void {
    this.#regulator.setSetpoint(valueC);
    this.#options.changed();
  }

  /** STOP, the proof of rest or at most a second of waiting for it, then the line is closed. */
  async shutDown(): Promise<string> {
    const { clock, rig } = this.#options;
    this.#machine.apply('STOP', 'The program ends.');
    const line = () => this.#link.line();
    const sentence = await waitForRest({ rig, clock, line, isAtRest: () => this.#isAtRest() });
    this.#stopTicker();
    this.#link.close();
    return sentence;
  }

  /** Last resort of a program that fails: ABORT goes out with whatever still works. */
  emergency(reason: string): void {
    this.#machine.apply('ABORT', reason);
  }

  #isAtRest(): boolean {
    const status = this.#view.status();
    if (status === null || this.#commander.isPending()) return false;
    return this.#proofs(status).includes('atRest');
  }

  #beginReading(line: Electronics): void {
    const { clock, tell } = this.#options;
    this.#view.reset(clock.nowMs());
    this.#reader = createCycleReader(line, {
      summary: (summary) => this.#takeSummary(summary),
      waveform: (waveform) => this.#telemetry.waveform(waveform),
      dropped: (sentence) => tell('info', `A waveform was dropped: ${sentence}`),
    });
  }

  #tick(lateMs: number): void {
    this.#commander.retry();
    this.#beat(lateMs);
    // After the input that is already there: a loop that was held up must not take its own delay for the device's.
    this.#options.clock.after(0, () => {
      if (this.#link.line() === null) this.#view.forget();
      this.#lateMs = lateMs;
      this.#protect();
      this.#lateMs = 0;
      this.#dropSilentLine();
    });
    this.#report();
  }

  #dropSilentLine(): void {
    const ageMs = this.#view.replyAgeMs(this.#options.clock.nowMs());
    if (ageMs !== null && ageMs > REOPEN_MS) this.#link.drop('the device has been silent for a second.');
  }

  #beat(lateMs: number): void {
    const line = this.#link.line();
    const nowMs = this.#options.clock.nowMs();
    this.#overrunsAtMs = this.#overrunsAtMs.filter((atMs) => atMs > nowMs - 1000);
    const isBeating = line === null || this.#heart.beat(line);
    if (!isBeating) this.#lateness.skip(1);
    if (!isBeating || lateMs > TICK_MS) this.#overrunsAtMs.push(nowMs);
  }

  #read(line: Electronics, { status, heartbeat, ageMs, roundTripMs }: Beat): void {
    if (this.#link.line() !== line) return;
    this.#view.take(status, heartbeat, this.#options.clock.nowMs());
    this.#telemetry.tick(status, this.#regulator.setpointC(), ageMs, roundTripMs);
    this.#reader?.offer(status.cycle_number);
    this.#protect();
    this.#advance(status);
  }

  /** Interlocks, overdue proofs and the longest hold; runs with and without a reply. */
  #protect(): void {
    const before = this.#machine.state();
    for (const fault of this.#bank.evaluate(this.#observe())) this.#raise(fault);
    const worst = this.#bank.worstPresent();
    if (
      worst !== null &&
      worst.action !== 'warn' &&
      !ANSWERED[worst.action].includes(this.#machine.state())
    ) {
      this.#machine.apply(EVENT_OF[worst.action], worst.sentence);
    }
    const state = this.#machine.state();
    const overdue = this.#machine.overdue(this.#periodMs());
    if (overdue !== null && state === before) this.#machine.apply('timeout', overdue);
    const { holdLimitS } = this.#options.rig;
    if (state === 'HELD' && this.#machine.ageMs() > holdLimitS * 1000) {
      this.#machine.apply('STOP', `The hold lasted longer than ${holdLimitS} s.`);
    }
  }

  #raise(fault: Fault): void {
    const { tell, changed } = this.#options;
    tell(fault.action === 'warn' ? 'warning' : 'alarm', fault.sentence);
    if (fault.key === 'lost_link') this.#telemetry.gap(this.#view.deviceS());
    if (fault.action !== 'warn') this.#machine.apply(EVENT_OF[fault.action], fault.sentence);
    changed();
  }

  /** What this reading proves moves the machine on, one step a reading; then the thermostat has its say. */
  #advance(status: Status): void {
    for (const proof of this.#proofs(status)) {
      if (this.#commander.isPending()) return;
      if (this.#machine.apply(proof, 'the device proved it.')) return;
    }
    const wish = this.#regulator.decide(this.#machine.state(), status.room_C, this.#view.deviceS());
    if (wish === null) return;
    const setpointC = this.#regulator.setpointC().toFixed(1);
    this.#machine.apply(wish, `the house is at ${status.room_C.toFixed(1)} °C, set-point ${setpointC} °C.`);
  }

  #proofs(status: Status) {
    return proofsOf(status, {
      unloadedForceKN: this.#options.rig.plausibility.unloaded_force_kN,
      nothingPresent: this.#bank.worstPresent() === null,
      prepared: this.#setup.isPrepared(),
    });
  }

  #observe(): Observation {
    const nowMs = this.#options.clock.nowMs();
    const status = this.#view.status();
    return {
      nowMs,
      deviceS: this.#view.deviceS(),
      state: this.#machine.state(),
      rig: this.#options.rig,
      linkLost: this.#link.lostReason(),
      restarted: this.#view.hasRestarted(),
      replyAgeMs: this.#view.replyAgeMs(nowMs),
      clockAgeMs: this.#view.clockAgeMs(nowMs),
      status,
      summary: this.#summary,
      cyclesRun: status === null ? 0 : status.cycle_number - this.#firstCycle,
      watchdogVerified: this.#view.isWatchdogVerified(),
      preparationProblem: this.#setup.problem(),
      overdue: this.#machine.overdue(this.#periodMs()),
      lateMs: this.#lateMs,
      overruns: this.#overrunsAtMs.length,
    };
  }

  /** One cycle on the host's clock, ms. */
  #periodMs(): number {
    const acceleration = Math.max(1, this.#view.status()?.acceleration ?? 1);
    return 1000 / this.#options.rig.recipe.frequency_Hz / acceleration;
  }

  #takeSummary(summary: CycleSummary): void {
    this.#telemetry.cycle(summary);
    if (this.#machine.state() !== 'EXECUTE' || summary.cycle_number <= this.#firstCycle) return;
    this.#summary = summary;
    // The first cycle of a run may have begun before the recipe was applied.
    if (summary.cycle_number > this.#firstCycle + 1) void this.#setup.verify(this.#link.line());
  }

  #perform(action: Action): void {
    if (action === 'prepare') void this.#setup.prepare(this.#link.line());
    else if (action === 'abort') {
      const isUnloadFirst = this.#options.rig.stopPolicy === 'unload_first';
      this.#commander.send(isUnloadFirst ? COMMAND.stop : COMMAND.abort);
    } else if (action === 'enableOff') this.#commander.send(COMMAND.abort);
    else this.#commander.send(COMMAND[action]);
  }

  #entered(state: State, previous: State, cause: string): void {
    const { tell, changed } = this.#options;
    if (state === 'CLEARING' || state === 'RESETTING') this.#setup.forgive();
    if (state === 'RESETTING' || previous === 'CLEARING') this.#bank.acknowledge();
    if (previous === 'EXECUTE') this.#summary = null;
    if (state === 'EXECUTE') this.#firstCycle = this.#view.status()?.cycle_number ?? 0;
    this.#regulator.entered(state, this.#view.deviceS());
    tell(state === 'ABORTING' ? 'alarm' : 'info', `${previous} → ${state}: ${cause}`);
    changed();
  }

  #report(): void {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs - this.#reportedMs < LATENESS_REPORT_MS) return;
    this.#reportedMs = nowMs;
    this.#options.tell('info', latenessSentence(this.#lateness.summary()));
  }
}
