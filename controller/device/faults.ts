/** Fault registers in words. */
import type { DeviceProfile } from './profile.ts';
import { type Readings, toRaw } from './readings.ts';

export function faultsOf({ faults, points }: DeviceProfile, readings: Readings): string[] {
  return faults.flatMap(({ point, codes, bits }) => {
    const reading = readings[point];
    if (reading === undefined || reading.quality !== 'good') return [];
    const raw = toRaw(points[point], reading.value);
    return [...codeWords(point, codes, raw), ...bitWords(bits, raw)];
  });
}

function codeWords(
  point: string,
  codes: Readonly<Record<string, string>> | undefined,
  raw: number,
): string[] {
  if (codes === undefined || raw === 0) return [];
  const words = Object.entries(codes).find(([code]) => Number(code) === raw)?.[1];
  return [words ?? `${point} ${raw}, which the profile does not know; see the manual`];
}

const bitWords = (bits: Readonly<Record<string, string>> | undefined, raw: number): string[] =>
  Object.entries(bits ?? {})
    .filter(([bit]) => Math.floor(raw / 2 ** Number(bit)) % 2 === 1)
    .map(([, words]) => words);
