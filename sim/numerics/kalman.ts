/** A Kalman filter: what is not measured, from what is, with the model and the noise of each step given by the caller. */
import { Matrix, inverse } from 'ml-matrix';

export class Kalman {
  /** Shape [states]. */
  readonly state: Float64Array;
  /** Variance of the estimate, shape [states, states]. */
  covariance: Matrix;

  constructor(state: readonly number[], deviations: readonly number[]) {
    this.state = Float64Array.from(state);
    this.covariance = Matrix.diag(deviations.map((deviation) => deviation ** 2));
  }

  /** x = A x + B u. @param deviations what this step may add unseen to each state */
  predict(A: Matrix, B: Matrix, input: readonly number[], deviations: readonly number[]): void {
    const moved = A.mmul(this.column()).add(B.mmul(Matrix.columnVector(input)));
    this.state.set(moved.to1DArray());
    const noise = Matrix.diag(deviations.map((deviation) => deviation ** 2));
    this.covariance = A.mmul(this.covariance).mmul(A.transpose()).add(noise);
  }

  /** y = C x. @param deviations of the measurements; a measurement that is not a number says nothing */
  correct(C: Matrix, measured: readonly number[], deviations: readonly number[]): void {
    const rows = measured.flatMap((value, row) => (Number.isFinite(value) ? [row] : []));
    if (rows.length === 0) return;
    const seen = new Matrix(rows.map((row) => C.getRow(row)));
    const surprise = Matrix.columnVector(rows.map((row) => measured[row])).sub(seen.mmul(this.column()));
    const noise = Matrix.diag(rows.map((row) => deviations[row] ** 2));
    const spread = seen.mmul(this.covariance).mmul(seen.transpose()).add(noise);
    const gain = this.covariance.mmul(seen.transpose()).mmul(inverse(spread));
    this.state.set(this.column().add(gain.mmul(surprise)).to1DArray());
    const size = this.state.length;
    // Joseph's form stays symmetric and positive whatever is rounded.
    const left = Matrix.eye(size, size).sub(gain.mmul(seen));
    this.covariance = left
      .mmul(this.covariance)
      .mmul(left.transpose())
      .add(gain.mmul(noise).mmul(gain.transpose()));
  }

  private column(): Matrix {
    return Matrix.columnVector([...this.state]);
  }
}
