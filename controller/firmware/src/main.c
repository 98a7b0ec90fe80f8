/*
 * The reference firmware: one loop. Every millisecond the machine makes a step, and a frame of the stream goes out where
 * one is due; between them one request is answered, whenever the line has room for its reply. No allocation, no operating system, nothing waits.
 */
#include "bytes.h"
#include "contract.h"
#include "device-time.h"
#include "dictionary.h"
#include "drive.h"
#include "hal.h"
#include "line.h"
#include "recipe.h"
#include "session.h"
#include "stream.h"

/* A host that was silent for so long is not streamed to. */
#define SILENCE_MS 3000

/* Steps the machine up to the present: none is left out, however long a request took. */
static void keep_time(uint32_t *stepped_ms) {
  while (hal_millis() != *stepped_ms) {
    device_time_step(++*stepped_ms);
    drive_step(*stepped_ms);
    stream_add(drive_channels(), *stepped_ms);
    stream_flush(session_number(), *stepped_ms);
  }
}

static void say_boot(void) {
  uint8_t *body = line_body();
  body[0] = CONTRACT_VERSION;
  put_u32(body + 1, dictionary_crc());
  line_send(NOTICE_BOOT, 0, 0, 5);
}

static void serve_line(uint32_t now_ms) {
  struct message request;
  if (hal_send_room() >= MOST_REPLY_BYTES + FRAMING_BYTES && line_poll(&request)) session_answer(&request, now_ms);
  if (now_ms - session_heard_ms() > SILENCE_MS) stream_stop();
}

int main(int argc, char **argv) {
  uint32_t stepped_ms;
  if (!hal_start(argc, argv)) return 2;
  dictionary_start();
  recipe_start();
  drive_start();
  say_boot();
  stepped_ms = hal_millis();
  do {
    keep_time(&stepped_ms);
    serve_line(stepped_ms);
  } while (hal_idle());
  return 0;
}
