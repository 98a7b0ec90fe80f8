/** Whatever is longer than a frame: latched on the device, read in pieces, held against its checksum. */
import type { FramedExchange } from './framed-exchange.ts';
import { ByteReader, ByteWriter } from './framed-values.ts';
import { crc32 } from './crc32.ts';
import { CRC_BYTES, HEADER_BYTES, REQUEST } from './framed-wire.ts';
import { failure, PRIORITY, type Priority, type Result } from './transaction.ts';

export interface Blob {
  /** Which one of its kind: cycle number, count of recipes, count of trips. */
  readonly number: number;
  readonly bytes: Uint8Array;
}

/** More is not believed of a device, bytes. */
const MOST_BLOB_BYTES = 4_000_000;
/** Status, blob, number, offset. */
const READ_OVERHEAD = HEADER_BYTES + 1 + 1 + 4 + 4 + CRC_BYTES;

/** @param mostReplyBytes longest message the device sends */
export async function readBlob(
  exchange: FramedExchange,
  blob: number,
  mostReplyBytes: number,
  priority: Priority = PRIORITY.bulk,
): Promise<Result<Blob>> {
  const latched = await exchange.ask({
    type: REQUEST.latch,
    body: Uint8Array.of(blob),
    priority,
  });
  if (!latched.ok) return latched;
  const reader = new ByteReader(latched.value);
  reader.value('u8');
  const [number, length, crc] = [reader.value('u32'), reader.value('u32'), reader.value('u32')];
  if (reader.isShort || length > MOST_BLOB_BYTES)
    return failure(
      'refused',
      `Blob ${blob} of the device has ${length} bytes; at most ${MOST_BLOB_BYTES} are read.`,
    );
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const piece = await readPiece(exchange, {
      blob,
      number,
      at,
      most: mostReplyBytes - READ_OVERHEAD,
      priority,
    });
    if (!piece.ok) return piece;
    const { value } = piece;
    if (value.length === 0 || at + value.length > length)
      return failure(
        'crc',
        `Blob ${blob} of the device: ${value.length} bytes at ${at} of ${length} do not fit.`,
      );
    bytes.set(value, at);
    at += value.length;
  }
  if (crc32(bytes) !== crc)
    return failure('crc', `Blob ${blob} of the device does not add up to its checksum.`);
  return { ...latched, value: { number, bytes } };
}

interface Piece {
  readonly blob: number;
  readonly number: number;
  readonly at: number;
  readonly most: number;
  readonly priority: Priority;
}

async function readPiece(
  exchange: FramedExchange,
  { blob, number, at, most, priority }: Piece,
): Promise<Result<Uint8Array>> {
  const body = new ByteWriter().value('u8', blob).value('u32', at).value('u16', most).done();
  const answer = await exchange.ask({ type: REQUEST.read, body, priority });
  if (!answer.ok) return answer;
  const reader = new ByteReader(answer.value);
  const given = [reader.value('u8'), reader.value('u32'), reader.value('u32')];
  if (given[0] !== blob || given[1] !== number || given[2] !== at)
    return failure(
      'dropped',
      `Blob ${blob} of the device was latched anew while it was read; does another program read it?`,
    );
  return { ...answer, value: reader.rest() };
}
