#include "session.h"

#include "bytes.h"
#include "contract.h"
#include "dictionary.h"
#include "drive.h"
#include "requests.h"
#include "stream.h"

#define REMEMBERED 4
/* Longest reply of a request that changes something: a parameter and its status. */
#define REMEMBERED_BYTES 5

struct memory {
  uint16_t sequence;
  uint8_t length; /* 0: empty */
  uint8_t reply[REMEMBERED_BYTES];
};

static uint8_t session;
static uint32_t session_nonce;
static uint16_t newest;
static uint32_t heard_ms;
static struct memory memories[REMEMBERED];
static uint8_t next_memory;

static uint8_t only(uint8_t status) {
  line_body()[0] = status;
  return 1;
}

/* A new session forgets the one before; the same again, a reply that was lost, changes nothing. */
static uint8_t greet(const struct message *request) {
  if (request->length < 5 || request->body[0] != CONTRACT_VERSION || request->session == 0)
    return only(STATUS_BAD_VALUE);
  uint32_t nonce = get_u32(request->body + 1);
  if (request->session != session || nonce != session_nonce) {
    session = request->session;
    session_nonce = nonce;
    newest = request->sequence;
    for (uint8_t i = 0; i < REMEMBERED; i++) memories[i].length = 0;
    stream_stop();
  }
  uint8_t *at = line_body();
  *at++ = STATUS_OK;
  *at++ = CONTRACT_VERSION;
  at = put_u16(at, MOST_REQUEST_BYTES);
  at = put_u16(at, MOST_REPLY_BYTES);
  at = put_u32(at, dictionary_length());
  at = put_u32(at, dictionary_crc());
  return (uint8_t)(at - line_body());
}

static const struct memory *remembered(uint16_t sequence) {
  for (uint8_t i = 0; i < REMEMBERED; i++)
    if (memories[i].length > 0 && memories[i].sequence == sequence) return &memories[i];
  return 0;
}

static void remember(uint16_t sequence, uint8_t length) {
  struct memory *memory = &memories[next_memory];
  next_memory = (uint8_t)((next_memory + 1) % REMEMBERED);
  memory->sequence = sequence;
  memory->length = length;
  memcpy(memory->reply, line_body(), length);
}

static bool is_safe(const struct message *request) {
  return request->type == REQUEST_COMMAND && request->length >= 1 && drive_is_safe(request->body[0]);
}

static uint8_t carry_out_once(const struct message *request, bool is_fresh) {
  const struct memory *before = remembered(request->sequence);
  if (before != 0) {
    memcpy(line_body(), before->reply, before->length);
    return before->length;
  }
  if (!is_fresh && !is_safe(request)) return only(STATUS_SUPERSEDED);
  uint8_t length = request_carry_out(request);
  remember(request->sequence, length);
  return length;
}

static uint8_t answer(const struct message *request) {
  if (request->type == REQUEST_HELLO) return greet(request);
  if (request->session != session || session == 0)
    return is_safe(request) ? request_carry_out(request) : only(STATUS_NO_SESSION);
  uint16_t ahead = (uint16_t)(request->sequence - newest);
  bool is_fresh = ahead > 0 && ahead < 0x8000;
  if (is_fresh) newest = request->sequence;
  return request_changes(request->type) ? carry_out_once(request, is_fresh) : request_inform(request, is_fresh);
}

void session_answer(const struct message *request, uint32_t now_ms) {
  if (request->type >= REPLY_BIT) return;
  heard_ms = now_ms;
  uint8_t length = answer(request);
  line_send(request->type | REPLY_BIT, request->session, request->sequence, length);
}

uint8_t session_number(void) { return session; }

uint32_t session_heard_ms(void) { return heard_ms; }
