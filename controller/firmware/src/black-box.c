#include "black-box.h"

#include "bytes.h"
#include "device-time.h"
#include "device.h"

#define ROW_BYTES (2 * BLACK_BOX_CHANNELS)
#define HEAD_BYTES 26
/* A quarter shows what followed. */
#define ROWS_AFTER (BLACK_BOX_ROWS / 4)

enum { FILLING, CLOSING, FROZEN };

static const uint8_t KEPT[BLACK_BOX_CHANNELS] = {CHANNEL_FORCE, CHANNEL_STROKE, CHANNEL_PRESSURE, CHANNEL_CELL_1};
static int16_t ring[BLACK_BOX_ROWS][BLACK_BOX_CHANNELS];
static uint8_t next, filled, left, stage;
static uint32_t number;
static uint32_t last_ms;
static uint8_t head[HEAD_BYTES];

static void freeze(void) {
  uint32_t start_ms = last_ms - (uint32_t)(filled - 1) * BLACK_BOX_PERIOD_MS;
  uint8_t *at = put_u64(head + 12, device_time_us(start_ms));
  at = put_u32(at, BLACK_BOX_PERIOD_MS * 1000UL);
  put_u16(at, filled);
  stage = FROZEN;
  number++;
}

void black_box_add(const int16_t channels[], uint32_t now_ms) {
  if (stage == FROZEN || now_ms % BLACK_BOX_PERIOD_MS != 0) return;
  for (uint8_t i = 0; i < BLACK_BOX_CHANNELS; i++) ring[next][i] = channels[KEPT[i]];
  next = (uint8_t)((next + 1) % BLACK_BOX_ROWS);
  if (filled < BLACK_BOX_ROWS) filled++;
  last_ms = now_ms;
  if (stage == CLOSING && --left == 0) freeze();
}

void black_box_clear(void) {
  if (stage != FROZEN) return;
  stage = FILLING;
  filled = 0;
}

void black_box_trip(uint16_t faults, uint8_t first, uint32_t now_ms) {
  black_box_clear();
  uint8_t *at = put_u16(head, faults);
  *at++ = first;
  *at++ = 0;
  put_u64(at, device_time_us(now_ms));
  left = ROWS_AFTER;
  stage = CLOSING;
}

uint32_t black_box_number(void) { return stage == FROZEN ? number : 0; }

uint16_t black_box_length(void) { return (uint16_t)(HEAD_BYTES + filled * ROW_BYTES); }

uint8_t black_box_byte(uint16_t at) {
  if (at < HEAD_BYTES) return head[at];
  uint16_t row = (uint16_t)((at - HEAD_BYTES) / ROW_BYTES);
  uint8_t in_row = (uint8_t)((at - HEAD_BYTES) % ROW_BYTES);
  uint8_t oldest = filled < BLACK_BOX_ROWS ? 0 : next;
  uint16_t value = (uint16_t)ring[(oldest + row) % BLACK_BOX_ROWS][in_row / 2];
  return (uint8_t)(in_row % 2 == 0 ? value : value >> 8);
}
