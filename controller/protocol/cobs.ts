/**
 * Consistent Overhead Byte Stuffing (Cheshire and Baker, 1999): bytes without a zero among them, at most one byte
 * longer for every 254. A zero is then free to end a frame.
 */

export function cobsEncode(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length + Math.floor(bytes.length / 254) + 1);
  let codeAt = 0;
  let at = 1;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== 0) out[at++] = bytes[i];
    // A full group ends by itself; where it ends the data no empty group follows.
    const isFull = at - codeAt === 0xff && i + 1 < bytes.length;
    if (bytes[i] !== 0 && !isFull) continue;
    out[codeAt] = at - codeAt;
    codeAt = at++;
  }
  out[codeAt] = at - codeAt;
  return out.subarray(0, at);
}

/** @returns the bytes, or null where these cannot have come from `cobsEncode` */
export function cobsDecode(encoded: Uint8Array): Uint8Array | null {
  const out = new Uint8Array(encoded.length);
  let length = 0;
  for (let at = 0; at < encoded.length; ) {
    const code = encoded[at];
    const end = at + code;
    if (code === 0 || end > encoded.length) return null;
    for (let i = at + 1; i < end; i++) {
      if (encoded[i] === 0) return null;
      out[length++] = encoded[i];
    }
    at = end;
    if (code < 0xff && at < encoded.length) out[length++] = 0;
  }
  return out.subarray(0, length);
}
