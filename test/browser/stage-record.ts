/**
 * A record of a run of the real plant, firmware and model, computed as fast as it goes under a clock of its own: the same
 * bytes of telemetry every time. The state it says is that of a machine at work.
 */
import { readFileSync } from 'node:fs';
import { decodeFrame } from '../../controller/wire/frame.ts';
import type { GroupName } from '../../controller/wire/channels.ts';
import { MadeUpRun, stateOf } from '../record/made-up-run.ts';
import { greeting } from '../server/fake-control.ts';
import { publishCycles } from './cycle-frames.ts';

const RIG = new URL('../../fixtures/rigs/virtual-kilowatt.yaml', import.meta.url);
/** Whole cycles: 17 s of the machine, more than the shortest window of a chart. */
const CYCLES = 60;
const STATE_EVERY_FRAMES = 40;
const FLUSH_EVERY_FRAMES = 20;

export interface StageRecord {
  readonly cycles?: number;
  /** How much later than others it began, ms. */
  readonly laterMs?: number;
}

/** Resolves once the record is whole; returns its length in s. */
export async function recordStage(
  folder: string,
  { cycles = CYCLES, laterMs = 0 }: StageRecord = {},
): Promise<number> {
  const run = new MadeUpRun(folder, readFileSync(RIG, 'utf8'), laterMs);
  const beganMs = run.nowMs;
  const sequences = new Map<GroupName, number>();
  let frames = 0;
  run.recorder.message(greeting());
  const publish = (group: GroupName, bytes: Uint8Array): void => {
    const frame = decodeFrame(bytes);
    if (typeof frame === 'string') throw new Error(frame);
    const sequence = sequences.get(group) ?? 0;
    sequences.set(group, sequence + 1);
    // A cycle is known once it has ended; the clock of the record does not run backwards.
    run.nowMs = Math.max(run.nowMs, beganMs + 1000 * frame.startS);
    if (frames % STATE_EVERY_FRAMES === 0) run.recorder.message(atWork());
    run.recorder.frame(group, sequence, bytes);
    if (frames++ % FLUSH_EVERY_FRAMES === 0) run.recorder.flush();
  };
  publishCycles({ publish }, cycles, { cell: 6, byK: 0 }, cycles);
  await run.recorder.end('the stage is set');
  return (run.nowMs - beganMs) / 1000;
}

const atWork = () => ({ ...stateOf('EXECUTE'), sentence: 'The machine cools.' });
