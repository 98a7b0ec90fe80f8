/** What records take of the disk, said and never acted upon: nothing is deleted by itself. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { freeBytes, listRunIds } from './run-folder.ts';

/** Bytes of all files of a run. */
export async function runBytes(folder: string, id: string): Promise<number> {
  const names = await readdir(join(folder, id)).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, id, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

export async function diskUseSentence(folder: string): Promise<string> {
  const ids = await listRunIds(folder);
  let total = 0;
  for (const id of ids) total += await runBytes(folder, id);
  const free = await freeBytes(folder);
  const left = free === undefined ? '' : `; ${formatBytes(free)} are free`;
  return `Recording to ${folder}: ${ids.length} ${ids.length === 1 ? 'run takes' : 'runs take'} ${formatBytes(total)}${left}.`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${(bytes / 1e3).toFixed(0)} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
