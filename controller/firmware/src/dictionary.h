/* The dictionary of the contract, in flash: what device.h says, as JSON. */
#ifndef DICTIONARY_H
#define DICTIONARY_H

#include <stdint.h>

void dictionary_start(void);
uint16_t dictionary_length(void);
uint32_t dictionary_crc(void);
uint8_t dictionary_byte(uint16_t at);

#endif
