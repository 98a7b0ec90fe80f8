/*
 * The machine itself: actuators and sensors. machine-stand-in.c is a spring; on a real rig these functions talk to drive,
 * pump, valves and converters. Called once a millisecond.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stdint.h>

/* Stroke in 0.01 mm, flow in 0.0001 kg/s (+ hot blow, - cold blow). Without enable the drive holds no load. */
void machine_command(bool enabled, int16_t stroke, int16_t flow);

/* Reads every sensor into its channel of device.h, raw; ABSENT where one gives nothing. */
void machine_read(int16_t channels[]);

#endif
