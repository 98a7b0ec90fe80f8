import { describe, expect, it } from 'vitest';
import type { FeedForwardTable } from '../../controller/control/regulate/feed-forward.ts';
import { createRegulator, type Regulator } from '../../controller/control/regulate/regulator.ts';
import type { RigFile } from '../../controller/control/rig-file.ts';
import type { State } from '../../controller/wire/messages.ts';
import { RIG_TEXT, readRig } from '../control/observation.ts';

const PID_RIG = readRig(
  RIG_TEXT.replace('kind: thermostat', 'kind: pid')
    .replace(/lowest_Hz: .*/, 'lowest_Hz: 0.3')
    .replace(/gain_Hz_per_K: .*/, 'gain_Hz_per_K: 2')
    .replace(/integral_s: .*/, 'integral_s: 200'),
);
const TABLE: FeedForwardTable = {
  manipulated: 'frequency_Hz',
  setpoint_C: [20, 24],
  outdoor_C: [20, 40],
  output_U: [
    [0.5, 1.5],
    [0.3, 1.1],
  ],
  lift_K: [0, 20],
  most_U: [3.5, 1.5],
};

/** A regulator over a house that a function of time tells the temperature of; time moves by 0.1 s a reading. */
class Run {
  readonly told: string[] = [];
  readonly regulator: Regulator;
  readonly rig: RigFile;
  state: State = 'EXECUTE';
  seconds = 0;
  cycles = 0;
  room_C = 21.5;
  outdoor_C = 31;
  lift_K = 5;
  wish: string | null = null;
  inEffect;

  constructor(rig = PID_RIG) {
    this.rig = rig;
    this.inEffect = rig.recipe;
    this.regulator = createRegulator(rig, (sentence) => this.told.push(sentence));
    this.enter('RESETTING');
    this.enter('EXECUTE');
  }

  enter(state: State): void {
    this.state = state;
    this.regulator.entered(state, this.seconds);
  }

  /** Lets time pass; the machine runs what is wanted, at once. */
  pass(seconds: number, house: () => void = () => {}): void {
    for (let k = 0; k < 10 * seconds; k++) {
      this.seconds += 0.1;
      this.cycles += this.state === 'EXECUTE' ? 0.1 * this.inEffect.frequency_Hz : 0;
      house();
      const { state, seconds: device_s, room_C, outdoor_C, lift_K, inEffect } = this;
      const cycle_number = Math.floor(this.cycles);
      const phase = this.cycles - cycle_number;
      const cold_C = room_C - 4;
      const reading = {
        state,
        device_s,
        room_C,
        outdoor_C,
        cold_C,
        lift_K,
        cycle_number,
        phase,
        cycle: null,
        inEffect,
      };
      const { wish, recipe } = this.regulator.decide(reading);
      this.wish = wish;
      if (recipe !== null) this.inEffect = recipe;
      if (wish === 'SUSPEND') this.enter('SUSPENDED');
      if (wish === 'UNSUSPEND') this.enter('EXECUTE');
    }
  }

  get output(): number {
    return this.inEffect.frequency_Hz;
  }
}

describe('PID over the recipe', () => {
  it('moves the frequency and the flow with it, so that a blow keeps its mass; nothing else', () => {
    const run = new Run();
    run.room_C = 21.2;
    run.pass(30);
    expect(run.output).toBeLessThan(3);
    const { frequency_Hz, blow_flow_kg_per_s, strain_percent, blow_duty } = run.inEffect;
    expect(blow_flow_kg_per_s / frequency_Hz).toBeCloseTo(0.19 / 3.5, 12);
    expect([strain_percent, blow_duty]).toEqual([4.5, 0.36]);
  });

  it('stays within the range and the rate of the rig file', () => {
    const run = new Run();
    run.room_C = 10;
    let before = run.output;
    let fastest = 0;
    // Above min_run_s the thermostat would pause: watched until then.
    run.pass(7, () => {
      fastest = Math.max(fastest, before - run.output);
      before = run.output;
    });
    expect(run.output).toBeGreaterThanOrEqual(0.3);
    // 0.2 Hz/s over a mean of at most 2 s and one more cycle.
    expect(fastest).toBeLessThanOrEqual(0.2 * 2.4);
    expect(fastest).toBeGreaterThan(0.2 * 2 - 1e-9);
  });

  it('pauses only where it can cool no less, and goes on from the lowest output', () => {
    const run = new Run();
    run.room_C = 21.0;
    run.pass(9);
    expect(run.state).toBe('EXECUTE');
    run.pass(60);
    expect(run.state).toBe('SUSPENDED');
    expect(run.output).toBeCloseTo(0.3, 9);
    run.room_C = 21.7;
    run.pass(20);
    expect(run.state).toBe('SUSPENDED');
    run.room_C = 21.9;
    run.pass(1);
    expect(run.state).toBe('EXECUTE');
    // 0.4 K above the set-point ask for 0.8 Hz more than at rest there.
    run.pass(20);
    expect(run.output).toBeGreaterThan(0.3 + 0.8);
    expect(run.output).toBeLessThan(0.3 + 0.9);
  });

  it('does not go where the machine cools less again', () => {
    const run = new Run();
    run.regulator.expect(TABLE);
    run.room_C = 30;
    run.lift_K = 10;
    run.pass(60);
    expect(run.output).toBeCloseTo(2.5, 9);
  });

  it('no reading, no move', () => {
    const run = new Run();
    run.room_C = 21.3;
    run.pass(20);
    run.room_C = Number.NaN;
    // The mean that is half known still counts.
    run.pass(3);
    const { output } = run;
    run.pass(30);
    expect(run.output).toBe(output);
  });
});

describe('feed-forward', () => {
  it('comes in without a bump and follows the weather from then on', () => {
    const run = new Run();
    run.lift_K = 0;
    run.regulator.ask('manual');
    run.regulator.askOutput(1);
    run.pass(20);
    run.regulator.ask('pid');
    run.pass(4);
    const { output } = run;
    run.regulator.expect(TABLE);
    run.pass(4);
    expect(run.output).toBeCloseTo(output, 9);
    run.outdoor_C = 35;
    run.pass(10);
    // 4 K of 20 K of the table, and a set-point of 21.5 °C, 3/8 of the way.
    expect(run.output - output).toBeCloseTo((4 / 20) * (1 * 0.625 + 0.8 * 0.375), 6);
    expect(run.regulator.report()?.feedForward).toBeGreaterThan(0.5);
  });

  it('is not taken for something else than what is moved', () => {
    const run = new Run();
    run.regulator.expect({ ...TABLE, manipulated: 'blow_flow_kg_per_s' });
    run.pass(4);
    expect(run.regulator.report()?.feedForward).toBeNull();
  });
});

describe('a change of hands', () => {
  it('PID to manual and back leaves the output where it was', () => {
    const run = new Run();
    run.room_C = 21.4;
    run.pass(40);
    const { output } = run;
    expect(run.regulator.ask('manual').ok).toBe(true);
    run.room_C = 21.5;
    run.pass(10);
    expect(run.output).toBe(output);
    expect(run.regulator.ask('pid').ok).toBe(true);
    run.pass(3);
    expect(Math.abs(run.output - output)).toBeLessThan(1e-9);
  });

  it('manual goes where a person says, at the rate, within the range, and never pauses', () => {
    const run = new Run();
    expect(run.regulator.askOutput(1).sentence).toMatch(/manual only/);
    run.regulator.ask('manual');
    expect(run.regulator.askOutput(9).sentence).toMatch(/9 Hz asked, allowed is 0.3 to 3.5 Hz/);
    expect(run.regulator.askOutput(1).ok).toBe(true);
    run.room_C = 15;
    run.pass(5);
    expect(run.output).toBeGreaterThan(2);
    run.pass(30);
    expect(run.output).toBe(1);
    expect(run.state).toBe('EXECUTE');
  });

  it('the thermostat brings the recipe of the rig file back and pauses at once where it is cool', () => {
    const run = new Run();
    run.room_C = 21.4;
    run.pass(40);
    run.regulator.ask('thermostat');
    run.pass(30);
    expect(run.output).toBe(3.5);
    run.room_C = 21.1;
    run.pass(1);
    expect(run.state).toBe('SUSPENDED');
  });

  it('is refused where the rig file knows only a thermostat', () => {
    const text = RIG_TEXT.replace(/ {2}# The gain is a sixth below[\s\S]*?(?=\nrecipe:)/, '');
    const run = new Run(readRig(text));
    expect(run.regulator.ask('pid').sentence).toMatch(/no regulator.pid section/);
    expect(run.regulator.report()).toBeUndefined();
    run.pass(5);
    expect(run.inEffect).toBe(run.rig.recipe);
  });
});

describe('a relay test on the running machine', () => {
  /** An integrating house behind a dead time of 10 s, in balance at 1 Hz. */
  function house(run: Run): () => void {
    const line = Array.from({ length: 100 }, () => run.output);
    return () => {
      line.push(run.output);
      run.room_C -= 0.1 * 0.01 * ((line.shift() ?? 1) - 1);
    };
  }

  it('swings, reports, and its tuning can be put into use', () => {
    const run = new Run();
    const move = house(run);
    run.pass(600, move);
    expect(run.room_C).toBeCloseTo(21.5, 1);
    expect(run.regulator.ask('use_tuning').ok).toBe(false);
    expect(run.regulator.ask('autotune').ok).toBe(true);
    expect(run.regulator.ask('autotune').sentence).toMatch(/under way/);
    run.pass(20, move);
    expect(run.regulator.report()?.mode).toBe('autotune');
    run.pass(1500, move);
    expect(run.regulator.report()).toMatchObject({ mode: 'pid', hasTuning: true });
    expect(run.told.at(-1)).toMatch(/SIMC: gain .* gain margin 3.0, phase margin 47°, Ms 1.70/);
    const before = run.output;
    expect(run.regulator.ask('use_tuning').ok).toBe(true);
    run.pass(0.2, move);
    expect(run.output).toBe(before);
    run.pass(600, move);
    expect(run.room_C).toBeCloseTo(21.5, 1);
  });

  it('ends with a sentence when the machine stops, the set-point moves or someone cancels', () => {
    for (const end of [
      (run: Run) => run.enter('HOLDING'),
      (run: Run) => run.regulator.setSetpoint(23),
      (run: Run) => void run.regulator.ask('cancel_autotune'),
      (run: Run) => void run.regulator.ask('manual'),
    ]) {
      const run = new Run();
      run.pass(5);
      run.regulator.ask('autotune');
      run.pass(5);
      end(run);
      expect(run.told.at(-1)).toMatch(/^The relay test ended: /);
      expect(run.regulator.report()?.mode).not.toBe('autotune');
    }
  });

  it('needs a machine that runs', () => {
    const run = new Run();
    run.enter('HELD');
    expect(run.regulator.ask('autotune').sentence).toMatch(/needs the machine in EXECUTE; it is in HELD/);
  });
});
