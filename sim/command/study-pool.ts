/**
 * A StudyRunner on all cores. What came out is written at once to a file of lines, each with the hash of study and
 * input: a run that was stopped goes on where it was, and a second one computes nothing twice.
 */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { LoadMachine, Study, StudyRunner } from '../study/study.ts';
import { UserError } from '../index.ts';
import { loadMachine } from './machine-ref.ts';
import { moduleBeside } from './module-beside.ts';
import { ResultLines } from './result-lines.ts';
import type { Answer, Task } from './study-worker.ts';

export interface PoolOptions {
  /** Where results are remembered; the name must change with whatever changes the results. Without it: nowhere. */
  readonly memoryFile?: string;
  /** Threads; as many as the machine has cores where not given. */
  readonly threads?: number;
  /** What a result is remembered under; a hash of study and input where not given. */
  readonly keyOf?: (study: string, input: unknown) => string;
  readonly onProgress?: (done: number, asked: number, study: string) => void;
}

export class StudyPool implements StudyRunner {
  readonly load: LoadMachine = loadMachine;
  private readonly pool: Piscina<Task, Answer>;
  private readonly memory: ResultLines;
  private readonly keyOf: (study: string, input: unknown) => string;
  private readonly onProgress: PoolOptions['onProgress'];
  private done = 0;
  private asked = 0;

  constructor({
    memoryFile,
    threads = availableParallelism(),
    keyOf = hashOf,
    onProgress,
  }: PoolOptions = {}) {
    this.pool = new Piscina({
      filename: moduleBeside(import.meta.url, './study-worker').href,
      minThreads: threads,
      maxThreads: threads,
    });
    this.keyOf = keyOf;
    this.onProgress = onProgress;
    this.memory = new ResultLines(memoryFile);
  }

  async run<Input, Output>(study: Study<Input, Output>, inputs: readonly Input[]): Promise<Output[]> {
    this.asked += inputs.length;
    return Promise.all(inputs.map((input) => this.one(study.name, input))) as Promise<Output[]>;
  }

  /** Ends the threads and the file; what is under way is given up. */
  async close(): Promise<void> {
    await this.pool.destroy();
    await this.memory.close();
  }

  private async one(study: string, input: unknown): Promise<unknown> {
    const key = this.keyOf(study, input);
    let output = this.memory.known.get(key);
    if (output === undefined) {
      const answer = await this.pool.run({ study, input });
      if ('userError' in answer) throw new UserError(answer.userError);
      output = answer.output;
      this.memory.add(key, output);
    }
    this.done++;
    this.onProgress?.(this.done, this.asked, study);
    return output;
  }
}

const hashOf = (study: string, input: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify([study, input]))
    .digest('hex')
    .slice(0, 24);
