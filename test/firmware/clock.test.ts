/** The estimate of a device's clock against one that is known. */
import { describe, expect, test } from 'vitest';
import { ClockEstimator } from '../../controller/protocol/framed-clock.ts';
import { Random } from '../protocol/random.ts';

interface Truth {
  readonly offsetMs: number;
  readonly driftPpm: number;
}

/** `seconds` of exchanges, one a second, each way 0.3 ms and what luck adds. */
function exchange(
  estimator: ClockEstimator,
  random: Random,
  truth: Truth,
  seconds: number,
  fromMs = 0,
): number {
  let hostMs = fromMs;
  const deviceUs = (ms: number): number =>
    Math.round(1000 * (truth.offsetMs + ms * (1 + truth.driftPpm / 1e6)));
  const delayMs = (): number => 0.3 + (random.chance(0.3) ? random.between(0, 8) : random.between(0, 0.05));
  for (let i = 0; i < seconds; i++, hostMs += 1000) {
    const inMs = hostMs + delayMs();
    const outMs = inMs + random.between(0.05, 0.5);
    estimator.add({
      sentMs: hostMs,
      receivedMs: outMs + delayMs(),
      deviceInUs: deviceUs(inMs),
      deviceOutUs: deviceUs(outMs),
    });
  }
  return hostMs;
}

describe('the clock of a device', () => {
  test('is known within the bound that is stated, 200 crystals out of 200', () => {
    const random = new Random(11);
    let worstMs = 0;
    for (let run = 0; run < 200; run++) {
      const truth = { offsetMs: random.between(-1e6, 1e6), driftPpm: random.between(-100, 100) };
      const estimator = new ClockEstimator();
      const endMs = exchange(estimator, random, truth, 60) - 1000;
      const estimate = estimator.estimate();
      if (estimate === null) throw new Error('no estimate');
      // The device's stamp in the middle of the last exchange is up to 8.5 ms after `endMs`: 100 ppm of that is nothing.
      const trueOffsetMs = truth.offsetMs + (endMs * truth.driftPpm) / 1e6;
      expect(Math.abs(estimate.offsetMs - trueOffsetMs)).toBeLessThan(estimate.uncertaintyMs);
      expect(Math.abs(estimate.driftPpm - truth.driftPpm)).toBeLessThan(estimate.driftUncertaintyPpm);
      worstMs = Math.max(worstMs, Math.abs(estimate.offsetMs - trueOffsetMs));
      // Half of the shortest round trip is 0.3 ms; the bound must not be much worse than that.
      expect(estimate.uncertaintyMs).toBeLessThan(0.45);
      const atUs = 1000 * (truth.offsetMs + endMs * (1 + truth.driftPpm / 1e6));
      expect(Math.abs(estimator.hostMs(atUs) - endMs)).toBeLessThan(estimate.uncertaintyMs + 0.001);
    }
    // Equal ways: what is really wrong is far below what could be.
    expect(worstMs).toBeLessThan(0.1);
  });

  test('has no drift before there is time to see one, and says so', () => {
    const estimator = new ClockEstimator();
    expect(estimator.estimate()).toBeNull();
    expect(estimator.hostMs(5)).toBeNaN();
    estimator.add({ sentMs: 0, receivedMs: 1, deviceInUs: 7000, deviceOutUs: 7000 });
    expect(estimator.estimate()).toMatchObject({
      driftPpm: 0,
      driftUncertaintyPpm: Number.POSITIVE_INFINITY,
    });
    expect(estimator.estimate()?.offsetMs).toBeCloseTo(6.5);
  });

  test('begins anew where the device was restarted or runs at another pace', () => {
    const random = new Random(5);
    const estimator = new ClockEstimator();
    const atMs = exchange(estimator, random, { offsetMs: 1000, driftPpm: 10 }, 30);
    exchange(estimator, random, { offsetMs: -atMs, driftPpm: 10 }, 30, atMs);
    const estimate = estimator.estimate();
    expect(estimate?.samples).toBe(30);
    expect(Math.abs((estimate?.driftPpm ?? 0) - 10)).toBeLessThan(estimate?.driftUncertaintyPpm ?? 0);
  });

  test('leaves out stamps that cannot be', () => {
    const estimator = new ClockEstimator();
    estimator.add({ sentMs: 0, receivedMs: 1, deviceInUs: 9000, deviceOutUs: 7000 });
    estimator.add({ sentMs: 0, receivedMs: 1, deviceInUs: 7000, deviceOutUs: 9000 });
    expect(estimator.estimate()).toBeNull();
  });
});
