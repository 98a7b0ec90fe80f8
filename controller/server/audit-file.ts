/**
 * A file of lines that only grows, until it is full and the next one begins: FILE, then FILE.1 (the one before), up to
 * FILE.19. Lines wait in memory while the disk is busy, so nobody who operates a machine waits for a disk. What has been
 * written stays whatever becomes of this program, and a line that was cut off by a crash is ended before the next.
 */
import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LineSink } from './audit.ts';

export interface AuditFileLimits {
  /** A file that has reached this many bytes is put aside. */
  readonly fileBytes: number;
  /** Files that were put aside and are kept. */
  readonly files: number;
  /** Lines that may wait; more are counted, and the count is written instead. */
  readonly waiting: number;
  /** From a failure to the next attempt, ms. */
  readonly retryMs: number;
}

export const AUDIT_FILE_LIMITS: AuditFileLimits = {
  fileBytes: 5_000_000,
  files: 19,
  waiting: 5000,
  retryMs: 10_000,
};

export interface AuditFile {
  readonly append: LineSink;
  /** Writes what waits, as far as that is possible within a second. */
  close(): Promise<void>;
}

/** `tell` gets one sentence where the file cannot be written, and one where it can be again. */
export function openAuditFile(
  path: string,
  tell: (isWell: boolean, sentence: string) => void,
  limits: AuditFileLimits = AUDIT_FILE_LIMITS,
): AuditFile {
  let waiting: string[] = [];
  let lost = 0;
  let isWell = true;
  let working: Promise<void> | null = null;
  let retry: NodeJS.Timeout | undefined;
  let file: FileHandle | null = null;
  let bytes = 0;

  /** The file with room in it, opened where it is not. */
  async function prepare(): Promise<FileHandle> {
    if (file === null) {
      file = await openToAppend(path);
      ({ size: bytes } = await file.stat());
    }
    if (bytes < limits.fileBytes) return file;
    await closeFile();
    await putAside(path, limits.files);
    bytes = 0;
    return (file = await openToAppend(path));
  }

  async function closeFile(): Promise<void> {
    const old = file;
    file = null;
    try {
      await old?.close();
    } catch {
      // It could not be written either, and that was told.
    }
  }

  async function writeWaiting(): Promise<void> {
    while (waiting.length > 0) {
      const handle = await prepare();
      const [lines, missing] = [waiting.length, lost];
      const note = missing === 0 ? '' : `${JSON.stringify({ event: 'lines lost', count: missing })}\n`;
      const text = Buffer.from(`${waiting.join('\n')}\n${note}`);
      await handle.appendFile(text);
      bytes += text.length;
      // More may have come meanwhile.
      waiting = waiting.slice(lines);
      lost -= missing;
    }
    if (!isWell) tell(true, `The audit log ${path} can be written again.`);
    isWell = true;
  }

  function fail(error: unknown): void {
    const why = error instanceof Error ? error.message : String(error);
    if (isWell)
      tell(
        false,
        `The audit log cannot be written: ${why}. What is asked of the machine is not recorded; free the disk or choose another file with --audit.`,
      );
    isWell = false;
    void closeFile();
    retry ??= setTimeout(() => {
      retry = undefined;
      work();
    }, limits.retryMs).unref();
  }

  function work(): void {
    working ??= writeWaiting()
      .catch(fail)
      .finally(() => {
        working = null;
        // What came between the last write and now.
        if (waiting.length > 0 && retry === undefined) work();
      });
  }

  return {
    append(line) {
      if (waiting.length >= limits.waiting) lost++;
      else waiting.push(line);
      if (retry === undefined) work();
    },
    async close() {
      clearTimeout(retry);
      retry = undefined;
      if (waiting.length > 0) work();
      // A disk that hangs must not keep the program from ending.
      await Promise.race([working, sleep(LONGEST_GOODBYE_MS, undefined, { ref: false })]);
      await closeFile();
    },
  };
}

const LONGEST_GOODBYE_MS = 1000;
const OWNER_ONLY = 0o600;
const LINE_END = 10;

/** Opened at its end, which is the beginning of a line. */
async function openToAppend(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'a+', OWNER_ONLY);
  const { size } = await file.stat();
  if (size > 0) {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    if (buffer[0] !== LINE_END) await file.appendFile('\n');
  }
  return file;
}

/** FILE becomes FILE.1, FILE.1 becomes FILE.2 and so on; the oldest is overwritten. */
async function putAside(path: string, files: number): Promise<void> {
  for (let n = files; n > 0; n--) {
    const from = n === 1 ? path : `${path}.${n - 1}`;
    await rename(from, `${path}.${n}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}
