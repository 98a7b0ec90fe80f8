/** The faults of sensors and their wires, each with its one amount (see the list in `protocol/faults/sensor.ts`). */
import type { PlantReadings } from '../../../sim/index.ts';
import type { SensorFault } from '../../protocol/faults/sensor.ts';
import { BAR } from '../units.ts';
import { type PlantHook, scaleLoad, setLoad } from './plant-hook.ts';

/** Which thermocouple, counted from 0, where the amount says something else. */
const A_CELL = 4;
/** An insulated thermocouple follows so slowly, s. */
const INSULATED_S = 20;

export const SENSOR_HOOKS: Readonly<Record<SensorFault, (amount: number) => PlantHook>> = {
  'force-open': () => ({ sensed: (sensed) => setLoad(sensed, Number.NaN, Number.NaN) }),
  'force-dead': () => ({ sensed: (sensed) => setLoad(sensed, 0, 0) }),
  'force-stuck': (force_kN) => ({
    sensed: (sensed, { stressPerN }) => setLoad(sensed, 1000 * force_kN, stressPerN),
  }),
  'force-drift': forceDrift,
  'stroke-dead': () => ({
    sensed(sensed) {
      sensed.shorteningM = 0;
    },
  }),
  'stroke-stuck': (stroke_mm) => ({
    sensed(sensed) {
      sensed.shorteningM = stroke_mm / 1000;
    },
  }),
  'cell-open': (cell) => ({ sensed: (sensed) => setCell(sensed, cell - 1, Number.NaN) }),
  'cell-stuck': (cell) => cellStuck(cell - 1),
  'cell-impossible': (reading_C) => ({ sensed: (sensed) => setCell(sensed, A_CELL, reading_C + 273.15) }),
  'cell-drift': (rate) => ({
    sensed: (sensed, { sinceS }) => setCell(sensed, A_CELL, sensed.cellK[A_CELL] + rate * sinceS),
  }),
  'cells-insulated': insulated,
  'outlets-crossed': () => ({
    sensed(sensed) {
      [sensed.coldOutletK, sensed.hotOutletK] = [sensed.hotOutletK, sensed.coldOutletK];
    },
  }),
  'flow-dead': () => flowOf(0),
  'flow-stuck': flowOf,
  'pressure-open': () => pressureOf(Number.NaN),
  'pressure-stuck': pressureOf,
  'room-open': () => ({
    sensed(sensed) {
      sensed.roomK = Number.NaN;
    },
  }),
  'room-drift': (rate) => ({
    sensed(sensed, { sinceS }) {
      // Down to a cold room, not beyond what such a sensor can say.
      sensed.roomK = Math.max(sensed.roomK - rate * sinceS, 283);
    },
  }),
};

function setCell(readings: PlantReadings, cell: number, kelvin: number): void {
  readings.cellK[Math.round(cell)] = kelvin;
}

function flowOf(flowKgPerS: number): PlantHook {
  return {
    sensed(sensed) {
      sensed.flowKgPerS = flowKgPerS;
    },
  };
}

function pressureOf(pressure_bar: number): PlantHook {
  return {
    sensed(sensed) {
      sensed.pressurePa = pressure_bar * BAR;
    },
  };
}

const gainAt = (rate_percent_per_s: number, sinceS: number): number =>
  1 + (rate_percent_per_s / 100) * sinceS;

function forceDrift(rate: number): PlantHook {
  return {
    sensed: (sensed, { sinceS }) => scaleLoad(sensed, gainAt(rate, sinceS)),
    metered(gained, _truth, { sinceS }) {
      gained.workJ *= gainAt(rate, sinceS);
      gained.loadingWorkJ *= gainAt(rate, sinceS);
    },
  };
}

function cellStuck(cell: number): PlantHook {
  let kelvin: number | null = null;
  return {
    sensed(sensed) {
      kelvin ??= sensed.cellK[Math.round(cell)];
      setCell(sensed, cell, kelvin);
    },
  };
}

function insulated(): PlantHook {
  let slow: Float64Array | null = null;
  return {
    sensed(sensed, { dtS }) {
      slow ??= sensed.cellK.slice();
      for (let cell = 0; cell < slow.length; cell++) {
        slow[cell] += ((sensed.cellK[cell] - slow[cell]) * dtS) / INSULATED_S;
      }
      sensed.cellK.set(slow);
    },
  };
}
