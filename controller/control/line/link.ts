/**
 * The life of the line: open, ask who answers, write limits, arm the watchdog; after a loss, try again with growing
 * pauses. It brings the line back, never the machine: what runs again is a person's decision.
 */
import type { Clock } from '../../protocol/byte-port.ts';
import type { Electronics, Identity, OpenElectronics } from '../electronics/electronics.ts';
import { problemOnHardware, type RigFile } from '../rig-file.ts';
import type { Tell } from '../tell.ts';

/** Pauses between attempts, ms; the last one repeats. */
const BACKOFF_MS = [250, 500, 1000, 2000, 5000];

export interface Link {
  start(): void;
  /** The line of a device that proved its identity; null otherwise. A new object for every connection. */
  line(): Electronics | null;
  identity(): Identity | null;
  /** Gives the line up and opens it again. */
  drop(reason: string): void;
  /** Ends the line for good. */
  close(): void;
}

/** In this order for every connection; `down` may follow any of them. */
export type LinkChange =
  | { readonly kind: 'opened' | 'up' }
  | { readonly kind: 'identified'; readonly isVirtual: boolean; readonly title: string }
  | { readonly kind: 'down'; readonly reason: string };

export interface LinkOptions {
  readonly rig: RigFile;
  readonly clock: Clock;
  readonly open: OpenElectronics;
  readonly tell: Tell;
  /** `identified`: readings may begin. */
  readonly changed: (change: LinkChange, line: Electronics) => void;
}

export function createLink({ rig, clock, open, tell, changed }: LinkOptions): Link {
  let line: Electronics | null = null;
  let identity: Identity | null = null;
  let isClosed = false;
  let attempts = 0;
  let lastComplaint = '';

  async function connect(): Promise<void> {
    const mine = await open();
    if (typeof mine === 'string') return retryLater(mine);
    if (isClosed) return mine.close();
    line = mine;
    changed({ kind: 'opened' }, mine);
    const problem = await greet(mine);
    if (problem !== null && line === mine) end(problem);
  }

  async function greet(mine: Electronics): Promise<string | null> {
    const answer = await mine.identify();
    if (typeof answer === 'string') return answer;
    if (line !== mine) return null;
    const unfit = answer.isVirtual ? null : problemOnHardware(rig);
    if (unfit !== null) return unfit;
    identity = answer;
    changed({ kind: 'identified', isVirtual: answer.isVirtual, title: answer.title }, mine);
    const refused = (await mine.writeLimits(rig.limits)) ?? (await mine.writeStopOrder(rig.stop));
    if (refused !== null) return refused;
    const unarmed = await mine.armWatchdog(rig.watchdog_timeout_ms);
    if (line !== mine) return null;
    if (unarmed !== null) tell('warning', `UNPROTECTED: the watchdog could not be armed. ${unarmed}`);
    attempts = 0;
    lastComplaint = '';
    changed({ kind: 'up' }, mine);
    tell('info', `Connected to ${answer.title}.`);
    return null;
  }

  function end(reason: string): void {
    if (line === null) return;
    const ended = line;
    line = null;
    identity = null;
    ended.close();
    changed({ kind: 'down', reason }, ended);
    retryLater(reason);
  }

  function retryLater(reason: string): void {
    if (isClosed) return;
    if (reason !== lastComplaint) tell('warning', `No link: ${reason} Trying again.`);
    lastComplaint = reason;
    const pauseMs = BACKOFF_MS[Math.min(attempts++, BACKOFF_MS.length - 1)] ?? 5000;
    clock.after(pauseMs, () => void connect());
  }

  return {
    start: () => void connect(),
    line: () => (identity === null ? null : line),
    identity: () => identity,
    drop: end,
    close() {
      isClosed = true;
      line?.close();
    },
  };
}
