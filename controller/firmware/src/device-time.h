/* Device time of a millisecond: 64 bits in microseconds out of 32 bits of milliseconds, which wrap after 49 days. */
#ifndef DEVICE_TIME_H
#define DEVICE_TIME_H

#include <stdint.h>

/* The machine has come to this millisecond. */
void device_time_step(uint32_t now_ms);

/* Of a millisecond not later than the present. */
uint64_t device_time_us(uint32_t ms);

#endif
