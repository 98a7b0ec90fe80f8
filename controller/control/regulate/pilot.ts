/** The output of a regulator over time: moved by PID, by hand, towards a fixed value, or by a relay test. */
import type { RegulatorMode, RegulatorReport } from '../../wire/messages.ts';
import type { CycleMean } from './cycle-mean.ts';
import { type FeedForwardTable, expectedOutput, mostUsefulOutput } from './feed-forward.ts';
import { type PidSettings, type PidState, pidAt, pidStep, pidTrack } from './pid.ts';
import type { Reply } from './regulator.ts';
import { type RelayOptions, type RelayState, beginRelay, relayStep } from './relay-test.ts';
import type { PidPlan } from './settings.ts';
import { type Proposal, proposalSentence, propose } from './proposal.ts';

export interface PilotInput extends CycleMean {
  readonly setpoint_C: number;
  readonly outdoor_C: number;
  readonly lift_K: number;
}

export interface Pilot {
  output(): number;
  isAtLowest(): boolean;
  isTesting(): boolean;
  /**
   * A run begins, with the recipe of the rig file, or goes on after a pause, with the lowest output. The controller
   * starts as one that was at rest at the set-point, so that its proportional part acts on the error there is.
   */
  begin(setpoint_C: number, from: 'recipe' | 'lowest'): void;
  /** Call with every mean of a running machine. `target`: where the thermostat wants the output. */
  step(input: PilotInput, mode: Exclude<RegulatorMode, 'autotune'>, target: number | null): void;
  /** The same of a machine that rests. */
  rest(input: PilotInput): void;
  setByHand(value: number): Reply;
  beginTest(setpoint_C: number): Reply;
  endTest(why: string): Reply;
  useTuning(): Reply;
  /** What the last relay test that succeeded gave. */
  proposal(): Proposal | null;
  expect(table: FeedForwardTable): void;
  /** Where a run begins from now on. What a model expected was expected of another recipe. */
  rebase(output: number): void;
  report(mode: Exclude<RegulatorMode, 'autotune'>): RegulatorReport;
}

export function createPilot(plan: PidPlan, first: number, tell: (sentence: string) => void): Pilot {
  const { limits, unit, manipulated } = plan;
  let settings: PidSettings = plan.settings;
  let base = first;
  let pid: PidState = pidAt(base);
  let table: FeedForwardTable | null = null;
  let byHand = base;
  let input: PilotInput | null = null;
  let forward_U = 0;
  let relay: { readonly options: RelayOptions; state: RelayState } | null = null;
  let proposal: Proposal | null = null;
  let note: string | null = null;
  /** The step before was not one of the PID. */
  let isTracking = true;

  function highest_U({ lift_K }: PilotInput): number {
    const most = table === null ? null : mostUsefulOutput(table, lift_K);
    return Math.max(limits.lowest_U, Math.min(limits.highest_U, most ?? limits.highest_U));
  }

  /** Where this output is after the period, on its way to `target`. */
  function towards(target: number, period_s: number): number {
    const most = limits.rate_U_per_s * period_s;
    return Math.min(pid.output + most, Math.max(pid.output - most, target));
  }

  function follow(now: PilotInput, output: number): void {
    const { setpoint_C, mean_C: measured_C } = now;
    pid = pidTrack(pid, settings, { setpoint_C, measured_C, feed_forward_U: forward_U }, output);
    isTracking = true;
  }

  function regulate(now: PilotInput): void {
    if (isTracking) follow(now, pid.output);
    const { setpoint_C, mean_C: measured_C, period_s } = now;
    const range = { ...limits, highest_U: highest_U(now) };
    pid = pidStep(pid, settings, range, { setpoint_C, measured_C, feed_forward_U: forward_U, period_s });
    isTracking = false;
  }

  function look(now: PilotInput): void {
    input = now;
    if (plan.feed_forward && table !== null)
      forward_U = expectedOutput(table, now.setpoint_C, now.outdoor_C) ?? forward_U;
  }

  function test(running: { readonly options: RelayOptions; state: RelayState }, now: PilotInput): void {
    running.state = relayStep(running.state, running.options, now.mean_C, now.device_s);
    note = running.state.sentence;
    follow(now, running.state.output_U);
    if (running.state.kind === 'swinging') return;
    relay = null;
    follow(now, running.state.centre_U);
    if (running.state.kind === 'done') {
      const found = propose(running.state, running.options, settings, plan.sample_s);
      if (typeof found !== 'string') proposal = found;
      note = typeof found === 'string' ? found : proposalSentence(found, unit);
    }
    tell(note);
  }

  return {
    output: () => pid.output,
    isAtLowest: () => pid.output <= limits.lowest_U,
    isTesting: () => relay !== null,
    begin(setpoint_C, from) {
      const at = { setpoint_C, measured_C: setpoint_C, feed_forward_U: forward_U };
      const rested = pidTrack(pid, settings, at, Math.max(limits.lowest_U, forward_U));
      pid = { ...rested, output: from === 'recipe' ? base : limits.lowest_U, before: null };
      isTracking = false;
    },
    step(now, mode, target) {
      look(now);
      if (relay !== null) test(relay, now);
      else if (mode === 'pid') regulate(now);
      else follow(now, towards(mode === 'manual' ? byHand : (target ?? pid.output), now.period_s));
      if (mode !== 'manual') byHand = pid.output;
    },
    rest: look,
    setByHand(value) {
      if (!(value >= limits.lowest_U && value <= limits.highest_U))
        return no(`${value} ${unit} asked, allowed is ${limits.lowest_U} to ${limits.highest_U} ${unit}.`);
      byHand = value;
      return { ok: true, sentence: `The output goes to ${value} ${unit}.` };
    },
    beginTest(setpoint_C) {
      if (relay !== null) return no('a relay test is under way.');
      if (input === null) return no('no mean over whole cycles is known yet; try again in a moment.');
      const options = relayOptions(plan, setpoint_C);
      const state = beginRelay(options, pid.output, input.mean_C, input.device_s);
      if (typeof state === 'string') return no(state);
      relay = { options, state };
      note = state.sentence;
      return { ok: true, sentence: 'The relay test has begun; it takes some swings of the house.' };
    },
    endTest(why) {
      if (relay === null) return no('no relay test is under way.');
      const centre_U = relay.state.centre_U;
      relay = null;
      note = `The relay test ended: ${why}`;
      if (input !== null) follow(input, centre_U);
      tell(note);
      return { ok: true, sentence: note };
    },
    useTuning() {
      if (proposal === null) return no('no relay test has given a tuning yet.');
      settings = proposal.settings;
      if (input !== null) follow(input, pid.output);
      return {
        ok: true,
        sentence: `In use until the end of this program: ${proposalSentence(proposal, unit)}`,
      };
    },
    proposal: () => proposal,
    expect(given) {
      if (given.manipulated !== manipulated) return;
      table = given;
      if (input === null) return;
      const before = forward_U;
      look(input);
      // The integral has carried this so far.
      pid = { ...pid, integral: pid.integral + before - forward_U };
    },
    rebase(output) {
      base = output;
      table = null;
    },
    report: (mode) => ({
      mode: relay === null ? mode : 'autotune',
      manipulated,
      unit,
      output: pid.output,
      lowest: limits.lowest_U,
      highest: limits.highest_U,
      meanC: input !== null && Number.isFinite(input.mean_C) ? input.mean_C : null,
      feedForward: plan.feed_forward && table !== null && input !== null ? forward_U : null,
      note,
      hasTuning: proposal !== null,
    }),
  };
}

const relayOptions = ({ limits, relay }: PidPlan, setpoint_C: number): RelayOptions => ({
  ...relay,
  setpoint_C,
  lowest_U: limits.lowest_U,
  highest_U: limits.highest_U,
  sign: -1,
});

const no = (why: string): Reply => ({ ok: false, sentence: `Refused: ${why}` });
