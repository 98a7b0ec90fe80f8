/*
 * All that this firmware asks of the chip: a clock and one line of bytes. To port it, write these seven functions
 * (hal-avr.c and hal-host.c are two examples) and machine.h's for the sensors and actuators.
 */
#ifndef HAL_H
#define HAL_H

#include <stdbool.h>
#include <stdint.h>

/* Starts clock and line. False where there is no line: main ends. */
bool hal_start(int argc, char **argv);

/* Microseconds since boot. Never steps. */
uint64_t hal_micros(void);

/* Milliseconds since boot; wraps. */
uint32_t hal_millis(void);

/* The next byte received, or -1. */
int16_t hal_receive(void);

/* hal_micros when the last zero, the end of a frame, was received. */
uint64_t hal_frame_end_us(void);

/* Bytes that hal_send takes now. */
uint16_t hal_send_room(void);
void hal_send(uint8_t byte);

/* Nothing to do before the next interrupt. False: the program shall end (never on a chip). */
bool hal_idle(void);

#endif
