/** Opens a run of the runs folder by its id; what is given is looked up among the runs that are there, never used as a path. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { IReadable } from '@mcap/core';
import { type RecordReader, openRecord } from '../wire/record/record-reader.ts';
import { DECOMPRESS } from './decompress.ts';
import { RECORD, listRunIds } from './run-folder.ts';

export interface OpenRun extends RecordReader {
  readonly id: string;
  close(): Promise<void>;
}

/** `given`: an id, the beginning of exactly one, or `last`. A sentence where there is none or it cannot be read. */
export async function findRun(folder: string, given: string): Promise<{ readonly id: string } | string> {
  const ids = await listRunIds(folder);
  const newest = ids.at(-1);
  if (newest === undefined) return `There are no runs in ${folder}; another folder is given by --runs.`;
  if (given === 'last') return { id: newest };
  const found = ids.filter((id) => id.startsWith(given));
  if (found.length === 1) return { id: found[0] };
  const shown = JSON.stringify(given.slice(0, 40));
  return found.length === 0
    ? `There is no run ${shown} in ${folder}; \`elastocool runs\` lists them, \`last\` is the newest.`
    : `${found.length} runs of ${folder} begin with ${shown}: give more of the id.`;
}

export async function openRun(folder: string, id: string, name: string = RECORD): Promise<OpenRun | string> {
  const readable = await openReadable(join(folder, id, name));
  if (typeof readable === 'string') return `The run ${id} cannot be read: ${readable}`;
  const reader = await openRecord(readable, DECOMPRESS);
  if (typeof reader !== 'string') return { ...reader, id, close: () => readable.close() };
  await readable.close();
  return `The run ${id} cannot be read: ${reader} Where it is still being recorded, end it first; else the next start mends it.`;
}

async function openReadable(
  path: string,
): Promise<(IReadable & { readonly close: () => Promise<void> }) | string> {
  try {
    const file = await open(path, 'r');
    return {
      size: async () => BigInt((await file.stat()).size),
      async read(offset, size) {
        const bytes = new Uint8Array(Number(size));
        const { bytesRead } = await file.read(bytes, 0, bytes.byteLength, Number(offset));
        if (bytesRead < bytes.byteLength)
          throw new Error(`it ends ${bytes.byteLength - bytesRead} bytes too early`);
        return bytes;
      },
      close: () => file.close(),
    };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
