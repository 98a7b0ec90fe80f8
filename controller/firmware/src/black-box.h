/* The last rows before the first fault and some after it, kept until faults are cleared: blob 4 of the contract. */
#ifndef BLACK_BOX_H
#define BLACK_BOX_H

#include <stdbool.h>
#include <stdint.h>

void black_box_add(const int16_t channels[], uint32_t now_ms);
void black_box_trip(uint16_t faults, uint8_t first, uint32_t now_ms);

/* Begins to fill anew: RAM holds one. */
void black_box_clear(void);

/* How many were frozen; 0 while there is none to read. */
uint32_t black_box_number(void);
uint16_t black_box_length(void);
uint8_t black_box_byte(uint16_t at);

#endif
