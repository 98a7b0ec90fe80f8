/**
 * Nothing starts by itself. Random sequences of what can happen go through the decisions, and after each input:
 * EXECUTE only after a person's START, given since the last loss of the line, restart, abort and stop.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decider } from '../../controller/control/decide/decider.ts';
import type { Input } from '../../controller/control/decide/decision.ts';
import { BOOT_STATE, EVENTS, step } from '../../controller/control/state/state-machine.ts';
import { Command, JogAxis } from '../../controller/wire/messages.ts';
import { readRig, status, summary } from './observation.ts';

type Happening = Input extends infer I ? (I extends Input ? Omit<I, 'atMs'> : never) : never;
type Timed = readonly [what: Happening, passesMs: number];

const order = (word: Command): Happening => ({ kind: 'command', command: word });
const ACK: Happening = { kind: 'acknowledged' };

/** A device that does what it is told. */
const at = (drive_state: number): Happening => {
  const isMoving = drive_state === 2;
  const given = { drive_state, force_kN: isMoving ? 15 : 0, stroke_mm: isMoving ? 25 : 0.1, room_C: 28 };
  return { kind: 'reading', status: status({ ...given, stress_MPa: 100 }), heartbeat: 1 };
};

/** What a device may say, right and wrong. */
const reading = fc
  .record({
    drive_state: fc.integer({ min: 0, max: 5 }),
    fault_word: fc.constantFrom(0, 0, 0, 1, 1 << 6),
    watchdog_state: fc.constantFrom(1, 1, 1, 0, 2),
    force_kN: fc.constantFrom(0, 0, 15, Number.NaN),
    stress_MPa: fc.constantFrom(0, 580, 950),
    room_C: fc.constantFrom(18, 21, 28, 28),
  })
  .map((given): Happening => ({ kind: 'reading', status: status(given), heartbeat: 1 }));

const RARE: readonly Happening[] = [
  { kind: 'tick', lateMs: 500, isBeating: false, isAttended: false },
  { kind: 'prepared', problem: 'no' },
  { kind: 'opened' },
  { kind: 'up' },
  { kind: 'identified', isVirtual: true, title: 'x', proofsOverdue: null },
  { kind: 'down', reason: 'unplugged' },
  { kind: 'missed', isWrong: false, sentence: 'silent' },
  { kind: 'cycle', summary: summary() },
  { kind: 'setpoint', valueC: 20 },
  { kind: 'mode', mode: 'manual' },
  { kind: 'mode', mode: 'automatic' },
  { kind: 'bypass', key: 'no_flow', minutes: 5, reason: 'a random reason', isEngineer: true },
  { kind: 'ending', event: 'STOP', reason: 'end' },
  ...JogAxis.options.map((axis): Happening => ({ kind: 'jog', axis, held: true, client: 1 })),
];

const happening = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...Command.options).map((word) => order(word)) },
  { weight: 8, arbitrary: fc.constantFrom(0, 1, 2).map((state) => at(state)) },
  { weight: 2, arbitrary: reading },
  {
    weight: 6,
    arbitrary: fc.constant<Happening>({ kind: 'tick', lateMs: 0, isBeating: true, isAttended: true }),
  },
  { weight: 4, arbitrary: fc.constant(ACK) },
  { weight: 2, arbitrary: fc.constant<Happening>({ kind: 'prepared', problem: null }) },
  { weight: 3, arbitrary: fc.constantFrom(...RARE) },
);

/** The way into EXECUTE. */
const WAY: readonly Happening[] = [
  { kind: 'up' },
  at(0),
  order('CLEAR'),
  ACK,
  at(0),
  order('RESET'),
  { kind: 'prepared', problem: null },
  at(0),
  order('START'),
  ACK,
  at(1),
  ACK,
  at(2),
];

/** Mostly disorder, now and then a run that begins as it should but for a step or two. */
const piece: fc.Arbitrary<readonly Timed[]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(happening, fc.integer({ min: 0, max: 120 })).map((single): Timed[] => [single]),
  },
  {
    weight: 1,
    arbitrary: fc
      .subarray([...WAY], { minLength: WAY.length - 2 })
      .map((all) => all.map((what): Timed => [what, 20])),
  },
);

/** The device clock runs with the host's. */
const inTime = (what: Happening, atMs: number): Happening =>
  what.kind === 'reading' ? { ...what, status: { ...what.status, device_clock_ms: 60_000 + atMs } } : what;

/** What revokes a START. */
const REVOKES = ['STOPPING', 'STOPPED', 'ABORTING', 'ABORTED', 'COMPLETING', 'COMPLETE'];

/** Throws where EXECUTE was entered without a START that counts; returns how often it was entered. */
function executions(steps: readonly Timed[]): number {
  const decider = new Decider(readRig());
  let atMs = 0;
  let isStarted = false;
  let executed = 0;
  decider.take({ atMs, kind: 'begin', isShadow: false });
  decider.take({ atMs, kind: 'identified', isVirtual: true, title: 'x', proofsOverdue: null });
  for (const [what, passesMs] of steps) {
    atMs += passesMs;
    const outputs = decider.take({ atMs, ...inTime(what, atMs) });
    const isTaken = outputs.some((output) => output.kind === 'reply' && output.ok);
    if (what.kind === 'command' && what.command === 'START' && isTaken) isStarted = true;
    for (const output of outputs) {
      if (output.kind !== 'state') continue;
      if (REVOKES.includes(output.state)) isStarted = false;
      if (output.state !== 'EXECUTE') continue;
      executed++;
      if (!isStarted) throw new Error('EXECUTE without a START');
    }
  }
  return executed;
}

describe('no automatic resume', () => {
  it('EXECUTE only after a START since the last loss, stop or abort', () => {
    let executed = 0;
    const property = fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      executed += executions(pieces.flat());
    });
    fc.assert(property, { numRuns: 300, seed: 5 });
    // The sequences must get there, or the property says nothing.
    expect(executed).toBeGreaterThan(20);
  });

  it('holds for the table alone, whatever the order of events', () => {
    const property = fc.property(fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 }), (events) => {
      let state = BOOT_STATE;
      let isStarted = false;
      for (const event of events) {
        const next = step(state, event).state;
        if (event === 'START' && next !== state) isStarted = true;
        if (REVOKES.includes(next)) isStarted = false;
        if (next === 'EXECUTE') expect(isStarted).toBe(true);
        state = next;
      }
    });
    fc.assert(property, { numRuns: 2000, seed: 5 });
  });
});
