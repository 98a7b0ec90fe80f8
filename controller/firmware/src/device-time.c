#include "device-time.h"

static uint32_t present_ms;
static uint32_t wraps;

void device_time_step(uint32_t now_ms) {
  if (now_ms < present_ms) wraps++;
  present_ms = now_ms;
}

uint64_t device_time_us(uint32_t ms) {
  uint32_t high = ms > present_ms ? wraps - 1 : wraps;
  return ((uint64_t)high << 32 | ms) * 1000;
}
