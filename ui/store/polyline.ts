/** Points to draw, in order of time. A NaN in `y` lifts the pen. Reused from frame to frame: it only ever grows. */
export class Polyline {
  x = new Float64Array(4096);
  y = new Float64Array(4096);
  length = 0;
  low = Number.POSITIVE_INFINITY;
  high = Number.NEGATIVE_INFINITY;

  clear(): void {
    this.length = 0;
    this.low = Number.POSITIVE_INFINITY;
    this.high = Number.NEGATIVE_INFINITY;
  }

  add(x: number, y: number): void {
    this.#put(x, y);
    if (y < this.low) this.low = y;
    if (y > this.high) this.high = y;
  }

  liftPen(x: number): void {
    if (this.length > 0 && !Number.isNaN(this.y[this.length - 1])) this.#put(x, Number.NaN);
  }

  #put(x: number, y: number): void {
    if (this.length === this.x.length) {
      this.x = doubled(this.x);
      this.y = doubled(this.y);
    }
    this.x[this.length] = x;
    this.y[this.length] = y;
    this.length++;
  }
}

function doubled(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(2 * values.length);
  grown.set(values);
  return grown;
}
