/**
 * The runs of a folder for whoever asks often: what was read of a run is kept as long as its files are the same. A folder
 * of thousands of runs is listed from the newest on, so that an answer stays small and comes soon.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunEntry, RunList } from '../wire/record/run-list.ts';
import { describeRun } from './catalogue.ts';
import { NOTES, RECORD, listRunIds } from './run-folder.ts';

const MOST_LISTED = 200;

interface Known {
  readonly signature: string;
  readonly entry: RunEntry;
}

export class RunShelf {
  readonly #folder: string;
  readonly #recording: () => string | undefined;
  #known = new Map<string, Known>();
  #listing: Promise<RunList> | undefined;

  /** `recording`: id of the run that is being written now. */
  constructor(folder: string, recording: () => string | undefined = () => undefined) {
    this.#folder = folder;
    this.#recording = recording;
  }

  /** Whoever asks while a list is being made is given that one. */
  list(): Promise<RunList> {
    this.#listing ??= this.#list().finally(() => {
      this.#listing = undefined;
    });
    return this.#listing;
  }

  /** Path of the record of a run that is there; undefined for everything else. What is given is never used as a path. */
  async recordOf(given: string): Promise<string | undefined> {
    const id = (await listRunIds(this.#folder)).find((one) => one === given);
    return id === undefined ? undefined : join(this.#folder, id, RECORD);
  }

  async #list(): Promise<RunList> {
    const ids = (await listRunIds(this.#folder)).toReversed();
    const known = new Map<string, Known>();
    // One after the other: the disk is the recorder's first.
    // oxlint-disable-next-line no-await-in-loop
    for (const id of ids.slice(0, MOST_LISTED)) known.set(id, await this.#describe(id));
    this.#known = known;
    return {
      runs: [...known.values()].map(({ entry }) => entry),
      older: Math.max(0, ids.length - MOST_LISTED),
      recording: this.#recording() ?? null,
    };
  }

  async #describe(id: string): Promise<Known> {
    const signature = await this.#signatureOf(id);
    const known = this.#known.get(id);
    if (known?.signature === signature) return known;
    return { signature, entry: await describeRun(this.#folder, id) };
  }

  async #signatureOf(id: string): Promise<string> {
    const files = [RECORD, NOTES].map((name) =>
      stat(join(this.#folder, id, name)).then(
        ({ size, mtimeMs }) => `${size} ${mtimeMs}`,
        () => '-',
      ),
    );
    return (await Promise.all(files)).join(' ');
  }
}
