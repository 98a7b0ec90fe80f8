/** (√5 − 1) / 2 */
const GOLDEN = 0.6180339887498949;

/**
 * Where a function of one hump on [low, high] is largest, within (high − low) · 0.618^(evaluations − 1): the interval
 * shrinks by the golden ratio with every evaluation after the first.
 */
export function goldenSection(
  f: (x: number) => number,
  low: number,
  high: number,
  evaluations: number,
): number {
  let [a, b] = [low, high];
  let left = b - GOLDEN * (b - a);
  let right = a + GOLDEN * (b - a);
  let [atLeft, atRight] = [f(left), f(right)];
  for (let k = 2; k < evaluations; k++) {
    if (atLeft >= atRight) {
      b = right;
      [right, atRight] = [left, atLeft];
      left = b - GOLDEN * (b - a);
      atLeft = f(left);
    } else {
      a = left;
      [left, atLeft] = [right, atRight];
      right = a + GOLDEN * (b - a);
      atRight = f(right);
    }
  }
  return atLeft >= atRight ? left : right;
}
