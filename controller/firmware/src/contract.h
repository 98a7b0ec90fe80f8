/* Numbers of the reference firmware contract, version 1 (../PROTOCOL.md). */
#ifndef CONTRACT_H
#define CONTRACT_H

#define CONTRACT_VERSION 1

enum {
  REQUEST_HELLO = 0x01,
  REQUEST_LATCH = 0x02,
  REQUEST_READ = 0x03,
  REQUEST_HEARTBEAT = 0x04,
  REQUEST_COMMAND = 0x05,
  REQUEST_WRITE_PARAMETER = 0x06,
  REQUEST_READ_PARAMETERS = 0x07,
  REQUEST_SUBSCRIBE = 0x08,
  REQUEST_STAGE = 0x09,
  REQUEST_APPLY = 0x0A,
  REQUEST_CLOCK = 0x0B
};
#define REPLY_BIT 0x80
enum { NOTICE_BOOT = 0xF0, NOTICE_STREAM = 0xF1 };

enum {
  STATUS_OK = 0,
  STATUS_UNKNOWN = 1,
  STATUS_NOT_NOW = 2,
  STATUS_BAD_VALUE = 3,
  STATUS_BAD_CHECKSUM = 4,
  STATUS_SUPERSEDED = 5,
  STATUS_NO_SESSION = 6
};

enum { BLOB_DICTIONARY = 0, BLOB_RECIPE = 1, BLOB_SUMMARY = 2, BLOB_WAVEFORM = 3, BLOB_BLACK_BOX = 4 };

/* type, session, sequence; and the CRC-32 at the end */
#define HEADER_BYTES 4
#define CRC_BYTES 4

/* What this firmware takes and sends: chosen for the 2 kB of RAM of an ATmega328P. */
#define MOST_REQUEST_BYTES 64
#define MOST_REPLY_BYTES 128
#define MOST_STREAM_BYTES 112
/* Delimiters and one stuffing byte: messages here are shorter than 254 bytes. */
#define FRAMING_BYTES 3

#endif
