/**
 * Every decision of the controller, and nothing else: no clock, no line, no chance. The supervisor feeds it what
 * happened and carries out what it says; a record of its inputs gives the same outputs again. A reading, or its
 * absence, passes the interlocks, then its proofs pass the state machine, then the regulator.
 */
import type { Fault, Mode, State, StateMessage } from '../../wire/messages.ts';
import { tickMsOf } from '../electronics/settings.ts';
import type { Beating } from '../line/heart.ts';
import { createDeviceView } from '../line/device-view.ts';
import type { Status } from '../line/readings.ts';
import { createManual } from '../operate/manual.ts';
import { createRecipeKeeper } from '../regulate/recipe-keeper.ts';
import { createRegulator } from '../regulate/regulator.ts';
import { stateMessage } from '../report/state-report.ts';
import type { RigFile } from '../rig-file.ts';
import { createInterlockBank } from '../safety/interlock-bank.ts';
import type { Observation } from '../safety/interlock.ts';
import { createBypasses } from '../safety/bypasses.ts';
import { createResponse } from '../safety/response/response.ts';
import { tableOf } from '../safety/table.ts';
import { createMachine, type Machine, type MachineEffects } from '../state/machine.ts';
import { createShadowMachine, type ShadowMachine } from '../state/shadow-machine.ts';
import {
  acknowledges,
  INSIST_MS,
  isBeyondCommand,
  isEnableAmiss,
  isEnableOff,
  proofsOf,
} from '../state/proofs.ts';
import type { Action } from '../state/state-machine.ts';
import { about } from '../safety/about.ts';
import type { Tell } from '../tell.ts';
import { eventOf, eventStillDue } from './answer-to-fault.ts';
import type { Input, Output } from './decision.ts';
import { lineAfter, NO_LINE } from './line-memory.ts';
import { createOverruns } from './overruns.ts';
import { createRequests, isRequest } from './requests.ts';

type Of<K extends Input['kind']> = Extract<Input, { kind: K }>;

/** A line that has been silent for this long is closed and opened again. */
const REOPEN_MS = 1000;
export class Decider {
  readonly #rig: RigFile;
  readonly #bank;
  readonly #bypasses;
  readonly #manual;
  readonly #view = createDeviceView();
  readonly #regulator;
  #machine: Machine;
  /** Set where this program only watches. */
  #shadow: ShadowMachine | null = null;
  readonly #effects: MachineEffects = {
    perform: (action) => this.#perform(action),
    entered: (state, previous, cause) => this.#entered(state, previous, cause),
  };
  readonly #recipes;
  readonly #requests;
  #outputs: Output[] = [];
  #nowMs = 0;
  /** How late the tick of this moment came; 0 between ticks. */
  #lateMs = 0;
  readonly #overruns;
  readonly #response = createResponse();
  /** Somebody had control in the last tick. */
  #isAttended = false;
  #line = NO_LINE;
  /** A drive command is under way: nothing read meanwhile proves anything about it. */
  #isPending = false;
  /** Enable has been on since then where it should be off. */
  #amissFromMs = 0;
  #isPrepared = false;
  #preparationProblem: string | null = null;

  constructor(rig: RigFile) {
    this.#rig = rig;
    this.#overruns = createOverruns(tickMsOf(rig.electronics));
    const table = tableOf(rig);
    this.#bypasses = createBypasses(table, this.#say);
    this.#bank = createInterlockBank(table, this.#bypasses.isBypassed);
    this.#manual = createManual(rig.manual, (output) => this.#outputs.push({ kind: 'jog', output }));
    this.#regulator = createRegulator(rig, (sentence) => this.#say('info', sentence));
    this.#recipes = createRecipeKeeper(rig.recipe, (refused) => this.#recipeSettled(refused));
    this.#requests = createRequests({
      rig,
      bank: this.#bank,
      bypasses: this.#bypasses,
      manual: this.#manual,
      regulator: this.#regulator,
      recipes: this.#recipes,
      machine: () => this.#machine,
      line: () => this.#line,
      mode: () => this.#mode(),
      isAtRest: () => this.isAtRest(),
      acceleration: () => this.#view.status()?.acceleration ?? 1,
      recipeChanges: () => this.#response.recipeChanges(),
      say: this.#say,
    });
    this.#machine = createMachine(() => this.#nowMs, this.#effects);
  }

  /** What follows from this input, in the order in which it is to be carried out. */
  take(input: Input): readonly Output[] {
    this.#outputs = [];
    this.#nowMs = input.atMs;
    this.#line = lineAfter(this.#line, input);
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
    return this.#line.link;
  }

  /** What the machine does and what of it is proven at this time. */
  stateMessage(nowMs: number): StateMessage {
    return stateMessage({
      state: this.#machine.state(),
      mode: this.#mode(),
      faults: this.#bank.faults(),
      bypasses: this.#bypasses.list(nowMs),
      link: this.#line.link,
      view: this.#view,
      nowMs,
      rig: this.#rig,
      setpointC: this.#regulator.setpointC(),
      recipe: this.#recipes.inEffect(),
      recipeBase: this.#recipes.base(),
      recipeProgress: this.#recipes.progress(),
      recipeRefused: this.#requests.recipeRefused(),
      refused: this.#requests.refused(),
      regulator: this.#regulator.report(),
    });
  }

  /** STOP was taken, enable is off and the train is unloaded. */
  isAtRest(): boolean {
    const status = this.#view.status();
    return status !== null && !this.#isPending && this.#proofs(status).includes('atRest');
  }

  /** Withheld where nothing that is commanded helps any more, silent while a proof test gives the heartbeat. */
  beating(): Beating {
    if (this.#requests.isProving()) return 'silent';
    const machine = this.#machine;
    return isBeyondCommand(machine.state(), machine.ageMs(), this.#view.status()) ? 'withheld' : 'beats';
  }

  #decide(input: Input): void {
    if (isRequest(input)) {
      const reply = this.#requests.take(input);
      if (reply !== null) this.#outputs.push({ kind: 'reply', ...reply });
      return;
    }
    switch (input.kind) {
      case 'begin':
        if (input.isShadow)
          this.#machine = this.#shadow = createShadowMachine(() => this.#nowMs, this.#effects);
        return this.#machine.begin();
      case 'tick':
        return this.#tick(input);
      case 'opened':
      case 'proofs':
      case 'up':
        return;
      case 'identified':
        return this.#view.reset(input.atMs);
      case 'down':
        return this.#takeDown(input);
      case 'reading':
        return this.#takeReading(input);
      case 'missed':
        return this.#response.missed(input);
      case 'cycle':
        return this.#response.cycle(input.summary);
      case 'shape':
        return this.#response.shape(input.shape);
      case 'acknowledged':
        this.#isPending = false;
        return;
      case 'prepared':
        this.#isPrepared = input.problem === null;
        if (input.problem !== null) this.#preparationProblem = `RESET failed: ${input.problem}`;
        else this.#recipes.prepared();
        return;
      case 'recipe_staged':
        // What a person asked for is the person's affair.
        if (input.problem !== null && this.#recipes.progress() === null)
          this.#regulator.refused(input.problem);
        return this.#recipes.staged(input.problem);
      case 'recipe_read':
        this.#recipes.read(input.problem);
        if (!this.#recipes.isStrainChanging()) this.#response.recipeStands(this.#view.status());
        return;
      case 'expect':
        return this.#regulator.expect(input.table);
      case 'slow':
        return this.#regulator.tookTooLong(input.took_ms);
      case 'ending':
        this.#machine.apply(input.event, input.reason);
        return;
      default:
        return input satisfies never;
    }
  }

  #takeDown({ atMs }: Of<'down'>): void {
    this.#response.disconnected();
    this.#view.forget();
    this.#manual.leave(atMs);
  }

  #tick({ atMs, lateMs, isBeating, isAttended }: Of<'tick'>): void {
    this.#isAttended = isAttended;
    this.#overruns.tick(atMs, lateMs);
    if (!isBeating) this.#response.waited(atMs);
    this.#bypasses.expire(atMs);
    this.#lateMs = lateMs;
    // So late a tick stops the machine by itself; the device must not be blamed for it.
    if (lateMs > this.#rig.limits.data_age_ms) this.#view.excuse(lateMs);
    this.#protect();
    this.#lateMs = 0;
    this.#manual.tick(atMs);
    const ageMs = this.#view.replyAgeMs(atMs);
    if (ageMs === null || ageMs <= REOPEN_MS) return;
    this.#outputs.push({ kind: 'reopen', reason: 'the device has been silent for a second.' });
  }

  #takeReading({ status, heartbeat, atMs }: Of<'reading'>): void {
    this.#view.take(status, heartbeat, atMs);
    this.#shadow?.follow(status);
    this.#manual.settle(isEnableOff(status), atMs);
    this.#response.reading(status);
    this.#protect();
    this.#insist(status);
    this.#advance(status);
  }

  #insist(status: Status): void {
    const isAmiss = isEnableAmiss(this.#machine.state(), this.#mode(), status);
    if (isAmiss && this.#nowMs - this.#amissFromMs < INSIST_MS) return;
    this.#amissFromMs = this.#nowMs;
    if (isAmiss && !this.#isPending) this.#perform('disable');
  }

  /** Interlocks, overdue proofs and the longest hold; runs with and without a reply. */
  #protect(): void {
    const before = this.#machine.state();
    for (const fault of this.#bank.evaluate(this.#observe())) this.#raise(fault);
    for (const key of this.#bank.ended())
      this.#say('info', `The cause of ${key} is gone.`, about(key, 'gone'));
    const worst = this.#bank.worstPresent();
    const due = eventStillDue(worst, this.#machine.state());
    if (due !== null) this.#machine.apply(due, worst?.sentence ?? '');
    const state = this.#machine.state();
    const overdue = this.#overdue();
    if (overdue !== null && state === before) this.#machine.apply('timeout', overdue);
    const { holdLimitS } = this.#rig;
    if (state === 'HELD' && this.#machine.ageMs() > holdLimitS * 1000) {
      this.#machine.apply('STOP', `The hold lasted longer than ${holdLimitS} s.`);
    }
  }

  #raise(fault: Fault): void {
    this.#outputs.push({ kind: 'fault', fault });
    this.#say(fault.action === 'warn' ? 'warning' : 'alarm', fault.sentence, about(fault.key, 'raised'));
    const event = eventOf(fault, this.#manual.isOn());
    if (event === null) return;
    this.#manual.leave(this.#nowMs);
    this.#machine.apply(event, fault.sentence);
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
      cold_C: status.cold_inlet_C,
      lift_K: status.hot_inlet_C - status.cold_inlet_C,
      cycle_number: status.cycle_number,
      phase: status.phase,
      cycle: this.#response.summary(),
      inEffect: this.#recipes.inEffect(),
    });
    if (this.#machine.state() === 'EXECUTE') {
      const request = this.#recipes.next(this.#shadow === null ? recipe : null, status.cycle_number);
      if (request !== null) this.#outputs.push(request);
      if (this.#recipes.isStrainChanging()) this.#response.recipeChanges();
    }
    if (wish === null) return;
    const setpointC = this.#regulator.setpointC().toFixed(1);
    this.#machine.apply(wish, `the house is at ${status.room_C.toFixed(1)} °C, set-point ${setpointC} °C.`);
  }

  /** A recipe that a person asked for is in effect, or the device refused it. */
  #recipeSettled(refused: string | null): void {
    this.#response.recipeStands(this.#view.status());
    if (refused === null) return this.#say('info', 'The recipe that was asked for is in effect, read back.');
    this.#regulator.rebase(this.#recipes.base());
    this.#say('warning', `The device refused the recipe, the one before stays: ${refused}`);
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
      mode: this.#mode(),
      // Whatever compares with the recipe compares with the one in effect, or the one that may be already.
      rig: { ...this.#rig, recipe: this.#recipes.slowest() },
      isAttended: this.#isAttended,
      linkLost: this.#line.lostReason,
      restarted: this.#view.hasRestarted(),
      replyAgeMs: this.#view.replyAgeMs(nowMs),
      clockAgeMs: this.#view.clockAgeMs(nowMs),
      status,
      summary: this.#response.summary(),
      cyclesRun: this.#response.cyclesRun(status),
      proofsOverdue: this.#line.proofsOverdue,
      watchdogVerified: this.#view.isWatchdogVerified(),
      preparationProblem: this.#preparationProblem ?? this.#recipes.problem(),
      overdue: this.#overdue(),
      lateMs: this.#lateMs,
      overruns: this.#overruns.count(),
      response: this.#response.view(nowMs),
    };
  }

  #mode(): Mode {
    if (this.#shadow !== null) return 'shadow';
    if (this.#manual.isOn()) return 'manual';
    return this.#line.isVirtual ? 'simulation' : 'automatic';
  }

  #overdue(): string | null {
    const acceleration = Math.max(1, this.#view.status()?.acceleration ?? 1);
    const periodMs = 1000 / this.#recipes.slowest().frequency_Hz / acceleration;
    return this.#machine.overdue(periodMs, (1000 * this.#rig.stop.pump_overrun_s) / acceleration);
  }

  #perform(action: Action): void {
    if (action === 'prepare') {
      this.#isPrepared = false;
      this.#outputs.push({ kind: 'prepare', recipe: this.#recipes.base() });
      return;
    }
    this.#isPending = true;
    this.#outputs.push({ kind: 'act', action });
  }

  #entered(state: State, previous: State, cause: string): void {
    // In shadow nobody clears and resets here: each run of whoever drives the machine begins anew.
    const isWatched = this.#shadow !== null && state === 'EXECUTE';
    if (state === 'CLEARING' || state === 'RESETTING' || isWatched) {
      this.#preparationProblem = null;
      this.#recipes.forgive();
    }
    if (isWatched) this.#recipes.prepared();
    if (acknowledges(state, previous) || isWatched) this.#bank.acknowledge();
    if (previous === 'EXECUTE') this.#response.end();
    if (state === 'EXECUTE') this.#recipes.runs(this.#response.begin(this.#view.status()));
    this.#regulator.entered(state, this.#view.deviceS());
    this.#outputs.push({ kind: 'state', state });
    const severity = state === 'ABORTING' ? 'alarm' : 'info';
    this.#say(severity, `${previous} → ${state}: ${cause}`, { kind: 'state', from: previous, to: state });
  }

  readonly #say: Tell = (severity, sentence, about) => {
    this.#outputs.push({ kind: 'say', severity, sentence, ...(about === undefined ? {} : { about }) });
  };
}
