/**
 * A file of any size to one caller, piece by piece as fast as it is taken: nothing of it is held in memory. Who takes
 * nothing for a while loses its place.
 */
import { open, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { rangeOf, type ByteRange } from './byte-range.ts';

/** Longest silence of who takes a file, ms. */
const PATIENCE_MS = 20_000;

/** Undefined where it was sent, or who asked went away; a sentence where the file cannot be read. */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  type: string,
): Promise<string | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return 'It is not there, or cannot be read.';
  try {
    await send(request, response, file, type);
  } catch {
    response.destroy();
  } finally {
    await file.close();
  }
  return undefined;
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  file: FileHandle,
  type: string,
): Promise<void> {
  const { size } = await file.stat();
  const range = rangeOf(request.headers.range, size);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('Cache-Control', 'no-store');
  if (range === 'beyond') {
    response.writeHead(416, { 'Content-Range': `bytes */${size}`, 'Content-Length': 0 }).end();
    return;
  }
  const part: ByteRange = range === 'whole' ? { first: 0, last: size - 1 } : range;
  const length = part.last - part.first + 1;
  response.writeHead(range === 'whole' ? 200 : 206, {
    'Content-Type': type,
    'Content-Length': length,
    ...(range === 'whole' ? {} : { 'Content-Range': `bytes ${part.first}-${part.last}/${size}` }),
  });
  if (request.method === 'HEAD' || length === 0) {
    response.end();
    return;
  }
  response.setTimeout(PATIENCE_MS, () => response.destroy());
  await pipeline(file.createReadStream({ start: part.first, end: part.last, autoClose: false }), response);
}
