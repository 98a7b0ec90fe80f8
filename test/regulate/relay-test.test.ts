import { describe, expect, it } from 'vitest';
import { identify } from '../../controller/control/regulate/identify.ts';
import { type ProcessModel, ultimate } from '../../controller/control/regulate/process-model.ts';
import { propose } from '../../controller/control/regulate/proposal.ts';
import {
  type RelayOptions,
  type RelayState,
  beginRelay,
  relayStep,
} from '../../controller/control/regulate/relay-test.ts';
import { DeadTimePlant } from './fopdt.ts';

const DT = 0.25;
const OPTIONS: RelayOptions = {
  setpoint_C: 21.5,
  amplitude_U: 1,
  hysteresis_K: 0.05,
  lowest_U: -3,
  highest_U: 3,
  most_K: 3,
  longest_s: 20_000,
  sign: -1,
};

/** `noise`: largest error of a reading, K. */
function swing(model: ProcessModel, load: number, noise = 0, options = OPTIONS): RelayState {
  const plant = new DeadTimePlant(model, DT, options.setpoint_C);
  let seed = 11;
  const begun = beginRelay(options, 0, plant.y, 0);
  if (typeof begun === 'string') throw new Error(begun);
  let state = begun;
  while (state.kind === 'swinging') {
    plant.step(state.output_U, load);
    seed = (seed * 48_271) % 2_147_483_647;
    state = relayStep(state, options, plant.y + noise * (2 * (seed / 2_147_483_647) - 1), plant.t);
  }
  return state;
}

const PI_SETTINGS = {
  gain_U_per_K: -1,
  integral_s: 100,
  derivative_s: 0,
  derivative_filter: 8,
  setpoint_weight: 0.5,
  derivative_weight: 0,
  tracking_s: 100,
};

const PLANTS: readonly [string, ProcessModel, number][] = [
  ['balanced', { slope_K_per_s_U: -0.02, lag_s: 20, dead_s: 10 }, 0],
  ['dominated by its lag, under a load', { slope_K_per_s_U: -0.02, lag_s: 100, dead_s: 10 }, 0.3],
  ['integrating, under a load', { slope_K_per_s_U: -0.02, lag_s: Infinity, dead_s: 15 }, -0.4],
  ['dominated by its dead time', { slope_K_per_s_U: -0.02, lag_s: 10, dead_s: 30 }, 0.2],
];

describe('a relay test of a known plant', () => {
  it.each(PLANTS)('%s: swings as the exact solution says', (_, model, load) => {
    const state = swing(model, load);
    expect(state.kind).toBe('done');
    const found = identify(state, OPTIONS);
    if (typeof found === 'string') throw new Error(found);
    const exact = exactSwing(model);
    // The relay sees the temperature every DT and so jumps up to DT late, twice a period; a load that is not quite
    // balanced makes the halves uneven, which lengthens the period by less than 2 %.
    expect(Math.abs(found.period_s - exact.period_s)).toBeLessThan(2 * DT + 0.02 * exact.period_s);
    expect(Math.abs(found.swing_K - exact.swing_K)).toBeLessThan(0.02 * DT + 0.03 * exact.swing_K);
  });

  it.each(PLANTS)(
    '%s: finds the ultimate point within 2 %, where the describing function errs as derived',
    (_, model, load) => {
      const found = identify(swing(model, load), OPTIONS);
      if (typeof found === 'string') throw new Error(found);
      const [is, was] = [ultimate(found.model), ultimate(model)];
      // Of the Fourier ratio: temperatures taken as straight over DT of a period of more than 100 DT.
      expect((is?.gain_U_per_K ?? 0) / (was?.gain_U_per_K ?? 1)).toBeCloseTo(1, 1.7);
      expect((is?.period_s ?? 0) / (was?.period_s ?? 1)).toBeCloseTo(1, 1.7);
      expect(found.model.dead_s / model.dead_s).toBeCloseTo(1, 1.3);
      expect(found.model.slope_K_per_s_U / model.slope_K_per_s_U).toBeCloseTo(1, 1.3);
      // The describing function of the exact swing, which is what a test that trusts it would report.
      const { swing_K } = exactSwing(model);
      const describing = 4 / (Math.PI * Math.sqrt(swing_K ** 2 - OPTIONS.hysteresis_K ** 2));
      expect(found.describing_gain_U_per_K / describing).toBeCloseTo(1, 1.2);
    },
  );

  it('readings that err by ±0.02 K move the ultimate gain by less than 10 %', () => {
    const [, model, load] = PLANTS[1];
    const found = propose(swing(model, load, 0.02), OPTIONS, PI_SETTINGS, DT);
    if (typeof found === 'string') throw new Error(found);
    const was = ultimate(model)?.gain_U_per_K ?? 1;
    expect(Math.abs(found.ultimate.gain_U_per_K / was - 1)).toBeLessThan(0.1);
  });

  it('a relay far off the balance finds its centre and gives the same plant', () => {
    const [, model] = PLANTS[1];
    const state = swing(model, 0.9);
    expect(state.centre_U).toBeCloseTo(-0.9, 0.7);
    const found = identify(state, OPTIONS);
    if (typeof found === 'string') throw new Error(found);
    expect(found.model.dead_s / model.dead_s).toBeCloseTo(1, 1.3);
  });

  it('proposes loops with the margins of their rules, the sampled dead time counted', () => {
    const [, model, load] = PLANTS[2];
    const found = propose(swing(model, load), OPTIONS, PI_SETTINGS, 2);
    if (typeof found === 'string') throw new Error(found);
    expect(found.rule).toBe('simc');
    expect(found.margins.ms).toBeCloseTo(1.7, 1);
    expect(found.margins.gain_margin).toBeCloseTo(2.96, 1);
    expect(found.settings.gain_U_per_K).toBeCloseTo(1 / (-0.02 * 2 * 16), 1);
    expect(found.candidates.map(({ rule }) => rule)).toEqual(['simc', 'tyreus-luyben']);
    expect(found.settings.setpoint_weight).toBe(0.5);
  });
});

/** The swing of a balanced relay over k e^(−θs)/(τs + 1), solved exactly between its jumps. */
function exactSwing({ slope_K_per_s_U, lag_s, dead_s }: ProcessModel): { period_s: number; swing_K: number } {
  const slope = Math.abs(slope_K_per_s_U);
  const e = OPTIONS.hysteresis_K;
  if (lag_s === Infinity) {
    const swing_K = e + slope * dead_s;
    return { swing_K, period_s: (4 * swing_K) / slope };
  }
  const kd = slope * lag_s;
  const swing_K = kd - (kd - e) * Math.exp(-dead_s / lag_s);
  return { swing_K, period_s: 2 * (dead_s + lag_s * Math.log((swing_K + kd) / (kd - e))) };
}

describe('refuses with a sentence', () => {
  const model: ProcessModel = { slope_K_per_s_U: -0.02, lag_s: 100, dead_s: 10 };

  it('an amplitude for which there is no room, and a house that is far off', () => {
    expect(beginRelay({ ...OPTIONS, amplitude_U: 4 }, 0, 21.5, 0)).toMatch(/twice its amplitude 4/);
    expect(beginRelay(OPTIONS, 0, 28, 0)).toMatch(/28.00 °C, 21.5 °C ± 3 K are allowed/);
    expect(beginRelay(OPTIONS, 0, Number.NaN, 0)).toMatch(/are allowed/);
  });

  it('a load that the output range does not hold', () => {
    const state = swing(model, 9);
    expect(state.kind).toBe('failed');
    expect(state.sentence).toMatch(/more than 3 K from the set-point/);
  });

  it('a swing that takes too long', () => {
    const state = swing(model, 0, 0, { ...OPTIONS, longest_s: 60 });
    expect(state.kind).toBe('failed');
    expect(state.sentence).toMatch(/no 3 periods alike within 60 s/);
  });

  it('a swing that is not periodic', () => {
    const options = { ...OPTIONS, longest_s: 2000 };
    let state = beginRelay(options, 0, 21.5, 0) as RelayState;
    // Something else moves the house: ever slower.
    for (let t = 0; state.kind === 'swinging'; t += 1)
      state = relayStep(state, options, 21.5 + Math.sin(15 * Math.log(1 + t / 50)), t);
    expect(state.kind).toBe('failed');
    expect(state.sentence).toMatch(/no 3 periods alike|samples without/);
  });

  it('ends by itself and is not moved by what has no number', () => {
    const state = beginRelay(OPTIONS, 0, 21.5, 0) as RelayState;
    expect(relayStep(state, OPTIONS, Number.NaN, 5)).toBe(state);
    expect(relayStep(state, OPTIONS, Number.NaN, 30_000).kind).toBe('failed');
  });
});
