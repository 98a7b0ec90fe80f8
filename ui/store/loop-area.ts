/** Area of a closed loop in the unit of x times the unit of y, positive when it is run clockwise (work put in). */
export function loopArea(count: number, x: (i: number) => number, y: (i: number) => number): number {
  let twice = 0;
  for (let i = 0; i < count; i++) {
    const next = (i + 1) % count;
    twice += (x(next) - x(i)) * (y(next) + y(i));
  }
  return twice / 2;
}
