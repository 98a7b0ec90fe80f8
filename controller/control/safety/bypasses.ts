/**
 * Interlocks that an engineer put out of action for a while, each with a reason. A bypass ends by itself, by hand, by
 * CLEAR, and with this program; nothing is kept on disk. Pure but for its memory: time comes with every call, host ms.
 */
import type { Bypass } from '../../wire/messages.ts';
import type { Interlock } from './interlock.ts';

/** Longest bypass, minutes: long enough for a test on the bench, short enough that nobody goes home over it. */
export const MOST_BYPASS_MINUTES = 30;
const SHORTEST_REASON = 10;

export interface BypassRequest {
  readonly key: string;
  readonly minutes: number;
  readonly reason: string;
  /** Whether the person who asks is an engineer. */
  readonly isEngineer: boolean;
}

export interface Bypasses {
  /** Why it is refused, or null: it is in force from now on. Asked again it replaces the one before. */
  add(request: BypassRequest, nowMs: number): string | null;
  /** Why it is refused, or null: the row acts again. */
  remove(key: string): string | null;
  /** Ends those whose time is over; returns their keys. */
  expire(nowMs: number): string[];
  /** Ends all; returns their keys. */
  clear(): string[];
  isBypassed(key: string): boolean;
  list(nowMs: number): Bypass[];
}

export function createBypasses(table: readonly Interlock[]): Bypasses {
  const active = new Map<string, { readonly reason: string; readonly untilMs: number }>();

  const end = (keys: string[]): string[] => keys.filter((key) => active.delete(key));

  return {
    add(request, nowMs) {
      const problem = problemOf(table, request);
      if (problem !== null) return `The bypass of ${request.key} is refused: ${problem}`;
      const untilMs = nowMs + request.minutes * 60_000;
      active.set(request.key, { reason: request.reason.trim(), untilMs });
      return null;
    },
    remove: (key) => (active.delete(key) ? null : `${key} is not bypassed.`),
    expire: (nowMs) => end([...active].filter(([, { untilMs }]) => nowMs >= untilMs).map(([key]) => key)),
    clear: () => end([...active.keys()]),
    isBypassed: (key) => active.has(key),
    list: (nowMs) =>
      [...active].map(([key, { reason, untilMs }]) => ({
        key,
        reason,
        leftS: Math.max(0, (untilMs - nowMs) / 1000),
      })),
  };
}

function problemOf(table: readonly Interlock[], request: BypassRequest): string | null {
  const { key, minutes, reason, isEngineer } = request;
  const row = table.find((candidate) => candidate.key === key);
  if (!isEngineer) return 'only an engineer may bypass an interlock.';
  if (row === undefined) return 'the interlock table has no such row.';
  if (row.bypassable !== true) {
    const others = table.filter(({ bypassable }) => bypassable === true).map((other) => other.key);
    return `this row cannot be bypassed; those that can are ${others.join(', ')}.`;
  }
  if (!(minutes > 0 && minutes <= MOST_BYPASS_MINUTES))
    return `${minutes} minutes given, allowed is more than 0 and at most ${MOST_BYPASS_MINUTES}.`;
  if (reason.trim().length < SHORTEST_REASON)
    return `it needs a reason of at least ${SHORTEST_REASON} characters; it is recorded.`;
  return null;
}
