/** Where runs live on the disk: `<runs>/<id>/record.mcap`, its black boxes and its notes. Ids are made here and nowhere else. */
import { randomInt } from 'node:crypto';
import { readdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { RUN_ID } from '../wire/record/run-facts.ts';

export const RECORD = 'record.mcap';
export const NOTES = 'notes.jsonl';
export const blackBoxName = (n: number): string => `blackbox-${n}.mcap`;
const BLACK_BOX = /^blackbox-\d+\.mcap$/;

const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Sorts by time (UTC); the letters keep two of the same second apart. */
export function makeRunId(wallMs: number): string {
  const [date, time] = new Date(wallMs).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').split('T');
  const rest = Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${date}-${time}-${rest}`;
}

/** Ids of all runs, oldest first; none where there is no such folder. */
export async function listRunIds(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => RUN_ID.test(name)).toSorted();
}

export async function listBlackBoxes(folder: string, id: string): Promise<string[]> {
  const names = await readdir(join(folder, id)).catch(() => []);
  return names.filter((name) => BLACK_BOX.test(name)).toSorted();
}

/** Free for this user, bytes; undefined where nobody can say. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined);
  return found === undefined ? undefined : found.bavail * found.bsize;
}
