/**
 * A record whose program was killed has no end: no index, and perhaps half a chunk. Here the whole chunks are kept, what
 * is torn is cut off, and index and figures are made again, in the same file. A record that another living process
 * writes is left alone.
 */
import { hostname } from 'node:os';
import { type FileHandle, open, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { RunFacts, fromMetadata, toMetadata } from '../wire/record/run-facts.ts';
import { METADATA, msOfNs } from '../wire/record/topics.ts';
import { McapFile } from './mcap-file.ts';
import { FLUSH_MS } from './recorder.ts';
import { type Scan, scanRecord } from './scan.ts';
import { RECORD, listBlackBoxes, listRunIds } from './run-folder.ts';

/** A file of another computer (a shared disk) counts as left alone after this long. */
const FORSAKEN_MS = 60_000;
const ENDING = Buffer.from([0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a]);

/** Mends every run of the folder that has no end; `tell` hears of each. One that cannot be mended is left as it is. */
export async function recoverAll(folder: string, tell: (sentence: string) => void): Promise<void> {
  for (const id of await listRunIds(folder)) {
    for (const name of [RECORD, ...(await listBlackBoxes(folder, id))]) {
      const sentence = await recover(join(folder, id, name)).catch(
        (error: unknown) => `cannot be mended: ${error instanceof Error ? error.message : String(error)}`,
      );
      if (sentence !== null) tell(`The record ${join(id, name)} ${sentence}`);
    }
  }
}

/** What was done, or null where nothing had to be. */
async function recover(path: string): Promise<string | null> {
  const about = await stat(path).catch(() => null);
  if (about === null || (await hasEnd(path, about.size))) return null;
  const scan = await scanRecord(path);
  if (isBeingWritten(scan, about.mtimeMs)) return null;
  if (scan.index.statistics.messageCount === 0n) {
    if (scan.position > 0n) return 'broke off before anything was in it; it was left as it is.';
    if (about.size === 0) await unlink(path);
    return null;
  }
  const lastMs = msOfNs(scan.index.statistics.messageEndTime);
  // Torn off, and what waited for a chunk that was never closed.
  const lostS = (Math.max(0, about.mtimeMs - lastMs) + FLUSH_MS) / 1000;
  const cut = about.size - Number(scan.position);
  await truncate(path, Number(scan.position));
  const facts = {
    recovered: new Date().toISOString(),
    cut_bytes: cut,
    lost_at_most_s: Math.round(lostS * 1000) / 1000,
    ended: new Date(lastMs).toISOString(),
    figures: scan.figures.figures(lastMs),
  };
  await finish(path, scan, toMetadata(facts));
  return `had no end and was mended: ${cut} bytes were cut off; at most ${lostS.toFixed(2)} s are lost.`;
}

async function hasEnd(path: string, size: number): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const tail = Buffer.alloc(ENDING.length);
    await file.read(tail, 0, tail.length, Math.max(0, size - tail.length));
    // The magic stands at the beginning too.
    return size > 2 * ENDING.length && tail.equals(ENDING);
  } finally {
    await file.close();
  }
}

function isBeingWritten(scan: Scan, changedMs: number): boolean {
  const facts = fromMetadata(RunFacts, scan.metadata.get(METADATA.run) ?? new Map());
  if (facts === undefined || facts.host !== hostname()) return Date.now() - changedMs < FORSAKEN_MS;
  return isAlive(facts.pid) && Date.now() - changedMs < FORSAKEN_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function finish(path: string, scan: Scan, facts: ReadonlyMap<string, string>): Promise<void> {
  const pieces: Uint8Array[] = [];
  const { position, crc } = scan;
  const again = new McapFile((bytes) => pieces.push(bytes), '', { index: scan.index, position, crc });
  again.addMetadata({ name: METADATA.recovered, metadata: new Map(facts) });
  again.end();
  const file = await open(path, 'a');
  await writeAll(file, pieces);
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  try {
    await file.writeFile(Buffer.concat(pieces));
    await file.datasync();
  } finally {
    await file.close();
  }
}
