/*
 * What this machine is, written once: C and dictionary both come from these lists. To make it another machine, change
 * them and machine.h's functions; the host reads the dictionary and needs no change.
 */
#ifndef DEVICE_H
#define DEVICE_H

#include <stdint.h>

#define DEVICE_NAME "elastocool reference firmware"
#define DEVICE_KIND "hardware"
#define SERIAL_NUMBER "2"
#define FIRMWARE_VERSION "1.00"

/* F the first, X the others: name in C, name, type, scale, unit. */
#define CHANNELS(F, X)                                   \
  F(PHASE, "phase", u16, "0.0001", "")                   \
  X(FORCE, "force_kN", i16, "0.001", "kN")               \
  X(STRESS, "stress_MPa", i16, "0.1", "MPa")             \
  X(STROKE, "stroke_mm", i16, "0.01", "mm")              \
  X(FLOW, "flow_kg_per_s", i16, "0.0001", "kg/s")        \
  X(PRESSURE, "pressure_bar", i16, "0.001", "bar")       \
  X(COLD_OUTLET, "cold_outlet_C", i16, "0.01", "C")      \
  X(HOT_OUTLET, "hot_outlet_C", i16, "0.01", "C")        \
  X(CELL_1, "cell_1_C", i16, "0.01", "C")                \
  X(STATE, "drive_state", u8, "1", "")

/* The raw value that says: no reading. A phase has none. */
#define ABSENT INT16_MIN
#define ABSENT_u16 ""
#define ABSENT_i16 ",\"absent\":-32768"
#define ABSENT_u8 ""

/* name in C, name, unit, least, most, at power-up; all f32 */
#define LIMITS(F, X)                                                        \
  F(STRESS_LIMIT, "stress_limit_MPa", "MPa", 1, 2000, 1000)                 \
  X(PRESSURE_LIMIT, "pressure_limit_bar", "bar", 0.01, 20, 2)               \
  X(TEMPERATURE_HIGH, "temperature_high_C", "C", -60, 150, 80)              \
  X(TEMPERATURE_LOW, "temperature_low_C", "C", -60, 150, 1)

#define COMMANDS(F, X)                            \
  F(CLEAR_FAULTS, 1, "clear_faults", "false", "") \
  X(ENABLE, 2, "enable", "false", "")             \
  X(RUN, 3, "run", "false", "")                   \
  X(STOP, 4, "stop", "true", "")                  \
  X(ABORT, 5, "abort", "true", "")                \
  X(DISABLE, 6, "disable", "false", "")           \
  X(ARM_WATCHDOG, 7, "arm_watchdog", "false",     \
    "{\"name\":\"timeout_ms\",\"type\":\"u16\",\"unit\":\"ms\",\"min\":50,\"max\":5000}") \
  X(DISARM_WATCHDOG, 8, "disarm_watchdog", "false", "")

#define STATES(F, X) F(DISABLED, "disabled") X(ENABLED, "enabled") X(RUNNING, "running") X(UNLOADING, "unloading") X(TRIPPED, "tripped")
#define WATCHDOG_STATES(F, X) F(DISARMED, "disarmed") X(ARMED, "armed") X(EXPIRED, "tripped")

#define FAULTS(F, X)                  \
  F(OVER_STRESS, "over_stress")       \
  X(OVER_PRESSURE, "over_pressure")   \
  X(OVER_TEMPERATURE, "over_temperature") \
  X(UNDER_TEMPERATURE, "under_temperature") \
  X(WATCHDOG, "watchdog")             \
  X(NO_READING, "no_reading")

#define CHANNEL_ENUM(id, name, type, scale, unit) CHANNEL_##id,
enum { CHANNELS(CHANNEL_ENUM, CHANNEL_ENUM) CHANNEL_COUNT };
#define LIMIT_ENUM(id, name, unit, least, most, start) id,
enum { LIMITS(LIMIT_ENUM, LIMIT_ENUM) LIMIT_COUNT };
#define COMMAND_ENUM(id, number, name, safe, args) COMMAND_##id = number,
enum { COMMANDS(COMMAND_ENUM, COMMAND_ENUM) };
#define STATE_ENUM(id, name) STATE_##id,
enum { STATES(STATE_ENUM, STATE_ENUM) };
#define WATCHDOG_ENUM(id, name) WATCHDOG_##id,
enum { WATCHDOG_STATES(WATCHDOG_ENUM, WATCHDOG_ENUM) };
#define FAULT_ENUM(id, name) FAULT_##id,
enum { FAULTS(FAULT_ENUM, FAULT_ENUM) FAULT_COUNT };

#define SIZE_u8 1
#define SIZE_u16 2
#define SIZE_i16 2

/* Points of the stroke over one cycle, the first at its start; a straight line between them. */
#define SHAPE_POINTS 32
#define SHAPE_POINTS_TEXT "32"

/* The black box keeps these channels of every fourth millisecond; two bytes each. */
#define BLACK_BOX_ROWS 48
#define BLACK_BOX_ROWS_TEXT "48"
#define BLACK_BOX_PERIOD_MS 4
#define BLACK_BOX_CHANNELS 4

#endif
