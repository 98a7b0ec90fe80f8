/**
 * Every decision of the controller, and nothing else: no clock, no line, no chance. The supervisor feeds it what
 * happened and carries out what it says; a record of its inputs gives the same outputs again. A reading, or its
 * absence, passes the interlocks, then its proofs pass the state machine, then the regulator.
 */
import type { Fault, State, StateMessage } from '../../wire/messages.ts';
import { createDeviceView } from '../line/device-view.ts';
import type { CycleSummary, Status } from '../line/readings.ts';
import { hindrance } from '../operate/hindrance.ts';
import { createRecipeKeeper } from '../regulate/recipe-keeper.ts';
import { type Reply, createRegulator } from '../regulate/regulator.ts';
import { stateMessage } from '../report/state-report.ts';
import type { RigFile } from '../rig-file.ts';
import { createInterlockBank } from '../safety/interlock-bank.ts';
import type { Observation } from '../safety/interlock.ts';
import { INTERLOCKS } from '../safety/limits.ts';
import { createResponse } from '../safety/response/response.ts';
import { createMachine } from '../state/machine.ts';
import { isEnableOff, proofsOf } from '../state/proofs.ts';
import type { Action } from '../state/state-machine.ts';
import { refusal, sentenceFor } from '../state/state-words.ts';
import type { Input, Output } from './decision.ts';

type Of<K extends Input['kind']> = Extract<Input, { kind: K }>;

/** A line that has been silent for this long is closed and opened again. */
const REOPEN_MS = 1000;
/** Overruns are counted over this time. */
const OVERRUN_WINDOW_MS = 1000;
/** A device that obeys has dropped enable by then, after a controlled unload too. */
const ABORT_PATIENCE_MS = 1000;
export const TICK_MS = 20;

const EVENT_OF = { hold: 'HOLD', stop: 'STOP', abort: 'ABORT' } as const;
/** Where an action has already been answered; CLEARING is how a person gets out of it. */
const ANSWERED: Record<'hold' | 'stop' | 'abort', readonly State[]> = {
  hold: [],
  stop: ['STOPPED', 'STOPPING', 'ABORTED', 'ABORTING', 'CLEARING'],
  abort: ['ABORTED', 'ABORTING', 'CLEARING'],
};

/** With these a person says that what was listed is known. */
const ACKNOWLEDGES: readonly State[] = ['RESETTING', 'UNHOLDING'];

export class Decider {
  readonly #rig: RigFile;
  readonly #bank = createInterlockBank(INTERLOCKS);
  readonly #view = createDeviceView();
  readonly #regulator;
  readonly #recipes;
  readonly #machine;
  #outputs: Output[] = [];
  #nowMs = 0;
  /** How late the tick of this moment came; 0 between ticks. */
  #lateMs = 0;
  #overrunsAtMs: number[] = [];
  readonly #response = createResponse();
  /** Somebody had control in the last tick. */
  #isAttended = false;
  #link: StateMessage['proof']['link'] = 'down';
  /** Why the last established link ended; null again once a link is up. */
  #lostReason: string | null = null;
  /** Why the last heartbeat had no answer; null once one had. */
  #missed: string | null = null;
  /** A drive command is under way: nothing read meanwhile proves anything about it. */
  #isPending = false;
  #isPrepared = false;
  #preparationProblem: string | null = null;
  #summary: CycleSummary | null = null;
  #firstCycle = 0;

  constructor(rig: RigFile) {
    this.#rig = rig;
    this.#regulator = createRegulator(rig, (sentence) => this.#say('info', sentence));
    this.#recipes = createRecipeKeeper(rig.recipe);
    this.#machine = createMachine(() => this.#nowMs, {
      perform: (action) => this.#perform(action),
      entered: (state, previous, cause) => this.#entered(state, previous, cause),
    });
  }

  /** What follows from this input, in the order in which it is to be carried out. */
  take(input: Input): readonly Output[] {
    this.#outputs = [];
    this.#nowMs = input.atMs;
    this.#decide(input);
    return this.#outputs;
  }

  state(): State {
    return this.#machine.state();
  }

  setpointC(): number {
    return this.#regulator.setpointC();
  }

  link(): StateMessage['proof']['link'] {
    return this.#link;
  }

  lostReason(): string | null {
    return this.#lostReason;
  }

  /** What the machine does and what of it is proven at this time. */
  stateMessage(nowMs: number): StateMessage {
    return stateMessage({
      state: this.#machine.state(),
      faults: this.#bank.faults(),
      link: this.#link,
      view: this.#view,
      nowMs,
      rig: this.#rig,
      setpointC: this.#regulator.setpointC(),
      recipe: this.#recipes.inEffect(),
      regulator: this.#regulator.report(),
    });
  }

  /** STOP was taken, enable is off and the train is unloaded. */
  isAtRest(): boolean {
    const status = this.#view.status();
    return status !== null && !this.#isPending && this.#proofs(status).includes('atRest');
  }

  /** ABORT is given and enable still on: what is left is to let the dead-man of the device act. */
  isBeyondCommand(): boolean {
    const status = this.#view.status();
    if (status === null || isEnableOff(status)) return false;
    const state = this.#machine.state();
    return state === 'ABORTED' || (state === 'ABORTING' && this.#machine.ageMs() > ABORT_PATIENCE_MS);
  }

  #decide(input: Input): void {
    switch (input.kind) {
      case 'begin':
        return this.#machine.begin();
      case 'tick':
        return this.#tick(input);
      case 'opened':
        this.#link = 'syncing';
        return;
      case 'identified':
        return this.#view.reset(input.atMs);
      case 'up':
        this.#link = 'up';
        this.#lostReason = null;
        return;
      case 'down':
        return this.#takeDown(input);
      case 'reading':
        return this.#takeReading(input);
      case 'missed':
        this.#missed = input.sentence;
        if (input.isWrong) this.#response.wrong(input.atMs);
        return;
      case 'cycle':
        return this.#takeSummary(input.summary);
      case 'shape':
        if (this.#machine.state() === 'EXECUTE') this.#response.shape(input.shape);
        return;
      case 'acknowledged':
        this.#isPending = false;
        return;
      case 'prepared':
        this.#isPrepared = input.problem === null;
        if (input.problem !== null) this.#preparationProblem = `RESET failed: ${input.problem}`;
        else this.#recipes.prepared();
        return;
      case 'recipe_staged':
        return this.#recipes.staged(input.problem);
      case 'recipe_read':
        return this.#recipes.read(input.problem);
      case 'command':
        return this.#takeCommand(input);
      case 'setpoint':
        return this.#regulator.setSetpoint(input.valueC);
      case 'regulate':
        return this.#reply(this.#regulator.ask(input.action));
      case 'output':
        return this.#reply(this.#regulator.askOutput(input.value));
      case 'expect':
        return this.#regulator.expect(input.table);
      case 'ending':
        this.#machine.apply(input.event, input.reason);
        return;
      default:
        return input satisfies never;
    }
  }

  #takeDown({ reason }: Of<'down'>): void {
    if (this.#link === 'up') this.#lostReason = reason;
    this.#link = 'down';
    this.#missed = null;
    this.#view.forget();
  }

  #tick({ atMs, lateMs, isBeating, isAttended }: Of<'tick'>): void {
    this.#isAttended = isAttended;
    this.#overrunsAtMs = this.#overrunsAtMs.filter((then) => then > atMs - OVERRUN_WINDOW_MS);
    if (lateMs > TICK_MS) this.#overrunsAtMs.push(atMs);
    if (!isBeating) this.#response.waited(atMs);
    this.#lateMs = lateMs;
    // So late a tick stops the machine by itself; the device must not be blamed for it.
    if (lateMs > this.#rig.limits.data_age_ms) this.#view.excuse(lateMs);
    this.#protect();
    this.#lateMs = 0;
    const ageMs = this.#view.replyAgeMs(atMs);
    if (ageMs === null || ageMs <= REOPEN_MS) return;
    this.#outputs.push({ kind: 'reopen', reason: 'the device has been silent for a second.' });
  }

  #takeReading({ status, heartbeat, atMs }: Of<'reading'>): void {
    this.#missed = null;
    this.#view.take(status, heartbeat, atMs);
    if (this.#machine.state() === 'EXECUTE') this.#response.reading(status);
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
    const { holdLimitS } = this.#rig;
    if (state === 'HELD' && this.#machine.ageMs() > holdLimitS * 1000) {
      this.#machine.apply('STOP', `The hold lasted longer than ${holdLimitS} s.`);
    }
  }

  #raise(fault: Fault): void {
    this.#outputs.push({ kind: 'fault', fault });
    this.#say(fault.action === 'warn' ? 'warning' : 'alarm', fault.sentence);
    if (fault.action !== 'warn') this.#machine.apply(EVENT_OF[fault.action], fault.sentence);
  }

  /** What this reading proves moves the machine on, one step a reading; then the regulator has its say. */
  #advance(status: Status): void {
    for (const proof of this.#proofs(status)) {
      if (this.#isPending) return;
      if (this.#machine.apply(proof, 'the device proved it.')) return;
    }
    this.#regulate(status);
  }

  #regulate(status: Status): void {
    const { wish, recipe } = this.#regulator.decide({
      state: this.#machine.state(),
      device_s: this.#view.deviceS(),
      room_C: status.room_C,
      outdoor_C: status.outdoor_C,
      lift_K: status.hot_inlet_C - status.cold_inlet_C,
      cycle_number: status.cycle_number,
      phase: status.phase,
      inEffect: this.#recipes.inEffect(),
    });
    if (this.#machine.state() === 'EXECUTE') {
      const request = this.#recipes.next(recipe, status.cycle_number);
      if (request !== null) this.#outputs.push(request);
    }
    if (wish === null) return;
    const setpointC = this.#regulator.setpointC().toFixed(1);
    this.#machine.apply(wish, `the house is at ${status.room_C.toFixed(1)} °C, set-point ${setpointC} °C.`);
  }

  #proofs(status: Status) {
    return proofsOf(status, {
      unloadedForceKN: this.#rig.plausibility.unloaded_force_kN,
      nothingPresent: this.#bank.worstPresent() === null,
      prepared: this.#isPrepared,
    });
  }

  #observe(): Observation {
    const nowMs = this.#nowMs;
    const status = this.#view.status();
    return {
      nowMs,
      deviceS: this.#view.deviceS(),
      state: this.#machine.state(),
      // Whatever compares with the recipe compares with the one in effect.
      rig: { ...this.#rig, recipe: this.#recipes.inEffect() },
      isAttended: this.#isAttended,
      linkLost: this.#lostReason,
      restarted: this.#view.hasRestarted(),
      replyAgeMs: this.#view.replyAgeMs(nowMs),
      missed: this.#missed,
      clockAgeMs: this.#view.clockAgeMs(nowMs),
      status,
      summary: this.#summary,
      cyclesRun: status === null ? 0 : status.cycle_number - this.#firstCycle,
      watchdogVerified: this.#view.isWatchdogVerified(),
      preparationProblem: this.#preparationProblem ?? this.#recipes.problem(),
      overdue: this.#machine.overdue(this.#periodMs()),
      lateMs: this.#lateMs,
      overruns: this.#overrunsAtMs.length,
      response: this.#response.view(nowMs),
    };
  }

  /** One cycle on the host's clock, ms. */
  #periodMs(): number {
    const acceleration = Math.max(1, this.#view.status()?.acceleration ?? 1);
    return 1000 / this.#recipes.inEffect().frequency_Hz / acceleration;
  }

  #takeSummary(summary: CycleSummary): void {
    if (this.#machine.state() !== 'EXECUTE' || summary.cycle_number <= this.#firstCycle) return;
    this.#summary = summary;
    this.#response.cycle(summary);
  }

  #takeCommand({ command }: Of<'command'>): void {
    const sentence = refusal(this.#machine.state(), command) ?? this.#hindrance(command);
    if (sentence !== null) return this.#reply({ ok: false, sentence });
    this.#machine.apply(command, `${command} was asked for.`);
    const taken = `${command} is taken. ${sentenceFor(this.#machine.state())}`;
    this.#reply({ ok: true, sentence: taken });
  }

  #reply(reply: Reply): void {
    this.#outputs.push({ kind: 'reply', ...reply });
  }

  #hindrance(command: Of<'command'>['command']): string | null {
    const worst = this.#bank.worstPresent();
    return hindrance(command, { link: this.#link, lostReason: this.#lostReason, worst });
  }

  #perform(action: Action): void {
    if (action === 'prepare') this.#isPrepared = false;
    else this.#isPending = true;
    this.#outputs.push({ kind: 'act', action });
  }

  #entered(state: State, previous: State, cause: string): void {
    if (state === 'CLEARING' || state === 'RESETTING') {
      this.#preparationProblem = null;
      this.#recipes.forgive();
    }
    if (ACKNOWLEDGES.includes(state) || previous === 'CLEARING') this.#bank.acknowledge();
    if (previous === 'EXECUTE') this.#endRun();
    if (state === 'EXECUTE') this.#beginRun();
    this.#regulator.entered(state, this.#view.deviceS());
    this.#outputs.push({ kind: 'state', state });
    this.#say(state === 'ABORTING' ? 'alarm' : 'info', `${previous} → ${state}: ${cause}`);
  }

  #beginRun(): void {
    this.#firstCycle = this.#view.status()?.cycle_number ?? 0;
    this.#recipes.runs(this.#firstCycle);
    this.#response.begin(this.#firstCycle);
  }

  #endRun(): void {
    this.#summary = null;
    this.#response.end();
  }

  #say(severity: 'info' | 'warning' | 'alarm', sentence: string): void {
    this.#outputs.push({ kind: 'say', severity, sentence });
  }
}
