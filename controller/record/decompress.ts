/** What a reader of records needs of Node: zstd. */
import { zstdDecompressSync } from 'node:zlib';
import type { DecompressHandlers } from '@mcap/core';

export const DECOMPRESS: DecompressHandlers = {
  // Bounded, so that a damaged or malicious chunk does not fill the memory.
  zstd: (bytes, size) =>
    zstdDecompressSync(bytes, { maxOutputLength: Math.min(Number(size), 256 * 1024 * 1024) }),
};
