/**
 * A file that only grows, written behind the caller's back: `append` never waits, so a slow disk holds up nobody. What
 * may wait in memory is bounded; past that, or after an error, the file takes nothing more and says why, once.
 */
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Some minutes of an ordinary record. */
const MOST_WAITING_BYTES = 32 * 1024 * 1024;
/** What the operating system holds is written to the disk so often: a power cut loses about as much as `kill -9`. */
const SYNC_MS = 1000;

export interface AppendingFile {
  /** False where nothing is taken any more. The bytes must not change afterwards. */
  append(bytes: Uint8Array): boolean;
  /** Everything given so far is on the disk. */
  close(): Promise<void>;
}

/**
 * `onTrouble` is told once, in a sentence without the file's name, when the file stops. A file that exists already is
 * an error: nothing is written over. The folder is made.
 */
export function openAppendingFile(
  path: string,
  onTrouble: (why: string) => void,
  nowMs: () => number,
): AppendingFile {
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  let hasStopped = false;
  let syncedMs = nowMs();
  let work = openFile();

  async function openFile(): Promise<FileHandle | undefined> {
    try {
      await mkdir(dirname(path), { recursive: true });
      return await open(path, 'wx');
    } catch (error) {
      stop(reasonOf(error));
      return undefined;
    }
  }

  function stop(why: string): void {
    if (hasStopped) return;
    hasStopped = true;
    waiting = [];
    onTrouble(why);
  }

  async function drain(file: FileHandle | undefined): Promise<FileHandle | undefined> {
    if (file === undefined || waiting.length === 0) return file;
    const bytes = Buffer.concat(waiting);
    waiting = [];
    try {
      await file.writeFile(bytes);
      waitingBytes -= bytes.byteLength;
      if (nowMs() - syncedMs < SYNC_MS) return file;
      syncedMs = nowMs();
      await file.datasync();
    } catch (error) {
      stop(reasonOf(error));
    }
    return file;
  }

  return {
    append(bytes) {
      if (hasStopped) return false;
      waitingBytes += bytes.byteLength;
      if (waitingBytes > MOST_WAITING_BYTES) {
        stop(`the disk is too slow: ${MOST_WAITING_BYTES / 1024 / 1024} MB wait to be written`);
        return false;
      }
      waiting.push(bytes);
      work = work.then(drain);
      return true;
    },
    async close() {
      const file = await work;
      await file?.datasync().catch((error: unknown) => stop(reasonOf(error)));
      await file?.close().catch(() => {});
    },
  };
}

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EFBIG: 'the file may not grow any further (a limit of the system or the file system)',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'the folder may not be written to',
  EROFS: 'the disk is read-only',
  ENOENT: 'the folder is gone',
  EIO: 'the disk reports an error',
};

export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return WORDS[code] ?? (error instanceof Error ? error.message : String(error));
}
