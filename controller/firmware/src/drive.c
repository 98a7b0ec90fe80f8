#include "drive.h"

#include "black-box.h"
#include "contract.h"
#include "cycle.h"
#include "machine.h"
#include "recipe.h"

#define UNLOAD_MS 300
/* Without enable the loaded cells drive the screw back. */
#define RELEASE_MS 100
#define LEAST_TIMEOUT_MS 50
#define MOST_TIMEOUT_MS 5000

#define LIMIT_START(id, name, unit, least, most, start) (float)(start),
#define LIMIT_LEAST(id, name, unit, least, most, start) (float)(least),
#define LIMIT_MOST(id, name, unit, least, most, start) (float)(most),

static float limits[LIMIT_COUNT] = {LIMITS(LIMIT_START, LIMIT_START)};
static const float LEAST[LIMIT_COUNT] = {LIMITS(LIMIT_LEAST, LIMIT_LEAST)};
static const float MOST[LIMIT_COUNT] = {LIMITS(LIMIT_MOST, LIMIT_MOST)};
/* The same in counts of their channels, so that a comparison a millisecond costs little. */
static int16_t stress_limit, pressure_limit, high_limit, low_limit;

static int16_t channels[CHANNEL_COUNT];
static uint32_t time_ms;
static uint8_t state;
static uint16_t faults;
static uint8_t first_fault = NO_FAULT;

/* A way back to no stroke: from where, how long, how much of it is left, and where it ends. */
static int16_t ramp_from;
static uint16_t ramp_ms, ramp_left_ms;
static uint8_t ramp_next;

static bool is_armed, has_expired, heartbeat_came;
static uint16_t timeout_ms = 500, silence_ms;
static uint16_t heartbeat;

static int16_t counts(float value, float per_unit) {
  float raw = value * per_unit;
  return (int16_t)(raw > 32767 ? 32767 : raw < -32767 ? -32767 : raw);
}

static void use_limits(void) {
  stress_limit = counts(limits[STRESS_LIMIT], 10);
  pressure_limit = counts(limits[PRESSURE_LIMIT], 1000);
  high_limit = counts(limits[TEMPERATURE_HIGH], 100);
  low_limit = counts(limits[TEMPERATURE_LOW], 100);
}

void drive_start(void) {
  use_limits();
  machine_read(channels);
}

static void begin_ramp(uint16_t length_ms, uint8_t next) {
  ramp_from = channels[CHANNEL_STROKE];
  ramp_ms = ramp_left_ms = length_ms;
  ramp_next = next;
}

static void unload_to(uint8_t next) {
  if (ramp_left_ms == 0) begin_ramp(UNLOAD_MS, next);
  ramp_next = next;
  state = STATE_UNLOADING;
}

/* Enable off now; the train releases. */
static void trip(void) {
  if (state != STATE_TRIPPED) begin_ramp(RELEASE_MS, STATE_TRIPPED);
  state = STATE_TRIPPED;
}

static void latch_fault(uint8_t fault, uint32_t now_ms) {
  faults |= (uint16_t)(1u << fault);
  if (first_fault != NO_FAULT) return;
  first_fault = fault;
  black_box_trip(faults, fault, now_ms);
}

static bool is_limit_crossed(uint8_t fault) {
  switch (fault) {
    case FAULT_OVER_STRESS:
      return channels[CHANNEL_STRESS] > stress_limit;
    case FAULT_OVER_PRESSURE:
      return channels[CHANNEL_PRESSURE] > pressure_limit;
    case FAULT_OVER_TEMPERATURE:
      return channels[CHANNEL_CELL_1] > high_limit;
    case FAULT_UNDER_TEMPERATURE:
      return channels[CHANNEL_CELL_1] < low_limit && channels[CHANNEL_CELL_1] != ABSENT;
    case FAULT_NO_READING:
      return channels[CHANNEL_STRESS] == ABSENT || channels[CHANNEL_PRESSURE] == ABSENT ||
             channels[CHANNEL_CELL_1] == ABSENT;
    default:
      return false;
  }
}

static void check_limits(uint32_t now_ms) {
  for (uint8_t fault = 0; fault < FAULT_COUNT; fault++) {
    if (!is_limit_crossed(fault)) continue;
    latch_fault(fault, now_ms);
    trip();
  }
}

static void check_host(uint32_t now_ms) {
  if (heartbeat_came) silence_ms = 0;
  heartbeat_came = false;
  if (!is_armed || has_expired || ++silence_ms <= timeout_ms) return;
  has_expired = true;
  latch_fault(FAULT_WATCHDOG, now_ms);
  if (state == STATE_DISABLED)
    state = STATE_TRIPPED;
  else if (state != STATE_TRIPPED)
    unload_to(STATE_TRIPPED);
}

static int16_t ramp_stroke(void) {
  ramp_left_ms--;
  if (ramp_left_ms == 0) state = ramp_next;
  return (int16_t)((int32_t)ramp_from * ramp_left_ms / ramp_ms);
}

void drive_step(uint32_t now_ms) {
  int16_t stroke = 0;
  int16_t flow = 0;
  time_ms = now_ms;
  check_host(now_ms);
  if (state == STATE_RUNNING)
    cycle_step(&stroke, &flow);
  else if (ramp_left_ms > 0)
    stroke = ramp_stroke();
  if (state != STATE_RUNNING) recipe_take_pending();
  machine_command(state == STATE_RUNNING || state == STATE_UNLOADING || state == STATE_ENABLED, stroke, flow);
  machine_read(channels);
  channels[CHANNEL_PHASE] = (int16_t)(state == STATE_RUNNING ? cycle_phase() : 0);
  check_limits(now_ms);
  channels[CHANNEL_STATE] = state;
  if (state == STATE_RUNNING) cycle_record(channels, now_ms);
  black_box_add(channels, now_ms);
}

static uint8_t clear_faults(void) {
  if (ramp_left_ms > 0) return STATUS_NOT_NOW;
  faults = 0;
  first_fault = NO_FAULT;
  has_expired = false;
  silence_ms = 0;
  black_box_clear();
  if (state == STATE_TRIPPED) state = STATE_DISABLED;
  return STATUS_OK;
}

static uint8_t run(void) {
  if (state == STATE_RUNNING) return STATUS_OK;
  if (state != STATE_ENABLED) return STATUS_NOT_NOW;
  state = STATE_RUNNING;
  recipe_take_pending();
  cycle_start();
  return STATUS_OK;
}

static uint8_t enable(void) {
  if (state == STATE_DISABLED) state = STATE_ENABLED;
  return state == STATE_ENABLED || state == STATE_RUNNING ? STATUS_OK : STATUS_NOT_NOW;
}

static void disable(void) {
  if (state == STATE_ENABLED) state = STATE_DISABLED;
  if (state == STATE_RUNNING || (state == STATE_UNLOADING && ramp_next == STATE_ENABLED)) unload_to(STATE_DISABLED);
}

static uint8_t arm(uint16_t asked_ms) {
  if (asked_ms < LEAST_TIMEOUT_MS || asked_ms > MOST_TIMEOUT_MS) return STATUS_BAD_VALUE;
  timeout_ms = asked_ms;
  silence_ms = 0;
  is_armed = true;
  return STATUS_OK;
}

uint8_t drive_command(uint8_t command, uint16_t asked_ms) {
  switch (command) {
    case COMMAND_CLEAR_FAULTS:
      return clear_faults();
    case COMMAND_ENABLE:
      return enable();
    case COMMAND_RUN:
      return run();
    case COMMAND_STOP:
      if (state == STATE_RUNNING) unload_to(STATE_ENABLED);
      return STATUS_OK;
    case COMMAND_ABORT:
      trip();
      return STATUS_OK;
    case COMMAND_DISABLE:
      disable();
      return STATUS_OK;
    case COMMAND_ARM_WATCHDOG:
      return arm(asked_ms);
    case COMMAND_DISARM_WATCHDOG:
      is_armed = false;
      return STATUS_OK;
    default:
      return STATUS_UNKNOWN;
  }
}

bool drive_is_safe(uint8_t command) { return command == COMMAND_STOP || command == COMMAND_ABORT; }

void drive_heartbeat(uint16_t value) {
  heartbeat_came = heartbeat_came || value != heartbeat;
  heartbeat = value;
}

const int16_t *drive_channels(void) { return channels; }

uint32_t drive_time_ms(void) { return time_ms; }

uint8_t drive_state(void) { return state; }

uint8_t drive_watchdog_state(void) {
  if (has_expired) return WATCHDOG_EXPIRED;
  return is_armed ? WATCHDOG_ARMED : WATCHDOG_DISARMED;
}

uint16_t drive_faults(void) { return faults; }

uint8_t drive_first_fault(void) { return first_fault; }

uint16_t drive_last_heartbeat(void) { return heartbeat; }

float drive_limit(uint8_t index) { return limits[index]; }

uint8_t drive_set_limit(uint8_t index, float value) {
  if (!(value >= LEAST[index] && value <= MOST[index])) return STATUS_BAD_VALUE;
  limits[index] = value;
  use_limits();
  return STATUS_OK;
}
