import { describe, expect, it } from 'vitest';
import type { EventMessage, State } from '../../controller/wire/messages.ts';
import { trailOf } from '../../ui/operate/trail.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const change = (second: number, from: State, to: State): EventMessage => ({
  type: 'event',
  sequence: second,
  at: at(second),
  severity: 'info',
  sentence: `${from} → ${to}: ${to} was asked for.`,
  about: { kind: 'state', from, to },
});
const other: EventMessage = { type: 'event', sequence: 99, at: at(4), severity: 'info', sentence: 'A → B' };

describe('where the machine has been', () => {
  it('newest first, each with how long it was there and what led there', () => {
    const trail = trailOf([change(5, 'IDLE', 'STARTING'), other, change(2, 'RESETTING', 'IDLE')], 9);
    expect(trail).toEqual([
      { state: 'STARTING', fromMs: Date.parse(at(5)), toMs: null, cause: 'STARTING was asked for.' },
      { state: 'IDLE', fromMs: Date.parse(at(2)), toMs: Date.parse(at(5)), cause: 'IDLE was asked for.' },
    ]);
  });

  it('does not invent an end where something in between was not heard', () => {
    const trail = trailOf([change(9, 'ABORTED', 'CLEARING'), change(2, 'STARTING', 'EXECUTE')], 9);
    expect(trail[1]).toMatchObject({ state: 'EXECUTE', toMs: null });
  });

  it('is cut where it is long', () => {
    expect(trailOf([change(5, 'IDLE', 'STARTING'), change(2, 'RESETTING', 'IDLE')], 1)).toHaveLength(1);
  });
});
