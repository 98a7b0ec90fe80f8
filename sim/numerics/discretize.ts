/** dx/dt = A x + B u with u constant over a step, exactly: the matrix exponential of [[A, B], [0, 0]] dt. */
import { Matrix } from 'ml-matrix';

export interface Discrete {
  /** x after the step = A x + B u. */
  readonly A: Matrix;
  readonly B: Matrix;
}

/** Squared so often that the series sees a norm below 1/2, where so many terms leave less than 1e-12. */
const TERMS = 10;

export function discretize(A: Matrix, B: Matrix, dtS: number): Discrete {
  const states = A.rows;
  const size = states + B.columns;
  const whole = Matrix.zeros(size, size);
  whole.setSubMatrix(Matrix.mul(A, dtS), 0, 0);
  whole.setSubMatrix(Matrix.mul(B, dtS), 0, states);
  const squarings = Math.max(0, Math.ceil(Math.log2(whole.norm('max') * size)) + 1);
  whole.div(2 ** squarings);
  let exponential = Matrix.eye(size, size);
  for (let k = TERMS; k >= 1; k--)
    exponential = Matrix.add(Matrix.eye(size, size), whole.mmul(exponential).div(k));
  for (let k = 0; k < squarings; k++) exponential = exponential.mmul(exponential);
  return {
    A: exponential.subMatrix(0, states - 1, 0, states - 1),
    B: exponential.subMatrix(0, states - 1, states, size - 1),
  };
}
