/* The drive: states, commands, faults, watchdog, limits; one step a millisecond. */
#ifndef DRIVE_H
#define DRIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "device.h"

#define NO_FAULT 0xFF

void drive_start(void);

/* One millisecond of the machine; `now_ms` counts them. */
void drive_step(uint32_t now_ms);

/* A status code of the contract; `timeout_ms` is read by ARM_WATCHDOG only. */
uint8_t drive_command(uint8_t command, uint16_t timeout_ms);
bool drive_is_safe(uint8_t command);

void drive_heartbeat(uint16_t heartbeat);

/* The last reading of every channel, raw. */
const int16_t *drive_channels(void);

/* The millisecond of that reading. */
uint32_t drive_time_ms(void);

uint8_t drive_state(void);
uint8_t drive_watchdog_state(void);
uint16_t drive_faults(void);
uint8_t drive_first_fault(void);
uint16_t drive_last_heartbeat(void);

float drive_limit(uint8_t index);
uint8_t drive_set_limit(uint8_t index, float value);

#endif
