/**
 * A Kalman filter over the house: walls and loads from what is measured, air and cold loop. As many loads as measurements,
 * so that whatever the model has wrong leaves no lasting error (Pannocchia & Rawlings, AIChE Journal 49, 2003, 426-437).
 */
import { Matrix } from 'ml-matrix';
import { Kalman } from '../../../../sim/numerics/kalman.ts';
import { STATE, houseModel } from './house-model.ts';
import type { HouseOutlook } from './outlook.ts';

/** What a second may add unseen: K, K, K, W, 1. Loads change by some 10 W a minute, or at once by more. */
const DRIFT = [0.01, 0.003, 0.05, 5, 0.02];
/** How far off the first guess may be. */
const FIRST = [0.2, 3, 1, 100, 0.5];
/** Of the means over cycles, K: the air by its sensor, the loop by what is left of the swing of a cycle. */
const NOISE = [0.04, 0.1];
const SEEN = Matrix.zeros(2, 5).set(0, STATE.air, 1).set(1, STATE.loop, 1);

export interface Watched {
  /** Means over `period_s`; NaN where not known. */
  readonly room_C: number;
  readonly cold_C: number;
  readonly outdoor_C: number;
  readonly period_s: number;
  /** What the machine took by the outlook; 0 where it rested. */
  readonly cooling_W: number;
  readonly isRunning: boolean;
}

export interface Observer {
  watch(now: Watched): void;
  /** By STATE; null before the first reading. */
  state(): Float64Array | null;
}

export function createObserver(house: HouseOutlook): Observer {
  let filter: Kalman | null = null;

  return {
    state: () => filter?.state ?? null,
    watch({ room_C, cold_C, outdoor_C, period_s, cooling_W, isRunning }) {
      if (!Number.isFinite(outdoor_C)) return;
      if (filter === null) {
        if (!Number.isFinite(room_C) || !Number.isFinite(cold_C)) return;
        filter = new Kalman([room_C, room_C, cold_C, 0, 0], FIRST);
        return;
      }
      const { A, B } = houseModel(house, isRunning, period_s, cooling_W);
      filter.predict(
        A,
        B,
        [cooling_W, outdoor_C, 1],
        DRIFT.map((a_second) => a_second * Math.sqrt(period_s)),
      );
      filter.correct(SEEN, [room_C, cold_C], NOISE);
    },
  };
}
