/**
 * A record far away or on a disk, read in blocks of bytes: only what is asked for comes, and a few blocks stay, because a
 * reader of MCAP asks for the same neighbourhood many times.
 */
import type { IReadable } from '@mcap/core';

const BLOCK_BYTES = 1 << 20;
const BLOCKS_KEPT = 16;

/** Where the bytes come from; `to` does not belong to it. Throws with a sentence. */
export interface ByteSource {
  size(): Promise<number>;
  bytes(from: number, to: number): Promise<Uint8Array>;
}

export const sourceOfFile = (file: Blob): ByteSource => ({
  size: () => Promise.resolve(file.size),
  bytes: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
});

/** A server that takes requests for ranges (RFC 9110, section 14). */
export function sourceOfUrl(url: string, ask: typeof fetch = fetch): ByteSource {
  async function range(from: number, to: number): Promise<Response> {
    const response = await ask(url, { headers: { Range: `bytes=${from}-${to - 1}` } });
    if (response.status === 206) return response;
    if (response.ok)
      throw new Error('the server does not give a part of a file; load the whole and drop it here.');
    throw new Error(`the server answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  }
  return {
    async size() {
      const response = await range(0, 1);
      await response.arrayBuffer();
      const size = Number(/\/(\d+)$/.exec(response.headers.get('Content-Range') ?? '')?.[1] ?? Number.NaN);
      if (Number.isNaN(size)) throw new Error('the server does not say how long the file is.');
      return size;
    },
    bytes: async (from, to) => new Uint8Array(await (await range(from, to)).arrayBuffer()),
  };
}

export function readableOf(source: ByteSource): IReadable {
  const blocks = new Map<number, Promise<Uint8Array>>();
  let known: Promise<number> | undefined;
  const sizeOnce = (): Promise<number> => (known ??= source.size());

  async function load(block: number): Promise<Uint8Array> {
    const from = block * BLOCK_BYTES;
    return source.bytes(from, Math.min(from + BLOCK_BYTES, await sizeOnce()));
  }

  /** What was asked for last stays longest. */
  function blockOf(block: number): Promise<Uint8Array> {
    const found = blocks.get(block) ?? load(block);
    blocks.delete(block);
    blocks.set(block, found);
    const [oldest] = blocks.keys();
    if (blocks.size > BLOCKS_KEPT && oldest !== undefined) blocks.delete(oldest);
    return found;
  }

  return {
    size: async () => BigInt(await sizeOnce()),
    async read(offset, size) {
      const [from, to] = [Number(offset), Number(offset + size)];
      if (to > (await sizeOnce())) throw new Error(`it ends ${to - (await sizeOnce())} bytes too early.`);
      const bytes = new Uint8Array(to - from);
      for (let at = from; at < to; ) {
        const block = Math.floor(at / BLOCK_BYTES);
        // oxlint-disable-next-line no-await-in-loop -- one after the other: more would not be kept
        const held = await blockOf(block);
        const first = at - block * BLOCK_BYTES;
        const part = held.subarray(first, first + Math.min(to - at, held.byteLength - first));
        if (part.byteLength === 0) throw new Error('it became shorter while it was read.');
        bytes.set(part, at - from);
        at += part.byteLength;
      }
      return bytes;
    },
  };
}
