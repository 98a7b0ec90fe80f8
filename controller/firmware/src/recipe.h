/* The recipe: staged in pieces, applied as a whole. Bytes are laid out as the dictionary says. */
#ifndef RECIPE_H
#define RECIPE_H

#include <stdbool.h>
#include <stdint.h>

#include "device.h"

#define RECIPE_BYTES (16 + SHAPE_POINTS)

/* What a cycle needs of it, ready to use. */
struct program {
  uint32_t phase_step;  /* of 2^32, a millisecond */
  int16_t full_stroke;  /* 0.01 mm */
  int16_t blow_flow;    /* 0.0001 kg/s */
  uint16_t blow_length; /* of 2^16 */
};

void recipe_start(void);

/* A status code of the contract. */
uint8_t recipe_stage(uint16_t offset, const uint8_t *bytes, uint8_t length);
uint8_t recipe_apply(uint16_t length, uint32_t crc);

bool recipe_is_pending(void);

/* To be called where no cycle runs, and at the start of each. */
void recipe_take_pending(void);

const struct program *recipe_program(void);

/* Stroke at a phase (of 2^16) in the program in force, 0.01 mm. */
int16_t recipe_stroke(uint16_t phase);

uint32_t recipe_number(void);
uint8_t recipe_byte(uint16_t at);

#endif
