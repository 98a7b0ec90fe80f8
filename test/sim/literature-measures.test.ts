/** What the published figures are held against: spans, adiabatic changes, windows; each by a closed form or the law. */
import { describe, expect, it } from 'vitest';
import { loadAlloy } from '../../sim/command/alloy-file.ts';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { solveOperatingPoint } from '../../sim/index.ts';
import { superelasticParameters } from '../../sim/machine/geometry.ts';
import { SmoothLaw } from '../../sim/material/smooth-law.ts';
import { sweepLift } from '../../sim/study/lift-sweep.ts';
import { adiabaticChange } from '../../sim/study/literature/adiabatic-change.ts';
import { LARGEST_SPAN_K, spanOf, temperatureSpan } from '../../sim/study/literature/span.ts';
import {
  adiabaticWindow,
  usefulRange,
  usefulWindow,
  workingWindow,
} from '../../sim/study/literature/window.ts';
import { Path } from './law-path.ts';

const ALLOYS = ['niti-compression', 'niti-low-af', 'niti-tension', 'tinicu'] as const;
const { material: niti } = loadAlloy('niti-compression');
const deviceAt = (preset: string, lift: number) =>
  loadMachine({ preset, changes: { 'operation.lift': lift } }).device;

describe('spanOf', () => {
  const counted = (power: (lift: number) => number) => {
    const asked: number[] = [];
    return { asked, at: (lift: number) => (asked.push(lift), power(lift)) };
  };

  it.each([0, 5, 49.9, 50, 50.02, 80, 119, 500])(
    'ends where a straight line does, from a guess of %s',
    (guess) => {
      const { asked, at } = counted((lift) => 100 - 2 * lift);
      expect(spanOf(at, guess)).toBeCloseTo(50, 9);
      expect(asked.length).toBeLessThan(12);
      expect(Math.max(...asked)).toBeLessThanOrEqual(LARGEST_SPAN_K);
      expect(Math.min(...asked)).toBeGreaterThanOrEqual(0);
    },
  );

  it('needs four powers where the guess is good', () => {
    const { asked, at } = counted((lift) => 100 - 2 * lift);
    spanOf(at, 49);
    // two that bracket, two that close in from both sides
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it.each([
    ['bent', (lift: number) => Math.exp(-lift / 10) - 0.01, 10 * Math.log(100)],
    ['with a knee', (lift: number) => (lift < 30 ? 5 - 0.1 * lift : 62 - 2 * lift), 31],
    ['with a step', (lift: number) => (lift < 33.3 ? 1 : -1000), 33.3],
  ])('holds its tolerance on a power %s', (_, power, span) => {
    for (const guess of [1, 30, 100]) expect(Math.abs((spanOf(power, guess) ?? 0) - span)).toBeLessThan(0.05);
  });

  it('is null where nothing is cooled at zero lift, and capped where the power never ends', () => {
    for (const guess of [0, 30, 120]) {
      expect(spanOf((lift) => -1 - lift, guess)).toBeNull();
      expect(spanOf(() => 0, guess)).toBeNull();
      expect(spanOf(() => Number.NaN, guess)).toBeNull();
      expect(spanOf((lift) => 1000 - lift, guess)).toBe(LARGEST_SPAN_K);
    }
  });
});

describe('temperatureSpan', () => {
  it.each([
    ['ljubljana-2022', 60],
    ['tinicuco-2026', 30],
    ['hkust-cascade-2024', 75],
  ] as const)(
    'of %s lies between a lift that is cooled and one that is not, each solved from the start',
    (preset, guess) => {
      const span = temperatureSpan(loadMachine({ preset }).device, guess) ?? 0;
      const cooling = (lift: number) =>
        solveOperatingPoint(deviceAt(preset, lift), { toleranceK: 1e-5 }).cooling_power_W;
      expect(cooling(span - 0.06)).toBeGreaterThan(0);
      expect(cooling(span + 0.06)).toBeLessThan(0);
    },
  );

  it('does not depend on the lift of the preset, nor on the guess', () => {
    const spans = [5, 25, 60].map((lift) => temperatureSpan(deviceAt('ljubljana-2022', lift), lift) ?? 0);
    expect(Math.max(...spans) - Math.min(...spans)).toBeLessThan(0.1);
  });

  it('is null for a machine that warms its cold side', () => {
    const changes = {
      'recipe.strain': 0.002,
      'channel.housing_loss': 2,
      'operation.ambient_temperature': 323.15,
    };
    expect(temperatureSpan(loadMachine({ preset: 'ljubljana-2022', changes }).device)).toBeNull();
  });
});

it('sweepLift gives what a fresh start gives', () => {
  const at = sweepLift(deviceAt('tinicuco-2026', 3), { toleranceK: 1e-6 });
  for (const lift of [40, 0, 25]) {
    const fresh = solveOperatingPoint(deviceAt('tinicuco-2026', lift), { toleranceK: 1e-6 });
    const swept = at(lift);
    expect(swept.temperature_lift_K).toBeCloseTo(lift, 9);
    // the error of either is below 1e-6 K, of some 300 W/K that flow
    expect(Math.abs(swept.cooling_power_W - fresh.cooling_power_W)).toBeLessThan(1e-2);
    expect(swept.peak_stress_MPa).toBeCloseTo(fresh.peak_stress_MPa, 3);
  }
});

describe('adiabaticChange', () => {
  const reversible = { ...niti, hysteresis_energy: 0, linear_hardening: 0, end_hardening: 0 };

  it.each([900, 1200])('is that of a constant entropy where nothing is dissipated, from %s MPa', (stress) => {
    // c ln T − Δs ξ − α σ / ρ stays
    const { entropy_change, heat_capacity, thermal_expansion, density } = reversible;
    const turn = (entropy_change + (thermal_expansion * stress * 1e6) / density) / heat_capacity;
    const { loading_K, unloading_K } = adiabaticChange(reversible, 20, stress);
    // the law's steps are second order: (1/400)² of the change
    expect(loading_K / (293.15 * Math.expm1(turn))).toBeCloseTo(1, 4);
    expect(unloading_K / (293.15 * Math.expm1(-turn))).toBeCloseTo(1, 4);
    // which is the latent heat over c, the elastic heat apart, to first order in their ratio
    expect(loading_K / ((293.15 * entropy_change) / heat_capacity)).toBeGreaterThan(1);
    expect(loading_K / ((293.15 * entropy_change) / heat_capacity)).toBeLessThan(1.15);
  });

  it('gains on loading and loses on unloading what is dissipated', () => {
    const plain = adiabaticChange(reversible, 20, 1000);
    const lossy = adiabaticChange({ ...reversible, hysteresis_energy: 2e6 }, 20, 1000);
    const half = 1e6 / (niti.density * niti.heat_capacity);
    // what is dissipated early is enlarged or lessened by half of the rest of the change, 7 % of T
    expect((lossy.loading_K - plain.loading_K) / half).toBeCloseTo(1, 1);
    expect((lossy.unloading_K - plain.unloading_K) / half).toBeCloseTo(1, 1);
  });

  it('leaves out the martensite that stays', () => {
    const { low_C } = workingWindow(niti, 900);
    const { loading_K, unloading_K } = adiabaticChange(niti, low_C - 25, 900);
    const inside = adiabaticChange(niti, low_C + 25, 900);
    expect(loading_K).toBeLessThan(0.5 * inside.loading_K);
    expect(-unloading_K).toBeLessThan(-0.5 * inside.unloading_K);
  });

  it('is the published 16.3 K of the freezer alloy at 0 °C, to which its entropy was fitted', () => {
    expect(adiabaticChange(loadAlloy('niti-low-af').material, 0, 900).unloading_K).toBeCloseTo(-16.3, 1);
  });
});

describe('workingWindow', () => {
  const fraction = (material: typeof niti, temperatureC: number, stresses: readonly number[]) => {
    const law = new SmoothLaw(superelasticParameters({ material }), 1, temperatureC + 273.15);
    const path = new Path(law, true);
    for (const stress of stresses) path.walk(stress, 300).settle();
    return law.fraction[0];
  };

  it.each(ALLOYS)('ends for %s where the law says so, both ways, at constant temperature', (key) => {
    const { material } = loadAlloy(key);
    const peak = 700;
    const { low_C, high_C } = workingWindow(material, peak);
    // the ends of ξ are met within 1e-8; 0.1 K of driving force moves ξ by some 1e-2 there
    expect(fraction(material, low_C + 0.05, [2e9, 0])).toBeLessThan(1e-6);
    expect(fraction(material, low_C - 0.5, [2e9, 0])).toBeGreaterThan(1e-3);
    expect(fraction(material, high_C - 0.05, [peak * 1e6])).toBeGreaterThan(1 - 1e-6);
    expect(fraction(material, high_C + 0.5, [peak * 1e6])).toBeLessThan(1 - 1e-3);
  });

  it('moves with the stress as the slope of the alloy says', () => {
    const at = (stress: number) => workingWindow(niti, stress).high_C;
    const p = superelasticParameters({ material: niti });
    const slope = p.entropyChange / (p.transformationStrain + 700e6 * p.complianceChange) / 1e6;
    expect(10 / (at(705) - at(695))).toBeCloseTo(slope, 6);
    expect(workingWindow(niti, 500).low_C).toBe(workingWindow(niti, 900).low_C);
  });

  it('is that of the alloy as the cycles before have left it', () => {
    const worked = { ...niti, training_plateau_drop: 80e6, cycles_before: 1000 };
    expect(workingWindow(worked, 700).low_C).toBeGreaterThan(workingWindow(niti, 700).low_C);
  });
});

describe('adiabaticWindow', () => {
  /** Least martensite after an adiabatic unloading, most after an adiabatic loading, both begun in equilibrium. */
  const ends = (material: typeof niti, temperatureC: number, peak: number) => {
    const law = new SmoothLaw(superelasticParameters({ material }), 1, temperatureC + 273.15);
    const loaded = new Path(law, false).walk(peak, 400).law.fraction[0];
    const other = new SmoothLaw(superelasticParameters({ material }), 1, temperatureC + 273.15);
    new Path(other, true).walk(2e9, 400).settle().walk(peak, 400).settle();
    const path = new Path(other, false);
    path.stress = peak;
    return { loaded, unloaded: path.walk(0, 400).law.fraction[0] };
  };

  it.each(['niti-compression', 'tinicu'])('of %s is where strokes begin that just complete', (key) => {
    const { material } = loadAlloy(key);
    const { low_C, high_C } = adiabaticWindow(material, 900);
    // steps are second order in the change, some 1e-4 of 20 K: 0.05 K is beyond it; 1 K leaves some 1e-2 of ξ
    expect(ends(material, low_C + 0.05, 900e6).unloaded).toBeLessThan(1e-4);
    expect(ends(material, low_C - 1, 900e6).unloaded).toBeGreaterThan(1e-3);
    expect(ends(material, high_C - 0.05, 900e6).loaded).toBeGreaterThan(1 - 1e-4);
    expect(ends(material, high_C + 1, 900e6).loaded).toBeLessThan(1 - 1e-3);
  });

  it('lies an adiabatic change inside the working window', () => {
    const [wide, narrow] = [workingWindow(niti, 900), adiabaticWindow(niti, 900)];
    expect(narrow.low_C + adiabaticChange(niti, narrow.low_C, 900).unloading_K).toBeCloseTo(wide.low_C, 6);
    expect(narrow.high_C + adiabaticChange(niti, narrow.high_C, 900).loading_K).toBeCloseTo(wide.high_C, 6);
  });
});

describe('usefulRange', () => {
  const { material } = loadAlloy('niti-low-af');

  it('ends where the change has fallen to its share', () => {
    const fall = (t: number) => -adiabaticChange(material, t, 900).unloading_K;
    const range = usefulRange(material, 900, 0.7);
    if (range === null) throw new Error('there is a range');
    let largest = 0;
    for (let t = range.low_C; t < range.high_C; t += 0.5) largest = Math.max(largest, fall(t));
    // the steepest side falls by 0.6 K/K, the edges are within 0.02 K, the largest is met within 2 K of its place
    for (const edge of [range.low_C, range.high_C])
      expect(Math.abs(fall(edge) / largest - 0.7)).toBeLessThan(0.005);
  });

  it('narrows as more is asked', () => {
    const widths = [0.3, 0.5, 0.8, 0.95].map((share) => usefulWindow(material, 900, share));
    for (let k = 1; k < widths.length; k++) expect(widths[k]).toBeLessThan(widths[k - 1]);
  });

  it('is none where no stress is', () => {
    expect(usefulRange(material, 0, 0.5)).toBeNull();
    expect(usefulWindow(material, 0, 0.5)).toBe(0);
  });
});
