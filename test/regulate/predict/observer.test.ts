import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { STATE, houseModel } from '../../../controller/control/regulate/predict/house-model.ts';
import { createObserver } from '../../../controller/control/regulate/predict/observer.ts';
import { discretize } from '../../../sim/numerics/discretize.ts';
import { Kalman } from '../../../sim/numerics/kalman.ts';
import { interpolate } from '../../../sim/numerics/lattice.ts';
import { normalSource } from '../../../sim/study/sampling/random.ts';
import { madeUpOutlook } from './made-up-outlook.ts';

const { house } = madeUpOutlook();

describe('a step of a linear system', () => {
  it('is that of the closed forms: a lag, a double integrator, a swing', () => {
    const lag = discretize(new Matrix([[-0.3]]), new Matrix([[2]]), 5);
    expect(lag.A.get(0, 0)).toBeCloseTo(Math.exp(-1.5), 12);
    expect(lag.B.get(0, 0)).toBeCloseTo((2 / 0.3) * (1 - Math.exp(-1.5)), 12);
    const twice = discretize(
      new Matrix([
        [0, 1],
        [0, 0],
      ]),
      new Matrix([[0], [1]]),
      7,
    );
    expect(twice.A.to2DArray()).toEqual([
      [1, expect.closeTo(7, 12)],
      [0, 1],
    ]);
    expect(twice.B.to1DArray()).toEqual([expect.closeTo(24.5, 12), expect.closeTo(7, 12)]);
    const swing = discretize(
      new Matrix([
        [0, 1],
        [-1, 0],
      ]),
      new Matrix([[0], [0]]),
      40,
    );
    expect(swing.A.get(0, 0)).toBeCloseTo(Math.cos(40), 10);
  });
});

describe('a lattice', () => {
  it('is exact for what is straight along each axis, and holds its edge', () => {
    const axes = [
      [0, 1, 3],
      [2, 5],
      [-1, 4],
    ];
    const of = ([x, y, z]: readonly number[]) => 1 + 2 * x - y + x * y * z;
    const values = axes[0].flatMap((x) => axes[1].flatMap((y) => axes[2].map((z) => of([x, y, z]))));
    for (const point of [
      [0.4, 3, 0],
      [2.9, 4.9, 3.9],
      [1, 5, -1],
    ])
      expect(interpolate({ axes, values }, point)).toBeCloseTo(of(point), 10);
    expect(interpolate({ axes, values }, [9, 9, 9])).toBeCloseTo(of([3, 5, 4]), 10);
    expect(interpolate({ axes, values }, [Number.NaN, 3, 0])).toBeNaN();
  });
});

describe('a Kalman filter', () => {
  it('comes to the variance of the scalar Riccati equation', () => {
    const filter = new Kalman([0], [10]);
    const [one, none] = [new Matrix([[1]]), new Matrix([[0]])];
    const [q, r] = [0.3, 2];
    for (let i = 0; i < 200; i++) {
      filter.predict(one, none, [0], [q]);
      filter.correct(one, [0], [r]);
    }
    // p² + q² p = q² r², p the variance after a correction.
    const p = (-(q ** 2) + Math.sqrt(q ** 4 + 4 * q ** 2 * r ** 2)) / 2;
    expect(filter.covariance.get(0, 0)).toBeCloseTo(p, 9);
  });
});

describe('the observer of a house', () => {
  it('finds walls, guests and a machine that is weaker than its outlook, through noise', () => {
    const normal = normalSource(3);
    const observer = createObserver(house);
    const { A, B } = houseModel(house, true, 10, 250);
    const truth = Matrix.columnVector([22, 26, 18, 90, -0.25]);
    for (let i = 0; i < 400; i++) {
      truth.setColumn(
        0,
        A.mmul(truth)
          .add(B.mmul(Matrix.columnVector([250, 31, 1])))
          .to1DArray(),
      );
      observer.watch({
        room_C: truth.get(STATE.air, 0) + 0.02 * normal(),
        cold_C: truth.get(STATE.loop, 0) + 0.1 * normal(),
        outdoor_C: 31,
        period_s: 10,
        cooling_W: 250,
        isRunning: true,
      });
    }
    const state = observer.state() ?? [];
    expect(state[STATE.wall]).toBeCloseTo(truth.get(STATE.wall, 0), 0);
    expect(Math.abs(state[STATE.load] - 90)).toBeLessThan(20);
    expect(Math.abs(state[STATE.excess] + 0.25)).toBeLessThan(0.08);
  });

  it('goes on by its model while nothing is read', () => {
    const observer = createObserver(house);
    const dark = {
      room_C: Number.NaN,
      cold_C: Number.NaN,
      outdoor_C: 31,
      period_s: 10,
      cooling_W: 0,
      isRunning: false,
    };
    observer.watch(dark);
    expect(observer.state()).toBeNull();
    observer.watch({ ...dark, room_C: 21, cold_C: 18 });
    for (let i = 0; i < 2000; i++) observer.watch(dark);
    expect(observer.state()?.[STATE.air]).toBeCloseTo(31, 1);
  });
});
