/** The page's end of the worker, against a worker that does only what the test says. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Solver } from '../../ui/lab/solver.ts';
import type { Answer, Request } from '../../ui/worker/messages.ts';

class FakeWorker extends EventTarget {
  static made: FakeWorker[] = [];
  readonly asked: Request[] = [];
  terminated = false;
  constructor() {
    super();
    FakeWorker.made.push(this);
  }
  postMessage(request: Request): void {
    this.asked.push(request);
  }
  terminate(): void {
    this.terminated = true;
  }
  says(answer: Answer): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: answer }));
  }
}

const question = { machine: 'm', changes: new Map<string, string>() };
let heard: Answer[] = [];
let failures: string[] = [];
let solver: Solver;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('Worker', FakeWorker);
  FakeWorker.made = [];
  heard = [];
  failures = [];
  solver = new Solver(
    (answer) => heard.push(answer),
    (sentence) => failures.push(sentence),
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const last = (): FakeWorker => FakeWorker.made[FakeWorker.made.length - 1];

describe('the solver', () => {
  it('drops what answers an older request', () => {
    solver.ask(question, 'curves');
    solver.ask(question, 'curves');
    const [first, second] = last().asked.map(({ id }) => id);
    last().says({ id: first, type: 'done' });
    last().says({ id: second, type: 'begun' });
    expect(heard).toEqual([{ id: second, type: 'begun' }]);
  });

  it('replaces a worker that stays with an older request, and asks the new one', () => {
    solver.ask(question, 'curves');
    const slow = last();
    slow.says({ id: slow.asked[0].id, type: 'begun' });
    solver.ask(question, 'house');
    vi.advanceTimersByTime(10_000);
    expect(slow.terminated).toBe(true);
    expect(FakeWorker.made).toHaveLength(2);
    expect(last().asked).toMatchObject([{ work: 'house' }]);
    // once replaced it is left alone, however long it loads
    vi.advanceTimersByTime(60_000);
    expect(FakeWorker.made).toHaveLength(2);
  });

  it('keeps a worker that turns to the new request in time, or has not begun', () => {
    solver.ask(question, 'curves');
    solver.ask(question, 'curves');
    vi.advanceTimersByTime(60_000);
    last().says({ id: last().asked[0].id, type: 'begun' });
    solver.ask(question, 'curves');
    last().says({ id: last().asked[2].id, type: 'begun' });
    vi.advanceTimersByTime(60_000);
    expect(FakeWorker.made).toHaveLength(1);
  });

  it('says where the worker cannot run, and loads a new one for the next request', () => {
    solver.start();
    last().dispatchEvent(new Event('error'));
    expect(failures).toEqual([expect.stringMatching(/could not run/)]);
    solver.ask(question, 'curves');
    expect(FakeWorker.made).toHaveLength(2);
  });
});
