/* One cycle after the other by the recipe in force, and what was latched of the last whole one. */
#ifndef CYCLE_H
#define CYCLE_H

#include <stdint.h>

#define SUMMARY_BYTES 40

void cycle_start(void);

/* Commands of the next millisecond; a new recipe takes effect where a cycle begins. */
void cycle_step(int16_t *stroke, int16_t *flow);

/* Phase in ten-thousandths. */
uint16_t cycle_phase(void);

void cycle_record(const int16_t channels[], uint32_t now_ms);

uint32_t cycles_completed(void);

/* The last whole cycle, as the dictionary says; nothing is written before the first. */
void cycle_summary(uint8_t bytes[SUMMARY_BYTES]);

#endif
