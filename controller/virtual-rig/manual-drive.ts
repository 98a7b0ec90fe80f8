/**
 * Hold to run: one axis moves, slowly, while the host keeps renewing its request. Its life is wall time, like that of
 * the watchdog, and ends here whatever the host does.
 */
export interface ManualValues {
  readonly manual_stroke_mm_per_s: number;
  readonly manual_flow_kg_per_s: number;
  readonly manual_force_limit_kN: number;
  readonly manual_life_ms: number;
}

const STANDING: ManualValues = {
  manual_stroke_mm_per_s: 0,
  manual_flow_kg_per_s: 0,
  manual_force_limit_kN: 0,
  manual_life_ms: 50,
};

/** Lowest and highest value of each register. */
const RANGES: readonly (readonly [key: keyof ManualValues, low: number, high: number])[] = [
  ['manual_stroke_mm_per_s', -5, 5],
  ['manual_flow_kg_per_s', -0.2, 0.2],
  ['manual_force_limit_kN', 0, 100],
  ['manual_life_ms', 50, 500],
];

/** Registers hold f32, whose 0.2 is a little more than ours. */
const ROUNDING = 1e-6;

export function isManualAllowed(values: ManualValues): boolean {
  const isInRange = RANGES.every(
    ([key, low, high]) => values[key] >= low - ROUNDING && values[key] <= high + ROUNDING,
  );
  return isInRange && (values.manual_stroke_mm_per_s === 0 || values.manual_flow_kg_per_s === 0);
}

export class ManualDrive {
  private readonly nowMs: () => number;
  private asked = STANDING;
  private untilMs = Number.NEGATIVE_INFINITY;

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
  }

  /** What moves now. */
  get values(): ManualValues {
    return this.nowMs() < this.untilMs ? this.asked : STANDING;
  }

  ask(values: ManualValues): void {
    this.asked = values;
    this.untilMs = this.nowMs() + values.manual_life_ms;
  }

  stand(): void {
    this.untilMs = Number.NEGATIVE_INFINITY;
  }

  /** Where the actuator stands after `dtS`; it never goes below zero, above `mostM`, or on loading above the force. */
  nextM(shorteningM: number, dtS: number, forceN: number, mostM: number): number {
    const { manual_stroke_mm_per_s: speed, manual_force_limit_kN } = this.values;
    if (speed > 0 && !(forceN < 1000 * manual_force_limit_kN)) return shorteningM;
    return Math.min(mostM, Math.max(0, shorteningM + (speed / 1000) * dtS));
  }
}
