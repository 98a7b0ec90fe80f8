/** Where a sweep puts its points, against machines whose power is known in closed form. */
import { describe, expect, it } from 'vitest';
import { EXPECTED_POINTS, type Sweep, sweepFrequency, sweepLift } from '../../ui/worker/sweep.ts';

/** Runs a sweep on a machine of this power; the places in the order they were asked for. */
function run(sweep: Sweep, powerAt: (x: number) => number): number[] {
  const places: number[] = [];
  let next = sweep.next();
  while (!next.done) {
    expect(next.value).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    places.push(next.value);
    next = sweep.next(powerAt(next.value));
  }
  return places;
}

describe('the lift sweep', () => {
  // no multiple of any round step
  const ZERO_K = 19.37;
  const linear = (lift: number) => 1000 * (1 - lift / ZERO_K);

  it.each([0, 7, 19, 30, -5])('runs from zero to where no power is left, seen from %s K', (presentK) => {
    const places = run(sweepLift(presentK, linear(presentK), 100), linear);
    const all = [presentK, ...places];
    // a straight line is met exactly by the straight line through its neighbours
    expect(all.some((lift) => Math.abs(lift - ZERO_K) < 1e-9)).toBe(true);
    expect(Math.min(...all)).toBe(Math.min(0, presentK));
    expect(places.length).toBeLessThanOrEqual(16);
    expect(new Set(all).size).toBe(all.length);
  });

  it('begins beside the present point and goes outwards', () => {
    const places = run(sweepLift(7, linear(7), 100), linear);
    const distances = places.slice(1, -1).map((lift) => Math.abs(lift - 7));
    expect(distances).toEqual(distances.toSorted((a, b) => a - b));
  });

  it('finds the end of a curve that bends after its slope was taken', () => {
    const bent = (lift: number) => (lift < 10 ? 500 - lift : 490 - 80 * (lift - 10));
    const places = run(sweepLift(8, bent(8), 100), bent);
    // power is gone at 16.125 K, where the slope at 8 K promises 500 K; halving ends with at most PROBE_K around it
    expect(Math.min(...places.map((lift) => Math.abs(lift - 16.125)))).toBeLessThan(2);
    expect(Math.max(...places)).toBeLessThanOrEqual(100);
    expect(places.length).toBeLessThanOrEqual(17);
  });

  it('ends on a machine that never stops cooling, or is refused everywhere', () => {
    expect(run(sweepLift(0, 100, 100), () => 100).length).toBeLessThanOrEqual(17);
    expect(run(sweepLift(0, 100, 100), () => Number.NaN).length).toBeLessThanOrEqual(17);
  });
});

describe('the frequency sweep', () => {
  it('goes outwards in equal ratios and stays in bounds', () => {
    const places = run(sweepFrequency(3.5, 100, 0.02, 20), () => 100);
    const ratios = places.map((f) => Math.abs(Math.log(f / 3.5)));
    // both neighbours are equally far but for round-off
    for (let i = 1; i < ratios.length; i++) expect(ratios[i]).toBeGreaterThan(ratios[i - 1] - 1e-12);
    expect(places.length).toBeLessThan(EXPECTED_POINTS);
    expect(run(sweepFrequency(19, 100, 0.02, 20), () => 100).every((f) => f <= 20)).toBe(true);
  });

  it('leaves a side where nothing is cooled any more, but not the way back to cooling', () => {
    const places = run(sweepFrequency(3.5, 100, 0.02, 20), (f) => (f > 3 ? 100 : -1));
    expect(places.filter((f) => f < 3)).toHaveLength(1);
    const back = run(sweepFrequency(6, -1, 0.02, 20), (f) => (f < 3 ? 100 : -1));
    expect(back.some((f) => f < 3)).toBe(true);
  });
});
