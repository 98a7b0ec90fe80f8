/**
 * The page's end of the worker. Only the newest request counts: answers to older ones are dropped, and a worker that
 * does not leave an older one in time is replaced.
 */
import type { Answer, Question, Request, Work } from '../worker/messages.ts';

/** How long a worker may stay with what nobody waits for any more, ms. */
const PATIENCE_MS = 500;

type Handler = (answer: Answer) => void;

export class Solver {
  readonly #handle: Handler;
  readonly #failed: (sentence: string) => void;
  #worker: Worker | null = null;
  #newest = 0;
  /** The request the worker is at; 0 where it rests. */
  #at = 0;
  #patience = 0;

  /** @param failed told where the worker itself cannot run; there will be no answer */
  constructor(handle: Handler, failed: (sentence: string) => void) {
    this.#handle = handle;
    this.#failed = failed;
  }

  /** Loads the worker, which then says which machines there are. */
  start(): void {
    if (this.#worker !== null) return;
    const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<Answer>) => this.#take(event.data));
    worker.addEventListener('error', (event) => {
      this.cancel();
      this.#failed(
        `The simulation could not run in this browser (${event.message || 'its file did not load'}); reload the page.`,
      );
    });
    this.#worker = worker;
  }

  /** Supersedes whatever was asked before. */
  ask(question: Question, work: Work): void {
    const request: Request = { ...question, work, id: ++this.#newest };
    clearTimeout(this.#patience);
    if (this.#at !== 0) {
      this.#patience = setTimeout(() => {
        this.cancel();
        this.start();
        this.#worker?.postMessage(request);
      }, PATIENCE_MS);
    }
    this.start();
    this.#worker?.postMessage(request);
  }

  /** Stops at once; the next request loads a new worker. */
  cancel(): void {
    clearTimeout(this.#patience);
    this.#worker?.terminate();
    this.#worker = null;
    this.#at = 0;
  }

  #take(answer: Answer): void {
    if (answer.type === 'machines') {
      this.#handle(answer);
      return;
    }
    if (answer.type === 'begun') this.#at = answer.id;
    if (answer.type === 'done' && answer.id === this.#at) this.#at = 0;
    if (answer.id !== this.#newest) return;
    clearTimeout(this.#patience);
    this.#handle(answer);
  }
}
