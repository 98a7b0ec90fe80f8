import { describe, expect, it } from 'vitest';
import { margins } from '../../controller/control/regulate/margins.ts';
import { frequencyResponse, modulus, ultimate } from '../../controller/control/regulate/process-model.ts';
import { simc, tyreusLuyben } from '../../controller/control/regulate/tuning.ts';

const loop = (lag_s: number, tight: number) => {
  const model = { slope_K_per_s_U: -0.02, lag_s, dead_s: 12 };
  return margins(model, { ...simc(model, tight), derivative_filter: 8 });
};

describe('margins of SIMC loops are those of Skogestad 2003, table 4 (τc = θ)', () => {
  it.each([
    ['first order, τ below 8θ', 60, 3.14, 61.4, 1.59],
    ['integrating', Infinity, 2.96, 46.9, 1.7],
  ])('%s', (_, lag_s, gain, phase, ms) => {
    const found = loop(lag_s, 1);
    expect(found.gain_margin).toBeCloseTo(gain, 2);
    expect(found.phase_margin_deg).toBeCloseTo(phase, 1);
    expect(found.ms).toBeCloseTo(ms, 2);
  });

  it('e^(−θs)/(aθs): gain margin aπ/2, phase margin 90° − 180°/(aπ)', () => {
    for (const a of [2, 3, 5]) {
      const found = loop(40, a - 1);
      expect(found.gain_margin).toBeCloseTo((a * Math.PI) / 2, 2);
      expect(found.phase_margin_deg).toBeCloseTo(90 - 180 / (a * Math.PI), 1);
    }
  });

  it('dead time of sampling counts', () => {
    const model = { slope_K_per_s_U: -0.02, lag_s: 60, dead_s: 12 };
    const settings = { ...simc(model), derivative_filter: 8 };
    expect(margins(model, settings, 3).ms).toBeGreaterThan(margins(model, settings).ms + 0.05);
    expect(margins(model, settings, 3)).toEqual(margins({ ...model, dead_s: 15 }, settings));
  });

  it('a loop beyond its limit has no margin left', () => {
    const model = { slope_K_per_s_U: 0.02, lag_s: 60, dead_s: 12 };
    const limit = ultimate(model);
    const settings = {
      gain_U_per_K: 1.1 * (limit?.gain_U_per_K ?? 0),
      integral_s: 1e9,
      derivative_s: 0,
      derivative_filter: 8,
    };
    expect(margins(model, settings).gain_margin).toBeCloseTo(1 / 1.1, 3);
    expect(margins(model, settings).phase_margin_deg).toBeLessThan(0);
  });
});

describe('the ultimate point', () => {
  it('of an integrator behind a dead time: K_u = π/(2 k′ θ), P_u = 4θ', () => {
    const found = ultimate({ slope_K_per_s_U: -0.01, lag_s: Infinity, dead_s: 15 });
    expect(found?.gain_U_per_K).toBeCloseTo(Math.PI / 2 / 0.01 / 15, 9);
    expect(found?.period_s).toBeCloseTo(60, 9);
  });

  it('has the phase −180° and the gain 1/K_u', () => {
    const model = { slope_K_per_s_U: 0.03, lag_s: 25, dead_s: 9 };
    const found = ultimate(model);
    const at = frequencyResponse(model, (2 * Math.PI) / (found?.period_s ?? 1));
    expect(Math.abs(Math.atan2(at.im, at.re))).toBeCloseTo(Math.PI, 9);
    expect(modulus(at) * (found?.gain_U_per_K ?? 0)).toBeCloseTo(1, 12);
    expect(ultimate({ ...model, dead_s: 0 })).toBeNull();
  });

  it('Tyreus-Luyben takes the sign of the plant', () => {
    expect(tyreusLuyben({ gain_U_per_K: 3.2, period_s: 10 }, -1)).toEqual({
      gain_U_per_K: -1,
      integral_s: 22,
      derivative_s: 0,
    });
  });
});
