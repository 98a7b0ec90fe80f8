/** The recipe moved by PID in a run, through the supervisor, on the registers of a device. */
import { describe, expect, it } from 'vitest';
import type { MachineOutlook } from '../../controller/control/regulate/predict/outlook.ts';
import { RECIPE, decodeBlock, encodeBlock } from '../../controller/protocol/register-map.ts';
import { type Bench, running } from '../control/bench.ts';
import { decodeDecision, encodeDecision, firstDivergence } from '../../controller/control/decide/journal.ts';
import { RIG_TEXT, readRig } from '../control/observation.ts';
import { TABLE } from './stand.ts';

const PID_TEXT = RIG_TEXT.replace('kind: thermostat', 'kind: pid').replace(
  /min_run_s: \d+/,
  'min_run_s: 600',
);
const recipe = (bench: Bench) => bench.supervisor.stateMessage().recipe;
const staged = (bench: Bench) => bench.rig.block(RECIPE)['frequency_Hz'] as number;

function withOutlook(change: (outlook: MachineOutlook) => Partial<MachineOutlook>) {
  const { outlook } = TABLE;
  if (outlook === undefined) throw new RangeError('the table has no outlook');
  return { ...TABLE, outlook: { ...outlook, ...change(outlook) } };
}

describe('PID in EXECUTE', () => {
  it('stages a slower recipe, which is reported once the device runs it', async () => {
    const bench = await running(PID_TEXT);
    bench.rig.readings['room_C'] = 21;
    let reportedEarly = 0;
    for (let ms = 0; ms < 20_000; ms += 20) {
      await bench.clock.advance(20);
      const waits = bench.rig.block(RECIPE)['recipe_apply'] === 1;
      if (waits && Math.fround(recipe(bench).frequencyHz) === staged(bench)) reportedEarly++;
    }
    expect(bench.state()).toBe('EXECUTE');
    expect(bench.faults()).toEqual([]);
    expect(recipe(bench).frequencyHz).toBeLessThan(1);
    expect(reportedEarly).toBe(0);
    expect(recipe(bench).blowFlowKgPerS / recipe(bench).frequencyHz).toBeCloseTo(0.19 / 3.5, 9);
    expect(bench.supervisor.stateMessage().regulator).toMatchObject({
      mode: 'pid',
      unit: 'Hz',
      meanC: expect.closeTo(21, 9),
    });
  });

  it('interlocks compare with the recipe in effect, not with the one of the rig file', async () => {
    const bench = await running(PID_TEXT);
    bench.rig.readings['room_C'] = 20;
    await bench.clock.advance(25_000);
    expect(recipe(bench).blowFlowKgPerS).toBeLessThan(0.03);
    // A third of it is what no_flow asks for; of the rig file's 0.19 kg/s this would be too little.
    bench.rig.stuck['flow_kg_per_s'] = 0.03;
    await bench.clock.advance(20_000);
    expect(bench.faults()).toEqual([]);
    expect(bench.state()).toBe('EXECUTE');
  });

  it('moves no faster than the rig file allows, in device time', async () => {
    const bench = await running(PID_TEXT);
    bench.rig.readings['room_C'] = 15;
    await bench.clock.advance(20_000);
    const writes = bench.rig.writes(RECIPE.start).filter(({ words }) => words.at(-1) === 1);
    expect(writes.length).toBeGreaterThan(5);
    const frequency = ({ words }: { readonly words: readonly number[] }) => {
      const view = new DataView(new ArrayBuffer(4));
      view.setUint16(0, words[0]);
      view.setUint16(2, words[1]);
      return view.getFloat32(0);
    };
    for (let k = 1; k < writes.length; k++) {
      const seconds = (writes[k].atMs - writes[k - 1].atMs) / 1000;
      // A change that waits for the one before may carry the way of one more mean, 2 s and a cycle of 0.3 s.
      const most = 0.2 * (seconds + 2.3);
      expect(Math.abs(frequency(writes[k]) - frequency(writes[k - 1]))).toBeLessThan(most);
    }
  });

  it('a device that runs another recipe than it was given stops the run', async () => {
    const bench = await running(PID_TEXT);
    await bench.clock.advance(3000);
    bench.rig.readings['room_C'] = 20;
    bench.rig.corrupt = (request, words) => {
      // Not while it is staged, only once it was to be applied.
      const applied = bench.rig.writes(RECIPE.start).at(-1)?.words.at(-1) === 1;
      if (request.fc === 3 && request.address === RECIPE.start && applied) words[0] = 0x4000;
    };
    await bench.until('STOPPED', 20_000);
    expect(bench.firstOut()).toBe('preparation_failed');
    expect(bench.faults()[0]?.sentence).toMatch(/The recipe is not in effect: frequency_Hz reads back/);
  });

  it('STOP is taken in the middle of a change, and RESET goes back to the recipe of the rig file', async () => {
    const bench = await running(PID_TEXT);
    bench.rig.readings['room_C'] = 20;
    await bench.clock.advance(9000);
    expect(staged(bench)).toBeLessThan(3);
    bench.command('STOP');
    await bench.until('STOPPED', 1000);
    bench.command('RESET');
    await bench.until('IDLE', 500);
    expect(staged(bench)).toBe(3.5);
    expect(recipe(bench).frequencyHz).toBe(3.5);
  });

  it('is decided again from its journal: table, hands, relay test and changes of recipe', async () => {
    const bench = await running(PID_TEXT);
    bench.rig.readings['room_C'] = 21.5;
    bench.supervisor.expect({
      manipulated: 'frequency_Hz',
      setpoint_C: [20, 24],
      outdoor_C: [20, 40],
      output_U: [
        [0.5, 1.5],
        [0.3, 1.1],
      ],
      lift_K: [0, 20],
      most_U: [3.5, 1.5],
    });
    await bench.clock.advance(8000);
    expect(bench.supervisor.regulate('autotune').ok).toBe(true);
    await bench.clock.advance(4000);
    bench.supervisor.regulate('manual');
    bench.supervisor.setOutput(1);
    await bench.clock.advance(4000);
    const written = bench.journal.map((decision) => decodeDecision(encodeDecision(decision)));
    const kinds = new Set(written.map(({ input }) => input.kind));
    for (const kind of ['expect', 'regulate', 'output', 'recipe_staged', 'recipe_read'] as const)
      expect(kinds).toContain(kind);
    expect(firstDivergence(readRig(PID_TEXT), written)).toBeNull();
  });

  it('hands change on request, with an answer', async () => {
    const bench = await running(PID_TEXT);
    await bench.clock.advance(3000);
    expect(bench.supervisor.setOutput(2).ok).toBe(false);
    expect(bench.supervisor.regulate('manual').ok).toBe(true);
    expect(bench.supervisor.setOutput(2).ok).toBe(true);
    await bench.clock.advance(15_000);
    expect(recipe(bench).frequencyHz).toBe(2);
    expect(bench.supervisor.regulate('autotune').sentence).toMatch(/let the regulator bring it there first/);
  });
});

describe('the model in EXECUTE', () => {
  const MPC_TEXT = RIG_TEXT.replace('kind: thermostat', 'kind: mpc').replace(
    /min_run_s: \d+/,
    'min_run_s: 600',
  );

  it('stages what it plans, and is decided again from its journal, the time a decision took included', async () => {
    const bench = await running(MPC_TEXT);
    bench.supervisor.expect(TABLE);
    bench.rig.readings['room_C'] = 21.6;
    await bench.clock.advance(30_000);
    expect(bench.faults()).toEqual([]);
    expect(recipe(bench).frequencyHz).toBeLessThan(2);
    expect(bench.supervisor.stateMessage().regulator?.note).toMatch(/^The model decides/);

    // Each look at the clock finds it 60 ms on: a computer that is far too busy.
    const { clock } = bench;
    const now = clock.nowMs.bind(clock);
    let looks = 0;
    const isSlow = () => bench.journal.at(-1)?.input.kind === 'slow';
    clock.nowMs = () => now() + 60 * looks++;
    for (let k = 0; k < 5 && !isSlow(); k++) await clock.advance(4);
    clock.nowMs = now;
    const slow = bench.journal.find(({ input }) => input.kind === 'slow');
    expect(slow?.input).toMatchObject({ took_ms: 60 });
    const written = bench.journal.map((decision) => decodeDecision(encodeDecision(decision)));
    expect(firstDivergence(readRig(MPC_TEXT), written)).toBeNull();
  });

  /** All the same to the machine but what it is said to cost: nothing is as cheap as the least strain. */
  const CHEAP_WEAK = withOutlook(({ strain_percent, electric_W, cooling_W }) => {
    const share = (i: number): number => (strain_percent[Math.floor(i / 6) % 3] ?? 0) / 4.5;
    return {
      electric_W: electric_W.map((power, i) => power * share(i) ** 4),
      cooling_W: cooling_W.map((power, i) => power / share(i)),
    };
  });
  const WEIGHING_TEXT = MPC_TEXT.replace(/strain_hold_s: \d+/, 'strain_hold_s: 60');
  const strains = (bench: Bench) =>
    bench.rig
      .writes(RECIPE.start)
      .map(({ words }) => decodeBlock(RECIPE, Uint16Array.from(words))['strain_percent']);

  it('has another strain staged, read back and reported, once that was worth it for long enough', async () => {
    const bench = await running(WEIGHING_TEXT);
    bench.supervisor.expect(CHEAP_WEAK);
    bench.rig.readings['room_C'] = 21.6;
    await bench.clock.advance(50_000);
    expect(new Set(strains(bench))).toEqual(new Set([4.5]));
    await bench.clock.advance(30_000);
    expect(strains(bench).at(-1)).toBe(3);
    expect(recipe(bench).strainPercent).toBe(3);
    expect([bench.state(), bench.faults()]).toEqual(['EXECUTE', []]);
    // And the interlock is above it.
    bench.rig.stuck['stress_MPa'] = 901;
    await bench.until('ABORTED', 2000);
    expect(bench.firstOut()).toBe('over_stress');
  });

  it('asks for no strain whose stress comes near the interlock, however cheap', async () => {
    // 90 % of 900 MPa are 810.
    const table = withOutlook(({ peak_stress_MPa, strain_percent }) => ({
      ...CHEAP_WEAK.outlook,
      peak_stress_MPa: peak_stress_MPa.map((_, i) => (strain_percent[i % 3] === 3 ? 811 : 809)),
    }));
    const bench = await running(WEIGHING_TEXT);
    bench.supervisor.expect(table);
    bench.rig.readings['room_C'] = 21.6;
    await bench.clock.advance(80_000);
    expect(new Set(strains(bench))).toEqual(new Set([4.5, 3.75]));
    expect(recipe(bench).strainPercent).toBe(3.75);
    expect(bench.faults()).toEqual([]);
  });

  it('leaves it to the PID after a strain that the device does not take, and the run goes on', async () => {
    const bench = await running(WEIGHING_TEXT);
    bench.supervisor.expect(CHEAP_WEAK);
    bench.rig.readings['room_C'] = 21.6;
    bench.rig.corrupt = (request, words) => {
      if (request.fc !== 3 || request.address !== RECIPE.start) return;
      const block = decodeBlock(RECIPE, words);
      if (Number(block['strain_percent']) < 4)
        words.set(encodeBlock(RECIPE, { ...block, strain_percent: 4 }));
    };
    await bench.clock.advance(80_000);
    expect(strains(bench).filter((strain) => strain === 3)).toHaveLength(1);
    expect(bench.told.filter((sentence) => sentence.startsWith('The model hands over'))).toEqual([
      'The model hands over to the PID for 300 s: the device refused its recipe. strain_percent reads back 4, 3 was written.',
    ]);
    expect(recipe(bench).strainPercent).toBe(4.5);
    expect(bench.supervisor.stateMessage().regulator?.note).toMatch(
      /^The PID decides for the model: the device refused/,
    );
    expect([bench.state(), bench.faults()]).toEqual(['EXECUTE', []]);
    const written = bench.journal.map((decision) => decodeDecision(encodeDecision(decision)));
    expect(firstDivergence(readRig(WEIGHING_TEXT), written)).toBeNull();
  });
});
