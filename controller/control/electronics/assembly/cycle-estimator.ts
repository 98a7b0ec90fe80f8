/**
 * The summary of a cycle, from the readings of its ticks: what a board latches from every sample is here a mean or a
 * peak of some dozen. It is good where a cycle has many ticks; what was never read stays NaN.
 */
import type { CycleSummary, Status } from '../../line/readings.ts';

interface Sample {
  readonly status: Status;
  readonly atMs: number;
}

/** A run that never ends its cycle must not fill the memory. */
const MOST_SAMPLES = 5000;

export class CycleEstimator {
  readonly #heatCapacityJPerKgK: number;
  #samples: Sample[] = [];
  #cycle = -1;
  #last: CycleSummary | null = null;

  constructor(heatCapacityJPerKgK: number) {
    this.#heatCapacityJPerKgK = heatCapacityJPerKgK;
  }

  /** The last whole cycle; null before the first. */
  last(): CycleSummary | null {
    return this.#last;
  }

  add(status: Status, atMs: number): void {
    if (status.cycle_number !== this.#cycle) {
      const isWhole = status.cycle_number === this.#cycle + 1 && this.#samples.length > 1;
      if (isWhole) this.#last = this.#summarize(status.cycle_number, atMs);
      this.#samples = [];
      this.#cycle = status.cycle_number;
    }
    if (this.#samples.length < MOST_SAMPLES) this.#samples.push({ status, atMs });
  }

  #summarize(cycleNumber: number, endMs: number): CycleSummary {
    const samples = this.#samples;
    const statuses = samples.map(({ status }) => status);
    const periodMs = endMs - (samples[0]?.atMs ?? endMs);
    const mean = (of: (status: Status) => number): number => average(statuses.map(of));
    const peak = (of: (status: Status) => number): number => Math.max(...statuses.map(of));
    const cells =
      statuses[0]?.cell_C.map((_, i) => statuses.map((status) => status.cell_C[i] ?? Number.NaN)) ?? [];
    const hot = blow(statuses, 1);
    const cold = blow(statuses, -1);
    // As much comes back in the cold blow as left in the hot one; a difference is that of the flow meter.
    const heatPerK = (this.#heatCapacityJPerKgK * (hot.kgPerS + cold.kgPerS)) / 2;
    const work = this.#workJ();
    return {
      cycle_number: cycleNumber,
      cycle_end_ms: endMs,
      period_ms: periodMs,
      cooling_power_W: heatPerK * (hot.mean((s) => s.cold_inlet_C) - cold.mean((s) => s.cold_outlet_C)),
      heating_power_W: heatPerK * (hot.mean((s) => s.hot_outlet_C) - cold.mean((s) => s.hot_inlet_C)),
      mechanical_power_W: (1000 * work.netJ) / periodMs,
      loading_power_W: (1000 * work.loadingJ) / periodMs,
      pump_power_W: Number.NaN,
      peak_stress_MPa: peak((s) => s.stress_MPa),
      peak_force_kN: peak((s) => s.force_kN),
      peak_stroke_mm: peak((s) => s.stroke_mm),
      peak_pressure_bar: peak((s) => Math.abs(s.pressure_bar)),
      temperature_lift_K: mean((s) => s.hot_inlet_C - s.cold_inlet_C),
      cold_outlet_mean_C: cold.mean((s) => s.cold_outlet_C),
      hot_outlet_mean_C: hot.mean((s) => s.hot_outlet_C),
      cell_min_C: cells.map((values) => Math.min(...values)),
      cell_mean_C: cells.map(average),
      cell_max_C: cells.map((values) => Math.max(...values)),
    };
  }

  /** Trapezoids of force over stroke; loading is where it goes in. */
  #workJ(): { netJ: number; loadingJ: number } {
    let netJ = 0;
    let loadingJ = 0;
    this.#samples.forEach(({ status }, i) => {
      const before = this.#samples[i - 1]?.status;
      if (before === undefined) return;
      const stepJ = 0.5 * (status.force_kN + before.force_kN) * (status.stroke_mm - before.stroke_mm);
      netJ += stepJ;
      loadingJ += Math.max(0, stepJ);
    });
    return { netJ, loadingJ };
  }
}

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Samples in which the fluid flows this way (+1 hot blow, -1 cold blow): mean flow over the cycle, means by flow. */
function blow(statuses: readonly Status[], sign: 1 | -1) {
  const weight = (status: Status): number => Math.max(0, sign * status.flow_kg_per_s);
  const total = statuses.reduce((sum, status) => sum + weight(status), 0);
  return {
    kgPerS: total / statuses.length,
    /** NaN where nothing flowed. */
    mean: (of: (status: Status) => number): number =>
      statuses.reduce((sum, status) => (weight(status) > 0 ? sum + weight(status) * of(status) : sum), 0) /
      total,
  };
}
