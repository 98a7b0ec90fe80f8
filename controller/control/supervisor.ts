/**
 * The 50 Hz loop: read → decide → write. A tick sends the heartbeat and asks for STATUS in one exchange; whatever
 * happens becomes an input of the decider, and what it says is carried out here. Time comes from the injected clock;
 * the plant is bytes on a port.
 */
import type { Clock } from '../protocol/byte-port.ts';
import { COMMAND } from '../protocol/register-map.ts';
import type { Channel } from '../wire/channels.ts';
import type { Command, JogAxis, RegulateAction, State, StateMessage } from '../wire/messages.ts';
import { Decider } from './decide/decider.ts';
import type { Decision, Input, Output } from './decide/decision.ts';
import type { Electronics, OpenElectronics } from './electronics/electronics.ts';
import { tickMsOf } from './electronics/settings.ts';
import { createCommander } from './line/commander.ts';
import { createCycleReader, type CycleReader } from './line/cycle-reader.ts';
import { createHeart, type Beat } from './line/heart.ts';
import { createLink, type LinkChange } from './line/link.ts';
import { createSetup } from './line/setup.ts';
import type { JogOutput } from './operate/manual.ts';
import { waitForRest } from './operate/shut-down.ts';
import { createLateness, latenessSentence, type LatenessSummary } from './report/lateness.ts';
import { createTelemetry, type FrameSink, type Telemetry } from './report/telemetry.ts';
import type { FeedForwardTable } from './regulate/feed-forward.ts';
import type { Reply } from './regulate/regulator.ts';
import type { Recipe, RigFile } from './rig-file.ts';
import type { BypassRequest } from './safety/bypasses.ts';
import type { Action } from './state/state-machine.ts';
import type { Tell } from './tell.ts';
import type { Bench } from './proof/checks.ts';
import { loopShape } from './safety/response/loop-shape.ts';
import { startTicker } from './ticker.ts';

const LATENESS_REPORT_MS = 300_000;

export interface SupervisorOptions {
  readonly rig: RigFile;
  readonly clock: Clock;
  readonly open: OpenElectronics;
  /** Which proof tests of a device with this title are overdue, in words; null where none are. */
  readonly proofsOverdue: (device: string) => string | null;
  /** Everything is read and nothing written. */
  readonly isShadow: boolean;
  readonly frame: FrameSink;
  /** The device streams these channels; told before the first frame of them. */
  readonly streams?: (channels: readonly Channel[]) => void;
  readonly tell: Tell;
  /** Every decision, as it was made: the journal of a record. */
  readonly journal: (decision: Decision) => void;
  /** True while somebody has control; asked in every tick. */
  readonly isAttended: () => boolean;
  /** Something in the state message changed. */
  readonly changed: () => void;
}

type Happening = Input extends infer I ? (I extends Input ? Omit<I, 'atMs'> : never) : never;

export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #decider: Decider;
  readonly #lateness = createLateness();
  readonly #telemetry;
  readonly #link;
  readonly #commander;
  readonly #heart;
  readonly #setup;
  #stopTicker = (): void => {};
  #reader: CycleReader | null = null;
  #reportedMs: number;

  constructor(options: SupervisorOptions) {
    const { rig, clock, open, tell, frame } = options;
    this.#options = options;
    this.#decider = new Decider(rig);
    this.#reportedMs = clock.nowMs();
    this.#telemetry = createTelemetry(frame);
    this.#setup = createSetup(rig, tell, {
      prepared: (problem) => this.#take({ kind: 'prepared', problem }),
      recipeStaged: (problem) => this.#take({ kind: 'recipe_staged', problem }),
      recipeRead: (problem) => this.#take({ kind: 'recipe_read', problem }),
    });
    this.#heart = createHeart(clock, {
      reply: (line, beat) => this.#read(line, beat),
      missed: (line, sentence, isWrong) => {
        if (this.#link.line() === line) this.#take({ kind: 'missed', sentence, isWrong });
      },
      closed: (line, sentence) => {
        if (this.#link.line() === line) this.#link.drop(sentence);
      },
    });
    this.#commander = createCommander(
      () => this.#link.line(),
      () => this.#take({ kind: 'acknowledged' }),
    );
    this.#link = createLink({
      rig,
      clock,
      open,
      tell,
      changed: (change, line) => this.#linked(change, line),
    });
  }

  start(): void {
    const { clock } = this.#options;
    this.#take({ kind: 'begin', isShadow: this.#options.isShadow });
    this.#stopTicker = startTicker(clock, tickMsOf(this.#options.rig.electronics), this.#lateness, (lateMs) =>
      this.#tick(lateMs),
    );
    this.#link.start();
  }

  state(): State {
    return this.#decider.state();
  }

  isVirtual(): boolean {
    return this.#link.identity()?.isVirtual ?? false;
  }

  isLinkUp(): boolean {
    return this.#decider.link() === 'up';
  }

  lateness(): LatenessSummary {
    return this.#lateness.summary();
  }

  stateMessage(): StateMessage {
    return this.#decider.stateMessage(this.#options.clock.nowMs());
  }

  /** Taken or refused, with a sentence that says why. STOP and ABORT are never refused. */
  command(command: Command): Reply {
    return this.#ask({ kind: 'command', command });
  }

  bypass(request: BypassRequest): Reply {
    return this.#ask({ kind: 'bypass', ...request });
  }

  unbypass(key: string): Reply {
    return this.#ask({ kind: 'unbypass', key });
  }

  /** Seen and known; `key`: null for all that are listed; `at`: wall time, ISO 8601. */
  acknowledge(key: string | null, by: string, at: string): Reply {
    return this.#ask({ kind: 'acknowledge', key, by, at });
  }

  setMode(mode: 'manual' | 'automatic'): Reply {
    return this.#ask({ kind: 'mode', mode });
  }

  /** A button of manual mode on the page of this client. */
  jog(axis: JogAxis, held: boolean, client: number): Reply {
    return this.#ask({ kind: 'jog', axis, held, client });
  }

  /** Another hand on the regulator, a relay test, or what it found. */
  regulate(action: RegulateAction): Reply {
    return this.#ask({ kind: 'regulate', action });
  }

  /** The output of the regulator in manual, in the unit of the rig file's PID section. */
  setOutput(value: number): Reply {
    return this.#ask({ kind: 'output', value });
  }

  /** Another recipe for every cycle from now on. `by`: who asks, for people. */
  setRecipe(recipe: Recipe, by: string): Reply {
    return this.#ask({ kind: 'recipe', recipe, by });
  }

  /** Lends the device to a check of a proof test; one sentence where that cannot be. `writes`: it trips the device. */
  lend(writes: boolean): Bench | string {
    const electronics = this.#link.line();
    if (electronics === null) return 'There is no link to the device.';
    const { ok, sentence } = writes ? this.#ask({ kind: 'proof', isOn: true }) : { ok: true, sentence: '' };
    const { clock, rig } = this.#options;
    return ok ? { electronics, clock, rig } : sentence;
  }

  /** The check is over. */
  giveBack(): void {
    this.#take({ kind: 'proof', isOn: false });
    const title = this.device();
    if (title !== null && !this.isVirtual())
      this.#take({ kind: 'proofs', overdue: this.#options.proofsOverdue(title) });
  }

  /** What the device says of itself; null while none answers. */
  device(): string | null {
    return this.#link.identity()?.title ?? null;
  }

  /** What the model beside the rig expects to be needed. */
  expect(table: FeedForwardTable): void {
    this.#take({ kind: 'expect', table });
  }

  #ask(happening: Happening): Reply {
    const reply = this.#take(happening).find((output) => output.kind === 'reply');
    return reply ?? { ok: false, sentence: `${happening.kind} was not answered.` };
  }

  setSetpoint(valueC: number): Reply {
    this.#take({ kind: 'setpoint', valueC });
    this.#options.changed();
    return { ok: true, sentence: `The set-point is ${valueC.toFixed(1)} °C.` };
  }

  /** Simulated seconds a second; refused by everything that is not a virtual rig. */
  async accelerate(value: number): Promise<Reply> {
    const line = this.#link.line();
    const refuse = (why: string): Reply => ({ ok: false, sentence: `Acceleration is refused: ${why}` });
    if (line === null) return refuse('there is no link to the device.');
    if (!this.isVirtual()) return refuse('only a virtual rig may be accelerated.');
    const problem = await line.accelerate(value);
    return problem === null ? { ok: true, sentence: `Time runs at ${value}×.` } : refuse(problem);
  }

  /** STOP, the proof of rest or at most a second of waiting for it, then the line is closed. */
  async shutDown(): Promise<string> {
    const { clock, rig } = this.#options;
    this.#take({ kind: 'ending', event: 'STOP', reason: 'The program ends.' });
    const line = () => this.#link.line();
    const sentence = await waitForRest({ rig, clock, line, isAtRest: () => this.#decider.isAtRest() });
    this.#stopTicker();
    this.#link.close();
    return sentence;
  }

  /** Last resort of a program that fails: ABORT goes out with whatever still works. */
  emergency(reason: string): void {
    this.#take({ kind: 'ending', event: 'ABORT', reason });
  }

  #take(happening: Happening): readonly Output[] {
    const input: Input = { atMs: this.#options.clock.nowMs(), ...happening };
    const outputs = this.#decider.take(input);
    const took_ms = this.#options.clock.nowMs() - input.atMs;
    this.#options.journal({ input, outputs });
    for (const output of outputs) this.#carryOut(output);
    if (outputs.some(({ kind }) => kind === 'state' || kind === 'fault')) this.#options.changed();
    const most_ms = this.#options.rig.regulator.mpc?.most_solve_ms ?? Infinity;
    if (input.kind === 'reading' && took_ms > most_ms) this.#take({ kind: 'slow', took_ms });
    return outputs;
  }

  #carryOut(output: Output): void {
    if (output.kind === 'act') this.#act(output.action);
    else if (output.kind === 'prepare') void this.#setup.prepare(this.#link.line(), output.recipe);
    else if (output.kind === 'say') this.#options.tell(output.severity, output.sentence, output.about);
    else if (output.kind === 'reopen') this.#link.drop(output.reason);
    else if (output.kind === 'jog') void this.#jog(output.output);
    else if (output.kind === 'read_recipe') void this.#setup.readRecipe(this.#link.line(), output.recipe);
    else if (output.kind === 'stage_recipe') void this.#setup.stageRecipe(this.#link.line(), output.recipe);
    else if (output.kind === 'fault' && output.fault.key === 'lost_link')
      this.#telemetry.gap(output.fault.atS);
  }

  /** Never tried again: an output that comes late is worse than one that does not come. */
  async #jog(output: JogOutput): Promise<void> {
    const problem = await this.#link.line()?.jog(output);
    if (problem !== null && problem !== undefined)
      this.#options.tell('warning', `The jog was not taken: ${problem}`);
  }

  #act(action: Exclude<Action, 'prepare'>): void {
    if (action === 'abort') {
      const isUnloadFirst = this.#options.rig.stopPolicy === 'unload_first';
      this.#commander.send(isUnloadFirst ? COMMAND.stop : COMMAND.abort);
    } else if (action === 'enableOff') this.#commander.send(COMMAND.abort);
    else this.#commander.send(COMMAND[action]);
  }

  #linked(change: LinkChange, line: Electronics): void {
    if (change.kind !== 'identified') return void this.#take(change);
    this.#beginReading(line);
    const proofsOverdue = change.isVirtual ? null : this.#options.proofsOverdue(change.title);
    this.#take({ ...change, proofsOverdue });
    void this.#beginStream(line);
  }

  /** Nothing that is decided depends on it. */
  async #beginStream(line: Electronics): Promise<void> {
    const { clock, streams, tell } = this.#options;
    let take: ReturnType<Telemetry['stream']> | null = null;
    const answer = await line.stream?.((rows) => {
      if (this.#link.line() === line) take?.(rows, clock.nowMs());
    });
    if (answer === undefined || this.#link.line() !== line) return;
    if (!answer.ok) return tell('warning', `The device does not stream: ${answer.sentence}`);
    streams?.(answer.value);
    take = this.#telemetry.stream(answer.value.length);
  }

  #beginReading(line: Electronics): void {
    this.#reader = createCycleReader(line, {
      summary: (summary) => {
        this.#telemetry.cycle(summary);
        this.#take({ kind: 'cycle', summary });
      },
      waveform: (waveform) => {
        this.#telemetry.waveform(waveform);
        this.#take({ kind: 'shape', shape: loopShape(waveform) });
      },
      dropped: (sentence) => this.#options.tell('info', `A waveform was dropped: ${sentence}`),
    });
  }

  #tick(lateMs: number): void {
    this.#commander.retry();
    const line = this.#link.line();
    const isBeating = line === null || this.#heart.beat(line, this.#decider.beating());
    if (!isBeating) this.#lateness.skip(1);
    // After the input that is already there: a loop that was held up must not take its own delay for the device's.
    this.#options.clock.after(0, () => this.#takeTick(lateMs, isBeating));
    this.#report();
  }

  #takeTick(lateMs: number, isBeating: boolean): void {
    this.#take({ kind: 'tick', lateMs, isBeating, isAttended: this.#options.isAttended() });
  }

  #read(line: Electronics, { status, heartbeat, ageMs, roundTripMs }: Beat): void {
    if (this.#link.line() !== line) return;
    this.#telemetry.tick(status, this.#decider.setpointC(), ageMs, roundTripMs);
    this.#reader?.offer(status.cycle_number);
    this.#take({ kind: 'reading', status, heartbeat });
  }

  #report(): void {
    const nowMs = this.#options.clock.nowMs();
    if (nowMs - this.#reportedMs < LATENESS_REPORT_MS) return;
    this.#reportedMs = nowMs;
    this.#options.tell('info', latenessSentence(this.#lateness.summary()));
  }
}
