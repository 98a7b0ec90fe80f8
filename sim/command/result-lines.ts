/**
 * Results as lines of a file, each with its key, written as they come: a run that was killed goes on where it was. A line
 * that was torn by a kill is computed again.
 */
import { type WriteStream, createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** What files of lines hold; a file that is not there holds nothing. */
export function readResultLines(file: string): Map<string, unknown> {
  const known = new Map<string, unknown>();
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return known;
  }
  for (const line of text.split('\n')) {
    try {
      const [key, output] = JSON.parse(line) as [string, unknown];
      known.set(key, output);
    } catch {
      continue;
    }
  }
  return known;
}

export class ResultLines {
  readonly known: Map<string, unknown>;
  readonly #file: WriteStream | undefined;

  /**
   * Goes on with the file, which is made where there is none, with its folder; without one, results are kept in memory.
   * Throws where the folder cannot be made.
   */
  constructor(file: string | undefined) {
    this.known = file === undefined ? new Map() : readResultLines(file);
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    this.#file = createWriteStream(file, { flags: 'a' });
  }

  add(key: string, output: unknown): void {
    this.known.set(key, output);
    // led by a line end, so that a torn line spoils no other
    this.#file?.write(`\n${JSON.stringify([key, output])}`);
  }

  /** Resolves when all of it is in the file. */
  async close(): Promise<void> {
    const file = this.#file;
    if (file !== undefined) await new Promise<void>((resolve) => file.end(resolve));
  }
}
