/**
 * What the drawing shows at a moment. At 1x that is the newest reading. Above, single readings would alias, so the
 * last whole cycle is played back at 1x, and the flow comes sorted by phase. Where motion is unwelcome: cycle means.
 */
import { fresh, isCycling } from '../live-values.ts';
import { acceleration, telemetry } from '../session.ts';
import {
  CELL_INDEXES,
  COLD_OUT_MEAN,
  HOT_OUT_MEAN,
  cellColumn,
  cycleColumn,
  tickColumn,
} from '../store/telemetry.ts';
import { COLD_OUTLET, FIRST_CELL, HOT_OUTLET, STRAIN, STRESS, type WholeCycle } from '../store/waveforms.ts';

export type SceneMode = 'live' | 'playback' | 'means' | 'empty';

export interface Scene {
  mode: SceneMode;
  /** Cycle that is played back or averaged. */
  cycle: number;
  /** Nothing new was read: what is shown stands still. */
  isStill: boolean;
  strokeMm: number;
  stressMPa: number;
  flowKgPerS: number;
  coldInC: number;
  coldOutC: number;
  hotInC: number;
  hotOutC: number;
  readonly cellC: Float64Array;
}

export const newScene = (): Scene => ({
  mode: 'empty',
  cycle: Number.NaN,
  isStill: true,
  strokeMm: Number.NaN,
  stressMPa: Number.NaN,
  flowKgPerS: Number.NaN,
  coldInC: Number.NaN,
  coldOutC: Number.NaN,
  hotInC: Number.NaN,
  hotOutC: Number.NaN,
  cellC: new Float64Array(CELL_INDEXES.length),
});

const STROKE = tickColumn('stroke_mm');
const STRESS_NOW = tickColumn('stress_MPa');
const FLOW = tickColumn('flow_kg_per_s');
const COLD_IN = tickColumn('cold_inlet_C');
const HOT_IN = tickColumn('hot_inlet_C');
const COLD_OUT = tickColumn('cold_outlet_C');
const HOT_OUT = tickColumn('hot_outlet_C');
const CELL = tickColumn('cell_1_C');
const PEAK_STROKE = cycleColumn('peak_stroke_mm');
const CYCLE_NO = cycleColumn('cycle_number');

export class Player {
  readonly scene = newScene();
  #playing: WholeCycle | undefined;
  #peakStrain = 0;
  #phase = 0;
  #previousMs = 0;

  /** Brings the scene to now. */
  update(nowMs: number, still: boolean): Scene {
    const elapsedS = Math.min(0.1, (nowMs - this.#previousMs) / 1000);
    this.#previousMs = nowMs;
    const { scene } = this;
    scene.isStill = !fresh.peek();
    // The picture of the last reading stays, greyed by the page; a cycle that is over is not played on.
    if (scene.isStill && scene.mode !== 'empty') return scene;
    const { latest } = telemetry;
    scene.coldInC = latest[COLD_IN];
    scene.hotInC = latest[HOT_IN];
    const cycling = isCycling();
    if (Number.isNaN(telemetry.clock.lastS)) scene.mode = 'empty';
    else if (cycling && still) this.#showMeans();
    else if (cycling && acceleration.peek() > 1) this.#play(elapsedS);
    else this.#showLatest();
    return scene;
  }

  #showLatest(): void {
    const { scene } = this;
    const { latest } = telemetry;
    scene.mode = 'live';
    scene.cycle = telemetry.lastCycle(CYCLE_NO);
    scene.strokeMm = latest[STROKE];
    scene.stressMPa = latest[STRESS_NOW];
    scene.flowKgPerS = latest[FLOW];
    scene.coldOutC = latest[COLD_OUT];
    scene.hotOutC = latest[HOT_OUT];
    for (const cell of CELL_INDEXES) scene.cellC[cell] = latest[CELL + cell];
    this.#playing = undefined;
  }

  #showMeans(): void {
    const { scene } = this;
    scene.mode = 'means';
    scene.cycle = telemetry.lastCycle(CYCLE_NO);
    scene.strokeMm = 0;
    scene.stressMPa = 0;
    scene.flowKgPerS = 0;
    scene.coldOutC = telemetry.lastCycle(COLD_OUT_MEAN);
    scene.hotOutC = telemetry.lastCycle(HOT_OUT_MEAN);
    for (const cell of CELL_INDEXES) scene.cellC[cell] = telemetry.lastCycle(cellColumn(cell, 'mean'));
  }

  #play(elapsedS: number): void {
    const { scene } = this;
    const { waveforms } = telemetry;
    if (this.#playing !== undefined) this.#phase += elapsedS / this.#playing.periodS;
    if (this.#playing === undefined || this.#phase >= 1) this.#takeNewest();
    const cycle = this.#playing;
    if (cycle === undefined) {
      this.#showMeans();
      return;
    }
    const bin = Math.min(cycle.bins - 1, Math.floor(this.#phase * cycle.bins));
    const peakMm = telemetry.lastCycle(PEAK_STROKE);
    scene.mode = 'playback';
    scene.cycle = cycle.number;
    scene.strokeMm = (peakMm * waveforms.value(cycle, STRAIN, bin)) / this.#peakStrain;
    scene.stressMPa = waveforms.value(cycle, STRESS, bin);
    scene.flowKgPerS = telemetry.flowByPhase.at(this.#phase);
    scene.coldOutC = waveforms.value(cycle, COLD_OUTLET, bin);
    scene.hotOutC = waveforms.value(cycle, HOT_OUTLET, bin);
    for (const cell of CELL_INDEXES) scene.cellC[cell] = waveforms.value(cycle, FIRST_CELL + cell, bin);
  }

  #takeNewest(): void {
    const { waveforms } = telemetry;
    this.#phase -= Math.floor(this.#phase);
    const cycle = waveforms.recent(0);
    this.#playing = cycle;
    this.#peakStrain = 0;
    if (cycle === undefined) return;
    for (let bin = 0; bin < cycle.bins; bin++) {
      this.#peakStrain = Math.max(this.#peakStrain, waveforms.value(cycle, STRAIN, bin));
    }
  }
}
