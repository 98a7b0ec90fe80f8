/**
 * Interlocks that an engineer put out of action for a while, each with a reason. A bypass ends by itself, by hand, by
 * CLEAR, and with this program; nothing is kept on disk. Pure but for its memory: time comes with every call, host ms.
 */
import type { Bypass } from '../../wire/messages.ts';
import type { Tell } from '../tell.ts';
import { about } from './about.ts';
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
  /** Ends those whose time is over. Call in every tick. */
  expire(nowMs: number): void;
  /** Ends all: a person cleared the faults. */
  clear(): void;
  readonly isBypassed: (key: string) => boolean;
  list(nowMs: number): Bypass[];
}

/** `say` tells everybody of each beginning and each end. */
export function createBypasses(table: readonly Interlock[], say: Tell): Bypasses {
  const active = new Map<string, { readonly reason: string; readonly untilMs: number }>();

  function end(keys: readonly string[], how: string): void {
    for (const key of keys)
      if (active.delete(key)) say('warning', `The bypass of ${key} ${how}.`, about(key, 'unshelved'));
  }

  return {
    add(request, nowMs) {
      const problem = problemOf(table, request);
      if (problem !== null) return `The bypass of ${request.key} is refused: ${problem}`;
      const untilMs = nowMs + request.minutes * 60_000;
      const reason = request.reason.trim();
      active.set(request.key, { reason, untilMs });
      const sentence = `${request.key} is bypassed for ${request.minutes} min: ${reason}`;
      say('alarm', sentence, about(request.key, 'shelved'));
      return null;
    },
    remove(key) {
      if (!active.has(key)) return `${key} is not bypassed.`;
      end([key], 'was ended by hand');
      return null;
    },
    expire(nowMs) {
      const over = [...active].filter(([, { untilMs }]) => nowMs >= untilMs);
      const keys = over.map(([key]) => key);
      end(keys, 'ended by itself');
    },
    clear: () => end([...active.keys()], 'was ended by CLEAR'),
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
