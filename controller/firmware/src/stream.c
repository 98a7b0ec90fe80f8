#include "stream.h"

#include <stdbool.h>

#include "bytes.h"
#include "contract.h"
#include "device-time.h"
#include "device.h"
#include "flash.h"
#include "hal.h"
#include "line.h"

#define MOST_CHANNELS 24
#define HEAD_BYTES 16
#define ROW_SPACE (MOST_STREAM_BYTES - HEADER_BYTES - CRC_BYTES - HEAD_BYTES)
#define BATCH_MS 20

#define CHANNEL_SIZE(id, name, type, scale, unit) SIZE_##type,
static const uint8_t SIZES[CHANNEL_COUNT] FLASH = {CHANNELS(CHANNEL_SIZE, CHANNEL_SIZE)};

static uint8_t chosen[MOST_CHANNELS];
static uint8_t chosen_count, row_bytes, number;
static uint16_t decimation;
static uint8_t rows[ROW_SPACE];
static uint8_t row_count, most_rows;
static uint16_t overruns, sequence;
static uint32_t next_row, first_row, first_ms;

uint8_t stream_subscribe(uint16_t asked, const uint8_t *channels, uint8_t count) {
  uint16_t bytes = 0;
  if (count > MOST_CHANNELS || (count > 0 && asked == 0)) return STATUS_BAD_VALUE;
  for (uint8_t i = 0; i < count; i++) {
    if (channels[i] >= CHANNEL_COUNT) return STATUS_BAD_VALUE;
    bytes = (uint16_t)(bytes + flash_u8(&SIZES[channels[i]]));
  }
  memcpy(chosen, channels, count);
  chosen_count = count;
  decimation = asked;
  row_bytes = (uint8_t)bytes;
  most_rows = count > 0 ? (uint8_t)(ROW_SPACE / bytes) : 0;
  row_count = 0;
  overruns = sequence = 0;
  next_row = 0;
  number++;
  return STATUS_OK;
}

void stream_stop(void) { chosen_count = row_count = 0; }

uint8_t stream_number(void) { return number; }

static void write_row(const int16_t channels[]) {
  uint8_t *at = rows + row_count * row_bytes;
  for (uint8_t i = 0; i < chosen_count; i++) {
    uint16_t value = (uint16_t)channels[chosen[i]];
    *at++ = (uint8_t)value;
    if (flash_u8(&SIZES[chosen[i]]) == 2) *at++ = (uint8_t)(value >> 8);
  }
  row_count++;
}

void stream_add(const int16_t channels[], uint32_t now_ms) {
  if (chosen_count == 0 || now_ms % decimation != 0) return;
  uint32_t row = next_row++;
  if (row_count == most_rows) {
    overruns++;
    return;
  }
  if (row_count == 0) {
    first_row = row;
    first_ms = now_ms;
  }
  write_row(channels);
}

static bool is_due(uint32_t now_ms) {
  return row_count > 0 && (row_count == most_rows || now_ms - first_ms >= BATCH_MS);
}

void stream_flush(uint8_t session, uint32_t now_ms) {
  uint8_t length = (uint8_t)(row_count * row_bytes);
  uint16_t frame = (uint16_t)(HEADER_BYTES + HEAD_BYTES + length + CRC_BYTES + FRAMING_BYTES);
  if (!is_due(now_ms) || hal_send_room() < frame + MOST_REPLY_BYTES + FRAMING_BYTES) return;
  uint8_t *at = line_body();
  *at++ = number;
  *at++ = row_count;
  at = put_u16(at, overruns);
  at = put_u32(at, first_row);
  at = put_u64(at, device_time_us(first_ms));
  memcpy(at, rows, length);
  row_count = 0;
  line_send(NOTICE_STREAM, session, sequence++, (uint8_t)(HEAD_BYTES + length));
}
