/* Little-endian numbers in and out of messages, whatever the byte order and alignment of the processor. */
#ifndef BYTES_H
#define BYTES_H

#include <stdint.h>
#include <string.h>

static inline uint8_t *put_u16(uint8_t *at, uint16_t value) {
  *at++ = (uint8_t)value;
  *at++ = (uint8_t)(value >> 8);
  return at;
}

static inline uint8_t *put_u32(uint8_t *at, uint32_t value) {
  at = put_u16(at, (uint16_t)value);
  return put_u16(at, (uint16_t)(value >> 16));
}

static inline uint8_t *put_u64(uint8_t *at, uint64_t value) {
  at = put_u32(at, (uint32_t)value);
  return put_u32(at, (uint32_t)(value >> 32));
}

static inline uint8_t *put_f32(uint8_t *at, float value) {
  uint32_t bits;
  memcpy(&bits, &value, 4);
  return put_u32(at, bits);
}

static inline uint16_t get_u16(const uint8_t *at) { return (uint16_t)(at[0] | (uint16_t)at[1] << 8); }

static inline uint32_t get_u32(const uint8_t *at) { return get_u16(at) | (uint32_t)get_u16(at + 2) << 16; }

static inline float get_f32(const uint8_t *at) {
  uint32_t bits = get_u32(at);
  float value;
  memcpy(&value, &bits, 4);
  return value;
}

#endif
