/** What the view of the cycle makes of numbers, without a browser. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accountOf, loopWorkJ } from '../../ui/cycle/account.ts';
import { bandsOf, phaseAt, phasesOf } from '../../ui/cycle/phases.ts';
import { deviations, quantile, spreadOf } from '../../ui/cycle/spread.ts';
import { meanOf, ratioOf } from '../../ui/cycle/uncertainty.ts';
import { loopArea } from '../../ui/store/loop-area.ts';

describe('the phases of a cycle', () => {
  const bins = 128;
  /** A quarter of the period each: load, hot blow, unload, cold blow. */
  const strain = (bin: number) => 4 * Math.min(1, Math.max(0, bin < 64 ? bin / 32 : 1 - (bin - 64) / 32));
  const flow = (bin: number) => (bin >= 36 && bin < 62 ? 0.07 : bin >= 100 && bin < 126 ? -0.07 : 0);

  it('are told from strain and flow', () => {
    const phases = phasesOf(bins, strain, flow);
    const bands = [...bandsOf(phases.stroke), ...bandsOf(phases.blow)];
    const found = (name: string) => bands.filter((band) => band.name === name);
    // half a bin to either side
    expect(found('loading')[0].to).toBeCloseTo(0.25, 1);
    expect(found('unloading')).toHaveLength(1);
    expect(found('hot_blow')).toEqual([{ name: 'hot_blow', from: 36 / 128, to: 62 / 128 }]);
    expect(found('cold_blow')).toEqual([{ name: 'cold_blow', from: 100 / 128, to: 126 / 128 }]);
    expect(phaseAt(phases, 16)).toBe('loading');
    expect(phaseAt(phases, 34)).toBeNull();
  });

  it('are none where nothing moves or nothing is known', () => {
    const still = phasesOf(
      bins,
      () => 3,
      () => 0,
    );
    expect(bandsOf([...still.stroke, ...still.blow])).toEqual([]);
    const unknown = phasesOf(
      bins,
      () => Number.NaN,
      () => Number.NaN,
    );
    expect(bandsOf([...unknown.stroke, ...unknown.blow])).toEqual([]);
  });
});

describe('the spread', () => {
  it('has the percentiles that numpy gives', () => {
    // numpy.percentile([1, 2, 3, 4, 10], [10, 90]) = [1.4, 7.6]
    expect(spreadOf([3, 1, 10, Number.NaN, 2, 4])).toEqual({
      mean: 4,
      low: 1.4,
      high: expect.closeTo(7.6, 9),
      count: 5,
    });
    expect(quantile([], 0.5)).toBeNaN();
  });

  it('finds the one cell that lies apart, and none where all differ a little', () => {
    const even = [20.1, 20.2, 20.3, 20.4, 20.5, 20.6, 20.7, 20.8, 20.9, 21];
    expect(deviations(even, 0.2).each.some(({ isApart }) => isApart)).toBe(false);
    const odd = even.with(6, 24);
    expect(deviations(odd, 0.2).each.map(({ isApart }) => isApart)).toEqual(odd.map((_, i) => i === 6));
    // all alike but one by less than matters
    expect(deviations([20, 20, 20, 20.1], 0.2).each.some(({ isApart }) => isApart)).toBe(false);
    expect(deviations([20, Number.NaN, 20, 30], 0.2).each.map(({ isApart }) => isApart)).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('the uncertainty', () => {
  /** Normal noise from a seed: Box and Muller over a linear congruential generator. */
  function noise(seed: number): () => number {
    let state = seed;
    const uniform = () => (state = (1103515245 * state + 12345) % 2147483648) / 2147483648 || 0.5;
    return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  }

  /** Standard deviation of 400 estimates, over the mean of what they say of themselves. */
  function honesty(make: (next: () => number) => { value: number; u: number }): number {
    const next = noise(7);
    const all = Array.from({ length: 400 }, () => make(next));
    const centre = all.reduce((sum, { value }) => sum + value, 0) / all.length;
    const scatter = Math.sqrt(all.reduce((sum, { value }) => sum + (value - centre) ** 2, 0) / all.length);
    return scatter / (all.reduce((sum, { u }) => sum + u, 0) / all.length);
  }

  it('of a mean is what repeated means scatter by', () => {
    // 400 repetitions know a standard deviation to 3.5 %; clipping r at 0 makes u some percent larger
    const found = honesty((next) => meanOf(Array.from({ length: 40 }, () => 500 + 10 * next())));
    expect(found).toBeGreaterThan(0.85);
    expect(found).toBeLessThan(1.1);
  });

  it('of cycles that resemble each other is larger, as it must be', () => {
    const found = honesty((next) => {
      let value = 0;
      return meanOf(Array.from({ length: 200 }, () => (value = 0.8 * value + next())));
    });
    // the estimate of r is low by some (1 + 3r)/n, so that u is a few percent too small
    expect(found).toBeGreaterThan(0.85);
    expect(found).toBeLessThan(1.2);
  });

  it('of a ratio knows that numerator and denominator move together', () => {
    const pairs = (next: () => number) =>
      Array.from({ length: 40 }, () => {
        const common = next();
        return [500 + 20 * common + 2 * next(), 100 + 4 * common + 0.4 * next()] as const;
      });
    const together = (next: () => number) => {
      const drawn = pairs(next);
      return ratioOf(
        drawn.map(([a]) => a),
        drawn.map(([, b]) => b),
      );
    };
    expect(honesty(together)).toBeGreaterThan(0.85);
    expect(honesty(together)).toBeLessThan(1.1);
    // without the covariance u would be √2 · 4 % / √40 of 5 = 0.045; the parts of their own make 0.0045
    expect(together(noise(3)).u).toBeLessThan(0.01);
  });

  it('is not claimed of two cycles, nor a ratio over nothing', () => {
    expect(meanOf([1, 2]).u).toBeNaN();
    expect(ratioOf([1, 2, 3], [0, 0, 0]).value).toBeNaN();
    expect(meanOf([5, 5, 5, Number.NaN])).toEqual({ value: 5, u: 0, cycles: 3, effective: 3 });
  });
});

describe('the account', () => {
  const watts = fc.double({ min: -2000, max: 2000, noNaN: true });

  it('balances whatever the flows, none of them negative', () => {
    fc.assert(
      fc.property(fc.array(watts, { minLength: 6, maxLength: 6 }), ([a, b, c, d, e, f]) => {
        const account = accountOf({
          cooling_W: a,
          heating_W: b,
          loading_W: c,
          net_work_W: d,
          loss_W: e,
          stored_W: f,
        });
        if (account === null) throw new Error('all powers were given');
        const sum = (flows: typeof account.into) => flows.reduce((total, flow) => total + flow.watts, 0);
        expect(Math.abs(sum(account.into) - sum(account.out))).toBeLessThan(1e-9);
        expect([...account.into, ...account.out].every((flow) => flow.watts > 0)).toBe(true);
        expect(account.residual_W).toBeCloseTo(a + d - b - e - f, 9);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('leaves what nobody measures in the residual, and says nothing of nothing', () => {
    const account = accountOf({
      cooling_W: 500,
      heating_W: 690,
      loading_W: 400,
      net_work_W: 200,
      loss_W: Number.NaN,
      stored_W: Number.NaN,
    });
    expect(account?.residual_W).toBe(10);
    expect(account?.out).toContainEqual({ name: 'residual', watts: 10 });
    expect(account?.through_W).toBe(900);
    const unknown = {
      cooling_W: Number.NaN,
      heating_W: 1,
      loading_W: 1,
      net_work_W: 1,
      loss_W: 0,
      stored_W: 0,
    };
    expect(accountOf(unknown)).toBeNull();
  });

  it('has the work of a loop by its area: a rectangle of 300 MPa by 4 % on 100 mm² and 1 m is 1,200 J', () => {
    const corners = [
      [0, 400],
      [4, 400],
      [4, 100],
      [0, 100],
    ];
    // run as a machine does: loaded above, unloaded below
    const area = loopArea(
      4,
      (i) => corners[i][0],
      (i) => corners[i][1],
    );
    const peak = { force_kN: 40, stress_MPa: 400, stroke_mm: 40, strain_percent: 4 };
    expect(loopWorkJ(area, peak)).toBeCloseTo(1200, 9);
  });
});
