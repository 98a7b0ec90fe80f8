/** A regulator on a stage: the same code that decides on a rig, in simulated time, with what it came to. */
import { createRegulator, type Regulator } from '../control/regulate/regulator.ts';
import type { FeedForwardTable } from '../control/regulate/feed-forward.ts';
import type { RigFile } from '../control/rig-file.ts';
import type { State } from '../wire/messages.ts';
import type { Stage, StageReading } from './stage.ts';

export interface Rehearsal {
  readonly regulator: Regulator;
  readonly told: readonly string[];
  /** The last reading. */
  readonly now: () => StageReading;
  readonly state: () => State;
  /** The output of the regulator now; NaN where it is only a thermostat. */
  readonly output: () => number;
  /** How often the machine began to cycle. */
  readonly starts: () => number;
  /** Goes on until this much time passed or `until` is true; `look` sees every reading. */
  play(seconds: number, look?: (reading: StageReading) => void, until?: () => boolean): void;
}

/** The machine starts to run at once. `table`: what the model expects, where it is to be used. */
export function rehearse(stage: Stage, rig: RigFile, table: FeedForwardTable | null): Rehearsal {
  const told: string[] = [];
  const regulator = createRegulator(rig, (sentence) => told.push(sentence));
  let state: State = 'EXECUTE';
  let recipe = rig.recipe;
  let wanted = rig.recipe;
  let starts = 1;
  let now: StageReading | null = null;

  if (table !== null) regulator.expect(table);
  regulator.entered('RESETTING', 0);
  regulator.entered('EXECUTE', 0);

  function enter(next: State, time_s: number): void {
    state = next;
    starts += next === 'EXECUTE' ? 1 : 0;
    regulator.entered(next, time_s);
  }

  function decide(reading: StageReading): void {
    now = reading;
    const { time_s, room_C, outdoor_C, cold_C, hot_C, cycle_number, phase } = reading;
    const decision = regulator.decide({
      state,
      device_s: time_s,
      room_C,
      outdoor_C,
      cold_C,
      lift_K: hot_C - cold_C,
      cycle_number,
      phase,
      cycle: null,
      inEffect: recipe,
    });
    wanted = decision.recipe ?? wanted;
    if (decision.wish === 'SUSPEND') enter('SUSPENDED', time_s);
    else if (decision.wish === 'UNSUSPEND') enter('EXECUTE', time_s);
  }

  return {
    regulator,
    told,
    state: () => state,
    starts: () => starts,
    output: () => regulator.report()?.output ?? Number.NaN,
    now() {
      if (now === null) throw new RangeError('nothing was played yet');
      return now;
    },
    play(seconds, look = () => {}, until = () => false) {
      const untilS = (now?.time_s ?? 0) + seconds;
      while ((now?.time_s ?? 0) < untilS - 1e-9 && !until()) {
        // As on a rig, a recipe takes effect at a cycle start.
        recipe = wanted;
        stage.advance(state === 'EXECUTE' ? recipe : null, (reading) => {
          decide(reading);
          look(reading);
        });
      }
    },
  };
}
