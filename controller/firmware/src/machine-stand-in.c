/*
 * STAND-IN, not a machine: a linear spring behind a drive that follows at once, a cell that warms when it is squeezed
 * and drifts back, a pressure that goes with the square of the flow. Enough to see the contract at work.
 */
#include "machine.h"

#include "device.h"

/* 0.2 kN a mm: 0.002 kN, two counts of force, a count of stroke. 66 MPa a kN: 0.66 counts of stress a count of force. */
#define FORCE_PER_STROKE 2
#define STRESS_NUMERATOR 2
#define STRESS_DENOMINATOR 3
/* 0.4 K a mm, forgotten within 64 ms; temperatures in hundredths of a kelvin. */
#define KELVIN_PER_STROKE_NUMERATOR 2
#define KELVIN_PER_STROKE_DENOMINATOR 5
#define FORGET_SHIFT 6
#define REST_TEMPERATURE 2500
/* 1 bar at 0.2 kg/s, 2,000 counts: 1,000 counts of pressure. */
#define FLOW_SQUARED_PER_COUNT 4000

static int16_t stroke, flow;
static int16_t warmth;

void machine_command(bool enabled, int16_t commanded_stroke, int16_t commanded_flow) {
  (void)enabled; /* the drive's ramps stand for the release of a real one */
  warmth = (int16_t)(warmth + (commanded_stroke - stroke) * KELVIN_PER_STROKE_NUMERATOR / KELVIN_PER_STROKE_DENOMINATOR);
  warmth = (int16_t)(warmth - (warmth >> FORGET_SHIFT));
  stroke = commanded_stroke;
  flow = commanded_flow;
}

void machine_read(int16_t channels[]) {
  int32_t pressure = (int32_t)flow * flow / FLOW_SQUARED_PER_COUNT;
  channels[CHANNEL_STROKE] = stroke;
  channels[CHANNEL_FORCE] = (int16_t)(stroke * FORCE_PER_STROKE);
  channels[CHANNEL_STRESS] = (int16_t)((int32_t)channels[CHANNEL_FORCE] * STRESS_NUMERATOR / STRESS_DENOMINATOR);
  channels[CHANNEL_FLOW] = flow;
  channels[CHANNEL_PRESSURE] = (int16_t)(pressure > INT16_MAX ? INT16_MAX : pressure);
  channels[CHANNEL_CELL_1] = (int16_t)(REST_TEMPERATURE + warmth);
  channels[CHANNEL_COLD_OUTLET] = (int16_t)(REST_TEMPERATURE + (warmth < 0 ? warmth : 0) / 2);
  channels[CHANNEL_HOT_OUTLET] = (int16_t)(REST_TEMPERATURE + (warmth > 0 ? warmth : 0) / 2);
}
