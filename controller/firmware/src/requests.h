/* What each request does. Every function writes the body of the reply, its status byte first, and returns its length. */
#ifndef REQUESTS_H
#define REQUESTS_H

#include <stdbool.h>
#include <stdint.h>

#include "line.h"

/* It changes something: to be carried out once. */
bool request_changes(uint8_t type);

uint8_t request_carry_out(const struct message *request);

/* `is_fresh`: newer than every request before; only then a heartbeat counts. */
uint8_t request_inform(const struct message *request, bool is_fresh);

#endif
