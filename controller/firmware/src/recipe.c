#include "recipe.h"

#include "bytes.h"
#include "contract.h"
#include "crc32.h"
#include "flash.h"

#define FREQUENCY_AT 0
#define STRAIN_AT 4
#define FLOW_AT 8
#define DUTY_AT 12
#define SHAPE_AT 16
/* The load train of the stand-in is a metre long: a percent is 10 mm. */
#define STROKE_PER_PERCENT 1000

static uint8_t staged[RECIPE_BYTES];
static uint8_t pending[RECIPE_BYTES];
static uint8_t in_force[RECIPE_BYTES];
static struct program program;
static bool is_pending;
static uint32_t taken;

/* Up in an eighth of the cycle, half a cycle loaded, down in an eighth. */
static const uint8_t START_SHAPE[SHAPE_POINTS] FLASH = {0,   37,  127, 218, 255, 255, 255, 255, 255, 255, 255,
                                                        255, 255, 255, 255, 255, 255, 218, 127, 37};

static bool is_within(const uint8_t *at, float least, float most) {
  float value = get_f32(at);
  return value >= least && value <= most;
}

static bool can_be_run(const uint8_t *recipe) {
  /* A cycle begins unloaded, and a blow has to end before the next stroke. */
  return is_within(recipe + FREQUENCY_AT, 0.05f, 10) && is_within(recipe + STRAIN_AT, 0, 8) &&
         is_within(recipe + FLOW_AT, 0, 2) && is_within(recipe + DUTY_AT, 0.05f, 0.36f) && recipe[SHAPE_AT] == 0;
}

static void take(const uint8_t *recipe) {
  memcpy(in_force, recipe, RECIPE_BYTES);
  program.phase_step = (uint32_t)(get_f32(recipe + FREQUENCY_AT) * 4294967.296f);
  program.full_stroke = (int16_t)(get_f32(recipe + STRAIN_AT) * STROKE_PER_PERCENT);
  program.blow_flow = (int16_t)(get_f32(recipe + FLOW_AT) * 10000);
  program.blow_length = (uint16_t)(get_f32(recipe + DUTY_AT) * 65535);
}

void recipe_start(void) {
  put_f32(staged + FREQUENCY_AT, 3.5f);
  put_f32(staged + STRAIN_AT, 4.5f);
  put_f32(staged + FLOW_AT, 0.19f);
  put_f32(staged + DUTY_AT, 0.35f);
  for (uint8_t i = 0; i < SHAPE_POINTS; i++) staged[SHAPE_AT + i] = flash_u8(&START_SHAPE[i]);
  take(staged);
}

uint8_t recipe_stage(uint16_t offset, const uint8_t *bytes, uint8_t length) {
  if (offset > RECIPE_BYTES || length > RECIPE_BYTES - offset) return STATUS_BAD_VALUE;
  memcpy(staged + offset, bytes, length);
  return STATUS_OK;
}

uint8_t recipe_apply(uint16_t length, uint32_t crc) {
  if (length > RECIPE_BYTES || crc32_of(staged, length) != crc) return STATUS_BAD_CHECKSUM;
  if (length != RECIPE_BYTES || !can_be_run(staged)) return STATUS_BAD_VALUE;
  memcpy(pending, staged, RECIPE_BYTES);
  is_pending = true;
  return STATUS_OK;
}

bool recipe_is_pending(void) { return is_pending; }

void recipe_take_pending(void) {
  if (!is_pending) return;
  is_pending = false;
  taken++;
  take(pending);
}

const struct program *recipe_program(void) { return &program; }

int16_t recipe_stroke(uint16_t phase) {
  uint8_t point = (uint8_t)(phase >> 11);
  uint16_t share = phase & 0x07FF;
  uint8_t from = in_force[SHAPE_AT + point];
  uint8_t to = in_force[SHAPE_AT + (point + 1) % SHAPE_POINTS];
  int32_t shape = (int32_t)from * 2048 + (int32_t)(to - from) * share;
  return (int16_t)((shape >> 3) * program.full_stroke / (255L * 256));
}

uint32_t recipe_number(void) { return taken; }

uint8_t recipe_byte(uint16_t at) { return in_force[at]; }
