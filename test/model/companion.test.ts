/** The twin beside the firmware and plant of the virtual rig: it sees ticks and cycle summaries, nothing else. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type AlarmChange, type Comparison, Companion } from '../../controller/model/companion.ts';
import { createInletRecord } from '../../controller/model/inlet-record.ts';
import { Twin } from '../../controller/model/twin.ts';
import { alarmSentence } from '../../controller/model/words.ts';
import { MODELLED } from '../../controller/wire/channels.ts';
import { VirtualMachine, coarsePreset, rigFile } from './virtual-machine.ts';

const rig = rigFile();
const { model } = rig;
if (model === undefined) throw new Error('the rig file has no model section');
const SETTLE = model.settle_cycles;

interface Run {
  readonly machine: VirtualMachine;
  readonly companion: Companion;
  readonly alarms: AlarmChange[];
  readonly seen: Comparison[];
}

/** A rig of these changes beside a twin of the preset as it is. */
function beside(changes: Record<string, string> = {}): Run {
  const { device } = coarsePreset();
  const companion = new Companion(
    model as NonNullable<typeof model>,
    rig.recipe,
    (_, start_C) => new Twin(device, rig.recipe, start_C),
  );
  return { machine: new VirtualMachine(coarsePreset(changes)), companion, alarms: [], seen: [] };
}

/** `read`: which cycles the control process gets to read. */
function follow(run: Run, cycles: number, read: (n: number) => boolean = () => true): void {
  for (let n = 0; n < cycles; n++) {
    const cycle = run.machine.cycle((reading) => run.companion.tick(reading));
    if (!read(n)) continue;
    const found = run.companion.cycle(cycle, (change) => run.alarms.push(change));
    if (found !== null) run.seen.push(found);
  }
}

describe('a rig that is what the model describes', () => {
  let run: Run;
  beforeAll(() => {
    run = beside();
    follow(run, 260);
  });

  it('leaves a residual far below the bands, from a pull-down on', () => {
    const settled = run.seen.filter(({ residual }) => Number.isFinite(residual.cooling_power_W));
    expect(settled.length).toBeGreaterThan(200);
    for (const { residual } of settled) {
      for (const name of MODELLED) {
        const { noise, band } = model?.channels[name] ?? { noise: 0, band: 0 };
        // Inlets are means of readings every 20 ms of loops that move by some 0.1 K a cycle: a tenth of it at most.
        expect(Math.abs(residual[name])).toBeLessThan(band / 10 + noise / 10);
      }
    }
    expect(run.alarms).toEqual([]);
  });

  it('says nothing while machine and model settle', () => {
    for (const { residual, expected } of run.seen.slice(0, SETTLE)) {
      expect(residual.cooling_power_W).toBeNaN();
      expect(expected.cooling_power_W).toBeGreaterThan(0);
    }
  });

  it('cycles that were not read are lived through', () => {
    const apart = beside();
    follow(apart, 200, (n) => n % 3 === 0);
    const last = apart.seen.at(-1);
    expect(last?.skipped).toBe(0);
    expect(Math.abs(last?.residual.cooling_power_W ?? Infinity)).toBeLessThan(2);
  });

  it('more of them than it can follow are counted', () => {
    follow(run, 100, (n) => n === 99);
    expect(run.seen.at(-1)?.skipped).toBe(100 - 24);
    expect(Math.abs(run.seen.at(-1)?.residual.cooling_power_W ?? Infinity)).toBeLessThan(2);
  });

  it('a new recipe settles anew, and the residual is small again', () => {
    const slower = { ...rig.recipe, frequency_Hz: 2, blow_flow_kg_per_s: (0.19 * 2) / 3.5 };
    const { frequency_Hz, strain_percent, blow_flow_kg_per_s, blow_duty } = slower;
    run.machine.firmware.stageRecipe({ frequency_Hz, strain_percent, blow_flow_kg_per_s, blow_duty }, true);
    follow(run, 1);
    const before = run.seen.length;
    // The period tells that the recipe is another one before the controller has said so.
    follow(run, 3);
    expect(run.seen.length).toBe(before);
    run.companion.recipe(slower);
    follow(run, 3 * SETTLE);
    expect(run.seen[before]?.residual.cooling_power_W).toBeNaN();
    expect(Math.abs(run.seen.at(-1)?.residual.cooling_power_W ?? Infinity)).toBeLessThan(2);
    expect(run.alarms).toEqual([]);
  });
});

describe('a rig that is not', () => {
  it.each([
    ['tubes that leak past their gap', { outer_gap: '0.21 mm' }, 'cooling_power_W', -1],
    ['a valve that sticks half open', { valve_coefficient: '1.2e-6 m^3/(s Pa^0.5)' }, 'peak_pressure_bar', 1],
    [
      'a tube that is thinner, as one that broke carries nothing',
      { wall_thickness: '0.24 mm' },
      'peak_force_kN',
      -1,
    ],
    [
      'an alloy that transforms at another stress',
      { equilibrium_temperature: '-5 degC' },
      'peak_stress_MPa',
      -1,
    ],
  ])('%s: the alarm comes on its channel', (_, changes, channel, alarm) => {
    const run = beside(changes);
    follow(run, 200);
    const found = run.alarms.find((change) => change.channel === channel);
    expect(found?.alarm).toBe(alarm);
    const sentence = alarmSentence(found as AlarmChange, model);
    expect(sentence).toMatch(alarm < 0 ? /less than the model expects/ : /more than the model expects/);
  });

  it('an inlet sensor that drifts shows in what depends on it', () => {
    const run = beside();
    follow(run, 150);
    const { machine, companion } = run;
    for (let n = 0; n < 150; n++) {
      const cycle = machine.cycle((reading) => companion.tick({ ...reading, hot_C: reading.hot_C + 1.5 }));
      companion.cycle(cycle, (change) => run.alarms.push(change));
    }
    expect(run.alarms.map(({ channel }) => channel)).toContain('cooling_power_W');
  });
});

describe('the inlets of a cycle', () => {
  const reading = { time_s: 0, cold_C: 20, hot_C: 30, ambient_C: 31, flow_kg_per_s: 0 };

  it('are those of the time at which a loop feeds the cells', () => {
    const record = createInletRecord();
    record.add({ ...reading, time_s: 1, cold_C: 20, hot_C: 99, flow_kg_per_s: 0.2 });
    record.add({ ...reading, time_s: 1.1, cold_C: 99, hot_C: 30, flow_kg_per_s: -0.2 });
    expect(record.between(0.9, 1.2)).toEqual({ cold_C: 20, hot_C: 30, ambient_C: 31 });
  });

  it('between two ticks of an accelerated rig are those around them', () => {
    const record = createInletRecord();
    record.add({ ...reading, time_s: 1, cold_C: 20 });
    record.add({ ...reading, time_s: 2, cold_C: 22 });
    record.add({ ...reading, time_s: 3, cold_C: 90 });
    expect(record.between(1.4, 1.6)?.cold_C).toBe(21);
    expect(record.between(3.5, 3.6)?.cold_C).toBe(56);
  });

  it('are none where a sensor says nothing', () => {
    const record = createInletRecord();
    expect(record.between(0, 1)).toBeNull();
    record.add({ ...reading, time_s: 0.5, hot_C: Number.NaN });
    expect(record.between(0, 1)).toBeNull();
  });

  it('keeps a bounded past and forgets it when the device clock goes back', () => {
    const record = createInletRecord();
    for (let k = 0; k < 10_000; k++) record.add({ ...reading, time_s: k, cold_C: k });
    expect(record.between(1000, 1001)?.cold_C).toBeGreaterThan(5000);
    record.add({ ...reading, time_s: 1, cold_C: 5 });
    expect(record.between(0, 2)?.cold_C).toBe(5);
  });
});
