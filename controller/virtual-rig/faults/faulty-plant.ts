/**
 * The plant as its electronics see it, with what is broken in it: the physics behind, `truth` as it really is, and
 * `readings` and `energies` as sensors and meters tell them. Without a fault all three agree.
 */
import type { ActuatorCommand, Plant, PlantEnergies, PlantReadings } from '../../../sim/index.ts';
import type { PlantHook, Surroundings } from './plant-hook.ts';

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

export class FaultyPlant implements Plant {
  readonly readings: PlantReadings;
  readonly energies: PlantEnergies;
  /** What really is; no part of the machine's electronics sees it. */
  readonly truth: PlantReadings;
  private readonly plant: Plant;
  private readonly counted: PlantEnergies;
  private readonly gained: PlantEnergies;
  private readonly hooks = new Map<string, { readonly hook: PlantHook; readonly sinceS: number }>();
  private readonly command: ActuatorCommand = { shorteningM: 0, flowKgPerS: 0 };
  private readonly around: Changeable<Surroundings>;
  private clockZeroS = 0;
  private clockStoppedS: number | null = null;

  constructor(plant: Plant) {
    this.plant = plant;
    this.readings = copyOf(plant.readings);
    this.truth = copyOf(plant.readings);
    this.energies = { ...plant.energies };
    this.counted = { ...plant.energies };
    this.gained = { ...plant.energies };
    this.around = { sinceS: 0, dtS: 0, fullStrokeM: 0, fromM: 0, toM: 0, stressPerN: 0 };
  }

  /** The largest stroke that was ever commanded, m. */
  get fullStrokeM(): number {
    return this.around.fullStrokeM;
  }

  inject(name: string, hook: PlantHook): void {
    this.hooks.set(name, { hook, sinceS: this.plant.readings.timeS });
  }

  clear(name: string): void {
    this.hooks.delete(name);
  }

  /** The device clock begins anew. */
  restartClock(): void {
    this.clockZeroS = this.plant.readings.timeS;
  }

  stopClock(isStopped: boolean): void {
    this.clockStoppedS = isStopped ? this.readings.timeS : null;
  }

  step(dtS: number, command: ActuatorCommand): void {
    const { plant, around } = this;
    around.dtS = dtS;
    around.fromM = around.toM;
    around.toM = command.shorteningM;
    around.fullStrokeM = Math.max(around.fullStrokeM, command.shorteningM);
    Object.assign(this.command, command);
    this.each((hook) => hook.command?.(this.command, around));
    plant.step(dtS, this.command);
    if (plant.readings.forceN > 100) around.stressPerN = plant.readings.stressPa / plant.readings.forceN;
    copyInto(this.truth, plant.readings);
    this.each((hook) => hook.truth?.(this.truth, around));
    this.meter();
    copyInto(this.readings, this.truth);
    this.readings.timeS = this.clockStoppedS ?? plant.readings.timeS - this.clockZeroS;
    this.each((hook) => hook.sensed?.(this.readings, around));
  }

  private meter(): void {
    for (const key of ENERGIES) {
      this.gained[key] = this.plant.energies[key] - this.counted[key];
      this.counted[key] = this.plant.energies[key];
    }
    this.each((hook) => hook.metered?.(this.gained, this.truth, this.around));
    for (const key of ENERGIES) this.energies[key] += this.gained[key];
  }

  private each(action: (hook: PlantHook) => void): void {
    for (const { hook, sinceS } of this.hooks.values()) {
      this.around.sinceS = this.plant.readings.timeS - sinceS;
      action(hook);
    }
  }
}

const ENERGIES = [
  'coolingJ',
  'heatingJ',
  'workJ',
  'loadingWorkJ',
  'pumpJ',
] as const satisfies readonly (keyof PlantEnergies)[];

const copyOf = (readings: PlantReadings): PlantReadings => ({
  ...readings,
  cellK: readings.cellK.slice(),
  profileK: readings.profileK.slice(),
  cellFlowKgPerS: readings.cellFlowKgPerS.slice(),
});

/** The arrays stay the same objects: others hold on to them. */
function copyInto(target: PlantReadings, source: PlantReadings): void {
  const { cellK, profileK, cellFlowKgPerS } = target;
  cellK.set(source.cellK);
  profileK.set(source.profileK);
  cellFlowKgPerS.set(source.cellFlowKgPerS);
  Object.assign(target, source, { cellK, profileK, cellFlowKgPerS });
}
