/* CRC-32/ISO-HDLC, as zlib and Ethernet: "123456789" gives CBF43926. */
#ifndef CRC32_H
#define CRC32_H

#include <stdint.h>

#define CRC32_START 0xFFFFFFFFUL

/* One more byte; begin with CRC32_START, and invert all bits of the last value. */
uint32_t crc32_add(uint32_t crc, uint8_t byte);

static inline uint32_t crc32_of(const uint8_t *bytes, uint16_t length) {
  uint32_t crc = CRC32_START;
  while (length-- > 0) crc = crc32_add(crc, *bytes++);
  return ~crc;
}

#endif
