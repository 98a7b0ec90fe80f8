/** The newest readings of the ticks, and the inlet temperatures of a stretch of device time out of them. */
import type { Inlets } from './twin.ts';

export interface TickReading {
  readonly time_s: number;
  readonly cold_C: number;
  readonly hot_C: number;
  readonly ambient_C: number;
  /** + hot blow: fluid enters from the cold loop; - cold blow. */
  readonly flow_kg_per_s: number;
}

export interface InletRecord {
  add(reading: TickReading): void;
  /** Null where nothing that may be believed was read then. */
  between(fromS: number, toS: number): Inlets | null;
}

/** 50 a second: 40 s at the pace of a real machine. */
const KEPT = 2000;

export function createInletRecord(): InletRecord {
  let readings: TickReading[] = [];

  return {
    add(reading) {
      const last = readings.at(-1);
      if (last !== undefined && reading.time_s < last.time_s - 1) readings = [];
      readings.push(reading);
      if (readings.length > 2 * KEPT) readings = readings.slice(-KEPT);
    },
    between(fromS, toS) {
      const within = readings.filter(({ time_s }) => time_s >= fromS && time_s <= toS);
      const found = within.length > 0 ? within : nearest(readings, (fromS + toS) / 2);
      const inlets = {
        // A loop counts while it feeds the cells: its temperature swings with the cycle.
        cold_C: mean(found, 'cold_C', ({ flow_kg_per_s }) => Math.max(0, flow_kg_per_s)),
        hot_C: mean(found, 'hot_C', ({ flow_kg_per_s }) => Math.max(0, -flow_kg_per_s)),
        ambient_C: mean(found, 'ambient_C', () => 1),
      };
      return Object.values(inlets).every(Number.isFinite) ? inlets : null;
    },
  };
}

/** An accelerated rig may finish cycles between two ticks: then the two around them. */
function nearest(readings: readonly TickReading[], atS: number): TickReading[] {
  const after = readings.findIndex(({ time_s }) => time_s > atS);
  return after < 1 ? readings.slice(-2) : readings.slice(after - 1, after + 1);
}

/** Weighted; plain where nothing has a weight; NaN where nothing is a number. */
function mean(
  readings: readonly TickReading[],
  key: 'cold_C' | 'hot_C' | 'ambient_C',
  weightOf: (reading: TickReading) => number,
): number {
  const known = readings.filter((reading) => Number.isFinite(reading[key]));
  const weights = known.map((reading) => {
    const weight = weightOf(reading);
    return Number.isFinite(weight) ? weight : 0;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return known.reduce((sum, reading) => sum + reading[key], 0) / known.length;
  return known.reduce((sum, reading, i) => sum + weights[i] * reading[key], 0) / total;
}
