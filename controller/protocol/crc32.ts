/**
 * CRC-32/ISO-HDLC, the one of Ethernet and zlib: polynomial 0x04C11DB7 reflected, start and final XOR 0xFFFFFFFF;
 * "123456789" gives 0xCBF43926. Up to 2,974 bits it finds every 4 flipped bits (Koopman, "32-Bit Cyclic Redundancy
 * Codes for Internet Applications", DSN 2002).
 */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC over `bytes[start..end)`. */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = 0xffffffff;
  for (let i = start; i < end; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
}
