#include "requests.h"

#include "blobs.h"
#include "bytes.h"
#include "contract.h"
#include "cycle.h"
#include "device-time.h"
#include "drive.h"
#include "flash.h"
#include "hal.h"
#include "recipe.h"
#include "stream.h"

#define CHANNEL_SIZE(id, name, type, scale, unit) SIZE_##type,
static const uint8_t SIZES[CHANNEL_COUNT] FLASH = {CHANNELS(CHANNEL_SIZE, CHANNEL_SIZE)};

static uint8_t finish(uint8_t status, const uint8_t *end) {
  line_body()[0] = status;
  return status == STATUS_OK ? (uint8_t)(end - line_body()) : 1;
}

bool request_changes(uint8_t type) {
  return type == REQUEST_COMMAND || type == REQUEST_WRITE_PARAMETER || type == REQUEST_SUBSCRIBE ||
         type == REQUEST_STAGE || type == REQUEST_APPLY;
}

static uint8_t command(const struct message *request) {
  uint16_t argument = request->length >= 3 ? get_u16(request->body + 1) : 0;
  return drive_command(request->body[0], argument);
}

static uint8_t write_parameter(const struct message *request, uint8_t **end) {
  uint8_t index = request->body[0];
  if (index >= LIMIT_COUNT) return STATUS_UNKNOWN;
  if (request->length < 5) return STATUS_BAD_VALUE;
  uint8_t status = drive_set_limit(index, get_f32(request->body + 1));
  *end = put_f32(*end, drive_limit(index));
  return status;
}

static uint8_t subscribe(const struct message *request, uint8_t **end) {
  if (request->length < 3 || request->length != 3 + request->body[2]) return STATUS_BAD_VALUE;
  uint8_t status = stream_subscribe(get_u16(request->body), request->body + 3, request->body[2]);
  *(*end)++ = stream_number();
  return status;
}

uint8_t request_carry_out(const struct message *request) {
  uint8_t *end = line_body() + 1;
  const uint8_t *body = request->body;
  if (request->length < 1) return finish(STATUS_BAD_VALUE, end);
  switch (request->type) {
    case REQUEST_COMMAND:
      return finish(command(request), end);
    case REQUEST_WRITE_PARAMETER: {
      uint8_t status = write_parameter(request, &end);
      return finish(status, end);
    }
    case REQUEST_SUBSCRIBE: {
      uint8_t status = subscribe(request, &end);
      return finish(status, end);
    }
    case REQUEST_STAGE:
      if (request->length < 2) return finish(STATUS_BAD_VALUE, end);
      return finish(recipe_stage(get_u16(body), body + 2, (uint8_t)(request->length - 2)), end);
    default:
      if (request->length < 6) return finish(STATUS_BAD_VALUE, end);
      return finish(recipe_apply(get_u16(body), get_u32(body + 2)), end);
  }
}

static uint8_t *put_status(uint8_t *at) {
  const int16_t *channels = drive_channels();
  at = put_u16(at, drive_last_heartbeat());
  *at++ = drive_state();
  *at++ = drive_watchdog_state();
  at = put_u16(at, drive_faults());
  *at++ = drive_first_fault();
  *at++ = recipe_is_pending() ? 1 : 0;
  at = put_u32(at, cycles_completed());
  at = put_u64(at, device_time_us(drive_time_ms()));
  for (uint8_t i = 0; i < CHANNEL_COUNT; i++) {
    *at++ = (uint8_t)channels[i];
    if (flash_u8(&SIZES[i]) == 2) *at++ = (uint8_t)((uint16_t)channels[i] >> 8);
  }
  return at;
}

static uint8_t read_parameters(uint8_t first, uint8_t count, uint8_t *end) {
  if (first > LIMIT_COUNT || count > LIMIT_COUNT - first) return finish(STATUS_UNKNOWN, end);
  for (uint8_t i = first; i < first + count; i++) end = put_f32(end, drive_limit(i));
  return finish(STATUS_OK, end);
}

static uint8_t tell_time(uint8_t *end) {
  end = put_u64(end, hal_frame_end_us());
  return finish(STATUS_OK, put_u64(end, hal_micros()));
}

uint8_t request_inform(const struct message *request, bool is_fresh) {
  uint8_t *end = line_body() + 1;
  const uint8_t *body = request->body;
  uint8_t status = STATUS_BAD_VALUE;
  switch (request->type) {
    case REQUEST_LATCH:
      if (request->length >= 1) status = blob_latch(body[0], &end);
      return finish(status, end);
    case REQUEST_READ:
      if (request->length >= 7) status = blob_read(body[0], get_u32(body + 1), get_u16(body + 5), &end);
      return finish(status, end);
    case REQUEST_HEARTBEAT:
      if (is_fresh && request->length >= 2) drive_heartbeat(get_u16(body));
      return finish(STATUS_OK, put_status(end));
    case REQUEST_READ_PARAMETERS:
      return request->length < 2 ? finish(status, end) : read_parameters(body[0], body[1], end);
    case REQUEST_CLOCK:
      return tell_time(end);
    default:
      return finish(STATUS_UNKNOWN, end);
  }
}
