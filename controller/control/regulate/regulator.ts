/**
 * Who decides how much the machine cools: a thermostat that pauses the run and goes on with it, a PID controller that
 * moves the recipe, a model that looks ahead, a search for the best blow, a person, or a relay test. Whoever it is, the output changes no faster than the rig file allows, and
 * a change of hands leaves it where it was. Interlocks and the state machine stand above all of them. Times are device
 * time, so that an accelerated machine is regulated as a real one.
 */
import type { RegulateAction, RegulatorReport, State } from '../../wire/messages.ts';
import { RegulatorMode } from '../../wire/regulator.ts';
import type { Recipe, RigFile } from '../rig-file.ts';
import { createCycleAverager } from './cycle-mean.ts';
import type { FeedForwardTable } from './feed-forward.ts';
import { type Pilot, createPilot } from './pilot.ts';
import { type Rates, approach } from './predict/approach.ts';
import { createPredictive } from './predict/predictive.ts';
import type { MpcSection } from './predict/settings.ts';
import type { Proposal } from './proposal.ts';
import { outputOf, recipeFor } from './recipe-for.ts';
import { type SeenCycle, createSeeker } from './seek.ts';
import { type PidPlan, pidPlan } from './settings.ts';
import { THERMOSTAT_START, thermostat } from './thermostat.ts';

export interface RegulatorReading {
  readonly state: State;
  readonly device_s: number;
  readonly room_C: number;
  readonly outdoor_C: number;
  /** Cold inlet of the machine. */
  readonly cold_C: number;
  /** Hot minus cold inlet. */
  readonly lift_K: number;
  readonly cycle_number: number;
  readonly phase: number;
  /** The last whole cycle of this run; null where none is known. */
  readonly cycle: SeenCycle | null;
  /** What the device runs, read back. */
  readonly inEffect: Recipe;
}

export interface Decision {
  readonly wish: 'SUSPEND' | 'UNSUSPEND' | null;
  /** What should be in effect; null where nothing should change. */
  readonly recipe: Recipe | null;
}

export interface Reply {
  readonly ok: boolean;
  readonly sentence: string;
}

export interface Regulator {
  setpointC(): number;
  setSetpoint(valueC: number): void;
  /** The machine entered this state. `deviceS`: device time, s. */
  entered(state: State, deviceS: number): void;
  /** Call with every reading. */
  decide(reading: RegulatorReading): Decision;
  /** A person's request: another mode, a relay test, or what it found. */
  ask(action: RegulateAction): Reply;
  /** The output in manual, in the unit of what is manipulated. */
  askOutput(value: number): Reply;
  /** A person asks for another recipe; whoever decides moves its own part of it from there. */
  rebase(recipe: Recipe): void;
  /** What the last relay test that succeeded gave. */
  proposal(): Proposal | null;
  /** What the model expects, once it is known. */
  expect(table: FeedForwardTable): void;
  /** A decision took so long, ms, more than the plan of a model may. */
  tookTooLong(took_ms: number): void;
  /** The device did not take what was proposed. */
  refused(problem: string): void;
  /** Absent where the rig file has no PID section. */
  report(): RegulatorReport | undefined;
}

/** `tell`: what a relay test comes to. */
export function createRegulator(rig: RigFile, tell: (sentence: string) => void): Regulator {
  const { regulator: section } = rig;
  let base = rig.recipe;
  const plan = section.pid === undefined ? null : pidPlan(section.pid);
  const pilot = plan === null ? null : createPilot(plan, outputOf(base, plan.manipulated), tell);
  const { mpc, seek } = section;
  const seeker = seek === undefined ? null : createSeeker(seek);
  const predictive = mpc === undefined ? null : createPredictive(mpc, rig.limits, tell);
  const averager = createCycleAverager(plan?.sample_s ?? 1);
  let mode: Exclude<RegulatorMode, 'autotune'> = section.kind;
  let setpoint_C = section.setpoint_C;
  let memory = THERMOSTAT_START;
  let state: State = 'ABORTED';
  /** What was proposed last, and when; null where a run begins. */
  let proposed: { readonly recipe: Recipe; readonly device_s: number } | null = null;

  /** A PID that can still cool less does so, rather than pause. */
  function mayPause(): boolean {
    if (mode === 'thermostat' || pilot === null) return true;
    if (mode === 'manual' || pilot.isTesting()) return false;
    return ahead() === null ? pilot.isAtLowest() : predictive?.isAtLeast() === true;
  }

  /** What a model that is in charge asks for; null where it is not, or leaves it to the PID. */
  function ahead(): Recipe | null {
    if (mode !== 'mpc' || pilot?.isTesting() === true) return null;
    const moved = predictive?.recipe() ?? null;
    return moved === null ? null : { ...base, ...moved };
  }

  function wish({ room_C, device_s }: RegulatorReading): Decision['wish'] {
    if (mode === 'manual') return state === 'SUSPENDED' ? 'UNSUSPEND' : null;
    const next = thermostat(memory, section.thermostat, setpoint_C, room_C, device_s);
    if (state === 'SUSPENDED') {
      memory = next;
      return memory.calling ? 'UNSUSPEND' : null;
    }
    if (!next.calling && !mayPause()) return null;
    memory = next;
    return memory.calling ? null : 'SUSPEND';
  }

  /** What the PID or a person moves, with the blow that is sought where it is. */
  function moved(plan: PidPlan, pilot: Pilot, { device_s }: RegulatorReading): Recipe {
    const recipe = recipeFor(base, plan.manipulated, pilot.output());
    if (mode !== 'seek' || seeker === null || pilot.isTesting()) return recipe;
    return { ...recipe, blow_flow_kg_per_s: recipe.blow_flow_kg_per_s * seeker.share(device_s) };
  }

  function seekOn({ device_s, inEffect, cycle }: RegulatorReading): void {
    if (mode !== 'seek' || state !== 'EXECUTE') return;
    const blown = inEffect.blow_flow_kg_per_s / inEffect.frequency_Hz;
    seeker?.look(device_s, (blown * base.frequency_Hz) / base.blow_flow_kg_per_s, cycle);
  }

  function move(plan: PidPlan, pilot: Pilot, reading: RegulatorReading): void {
    const { device_s, cycle_number, phase, room_C, outdoor_C, lift_K, inEffect } = reading;
    const frequency_Hz = state === 'EXECUTE' ? inEffect.frequency_Hz : 0;
    const mean = averager.add({ device_s, cycle_number, phase, frequency_Hz, value_C: room_C });
    if (mean === null) return;
    // Whoever follows another hand is there at once when it is needed.
    const followed = mode === 'thermostat' ? base : ahead();
    const target = followed === null ? null : outputOf(followed, plan.manipulated);
    const hand = mode === 'seek' || (mode === 'mpc' && followed === null) ? 'pid' : mode;
    if (state === 'EXECUTE') pilot.step({ ...mean, setpoint_C, outdoor_C, lift_K }, hand, target);
    else pilot.rest({ ...mean, setpoint_C, outdoor_C, lift_K });
  }

  /** A plan, and what takes over from it, may jump; what is asked of the machine does not. */
  function steadied({ inEffect, device_s }: RegulatorReading, wanted: Recipe): Recipe {
    if (mpc === undefined || mode !== 'mpc') {
      proposed = null;
      return wanted;
    }
    const from = proposed ?? { recipe: inEffect, device_s };
    const recipe = approach(from.recipe, wanted, ratesOf(mpc, base), Math.max(0, device_s - from.device_s));
    proposed = { recipe, device_s };
    return recipe;
  }

  function noteOf(shown: RegulatorMode): string | null {
    if (shown === 'mpc') return predictive?.sentence() ?? null;
    if (shown !== 'seek' || seeker === null) return null;
    return `The blow seeks the highest COP; it moves ${(100 * seeker.centre()).toFixed(0)} % of the fluid of the recipe.`;
  }

  return {
    setpointC: () => setpoint_C,
    setSetpoint(valueC) {
      setpoint_C = valueC;
      pilot?.endTest('the set-point was changed.');
    },
    entered(entered, deviceS) {
      state = entered;
      averager.restart();
      predictive?.restart();
      seeker?.restart();
      proposed = null;
      if (entered === 'RESETTING') pilot?.begin(setpoint_C, 'recipe');
      if (entered === 'SUSPENDED' && mode !== 'manual' && mode !== 'thermostat')
        pilot?.begin(setpoint_C, 'lowest');
      if (entered !== 'EXECUTE') pilot?.endTest(`the machine went to ${entered}.`);
      if (entered === 'EXECUTE' || entered === 'SUSPENDED')
        memory = { calling: entered === 'EXECUTE', sinceS: deviceS };
    },
    decide(reading) {
      if (reading.state !== 'EXECUTE' && reading.state !== 'SUSPENDED') return { wish: null, recipe: null };
      state = reading.state;
      if (plan === null || pilot === null) return { wish: wish(reading), recipe: base };
      const running = state === 'EXECUTE' ? reading.inEffect : null;
      predictive?.look({ ...reading, setpoint_C, running });
      seekOn(reading);
      move(plan, pilot, reading);
      if (running === null) return { wish: wish(reading), recipe: null };
      const wanted = ahead() ?? moved(plan, pilot, reading);
      return { wish: wish(reading), recipe: steadied(reading, wanted) };
    },
    ask(action) {
      if (pilot === null)
        return no('the rig file has no regulator.pid section, so there is only the thermostat.');
      if (action === 'autotune')
        return state === 'EXECUTE'
          ? pilot.beginTest(setpoint_C)
          : no(`the relay test needs the machine in EXECUTE; it is in ${state}.`);
      if (action === 'cancel_autotune') return pilot.endTest('it was cancelled.');
      if (action === 'use_tuning') return pilot.useTuning();
      if ((action === 'mpc' && predictive === null) || (action === 'seek' && seeker === null))
        return no(`the rig file has no regulator.${action} section.`);
      pilot.endTest(`${action} was asked for.`);
      mode = action;
      return { ok: true, sentence: MODE_SENTENCES[action] };
    },
    askOutput(value) {
      if (pilot === null || mode !== 'manual')
        return no(`the output is set by hand in manual only; the regulator is in ${mode}.`);
      return pilot.setByHand(value);
    },
    rebase(recipe) {
      base = recipe;
      if (plan !== null) pilot?.rebase(outputOf(recipe, plan.manipulated));
    },
    proposal: () => pilot?.proposal() ?? null,
    expect(table) {
      pilot?.expect(table);
      if (table.outlook !== undefined) predictive?.expect(table.outlook);
    },
    tookTooLong(took_ms) {
      if (mpc !== undefined && mode === 'mpc' && took_ms > mpc.most_solve_ms)
        predictive?.tookTooLong(took_ms);
    },
    refused(problem) {
      if (mode === 'mpc') predictive?.refused(problem);
    },
    report() {
      const report = pilot?.report(mode);
      if (report === undefined) return report;
      const offered = RegulatorMode.options.filter(
        (kind) => (kind !== 'mpc' || predictive !== null) && (kind !== 'seek' || seeker !== null),
      );
      return { ...report, note: noteOf(report.mode) ?? report.note, offered };
    },
  };
}

const MODE_SENTENCES = {
  thermostat:
    'The thermostat decides: the recipe as it was asked for, paused where the house is cool enough.',
  pid: 'The PID controller decides, from the output that is there.',
  mpc: 'The model decides: the cheapest recipe that holds the house; where it cannot, the PID does.',
  seek: 'The PID holds the house, and the blow swings to find where the COP is highest.',
  manual: 'The output stays where it is until a person moves it; nothing pauses the run.',
} as const;

/** The blow flow keeps up with the frequency at the largest blow. */
const ratesOf = (mpc: MpcSection, base: Recipe): Rates => ({
  ...mpc,
  rate_kg_per_s2: (mpc.rate_Hz_per_s * mpc.blow_share[1] * base.blow_flow_kg_per_s) / base.frequency_Hz,
});

const no = (why: string): Reply => ({ ok: false, sentence: `Refused: ${why}` });
