/** A regulator on a house of three heat capacities with a made-up machine: seconds of simulated time, at once. */
import type { Matrix } from 'ml-matrix';
import type { FeedForwardTable } from '../../controller/control/regulate/feed-forward.ts';
import { STATE, houseModel } from '../../controller/control/regulate/predict/house-model.ts';
import {
  createRegulator,
  type Decision,
  type Regulator,
} from '../../controller/control/regulate/regulator.ts';
import type { Recipe, RigFile } from '../../controller/control/rig-file.ts';
import type { State } from '../../controller/wire/messages.ts';
import { RIG_TEXT, readRig } from '../control/observation.ts';
import { madeUpOutlook, madeUpPowers } from './predict/made-up-outlook.ts';

export const KINDS = ['thermostat', 'pid', 'mpc', 'seek'] as const;
export type Kind = (typeof KINDS)[number];

export const rigOf = (kind: Kind): RigFile => readRig(RIG_TEXT.replace('kind: thermostat', `kind: ${kind}`));

export const TABLE: FeedForwardTable = {
  manipulated: 'frequency_Hz',
  setpoint_C: [20, 24],
  outdoor_C: [20, 40],
  output_U: [
    [0.2, 0.6],
    [0.2, 0.4],
  ],
  lift_K: [0, 20],
  most_U: [3.5, 3.5],
  outlook: madeUpOutlook(),
};

const STEP_S = 0.5;
const HOUSE = madeUpOutlook().house;
const rows = ({ A, B }: { readonly A: Matrix; readonly B: Matrix }): number[][] =>
  A.to2DArray().map((row, i) => [...row, ...B.getRow(i)]);
const MODELS = {
  running: rows(houseModel(HOUSE, true, STEP_S, 0)),
  resting: rows(houseModel(HOUSE, false, STEP_S, 0)),
};

export class Stand {
  readonly told: string[] = [];
  readonly decisions: Decision[] = [];
  readonly regulator: Regulator;
  readonly rig: RigFile;
  state: State = 'EXECUTE';
  seconds = 0;
  cycles = 0;
  outdoor_C = 31;
  load_W = 60;
  /** Watts that the machine takes for one of its outlook. */
  yields = 1;
  electric_kJ = 0;
  /** What the sensor of the room makes of the truth. */
  sense: (room_C: number) => number = (room_C) => room_C;
  /** What the device makes of what is proposed. */
  device: (asked: Recipe) => Recipe = (asked) => asked;
  /** As the device of a rig does: one change at a time, which runs from the next cycle start and is read back two cycles on. */
  isLate = false;
  inEffect: Recipe;
  #runs: Recipe;
  #change: { readonly recipe: Recipe; readonly cycle: number } | null = null;
  /** By STATE. */
  #house: readonly number[];

  constructor(kind: Kind, start_C = 21.5, table: FeedForwardTable | null = TABLE) {
    this.rig = rigOf(kind);
    this.inEffect = this.#runs = this.rig.recipe;
    this.#house = [start_C, start_C + 1, start_C - 1.5, 0, 0];
    this.regulator = createRegulator(this.rig, (sentence) => this.told.push(sentence));
    if (table !== null) this.regulator.expect(table);
    this.enter('RESETTING');
    this.enter('EXECUTE');
  }

  get room_C(): number {
    return this.#house[STATE.air];
  }

  enter(state: State): void {
    this.state = state;
    this.regulator.entered(state, this.seconds);
  }

  /** Lets time pass; `look` sees every decision. */
  pass(seconds: number, look: (decision: Decision) => void = () => {}): void {
    for (let k = 0; k < seconds / STEP_S; k++) {
      this.#move();
      const decision = this.#decide();
      this.decisions.push(decision);
      look(decision);
      if (decision.recipe !== null) this.#give(this.device(decision.recipe));
      if (decision.wish === 'SUSPEND') this.enter('SUSPENDED');
      if (decision.wish === 'UNSUSPEND') this.enter('EXECUTE');
    }
  }

  #give(recipe: Recipe): void {
    if (!this.isLate) this.inEffect = recipe;
    else this.#change ??= { recipe, cycle: Math.floor(this.cycles) };
  }

  #takeHold(): void {
    const cycle = Math.floor(this.cycles);
    if (this.#change === null) this.#runs = this.inEffect;
    else if (cycle > this.#change.cycle) this.#runs = this.#change.recipe;
    if (this.#change === null || cycle < this.#change.cycle + 3) return;
    this.inEffect = this.#change.recipe;
    this.#change = null;
  }

  get #ports() {
    const cold_C = this.#house[STATE.loop];
    return { cold_C, lift_K: this.outdoor_C + 1 - cold_C };
  }

  #move(): void {
    const isRunning = this.state === 'EXECUTE';
    this.#takeHold();
    const { cooling_W, electric_W } = madeUpPowers(this.#runs, this.#ports);
    const [air, wall, loop] = this.#house;
    // The load is the truth here, and the machine does what its formula says, and more.
    const now = [air, wall, loop, this.load_W, 0, this.yields * cooling_W, this.outdoor_C, 1];
    const model = isRunning ? MODELS.running : MODELS.resting;
    this.#house = model.map((row) => row.reduce((sum, value, i) => sum + value * now[i], 0));
    this.seconds += STEP_S;
    if (!isRunning) return;
    this.cycles += STEP_S * this.#runs.frequency_Hz;
    this.electric_kJ += (STEP_S * electric_W) / 1000;
  }

  #decide(): Decision {
    const cycle_number = Math.floor(this.cycles);
    const { cooling_W, electric_W } = madeUpPowers(this.#runs, this.#ports);
    return this.regulator.decide({
      state: this.state,
      device_s: this.seconds,
      room_C: this.sense(this.room_C),
      outdoor_C: this.outdoor_C,
      ...this.#ports,
      cycle_number,
      phase: this.cycles - cycle_number,
      cycle: {
        cycle_number,
        cooling_power_W: cooling_W,
        loading_power_W: 0.8 * electric_W,
        mechanical_power_W: 0.8 * electric_W,
        pump_power_W: 0,
      },
      inEffect: this.inEffect,
    });
  }
}
