/* Who is talked to, and that every request is carried out once. */
#ifndef SESSION_H
#define SESSION_H

#include <stdint.h>

#include "line.h"

/* Answers one request. */
void session_answer(const struct message *request, uint32_t now_ms);

/* 0 while nobody said HELLO. */
uint8_t session_number(void);

/* When a valid request came last, ms. */
uint32_t session_heard_ms(void);

#endif
