#include "blobs.h"

#include <stdbool.h>

#include "black-box.h"
#include "bytes.h"
#include "contract.h"
#include "crc32.h"
#include "cycle.h"
#include "dictionary.h"
#include "recipe.h"

#define BLOB_COUNT 5
#define READ_HEAD_BYTES 10

static uint32_t latched[BLOB_COUNT];
static bool has_latched[BLOB_COUNT];
/* The summary is copied, as cycles end while it is read; the others stand still, or their number says that they did not. */
static uint8_t summary[SUMMARY_BYTES];

/* Of the newest; false where there is none. */
static bool newest(uint8_t blob, uint32_t *number) {
  *number = blob == BLOB_RECIPE      ? recipe_number()
            : blob == BLOB_SUMMARY   ? cycles_completed()
            : blob == BLOB_BLACK_BOX ? black_box_number()
                                     : 0;
  return blob == BLOB_DICTIONARY || blob == BLOB_RECIPE || *number != 0;
}

static uint16_t length_of(uint8_t blob) {
  switch (blob) {
    case BLOB_DICTIONARY:
      return dictionary_length();
    case BLOB_RECIPE:
      return RECIPE_BYTES;
    case BLOB_SUMMARY:
      return SUMMARY_BYTES;
    default:
      return black_box_length();
  }
}

static uint8_t byte_of(uint8_t blob, uint16_t at) {
  switch (blob) {
    case BLOB_DICTIONARY:
      return dictionary_byte(at);
    case BLOB_RECIPE:
      return recipe_byte(at);
    case BLOB_SUMMARY:
      return summary[at];
    default:
      return black_box_byte(at);
  }
}

static uint32_t crc_of(uint8_t blob) {
  uint32_t crc = CRC32_START;
  if (blob == BLOB_DICTIONARY) return dictionary_crc();
  for (uint16_t at = 0; at < length_of(blob); at++) crc = crc32_add(crc, byte_of(blob, at));
  return ~crc;
}

uint8_t blob_latch(uint8_t blob, uint8_t **end) {
  uint32_t number;
  if (blob >= BLOB_COUNT) return STATUS_UNKNOWN;
  if (!newest(blob, &number)) return STATUS_NOT_NOW;
  if (blob == BLOB_SUMMARY) cycle_summary(summary);
  latched[blob] = number;
  has_latched[blob] = true;
  *(*end)++ = blob;
  *end = put_u32(*end, number);
  *end = put_u32(*end, length_of(blob));
  *end = put_u32(*end, crc_of(blob));
  return STATUS_OK;
}

static bool still_stands(uint8_t blob) {
  uint32_t number;
  return blob == BLOB_SUMMARY || (newest(blob, &number) && number == latched[blob]);
}

uint8_t blob_read(uint8_t blob, uint32_t offset, uint16_t most, uint8_t **end) {
  uint16_t room = MOST_REPLY_BYTES - HEADER_BYTES - CRC_BYTES - READ_HEAD_BYTES;
  if (blob >= BLOB_COUNT || !has_latched[blob] || !still_stands(blob)) return STATUS_NOT_NOW;
  *(*end)++ = blob;
  *end = put_u32(*end, latched[blob]);
  *end = put_u32(*end, offset);
  for (uint16_t count = most < room ? most : room; count > 0 && offset < length_of(blob); count--)
    *(*end)++ = byte_of(blob, (uint16_t)offset++);
  return STATUS_OK;
}
