import { describe, expect, it } from 'vitest';
import { createSeeker } from '../../controller/control/regulate/seek.ts';
import { normalSource } from '../../sim/study/sampling/random.ts';

const SECTION = {
  blow_share: [0.6, 1.6],
  dither: 0.1,
  period_s: 200,
  gain: 0.5,
  work_recovery: 0.5,
  drive_efficiency: 0.8,
} as const;

interface World {
  /** Of the share; electricity is 100 W. */
  readonly cooling_W: (share: number, device_s: number) => number;
  readonly seconds: number;
  readonly each?: (share: number) => void;
}

/** A cycle a second; the machine blows what is asked three seconds later. */
function seek({ cooling_W, seconds, each = () => {} }: World): number {
  const seeker = createSeeker(SECTION);
  const asked: number[] = [];
  for (let s = 0; s < seconds; s++) {
    asked.push(seeker.share(s));
    const share = asked.at(-4) ?? asked[0];
    each(share);
    seeker.look(s, share, {
      cycle_number: s,
      cooling_power_W: cooling_W(share, s),
      // (130 − 0.5 × 100) / 0.8 = 100 W
      loading_power_W: 130,
      mechanical_power_W: 30,
      pump_power_W: 0,
    });
  }
  return seeker.centre();
}

describe('extremum seeking', () => {
  it('finds the share with the highest COP, from either side of it', () => {
    for (const best of [0.8, 1.35])
      expect(seek({ seconds: 8000, cooling_W: (x) => 150 * (1 - (x - best) ** 2) })).toBeCloseTo(best, 1);
  });

  it('is not led astray by a lift that drifts, nor by noise', () => {
    const normal = normalSource(5);
    const found = seek({
      seconds: 10_000,
      cooling_W: (x, s) => 150 * (1 - (x - 1.3) ** 2) * (1 - s / 20_000) + 2 * normal(),
    });
    expect(Math.abs(found - 1.3)).toBeLessThan(0.12);
  });

  it('stays within its bounds where the best lies outside', () => {
    const seen: number[] = [];
    seek({ seconds: 8000, cooling_W: (x) => 100 * x, each: (share) => seen.push(share) });
    expect(Math.max(...seen)).toBeLessThanOrEqual(1.6);
    expect(Math.max(...seen)).toBeGreaterThan(1.55);
    expect(Math.min(...seen)).toBeGreaterThanOrEqual(0.6);
  });

  it('learns nothing from cycles that cool nothing, nor from readings without a cycle', () => {
    expect(seek({ seconds: 2000, cooling_W: () => -5 })).toBe(1);
    const seeker = createSeeker(SECTION);
    for (let s = 0; s < 1000; s++) seeker.look(s, Number.NaN, null);
    expect(seeker.centre()).toBe(1);
  });
});
