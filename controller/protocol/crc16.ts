/**
 * CRC-16/MODBUS: polynomial 0x8005 reflected, start 0xFFFF, sent low byte first. Finds every 1, 2 and 3 flipped bits
 * of a frame and every burst up to 16 bits; random garbage passes once in 65,536.
 */

const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  return crc;
});

/** CRC over `bytes[start..end)`. */
export function crc16(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = 0xffff;
  for (let i = start; i < end; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[i]) & 0xff];
  return crc;
}
