import { describe, expect, it } from 'vitest';
import { Machine } from '../../sim/machine/machine.ts';
import { exchangeChain, exchangeShare } from '../../sim/numerics/exchange.ts';
import { advect } from '../../sim/numerics/van-leer.ts';
import { kilowatt } from './kilowatt.ts';

describe('transport', () => {
  it('treats both directions alike', () => {
    const nodes = 30;
    const there = Float64Array.from({ length: nodes }, (_, i) => Math.sin(i / 4));
    const back = Float64Array.from(there).toReversed();
    for (let i = 0; i < 50; i++)
      expect(advect(there, 0, nodes, 0.4, 1)).toBe(advect(back, 0, nodes, -0.4, 1));
    expect(there).toEqual(back.toReversed());
  });

  it('moves a smooth pulse with second order and keeps it within its bounds', () => {
    const error = (nodes: number) => {
      const pulse = (x: number) => Math.exp(-(((x - 0.3) / 0.08) ** 2));
      const field = Float64Array.from({ length: nodes }, (_, i) => pulse((i + 0.5) / nodes));
      for (let k = 0; k < nodes; k++) advect(field, 0, nodes, 0.4, 0);
      for (const value of field) expect(value >= 0 && value <= 1).toBe(true);
      return field.reduce((sum, v, i) => sum + Math.abs(v - pulse((i + 0.5) / nodes - 0.4)), 0) / nodes;
    };
    // a limiter clips the crest, so a little less than second order in the mean
    expect(error(100) / error(200)).toBeGreaterThan(3);
  });

  it('conserves heat to round-off: what enters less what leaves is what is stored', () => {
    const field = Float64Array.from({ length: 25 }, (_, i) => (i * 7919) % 13);
    let balance = field.reduce((a, b) => a + b, 0);
    for (let i = 0; i < 40; i++) balance += 0.45 * (3 - advect(field, 0, 25, 0.45, 3));
    expect(field.reduce((a, b) => a + b, 0)).toBeCloseTo(balance, 10);
  });

  it('exchanges heat exactly: two lumps after any time, in any number of steps', () => {
    for (const steps of [1, 7]) {
      const [a, b] = [Float64Array.of(10), Float64Array.of(0)];
      const idle = new Float64Array(1);
      const share = exchangeShare(2, 3, 5, 0.8 / steps);
      const shares = Float64Array.of(0, 0, share, (share * 2) / 3, 0, 0, 0, 0);
      for (let k = 0; k < steps; k++) exchangeChain(idle, b, a, idle, idle, 0, 1, shares, 0, true);
      const rest = 10 * Math.exp(-5 * 0.8 * (1 / 2 + 1 / 3));
      expect(a[0] - b[0]).toBeCloseTo(rest, 12);
      expect(2 * a[0] + 3 * b[0]).toBeCloseTo(20, 12);
    }
  });

  it('exchanges heat in a bank with second order, forwards in the first and backwards in the second half of a step', () => {
    const after = (steps: number) => {
      const { banks } = new Machine(kilowatt({ gap_tolerance: '0' }), 3.5, 300);
      const [bank] = banks;
      const lumps = [bank.law.temperature, ...bank.fluidK, ...bank.linerK];
      for (const [k, lump] of lumps.entries()) lump.fill(295 + 3 * k);
      bank.flows.takeStock(bank.law, bank.fluidK);
      bank.flows.setFlow();
      bank.subStepS = 0.02 / steps / 2;
      bank.setSubStep();
      for (let i = 0; i < steps; i++) for (const isFirst of [true, false]) bank.exchangeHeat(true, isFirst);
      return lumps.map(([first]) => first);
    };
    const exact = after(512);
    const error = (steps: number) => Math.hypot(...after(steps).map((kelvin, k) => kelvin - exact[k]));
    // half the step, a quarter of the error; always forwards, it would be a half
    expect(error(8) / error(16)).toBeCloseTo(4, 1);
  });
});
