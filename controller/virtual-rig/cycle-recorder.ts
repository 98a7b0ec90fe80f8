/** What the firmware latches of a whole cycle: powers, peaks, cell temperatures, and its waveform. */
import type { Plant, PlantEnergies } from '../../sim/index.ts';
import type { BlockValues } from '../protocol/register-map.ts';
import { BAR, celsius } from './units.ts';
import { type Waveform, WaveformRecorder } from './waveform-recorder.ts';

export interface RecordedCycle {
  /** Values of the CYCLE_SUMMARY block. */
  readonly summary: BlockValues;
  readonly waveform: Waveform;
}

/** Highest values since the cycle began, in plant units. */
interface Peaks {
  stressPa: number;
  forceN: number;
  shorteningM: number;
  pressurePa: number;
}

export class CycleRecorder {
  private readonly plant: Plant;
  private readonly waveform = new WaveformRecorder();
  private readonly cellMin: Float64Array;
  private readonly cellMax: Float64Array;
  private readonly cellSum: Float64Array;
  private energies: PlantEnergies;
  private peaks: Peaks = noPeaks();
  private startS = 0;
  private durationS = 0;
  private liftSum = 0;
  private strainPerM = 0;
  private coldOut: Blown = nothingBlown();
  private hotOut: Blown = nothingBlown();

  constructor(plant: Plant) {
    this.plant = plant;
    this.energies = { ...plant.energies };
    const cells = plant.readings.cellK.length;
    this.cellMin = new Float64Array(cells);
    this.cellMax = new Float64Array(cells);
    this.cellSum = new Float64Array(cells);
  }

  /** @param strainPerM nominal strain in percent a metre of shortening */
  begin(strainPerM: number): void {
    this.energies = { ...this.plant.energies };
    this.peaks = noPeaks();
    this.startS = this.plant.readings.timeS;
    this.durationS = 0;
    this.liftSum = 0;
    this.strainPerM = strainPerM;
    this.coldOut = nothingBlown();
    this.hotOut = nothingBlown();
    this.cellMin.fill(Number.POSITIVE_INFINITY);
    this.cellMax.fill(Number.NEGATIVE_INFINITY);
    this.cellSum.fill(0);
    this.waveform.begin(this.channels());
  }

  /** Takes the readings at the end of a step of `dtS` that reached `phaseEnd`. */
  add(dtS: number, phaseEnd: number): void {
    const { readings } = this.plant;
    const { flowKgPerS } = readings;
    this.durationS += dtS;
    this.liftSum += dtS * (readings.hotInletK - readings.coldInletK);
    this.peaks.stressPa = Math.max(this.peaks.stressPa, readings.stressPa);
    this.peaks.forceN = Math.max(this.peaks.forceN, readings.forceN);
    this.peaks.shorteningM = Math.max(this.peaks.shorteningM, readings.shorteningM);
    this.peaks.pressurePa = Math.max(this.peaks.pressurePa, Math.abs(readings.pressurePa));
    if (flowKgPerS < 0) blow(this.coldOut, -flowKgPerS * dtS, readings.coldOutletK);
    if (flowKgPerS > 0) blow(this.hotOut, flowKgPerS * dtS, readings.hotOutletK);
    readings.cellK.forEach((kelvin, cell) => {
      this.cellMin[cell] = Math.min(this.cellMin[cell], kelvin);
      this.cellMax[cell] = Math.max(this.cellMax[cell], kelvin);
      this.cellSum[cell] += dtS * kelvin;
    });
    this.waveform.add(phaseEnd, this.channels());
  }

  finish(cycleNumber: number): RecordedCycle {
    const startMs = Math.round(1000 * this.startS);
    return {
      summary: this.summary(cycleNumber),
      waveform: this.waveform.finish(cycleNumber, startMs, this.durationS),
    };
  }

  private summary(cycleNumber: number): BlockValues {
    const power = (key: keyof PlantEnergies): number =>
      (this.plant.energies[key] - this.energies[key]) / this.durationS;
    return {
      cycle_number: cycleNumber,
      cycle_end_ms: Math.round(1000 * this.plant.readings.timeS),
      period_ms: 1000 * this.durationS,
      cooling_power_W: power('coolingJ'),
      heating_power_W: power('heatingJ'),
      mechanical_power_W: power('workJ'),
      loading_power_W: power('loadingWorkJ'),
      pump_power_W: power('pumpJ'),
      peak_stress_MPa: this.peaks.stressPa / 1e6,
      peak_force_kN: this.peaks.forceN / 1000,
      peak_stroke_mm: 1000 * this.peaks.shorteningM,
      peak_pressure_bar: this.peaks.pressurePa / BAR,
      temperature_lift_K: this.liftSum / this.durationS,
      cold_outlet_mean_C: celsius(this.coldOut.kgK / this.coldOut.kg),
      hot_outlet_mean_C: celsius(this.hotOut.kgK / this.hotOut.kg),
      cell_min_C: Array.from(this.cellMin, celsius),
      cell_mean_C: Array.from(this.cellSum, (sum) => celsius(sum / this.durationS)),
      cell_max_C: Array.from(this.cellMax, celsius),
    };
  }

  /** The readings as waveform channels. */
  private channels(): number[] {
    const { readings } = this.plant;
    return [
      this.strainPerM * readings.shorteningM,
      readings.stressPa / 1e6,
      celsius(readings.coldOutletK),
      celsius(readings.hotOutletK),
      ...Array.from(readings.cellK, celsius),
    ];
  }
}

/** What left through a port; a mean over nothing is NaN. */
interface Blown {
  kg: number;
  kgK: number;
}

const nothingBlown = (): Blown => ({ kg: 0, kgK: 0 });

function blow(blown: Blown, kg: number, kelvin: number): void {
  blown.kg += kg;
  blown.kgK += kg * kelvin;
}

const noPeaks = (): Peaks => ({ stressPa: 0, forceN: 0, shorteningM: 0, pressurePa: 0 });
