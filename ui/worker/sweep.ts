/**
 * Where to put the points of a curve. A sweep yields the next place and is told the cooling power there: nearest to
 * the present point first, and never more than a fixed number.
 */
export type Sweep = Generator<number, void, number>;

const LIFT_POINTS = 16;
/** First step away from the present point, K: far enough for a slope, near enough to be on the same branch. */
const PROBE_K = 2;
const FREQUENCY_RATIO = 1.25;
const FREQUENCY_STEPS_DOWN = 7;
const FREQUENCY_STEPS_UP = 4;

/** Points to come of both sweeps together, for a progress bar. */
export const EXPECTED_POINTS = 13 + FREQUENCY_STEPS_DOWN + FREQUENCY_STEPS_UP;

/** Temperature lifts, K, from zero (or the present one, where that is below) to where no cooling is left. */
export function* sweepLift(presentK: number, presentW: number, highestK: number): Sweep {
  /** Highest lift that cools and lowest that does not, with their power. */
  let cools = { lift: Number.NEGATIVE_INFINITY, power: Number.NaN };
  let fails = { lift: Number.POSITIVE_INFINITY, power: Number.NaN };
  const note = (lift: number, power: number) => {
    if (power > 0) cools = lift > cools.lift ? { lift, power } : cools;
    else if (lift < fails.lift) fails = { lift, power };
  };
  note(presentK, presentW);
  let points = 1;
  const probeK = Math.min(highestK, presentW > 0 ? presentK + PROBE_K : presentK - PROBE_K);
  const probeW = yield probeK;
  note(probeK, probeW);
  const slope = (presentW - probeW) / (probeK - presentK);
  const reachK = slope > 0 ? presentK + presentW / slope : presentK + 10 * PROBE_K;
  const fromK = Math.min(0, presentK);
  const stepK = niceStep(Math.max(reachK - fromK, PROBE_K) / 9);
  // a curve may end later than its slope here says: the grid goes on, the number of points does not
  const grid = Array.from({ length: 2 * LIFT_POINTS }, (_, k) => Math.ceil(fromK / stepK) * stepK + k * stepK)
    .filter((lift) => lift <= highestK && Math.abs(lift - presentK) > stepK / 4 && lift !== probeK)
    .toSorted((a, b) => Math.abs(a - presentK) - Math.abs(b - presentK));
  for (const lift of grid) {
    if (lift > fails.lift) continue;
    if (++points > LIFT_POINTS) return;
    note(lift, yield lift);
  }
  // where the curve bent, its end is still wide open; with one end unknown there is nothing to halve
  const isWide = () => {
    const gap = fails.lift - cools.lift;
    return gap < Number.POSITIVE_INFINITY && gap > Math.max(PROBE_K, (fails.lift - fromK) / 8);
  };
  while (isWide() && points++ < LIFT_POINTS) {
    const middle = (cools.lift + fails.lift) / 2;
    note(middle, yield middle);
  }
  const share = cools.power / (cools.power - fails.power);
  const zeroK = cools.lift + share * (fails.lift - cools.lift);
  if (zeroK > cools.lift && zeroK < fails.lift) yield zeroK;
}

/** Frequencies, Hz, in equal ratios on both sides of the present one; a side ends where nothing is cooled any more. */
export function* sweepFrequency(
  presentHz: number,
  presentW: number,
  lowestHz: number,
  highestHz: number,
): Sweep {
  let up = FREQUENCY_STEPS_UP;
  let down = FREQUENCY_STEPS_DOWN;
  let powerUp = presentW;
  let powerDown = presentW;
  for (let k = 1; k <= Math.max(up, down); k++) {
    const higher = presentHz * FREQUENCY_RATIO ** k;
    const lower = presentHz / FREQUENCY_RATIO ** k;
    if (k <= up && higher <= highestHz) {
      const power = yield higher;
      if (powerUp > 0 && !(power > 0)) up = 0;
      powerUp = power;
    }
    if (k <= down && lower >= lowestHz) {
      const power = yield lower;
      if (powerDown > 0 && !(power > 0)) down = 0;
      powerDown = power;
    }
  }
}

/** 1, 2, 2.5 or 5 times a power of ten, at `value` or above. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 2.5, 5].find((mantissa) => mantissa * power >= value) ?? 10) * power;
}
