#include "cycle.h"

#include <stdbool.h>

#include "bytes.h"
#include "device.h"
#include "recipe.h"

/* Each blow opens a little after its stroke has ended, in 2^16 of the cycle. */
#define HOT_BLOW_OPENS 8847U   /* 0.135 */
#define COLD_BLOW_OPENS 41615U /* 0.635 */

struct peaks {
  int16_t stress, force, stroke, pressure;
  int16_t cell_min, cell_max;
  int32_t cell_sum;
};

static uint32_t phase;
static uint32_t completed;
static uint16_t length_ms;
static struct peaks peaks;
static bool has_ended;
static uint8_t summary[SUMMARY_BYTES];

static void begin(void) {
  static const struct peaks none = {.cell_min = INT16_MAX, .cell_max = INT16_MIN};
  peaks = none;
  length_ms = 0;
  has_ended = false;
}

void cycle_start(void) {
  phase = 0;
  begin();
}

static int16_t flow_at(uint16_t at) {
  const struct program *program = recipe_program();
  if ((uint16_t)(at - HOT_BLOW_OPENS) < program->blow_length) return program->blow_flow;
  if ((uint16_t)(at - COLD_BLOW_OPENS) < program->blow_length) return (int16_t)-program->blow_flow;
  return 0;
}

void cycle_step(int16_t *stroke, int16_t *flow) {
  uint32_t next = phase + recipe_program()->phase_step;
  has_ended = next < phase;
  /* The rest of a millisecond that a cycle did not fill belongs to the next. */
  if (has_ended) recipe_take_pending();
  phase = next;
  length_ms++;
  *stroke = recipe_stroke((uint16_t)(phase >> 16));
  *flow = flow_at((uint16_t)(phase >> 16));
}

uint16_t cycle_phase(void) { return (uint16_t)((phase >> 16) * 10000 >> 16); }

static int16_t greater(int16_t a, int16_t b) { return a > b ? a : b; }

static int16_t lesser(int16_t a, int16_t b) { return a < b ? a : b; }

static void latch(uint32_t now_ms) {
  uint8_t *at = put_u32(summary, ++completed);
  at = put_u32(at, now_ms);
  at = put_f32(at, length_ms);
  at = put_f32(at, (float)peaks.stress * 0.1f);
  at = put_f32(at, (float)peaks.force * 0.001f);
  at = put_f32(at, (float)peaks.stroke * 0.01f);
  at = put_f32(at, (float)peaks.pressure * 0.001f);
  at = put_f32(at, (float)peaks.cell_min * 0.01f);
  at = put_f32(at, (float)peaks.cell_sum / length_ms * 0.01f);
  put_f32(at, (float)peaks.cell_max * 0.01f);
  begin();
}

void cycle_record(const int16_t channels[], uint32_t now_ms) {
  peaks.stress = greater(peaks.stress, channels[CHANNEL_STRESS]);
  peaks.force = greater(peaks.force, channels[CHANNEL_FORCE]);
  peaks.stroke = greater(peaks.stroke, channels[CHANNEL_STROKE]);
  peaks.pressure = greater(peaks.pressure, channels[CHANNEL_PRESSURE]);
  peaks.cell_min = lesser(peaks.cell_min, channels[CHANNEL_CELL_1]);
  peaks.cell_max = greater(peaks.cell_max, channels[CHANNEL_CELL_1]);
  peaks.cell_sum += channels[CHANNEL_CELL_1];
  if (has_ended) latch(now_ms);
}

uint32_t cycles_completed(void) { return completed; }

void cycle_summary(uint8_t bytes[SUMMARY_BYTES]) { memcpy(bytes, summary, SUMMARY_BYTES); }
