/* Constant tables stay in flash where RAM is scarce; elsewhere they are plain constants. */
#ifndef FLASH_H
#define FLASH_H

#ifdef __AVR__
#include <avr/pgmspace.h>
#define FLASH PROGMEM
#define flash_u8(address) pgm_read_byte(address)
#define flash_u32(address) pgm_read_dword(address)
#else
#define FLASH
#define flash_u8(address) (*(const uint8_t *)(address))
#define flash_u32(address) (*(const uint32_t *)(address))
#endif

#endif
