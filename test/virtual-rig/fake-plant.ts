/** A plant simple enough to know the answers: a linear spring, cells that follow the stroke, constant powers. */
import type {
  ActuatorCommand,
  CycleRecipe,
  StrokeSchedule,
  Plant,
  PlantEnergies,
  PlantReadings,
} from '../../sim/index.ts';

export const CELLS = 10;
export const STIFFNESS_N_PER_M = 250_000;
export const COOLING_W = 1000;
/** Full stroke at the strain of FAKE_RECIPE, m. */
export const STROKE_M = 0.04;
export const CELL_REST_K = 300;

export const FAKE_RECIPE: CycleRecipe = { frequencyHz: 4, strain: 0.04, blowFlowKgPerS: 0.2, blowDuty: 0.4 };

export class FakePlant implements Plant {
  readonly readings: PlantReadings = {
    timeS: 0,
    forceN: 0,
    stressPa: 0,
    shorteningM: 0,
    pressurePa: 0,
    flowKgPerS: 0,
    coldInletK: 295,
    hotInletK: 305,
    coldOutletK: 290,
    hotOutletK: 310,
    roomK: 304,
    outdoorK: 304.15,
    cellK: new Float64Array(CELLS).fill(CELL_REST_K),
    profileK: new Float64Array(3 * CELLS).fill(CELL_REST_K),
    cellFlowKgPerS: new Float64Array(CELLS),
  };
  readonly energies: PlantEnergies = { coolingJ: 0, heatingJ: 0, workJ: 0, loadingWorkJ: 0, pumpJ: 0 };
  readonly steps: { dtS: number; command: ActuatorCommand }[] = [];

  step(dtS: number, command: ActuatorCommand): void {
    const { readings, energies } = this;
    this.steps.push({ dtS, command: { ...command } });
    readings.timeS += dtS;
    readings.flowKgPerS = command.flowKgPerS;
    readings.shorteningM = command.shorteningM;
    readings.forceN = STIFFNESS_N_PER_M * command.shorteningM;
    readings.stressPa = 60_000 * readings.forceN;
    readings.pressurePa = 4e5 * command.flowKgPerS;
    readings.cellK.fill(CELL_REST_K + 500 * command.shorteningM);
    energies.coolingJ += COOLING_W * dtS;
    energies.heatingJ += 1.5 * COOLING_W * dtS;
    energies.workJ += 400 * dtS;
    energies.loadingWorkJ += 700 * dtS;
    energies.pumpJ += 15 * dtS;
  }
}

const STEPS = 40;

/** Stroke up in the first quarter, down in the third; throws where two blows and two strokes do not fit. */
export function fakeSchedule(recipe: CycleRecipe): StrokeSchedule {
  if (recipe.blowDuty > 0.45) throw new RangeError('does not fit');
  const periodS = 1 / recipe.frequencyHz;
  const stroke = (phase: number): number => Math.max(0, Math.min(1, 4 * phase, 3 - 4 * phase));
  const phases = Float64Array.from({ length: STEPS }, (_, i) => (i + 1) / STEPS);
  return {
    periodS,
    steps: STEPS,
    dtS: new Float64Array(STEPS).fill(periodS / STEPS),
    phaseEnd: phases,
    shorteningM: phases.map((phase) => recipe.strain * stroke(phase)),
    flowKgPerS: phases.map((phase) => (phase < 0.5 ? 1 : -1) * recipe.blowFlowKgPerS),
  };
}
