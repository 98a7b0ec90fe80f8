/* ATmega328P and ATmega2560 at 16 MHz: USART0 at 250,000 Bd (exact: 16 MHz / 16 / 4), Timer 1 for the clock. */
#ifdef __AVR__
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <util/atomic.h>

#include "hal.h"

#define RECEIVE_BYTES 128
#define SEND_BYTES 256
#define TICKS_PER_MS 2000 /* 16 MHz / 8 */

#ifdef USART0_RX_vect /* the ATmega2560 has four */
#define RX_VECTOR USART0_RX_vect
#define UDRE_VECTOR USART0_UDRE_vect
#else
#define RX_VECTOR USART_RX_vect
#define UDRE_VECTOR USART_UDRE_vect
#endif

static volatile uint8_t received[RECEIVE_BYTES];
static volatile uint8_t received_in, received_out;
static volatile uint8_t sending[SEND_BYTES];
static volatile uint8_t sending_in, sending_out; /* wrap by themselves */
static volatile uint64_t millis;
static volatile uint64_t frame_end_us;

/* With interrupts off. A timer that has just wrapped and was not served yet is a millisecond ahead of `millis`. */
static uint64_t micros_now(void) {
  uint16_t ticks = TCNT1;
  uint64_t ms = millis;
  if ((TIFR1 & _BV(OCF1A)) && ticks < TICKS_PER_MS / 2) ms++;
  return ms * 1000 + ticks / 2;
}

ISR(TIMER1_COMPA_vect) { millis++; }

ISR(RX_VECTOR) {
  uint8_t byte = UDR0;
  uint8_t next = (uint8_t)(received_in + 1) % RECEIVE_BYTES;
  if (byte == 0) frame_end_us = micros_now();
  if (next == received_out) return; /* full: the frame is damaged, its CRC says so, the host repeats it */
  received[received_in] = byte;
  received_in = next;
}

ISR(UDRE_VECTOR) {
  UDR0 = sending[sending_out++];
  if (sending_in == sending_out) UCSR0B &= (uint8_t)~_BV(UDRIE0);
}

bool hal_start(int argc, char **argv) {
  (void)argc;
  (void)argv;
  OCR1A = TICKS_PER_MS - 1;
  TCCR1B = _BV(WGM12) | _BV(CS11);
  TIMSK1 = _BV(OCIE1A);
  UBRR0 = 3;
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
  sei();
  return true;
}

uint64_t hal_micros(void) {
  uint64_t us;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { us = micros_now(); }
  return us;
}

uint32_t hal_millis(void) {
  uint32_t ms;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { ms = (uint32_t)millis; }
  return ms;
}

int16_t hal_receive(void) {
  if (received_in == received_out) return -1;
  uint8_t byte = received[received_out];
  received_out = (uint8_t)(received_out + 1) % RECEIVE_BYTES;
  return byte;
}

uint64_t hal_frame_end_us(void) {
  uint64_t us;
  ATOMIC_BLOCK(ATOMIC_RESTORESTATE) { us = frame_end_us; }
  return us;
}

uint16_t hal_send_room(void) { return (uint16_t)(SEND_BYTES - 1 - (uint8_t)(sending_in - sending_out)); }

void hal_send(uint8_t byte) {
  sending[sending_in] = byte;
  sending_in++;
  if (!(UCSR0B & _BV(UDRIE0))) UCSR0B |= _BV(UDRIE0);
}

bool hal_idle(void) {
  sleep_mode();
  return true;
}
#endif
