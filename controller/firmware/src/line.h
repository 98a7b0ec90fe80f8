/* Frames of the contract on the line of hal.h: 00, COBS of a message with its CRC, 00. */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stdint.h>

struct message {
  uint8_t type;
  uint8_t session;
  uint16_t sequence;
  uint8_t length; /* of the body */
  uint8_t *body;
};

/* Takes what was received; true where that made a whole message. Its body stands until the next call. */
bool line_poll(struct message *message);

/* Where to build the body of the next message, at most MOST_REPLY_BYTES - HEADER_BYTES - CRC_BYTES. */
uint8_t *line_body(void);

/* Sends what was built; look at hal_send_room before. */
void line_send(uint8_t type, uint8_t session, uint16_t sequence, uint8_t length);

#endif
