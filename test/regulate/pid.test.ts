import { describe, expect, it } from 'vitest';
import {
  type OutputLimits,
  type PidSettings,
  type PidState,
  pidAt,
  pidStep,
  pidTrack,
} from '../../controller/control/regulate/pid.ts';
import type { ProcessModel } from '../../controller/control/regulate/process-model.ts';
import { simc } from '../../controller/control/regulate/tuning.ts';
import { DeadTimePlant } from './fopdt.ts';

const FREE: OutputLimits = { lowest_U: -1e9, highest_U: 1e9, rate_U_per_s: 1e9 };
const PI: PidSettings = {
  gain_U_per_K: -2,
  integral_s: 40,
  derivative_s: 0,
  derivative_filter: 8,
  setpoint_weight: 1,
  derivative_weight: 0,
  tracking_s: 40,
};
const MODEL: ProcessModel = { slope_K_per_s_U: -0.02, lag_s: 80, dead_s: 20 };
const DT = 0.1;

/** The loop over MODEL from rest at 0 °C; one row a step. */
function run(
  settings: PidSettings,
  seconds: number,
  { setpoint = 0, load = 0, limits = FREE, period = 1 },
): { t: number; y: number; u: number }[] {
  const plant = new DeadTimePlant(MODEL, DT, 0);
  const input = { setpoint_C: setpoint, feed_forward_U: 0 };
  // At rest in balance before the set-point and the load step.
  let state = pidTrack(pidAt(0), settings, { setpoint_C: 0, measured_C: 0, feed_forward_U: 0 }, 0);
  const rows = [];
  let wait = 0;
  let since = 0;
  for (let k = 0; k * DT < seconds; k++) {
    if (k >= wait) {
      state = pidStep(state, settings, limits, {
        ...input,
        measured_C: plant.y,
        period_s: Math.max(DT, since * DT),
      });
      wait = k + period;
      since = 0;
    }
    since++;
    plant.step(state.output, load);
    rows.push({ t: plant.t, y: plant.y, u: state.output });
  }
  return rows;
}

const tuned = (weight = 1): PidSettings => {
  const rule = simc(MODEL);
  return { ...PI, ...rule, setpoint_weight: weight, tracking_s: rule.integral_s };
};

/**
 * With Ti = τ and K = τ/(2kθ) the loop is e^(−θs)/(2θs); its step response by the method of steps is
 * Σ (−1)^(n+1) (a(t − nθ))^n / n!, over n with t > nθ, a = 1/(2θ).
 */
function exactStep(t: number, dead: number): number {
  const a = 1 / (2 * dead);
  let sum = 0;
  let factorial = 1;
  for (let n = 1; n * dead < t; n++) {
    factorial *= n;
    sum += ((-1) ** (n + 1) * (a * (t - n * dead)) ** n) / factorial;
  }
  return sum;
}

describe('the loop with SIMC against closed forms', () => {
  it('a set-point step follows the exact response, its overshoot of 4 % included', () => {
    const rows = run(tuned(), 300, { setpoint: 1 });
    // One step of hold and of backward integration delays by up to 1.5 DT; the response is never steeper than a.
    const allowed = (1.5 * DT) / (2 * MODEL.dead_s);
    for (const { t, y } of rows) expect(Math.abs(y - exactStep(t, MODEL.dead_s))).toBeLessThan(allowed);
    const exactPeak = Math.max(...rows.map(({ t }) => exactStep(t, MODEL.dead_s)));
    expect(exactPeak).toBeCloseTo(1.04, 2);
    expect(Math.max(...rows.map(({ y }) => y))).toBeCloseTo(exactPeak, 2);
  });

  it('a smaller set-point weight takes the overshoot away and leaves the disturbance response alone', () => {
    const peak = (weight: number) => Math.max(...run(tuned(weight), 400, { setpoint: 1 }).map(({ y }) => y));
    expect(peak(0)).toBeLessThan(1.0005);
    expect(peak(0.5)).toBeLessThan(peak(1) - 0.02);
    const disturbed = [0, 1].map((weight) => run(tuned(weight), 200, { load: 1 }).at(-1)?.y);
    expect(disturbed[0]).toBe(disturbed[1]);
  });

  it('after a load step the integral of the error is Ti/K times the load, whatever the plant', () => {
    const settings = tuned();
    const ie = run(settings, 3000, { load: 1 }).reduce((sum, { y }) => sum + y * DT, 0);
    // At rest again u = −1, and u = K/Ti ∫(r − y): exact for sums as for integrals, but for the last step.
    expect(ie).toBeCloseTo(settings.integral_s / settings.gain_U_per_K, 2);
    expect(Math.sign(ie)).toBe(-1);
  });

  it('periods that jitter by ±80 % change that integral by nothing', () => {
    const settings = tuned();
    let seed = 1;
    const jitter = () => 1 + ((seed = (seed * 48_271) % 2_147_483_647) % 9);
    let state = pidTrack(pidAt(0), settings, { setpoint_C: 0, measured_C: 1, feed_forward_U: 0 }, 0);
    let seconds = 0;
    while (seconds < 500) {
      const period_s = jitter() * 0.5;
      seconds += period_s;
      const input = { setpoint_C: 0, measured_C: 1, feed_forward_U: 0, period_s };
      state = pidStep(state, settings, FREE, input);
    }
    // Held at an error of −1 K the integral is −K/Ti t, and the proportional part did not move.
    expect(state.integral - settings.gain_U_per_K).toBeCloseTo(
      (-settings.gain_U_per_K / settings.integral_s) * seconds,
      9,
    );
  });
});

describe('anti-windup', () => {
  const limits = { lowest_U: 0, highest_U: 1, rate_U_per_s: 1e9 };
  const h = 0.01;
  const step = (state: PidState, settings: PidSettings, measured_C: number): PidState =>
    pidStep(state, settings, limits, { setpoint_C: 0, measured_C, feed_forward_U: 0, period_s: h });

  it.each([
    [40, 40, 1, 0],
    [40, 120, 1, 0.5],
    [40, 20, 2, 0.5],
  ])('Ti %d s, Tt %d s: leaves the limit when theory says', (integral_s, tracking_s, over, under) => {
    const settings = { ...PI, integral_s, tracking_s };
    const K = -settings.gain_U_per_K;
    let state = pidAt(0);
    for (let t = 0; t < 40 * tracking_s; t += h) state = step(state, settings, over);
    // Saturated for long: v = u_max + K e0 Tt/Ti.
    expect(state.unlimited).toBeCloseTo(1 + (K * over * tracking_s) / integral_s, 2);
    // The error turns to −e1: v jumps by K(e0 + e1) and decays with Tt towards u_max − K e1 Tt/Ti.
    const v0 = (K * over * tracking_s) / integral_s - K * (over + under);
    const c = (K * under * tracking_s) / integral_s;
    const theory = v0 <= 0 ? 0 : under === 0 ? Infinity : tracking_s * Math.log((v0 + c) / c);
    let seconds = 0;
    while (state.output >= 1 && seconds < 500) {
      state = step(state, settings, -under);
      seconds += h;
    }
    // Two steps of discretisation, and h/Tt of the decay.
    if (Number.isFinite(theory)) expect(Math.abs(seconds - theory)).toBeLessThan(2 * h + 0.01 * theory + h);
  });

  it('a rate limit winds nothing up either', () => {
    const slow = { lowest_U: 0, highest_U: 10, rate_U_per_s: 0.01 };
    let state = pidAt(0);
    for (let k = 0; k < 3000; k++)
      state = pidStep(state, PI, slow, { setpoint_C: 0, measured_C: 1, feed_forward_U: 0, period_s: 1 });
    const before = state.output;
    state = pidStep(state, PI, slow, { setpoint_C: 0, measured_C: -3, feed_forward_U: 0, period_s: 1 });
    expect(state.output).toBeLessThan(before);
    expect(before - state.output).toBeLessThanOrEqual(0.01 + 1e-12);
  });
});

describe('bumpless', () => {
  const at = { setpoint_C: 21.5, measured_C: 22.3, feed_forward_U: 0.4 };

  it.each([0.3, 1.234, 3.5])('from manual at %d: the first step moves by less than 1e-9', (output) => {
    const state = pidTrack(pidAt(0), { ...PI, derivative_s: 5 }, at, output);
    const next = pidStep(state, { ...PI, derivative_s: 5 }, FREE, { ...at, period_s: 1e-9 });
    expect(Math.abs(next.output - output)).toBeLessThan(1e-9);
  });

  it('new settings in the middle of a transient', () => {
    let state = pidTrack(pidAt(0), PI, at, 1);
    for (let k = 0; k < 20; k++)
      state = pidStep(state, PI, FREE, { ...at, measured_C: 22.3 + 0.1 * k, period_s: 2 });
    const now = { ...at, measured_C: 24.2 };
    const other = { ...PI, gain_U_per_K: -7, integral_s: 11, setpoint_weight: 0.3 };
    const next = pidStep(pidTrack(state, other, now, state.output), other, FREE, { ...now, period_s: 1e-9 });
    // K/Ti e times the period is all that may move: 7/11 × 2.7 × 1e-9.
    expect(Math.abs(next.output - state.output)).toBeLessThan(1e-9 + 2e-9);
  });
});

describe('what must not move the output', () => {
  const input = { setpoint_C: 21, measured_C: 23, feed_forward_U: 0, period_s: 1 };
  const state = pidStep(pidTrack(pidAt(1), PI, input, 1), PI, FREE, input);

  it('no number, and no time', () => {
    expect(pidStep(state, PI, FREE, { ...input, measured_C: Number.NaN }).output).toBe(state.output);
    expect(pidStep(state, PI, FREE, { ...input, period_s: 0 })).toBe(state);
    expect(pidStep(state, PI, FREE, { ...input, period_s: -3 })).toBe(state);
    expect(pidTrack(state, PI, { ...input, measured_C: Number.NaN }, 2).output).toBe(2);
  });

  it('the first number after a hole kicks no derivative', () => {
    const lively = { ...PI, derivative_s: 30, integral_s: 1e12 };
    let held = pidStep(pidTrack(pidAt(1), lively, input, 1), lively, FREE, {
      ...input,
      measured_C: Number.NaN,
    });
    held = pidStep(held, lively, FREE, { ...input, measured_C: 24 });
    // The proportional part alone: 2 U/K over 1 K.
    expect(held.output).toBeCloseTo(1 + 2, 9);
  });
});

it('the derivative part of a ramp settles at K Td times its slope, within its lag', () => {
  const settings = { ...PI, derivative_s: 20, integral_s: 1e12 };
  let state = pidTrack(pidAt(0), settings, { setpoint_C: 0, measured_C: 0, feed_forward_U: 0 }, 0);
  for (let k = 1; k <= 400; k++)
    state = pidStep(state, settings, FREE, {
      setpoint_C: 0,
      measured_C: 0.01 * k,
      feed_forward_U: 0,
      period_s: 0.5,
    });
  // 2 U/K × 20 s × 0.02 K/s; the lag of 2.5 s is long over.
  expect(state.derivative).toBeCloseTo(0.8, 9);
});
