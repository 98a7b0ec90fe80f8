/** Another recipe, asked for by a person: bounds, states, the way to the device and back, and what the interlocks make of it. */
import { describe, expect, it } from 'vitest';
import { firstDivergence } from '../../controller/control/decide/journal.ts';
import { recipeRefusal } from '../../controller/control/operate/recipe-change.ts';
import { parseRigFile, type Recipe } from '../../controller/control/rig-file.ts';
import { STATES } from '../../controller/wire/messages.ts';
import { Bench, running } from './bench.ts';
import { RIG_TEXT, readRig } from './observation.ts';

const FIRST = readRig().recipe;
const ask = (bench: Bench, change: Partial<Recipe>) =>
  bench.supervisor.setRecipe({ ...FIRST, ...change }, 'Engineer 2');
const shown = (bench: Bench) => bench.supervisor.stateMessage();

describe('a recipe asked for in a run', () => {
  it('goes to the device, is applied at a cycle start, read back, and only then said to be in effect', async () => {
    const bench = await running();
    await bench.clock.advance(2000);
    const reply = ask(bench, { strain_percent: 3, blow_flow_kg_per_s: 0.1 });
    expect(reply).toMatchObject({ ok: true });
    expect(reply.sentence).toMatch(/applies it at a cycle start, then it is read back/);
    expect(shown(bench)).toMatchObject({
      recipe: { strainPercent: 4.5 },
      recipeBase: { strainPercent: 3, blowFlowKgPerS: 0.1 },
    });
    await bench.clock.advance(200);
    expect(shown(bench).recipeProgress).toBe('staged');
    await bench.clock.advance(2000);
    expect(shown(bench)).toMatchObject({
      state: 'EXECUTE',
      recipe: { strainPercent: 3 },
      recipeProgress: null,
    });
    expect(bench.told).toContain(
      'Engineer 2 changed the recipe: strain 4.5 → 3 %, blow flow 0.19 → 0.1 kg/s.',
    );
    expect(bench.told).toContain('The recipe that was asked for is in effect, read back.');
    expect(firstDivergence(readRig(), bench.journal)).toBeNull();
  });
});

describe('a recipe asked for at rest', () => {
  it('is written by RESET, and the run proves it', async () => {
    const bench = new Bench();
    await bench.connect();
    expect(ask(bench, { frequency_Hz: 2 }).sentence).toMatch(/RESET writes it/);
    expect(shown(bench)).toMatchObject({ recipeProgress: 'reset', recipe: { frequencyHz: 3.5 } });
    for (const command of ['CLEAR', 'RESET', 'START'] as const) {
      bench.command(command);
      await bench.clock.advance(300);
    }
    expect(bench.journal.flatMap(({ outputs }) => outputs)).toContainEqual({
      kind: 'prepare',
      recipe: { ...FIRST, frequency_Hz: 2 },
    });
    await bench.clock.advance(3000);
    expect(shown(bench)).toMatchObject({ recipe: { frequencyHz: 2 }, recipeProgress: null });
    expect(firstDivergence(readRig(), bench.journal)).toBeNull();
  });
});

describe('refused, with the reason', () => {
  it.each<[string, Partial<Recipe>, RegExp]>([
    ['above its bound', { strain_percent: 5.1 }, /strain: 5\.1 % given, allowed is 2 to 5 %/],
    ['below its bound', { blow_flow_kg_per_s: 0 }, /blow flow: 0 kg\/s given, allowed is 0\.03 to 0\.25/],
    ['no number', { blow_duty: Number.NaN }, /blow duty: no number given/],
    ['what it is already', {}, /is the recipe already/],
  ])('%s', async (_, change, says) => {
    const bench = await running();
    const reply = ask(bench, change);
    expect(reply.ok).toBe(false);
    expect(reply.sentence).toMatch(says);
    await bench.clock.advance(500);
    expect(shown(bench).recipeBase).toEqual(shown(bench).recipe);
  });

  it('in every state where it is not safe, and the page is told so before it asks', () => {
    const open = STATES.filter(
      (state) => recipeRefusal(readRig(), { state, mode: 'automatic', regulator: 'thermostat' }) === null,
    );
    expect(open).toEqual(['ABORTED', 'STOPPED', 'EXECUTE', 'COMPLETE']);
  });

  it('where the rig file gives no bounds, in shadow, and in a relay test', () => {
    const { recipe_bounds: _, ...fixed } = readRig();
    const moment = { state: 'EXECUTE', mode: 'automatic', regulator: 'pid' } as const;
    expect(recipeRefusal(fixed, moment)).toMatch(/no section recipe_bounds/);
    expect(recipeRefusal(readRig(), { ...moment, mode: 'shadow' })).toMatch(/shadow/);
    expect(recipeRefusal(readRig(), { ...moment, regulator: 'autotune' })).toMatch(/relay test/);
  });

  it('a rig file whose own recipe lies outside its bounds', () => {
    const text = RIG_TEXT.replace('strain_percent: [2, 5]', 'strain_percent: [2, 4]');
    expect(parseRigFile(text)).toMatch(/recipe: not within recipe_bounds, strain: 4\.5 % given/);
    const crossed = RIG_TEXT.replace('strain_percent: [2, 5]', 'strain_percent: [5, 2]');
    expect(parseRigFile(crossed)).toMatch(/recipe_bounds\.strain_percent/);
  });
});

describe('why a command cannot be given', () => {
  it('is said for each that cannot, and for none that can', async () => {
    const bench = new Bench();
    await bench.connect();
    const { allowed, refused } = shown(bench);
    expect(allowed).toEqual(['CLEAR', 'STOP', 'ABORT']);
    expect(Object.keys(refused).toSorted()).toEqual(['COMPLETE', 'HOLD', 'RESET', 'START', 'UNHOLD']);
    expect(refused.START).toBe('START is refused in ABORTED; it is given in IDLE.');
  });

  it('names what is missing where the state alone would allow it', async () => {
    const bench = new Bench();
    await bench.connect();
    bench.command('CLEAR');
    await bench.until('STOPPED', 500);
    bench.supervisor.setMode('manual');
    expect(shown(bench).refused.RESET).toMatch(/manual mode/);
  });
});
