/** Coils as bytes: the first coil is the lowest bit of the first byte, unused bits are 0. */
export function packBits(bits: readonly boolean[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((on, i) => {
    if (on) bytes[i >> 3] |= 1 << (i & 7);
  });
  return bytes;
}

/** The first `count` coils of `bytes`. */
export const unpackBits = (bytes: Uint8Array, count: number): boolean[] =>
  Array.from({ length: count }, (_, i) => ((bytes[i >> 3] >> (i & 7)) & 1) === 1);
