/* The same firmware as a process: `firmware-host /dev/pts/3` speaks on that line, in real time, until it goes. */
#ifndef __AVR__
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "hal.h"

/* What a USB adapter would hold. */
#define SEND_BYTES 4096

static int line = -1;
static bool is_gone;
static uint8_t received[256];
static ssize_t received_length, received_at;
static uint8_t sending[SEND_BYTES];
static uint16_t sending_length;
static uint64_t start_us, frame_end_us;

static uint64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

bool hal_start(int argc, char **argv) {
  struct termios raw;
  start_us = now_us();
  line = argc == 2 ? open(argv[1], O_RDWR | O_NOCTTY | O_NONBLOCK) : -1;
  if (line < 0 || tcgetattr(line, &raw) != 0) {
    fputs("firmware-host: give the path of a serial device or pseudo-terminal.\n", stderr);
    return false;
  }
  cfmakeraw(&raw);
  return tcsetattr(line, TCSANOW, &raw) == 0;
}

uint64_t hal_micros(void) { return now_us() - start_us; }

uint32_t hal_millis(void) { return (uint32_t)(hal_micros() / 1000); }

int16_t hal_receive(void) {
  if (received_at == received_length) {
    received_at = 0;
    received_length = read(line, received, sizeof received);
    if (received_length == 0) is_gone = true;
    if (received_length <= 0) {
      received_length = 0;
      return -1;
    }
  }
  uint8_t byte = received[received_at++];
  if (byte == 0) frame_end_us = hal_micros();
  return byte;
}

uint64_t hal_frame_end_us(void) { return frame_end_us; }

static void flush(void) {
  ssize_t taken = write(line, sending, sending_length);
  if (taken <= 0) return;
  sending_length = (uint16_t)(sending_length - taken);
  for (uint16_t i = 0; i < sending_length; i++) sending[i] = sending[i + taken];
}

uint16_t hal_send_room(void) { return (uint16_t)(SEND_BYTES - sending_length); }

void hal_send(uint8_t byte) { sending[sending_length++] = byte; }

bool hal_idle(void) {
  struct pollfd wait = {.fd = line, .events = POLLIN};
  if (sending_length > 0) flush();
  if (poll(&wait, 1, 1) > 0 && (wait.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) is_gone = true;
  return !is_gone;
}
#endif
