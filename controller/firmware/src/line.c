#include "line.h"

#include "bytes.h"
#include "contract.h"
#include "crc32.h"
#include "hal.h"

/* One stuffing byte more than a message. */
static uint8_t received[MOST_REQUEST_BYTES + 1];
static uint8_t received_length;
static bool is_too_long;
static uint8_t sent[MOST_REPLY_BYTES];

/* Takes the stuffing out in place; the length of the message, or 0 where these bytes are none. */
static uint8_t unstuff(void) {
  uint8_t to = 0;
  for (uint8_t from = 0; from < received_length;) {
    uint8_t code = received[from++];
    uint16_t end = (uint16_t)(from + code - 1);
    if (end > received_length) return 0;
    while (from < end) received[to++] = received[from++];
    if (from < received_length) received[to++] = 0;
  }
  return to;
}

static bool take_frame(struct message *message) {
  uint8_t length = unstuff();
  if (length < HEADER_BYTES + CRC_BYTES) return false;
  length = (uint8_t)(length - CRC_BYTES);
  if (crc32_of(received, length) != get_u32(received + length)) return false;
  message->type = received[0];
  message->session = received[1];
  message->sequence = get_u16(received + 2);
  message->body = received + HEADER_BYTES;
  message->length = (uint8_t)(length - HEADER_BYTES);
  return true;
}

bool line_poll(struct message *message) {
  for (int16_t byte; (byte = hal_receive()) >= 0;) {
    if (byte == 0) {
      bool is_whole = received_length > 0 && !is_too_long && take_frame(message);
      received_length = 0;
      is_too_long = false;
      if (is_whole) return true;
    } else if (received_length < sizeof received) {
      received[received_length++] = (uint8_t)byte;
    } else {
      is_too_long = true;
    }
  }
  return false;
}

uint8_t *line_body(void) { return sent + HEADER_BYTES; }

/* Messages are shorter than 254 bytes, so every group ends at a zero or at the end. */
static void send_stuffed(uint8_t length) {
  for (uint8_t from = 0; from <= length;) {
    uint8_t to = from;
    while (to < length && sent[to] != 0) to++;
    hal_send((uint8_t)(to - from + 1));
    while (from < to) hal_send(sent[from++]);
    from++;
  }
}

void line_send(uint8_t type, uint8_t session, uint16_t sequence, uint8_t length) {
  uint8_t end = (uint8_t)(HEADER_BYTES + length);
  sent[0] = type;
  sent[1] = session;
  put_u16(sent + 2, sequence);
  put_u32(sent + end, crc32_of(sent, end));
  hal_send(0);
  send_stuffed((uint8_t)(end + CRC_BYTES));
  hal_send(0);
}
