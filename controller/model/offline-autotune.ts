/** The relay test on the model house in simulated time: what a rig would go through, without a rig. */
import type { Preset } from '../../sim/index.ts';
import type { FeedForwardTable } from '../control/regulate/feed-forward.ts';
import type { Proposal } from '../control/regulate/proposal.ts';
import type { RigFile } from '../control/rig-file.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';
import { fullStage } from './stage.ts';

export interface OfflineTest {
  readonly proposal: Proposal;
  /** Simulated time until the house was settled, and of the test, s. */
  readonly settled_s: number;
  readonly test_s: number;
  /** What held the house before the test. */
  readonly output_before: number;
}

/** Near enough to the set-point for a test, K, and for how long, s. */
const SETTLED_K = 0.1;
const SETTLED_S = 180;
const LONGEST_SETTLING_S = 3 * 3600;

/** The rig file with the PID in charge; a sentence where it has none. */
export function underPid(rig: RigFile): RigFile | string {
  if (rig.regulator.pid === undefined)
    return 'The rig file has no regulator.pid section: there is nothing to tune. Add one, with any gain that holds the house.';
  return { ...rig, regulator: { ...rig.regulator, kind: 'pid' } };
}

/**
 * Cycle by cycle, from the initial temperature of the preset. `onProgress` hears of simulated time and house
 * temperature. A sentence where the house does not settle or the test gives nothing; UserError where the machine cannot
 * run so.
 */
export function offlineAutotune(
  preset: Preset,
  rig: RigFile,
  table: FeedForwardTable | null,
  onProgress: (time_s: number, room_C: number, what: string) => void,
): OfflineTest | string {
  const pid = underPid(rig);
  if (typeof pid === 'string') return pid;
  const run = rehearse(fullStage(preset), pid, table);
  const tell = (what: string) => () => onProgress(run.now().time_s, run.now().room_C, what);
  const failed = settle(run, tell('settling'));
  if (failed !== null) return failed;
  const settled_s = run.now().time_s;
  const output_before = run.output();
  const begun = run.regulator.ask('autotune');
  if (!begun.ok) return begun.sentence;
  run.play(Infinity, tell('relay test'), () => run.regulator.report()?.mode !== 'autotune');
  const proposal = run.regulator.proposal();
  if (proposal === null) return run.told.at(-1) ?? 'The relay test gave nothing.';
  return { proposal, settled_s, test_s: run.now().time_s - settled_s, output_before };
}

/** Plays until the house has stood at its set-point for a while. */
export function settle(run: Rehearsal, look: () => void = () => {}): string | null {
  let sinceS = 0;
  run.play(
    LONGEST_SETTLING_S,
    ({ time_s, room_C }) => {
      look();
      if (Math.abs(room_C - run.regulator.setpointC()) > SETTLED_K || run.state() !== 'EXECUTE')
        sinceS = time_s;
    },
    () => sinceS > 0 && run.now().time_s - sinceS > SETTLED_S,
  );
  if (run.now().time_s - sinceS > SETTLED_S) return null;
  return `The house did not settle at ${run.regulator.setpointC()} °C within ${LONGEST_SETTLING_S / 3600} h; it is at ${run.now().room_C.toFixed(2)} °C with an output of ${run.output().toFixed(2)}: look at the load, the range of the output and the gain in the rig file.`;
}
