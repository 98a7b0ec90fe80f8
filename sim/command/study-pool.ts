/**
 * A StudyRunner on all cores. What came out is written at once to a file of lines, each with the hash of study and
 * input: a run that was stopped goes on where it was, and a second one computes nothing twice.
 */
import { createHash } from 'node:crypto';
import { type WriteStream, createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { Piscina } from 'piscina';
import type { LoadMachine, Study, StudyRunner } from '../study/study.ts';
import { UserError } from '../index.ts';
import { loadMachine } from './machine-ref.ts';
import type { Answer, Task } from './study-worker.ts';

export interface PoolOptions {
  /** Where results are remembered; the name must change with whatever changes the results. Without it: nowhere. */
  readonly memoryFile?: string;
  /** Threads; as many as the machine has cores where not given. */
  readonly threads?: number;
  readonly onProgress?: (done: number, asked: number, study: string) => void;
}

export class StudyPool implements StudyRunner {
  readonly load: LoadMachine = loadMachine;
  private readonly pool: Piscina<Task, Answer>;
  private readonly known: Map<string, unknown>;
  private readonly memory: WriteStream | undefined;
  private readonly onProgress: PoolOptions['onProgress'];
  private done = 0;
  private asked = 0;

  constructor({ memoryFile, threads = availableParallelism(), onProgress }: PoolOptions = {}) {
    this.pool = new Piscina({
      filename: new URL('./study-worker.ts', import.meta.url).href,
      minThreads: threads,
      maxThreads: threads,
    });
    this.onProgress = onProgress;
    this.known = memoryFile === undefined ? new Map() : readMemory(memoryFile);
    if (memoryFile === undefined) return;
    mkdirSync(dirname(memoryFile), { recursive: true });
    this.memory = createWriteStream(memoryFile, { flags: 'a' });
  }

  async run<Input, Output>(study: Study<Input, Output>, inputs: readonly Input[]): Promise<Output[]> {
    this.asked += inputs.length;
    return Promise.all(inputs.map((input) => this.one(study.name, input))) as Promise<Output[]>;
  }

  /** Ends the threads and the file. */
  async close(): Promise<void> {
    await this.pool.destroy();
    const { memory } = this;
    if (memory) await new Promise<void>((resolve) => memory.end(resolve));
  }

  private async one(study: string, input: unknown): Promise<unknown> {
    const key = createHash('sha256')
      .update(JSON.stringify([study, input]))
      .digest('hex')
      .slice(0, 24);
    if (!this.known.has(key)) {
      const answer = await this.pool.run({ study, input });
      if ('userError' in answer) throw new UserError(answer.userError);
      this.known.set(key, answer.output);
      // led by a line end, so that a line torn by a kill spoils no other
      this.memory?.write(`\n${JSON.stringify([key, answer.output])}`);
    }
    this.done++;
    this.onProgress?.(this.done, this.asked, study);
    return this.known.get(key);
  }
}

/** A line that was torn when the program was killed is computed again. */
function readMemory(file: string): Map<string, unknown> {
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
