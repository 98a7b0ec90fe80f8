/** What a reader of records needs in a browser: zstd. */
import type { DecompressHandlers } from '@mcap/core';
import { decompress } from 'fzstd';

/** Chunks of the recorder have less than a hundredth of it; a file that claims more is damaged or malicious. */
const MOST_BYTES = 256 * 1024 * 1024;

export const DECOMPRESS: DecompressHandlers = {
  zstd: (bytes, size) => {
    if (size > MOST_BYTES) throw new Error(`a chunk claims to hold ${size} bytes.`);
    return decompress(bytes, new Uint8Array(Number(size)));
  },
};
