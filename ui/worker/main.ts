/**
 * The worker: takes one request at a time, the newest one. Between two pieces of work it lets messages in, so a newer
 * request supersedes the one at hand.
 */
import { config } from 'zod';
import { describeMachines } from './machines.ts';
import type { Answer, Request, Result } from './messages.ts';
import { curves, cycle, house } from './work.ts';

// zod would otherwise try `new Function`, which the controller's content security policy refuses.
config({ jitless: true });

const say = (answer: Answer): void => postMessage(answer);

let wanted: Request | null = null;
let working = false;

/** A turn of the event loop, without the delay that nested timers get. */
const channel = new MessageChannel();
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });

function resultsOf(request: Request): Iterable<Result> {
  const { id } = request;
  if (request.work === 'curves') return curves(request);
  if (request.work === 'cycle') return cycle(request);
  return house(request, (share) => say({ id, type: 'progress', share }));
}

async function work(): Promise<void> {
  working = true;
  while (wanted !== null) {
    const request: Request = wanted;
    const { id } = request;
    wanted = null;
    say({ id, type: 'begun' });
    for (const result of resultsOf(request)) {
      say({ id, ...result });
      await turn();
      if (wanted !== null) break;
    }
    if (wanted === null) say({ id, type: 'done' });
  }
  working = false;
}

addEventListener('message', (event: MessageEvent<Request>) => {
  wanted = event.data;
  if (!working) void work();
});

say({ type: 'machines', machines: describeMachines() });
