/**
 * What was recorded, and the report of the validation, for those who are in: a list, and files in ranges of bytes. It
 * reads and nothing else; a name in a request is looked up among what is there.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { RunShelf } from '../record/run-shelf.ts';
import { REPORT_COMMAND, REPORT_PATH, RUNS_PATH } from '../wire/record/run-list.ts';
import { sendFile } from './send-file.ts';

/** Files that leave at the same time; a page reads one after the other. */
const MOST_AT_ONCE = 16;

export interface RunsDoorOptions {
  readonly shelf: RunShelf;
  /** Folder that `elastocool validate --report` wrote. */
  readonly reportFolder: string;
}

/** Of the report as data, in its folder. */
const REPORT_DATA = 'report.json';

type Answer = (status: number, body: string, type?: string) => void;

export class RunsDoor {
  readonly #options: RunsDoorOptions;
  #sending = 0;

  constructor(options: RunsDoorOptions) {
    this.#options = options;
  }

  static takes(path: string): boolean {
    return path === RUNS_PATH || path.startsWith(`${RUNS_PATH}/`) || path === REPORT_PATH;
  }

  /** `answer` writes a whole answer at once. */
  async open(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    answer: Answer,
  ): Promise<void> {
    const { shelf, reportFolder } = this.#options;
    if (path === RUNS_PATH) return this.#list(answer);
    if (path === REPORT_PATH)
      return this.#send(request, response, answer, {
        file: join(reportFolder, REPORT_DATA),
        type: 'application/json; charset=utf-8',
        missing: `No report is stored beside this server: \`${REPORT_COMMAND}\` writes one.`,
      });
    const id = /^\/runs\/([^/]+)\/record\.mcap$/.exec(path)?.[1] ?? '';
    const file = await shelf.recordOf(id);
    const missing = `There is no run ${JSON.stringify(id.slice(0, 40))} here.`;
    if (file === undefined) return answer(404, missing);
    return this.#send(request, response, answer, { file, type: 'application/octet-stream', missing });
  }

  async #list(answer: Answer): Promise<void> {
    try {
      answer(200, JSON.stringify(await this.#options.shelf.list()), 'application/json; charset=utf-8');
    } catch (error) {
      answer(500, `The runs cannot be listed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  async #send(
    request: IncomingMessage,
    response: ServerResponse,
    answer: Answer,
    { file, type, missing }: { readonly file: string; readonly type: string; readonly missing: string },
  ): Promise<void> {
    if (this.#sending >= MOST_AT_ONCE)
      return answer(503, `${MOST_AT_ONCE} files are being read already: try again in a moment.`);
    this.#sending++;
    try {
      const problem = await sendFile(request, response, file, type);
      if (problem !== undefined) answer(404, missing);
    } finally {
      this.#sending--;
    }
  }
}
