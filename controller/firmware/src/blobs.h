/* What is longer than a frame: latched by number, read in pieces. */
#ifndef BLOBS_H
#define BLOBS_H

#include <stdint.h>

/* Both write the body of a reply behind its status byte and return a status code; `end` is moved past what was written. */
uint8_t blob_latch(uint8_t blob, uint8_t **end);
uint8_t blob_read(uint8_t blob, uint32_t offset, uint16_t most, uint8_t **end);

#endif
