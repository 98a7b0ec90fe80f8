/** Latin hypercube (McKay, Beckman and Conover, 1979): each coordinate meets each of `count` equal slices once. */
import { shuffled, uniformSource } from './random.ts';

/**
 * @param count points of the whole set; with another count every point is another
 * @returns point by index, 0 to count − 1; each coordinate in (0, 1)
 */
export function latinHypercube(count: number, dimensions: number, seed: number): (index: number) => number[] {
  const columns = Array.from({ length: dimensions }, (_, d) => {
    const uniform = uniformSource(seed + 0x9e3779b1 * (d + 1));
    return shuffled(count, uniform).map((slice) => (slice + uniform()) / count);
  });
  return (index) => columns.map((column) => column[index]);
}
