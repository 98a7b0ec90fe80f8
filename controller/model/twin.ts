/**
 * The machine of a preset, stepped cycle by cycle beside the real one: the recipe and the measured inlet temperatures
 * in, what such a cycle should come to out. It knows nothing else of the rig.
 */
import {
  type CycleSchedule,
  type DeviceConfig,
  CyclePeaks,
  type CyclePicture,
  Machine,
  PictureTaker,
  buildCycleSchedule,
  commandStep,
  counters,
  oppositeBlows,
  runCycle,
} from '../../sim/index.ts';
import type { Recipe } from '../control/rig-file.ts';
import { type Accounted, type Modelled, PICTURE_BINS, PICTURE_STRETCHES } from '../wire/channels.ts';
import { toCycleRecipe } from './feed-forward-table.ts';

/** Temperatures at the ports, °C. */
export interface Inlets {
  readonly cold_C: number;
  readonly hot_C: number;
  readonly ambient_C: number;
}

/** What a cycle should come to, in the units of the cycle channels. */
export type Expected = Readonly<Record<Modelled | Accounted, number>>;

const PICTURE_SIZE = { bins: PICTURE_BINS, positions: PICTURE_STRETCHES };
const ZERO_C_K = 273.15;
const REST_STEP_S = 0.25;
/** Longer rests change nothing more: the alloy has long taken the temperature around it, s. */
const LONGEST_REST_S = 120;

const ports = ({ cold_C, hot_C, ambient_C }: Inlets) => ({
  cold: cold_C + ZERO_C_K,
  hot: hot_C + ZERO_C_K,
  ambient: ambient_C + ZERO_C_K,
});

export class Twin {
  readonly #device: DeviceConfig;
  readonly #machine: Machine;
  readonly #blows;
  /** Of the last cycle, where it was asked for. */
  picture: CyclePicture | null = null;
  #recipe: Recipe;
  #schedule: CycleSchedule;

  /** Throws UserError where the machine cannot run so, or one stroke and one flow cannot drive it. */
  constructor(device: DeviceConfig, recipe: Recipe, start_C: number) {
    this.#device = device;
    this.#blows = oppositeBlows(device);
    this.#recipe = recipe;
    this.#schedule = buildCycleSchedule(device, toCycleRecipe(recipe));
    this.#machine = new Machine(device, recipe.frequency_Hz, start_C + ZERO_C_K);
  }

  /** One whole cycle between these inlets; `pictured` is the cell, from 0, whose profile is to be in a picture of it. */
  cycle(recipe: Recipe, inlets: Inlets, pictured?: number): Expected {
    this.#take(recipe);
    const machine = this.#machine;
    const { circuit } = machine;
    const schedule = this.#schedule;
    const { periodS } = schedule;
    const before = counters(machine);
    const peaks = new CyclePeaks(machine);
    const taker = pictured === undefined ? null : new PictureTaker(machine, pictured, PICTURE_SIZE);
    const cold = { kg: 0, kgK: 0 };
    const hot = { kg: 0, kgK: 0 };
    runCycle(machine, schedule, ports(inlets), (i) => {
      peaks.look();
      taker?.look(schedule.phaseEnd[i]);
      blow(cold, circuit.flowKgPerS[this.#blows.cold] * schedule.dtS[i], circuit.coldOutletK);
      blow(hot, circuit.flowKgPerS[this.#blows.hot] * schedule.dtS[i], circuit.hotOutletK);
    });
    this.picture = taker?.picture() ?? null;
    const after = counters(machine);
    const power = (key: keyof typeof before): number => (after[key] - before[key]) / periodS;
    const goesIn = power('cooling') + power('work');
    return {
      cooling_power_W: power('cooling'),
      heating_power_W: power('heating'),
      mechanical_power_W: power('work'),
      loading_power_W: power('loading'),
      pump_power_W: power('pump'),
      housing_loss_W: power('loss'),
      stored_power_W: power('stored'),
      hysteresis_power_W: power('dissipated'),
      account_residual_W: goesIn - power('heating') - power('loss') - power('stored'),
      peak_stress_MPa: Math.max(...machine.banks.map((bank) => peaks.stressOf(bank))) / 1e6,
      peak_force_kN: Math.max(...peaks.forceN) / 1e3,
      peak_pressure_bar: peaks.pressurePa / 1e5,
      cold_outlet_mean_C: cold.kgK / cold.kg - ZERO_C_K,
      hot_outlet_mean_C: hot.kgK / hot.kg - ZERO_C_K,
    };
  }

  /** The machine stands unloaded for so long. */
  rest(seconds: number, inlets: Inlets): void {
    const machine = this.#machine;
    const steps = Math.ceil(Math.min(seconds, LONGEST_REST_S) / REST_STEP_S);
    for (let i = 0; i < steps; i++) {
      commandStep(machine, this.#schedule, this.#schedule.steps - 1);
      machine.circuit.flowKgPerS.fill(0);
      machine.stepS = REST_STEP_S;
      machine.step(ports(inlets));
    }
  }

  #take(recipe: Recipe): void {
    if (recipe === this.#recipe) return;
    this.#schedule = buildCycleSchedule(this.#device, toCycleRecipe(recipe));
    this.#machine.lumpWalls(recipe.frequency_Hz);
    this.#recipe = recipe;
  }
}

function blow(blown: { kg: number; kgK: number }, kg: number, kelvin: number): void {
  blown.kg += kg;
  blown.kgK += kg * kelvin;
}
