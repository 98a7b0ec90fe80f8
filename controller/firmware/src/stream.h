/* One subscription: a row a decimated millisecond, in frames. */
#ifndef STREAM_H
#define STREAM_H

#include <stdint.h>

/* Ends the stream where `count` is 0. A status code of the contract; its number is stream_number. */
uint8_t stream_subscribe(uint16_t decimation, const uint8_t *channels, uint8_t count);
uint8_t stream_number(void);

void stream_stop(void);

/* The reading of this millisecond. */
void stream_add(const int16_t channels[], uint32_t now_ms);

/* Sends what is full or has waited long enough, where the line takes it and a reply besides. */
void stream_flush(uint8_t session, uint32_t now_ms);

#endif
