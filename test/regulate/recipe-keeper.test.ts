import { beforeEach, describe, expect, it } from 'vitest';
import { createRecipeKeeper, type RecipeKeeper } from '../../controller/control/regulate/recipe-keeper.ts';

const FIRST = { frequency_Hz: 3.5, strain_percent: 4.5, blow_flow_kg_per_s: 0.19, blow_duty: 0.36 };
const SLOWER = { ...FIRST, frequency_Hz: 2 };

let keeper: RecipeKeeper;
/** What became of a person's wish. */
let settled: (string | null)[];
/** A run whose first recipe is proven. */
beforeEach(() => {
  settled = [];
  keeper = createRecipeKeeper(FIRST, (refused) => settled.push(refused));
  keeper.prepared();
  keeper.runs(10);
  expect(keeper.next(SLOWER, 11)).toBeNull();
  expect(keeper.next(SLOWER, 12)).toEqual({ kind: 'read_recipe', recipe: FIRST });
  keeper.read(null);
});

describe('a change of recipe', () => {
  it('is staged, waits for a cycle start and one whole cycle, is read back, and only then in effect', () => {
    expect(keeper.next(SLOWER, 20)).toEqual({ kind: 'stage_recipe', recipe: SLOWER });
    expect(keeper.next(FIRST, 20)).toBeNull();
    keeper.staged(null);
    // The first reading from after it was staged: the cycle it tells of is surely over in two.
    expect(keeper.next(FIRST, 21)).toBeNull();
    expect(keeper.next(FIRST, 22)).toBeNull();
    expect(keeper.inEffect()).toBe(FIRST);
    expect(keeper.next(FIRST, 23)).toEqual({ kind: 'read_recipe', recipe: SLOWER });
    expect(keeper.inEffect()).toBe(FIRST);
    keeper.read(null);
    expect(keeper.inEffect()).toBe(SLOWER);
  });

  it('is left alone where it hardly differs or nothing is wanted', () => {
    expect(keeper.next({ ...FIRST, frequency_Hz: 3.503 }, 20)).toBeNull();
    expect(keeper.next(null, 20)).toBeNull();
  });

  it('that cannot be read is read again; one that reads otherwise ends the run', () => {
    keeper.next(SLOWER, 20);
    keeper.staged(null);
    keeper.next(null, 20);
    expect(keeper.next(null, 22)?.kind).toBe('read_recipe');
    keeper.read(undefined);
    expect(keeper.next(null, 22)?.kind).toBe('read_recipe');
    keeper.read('frequency_Hz reads back 3, 2 was written.');
    expect(keeper.problem()).toMatch(/not in effect: frequency_Hz reads back 3/);
    expect(keeper.inEffect()).toBe(FIRST);
    expect(keeper.next(SLOWER, 30)).toBeNull();
    keeper.forgive();
    expect(keeper.problem()).toBeNull();
  });

  it('that is refused is tried again, five times in a row', () => {
    for (let tries = 1; tries <= 5; tries++) {
      expect(keeper.problem()).toBeNull();
      expect(keeper.next(SLOWER, 20 + tries)?.kind).toBe('stage_recipe');
      keeper.staged('exception 3');
    }
    expect(keeper.problem()).toMatch(/could not be changed in 5 tries: exception 3/);
  });

  it('answers that nobody waits for change nothing', () => {
    keeper.staged('late');
    keeper.read('late');
    expect(keeper.problem()).toBeNull();
    expect(keeper.inEffect()).toBe(FIRST);
  });

  it('RESET goes back to the recipe of the rig file and proves it anew', () => {
    keeper.next(SLOWER, 20);
    keeper.prepared();
    expect(keeper.inEffect()).toBe(FIRST);
    keeper.runs(30);
    expect(keeper.next(null, 32)).toEqual({ kind: 'read_recipe', recipe: FIRST });
  });
});

describe('the wish of a person', () => {
  const LESS = { ...FIRST, strain_percent: 3, blow_flow_kg_per_s: 0.1 };

  it('is what a run goes by at once, and settled once it was read back', () => {
    keeper.ask(LESS);
    expect(keeper.base()).toBe(LESS);
    expect(keeper.progress()).toBe('reset');
    keeper.next(keeper.base(), 20);
    expect(keeper.progress()).toBe('staging');
    // The device may run either: less flow must not be taken for a failed pump.
    expect(keeper.slowest()).toEqual({ ...FIRST, blow_flow_kg_per_s: 0.1 });
    keeper.staged(null);
    keeper.next(LESS, 20);
    expect(keeper.isStrainChanging()).toBe(true);
    keeper.next(LESS, 22);
    expect(settled).toEqual([]);
    keeper.read(null);
    expect(settled).toEqual([null]);
    expect(keeper.progress()).toBeNull();
    expect(keeper.inEffect()).toBe(LESS);
  });

  it('that the device refuses is given up at once; the one before is back', () => {
    keeper.ask(LESS);
    keeper.next(LESS, 20);
    keeper.staged('strain_percent reads back 4.5');
    expect(settled).toEqual(['strain_percent reads back 4.5']);
    expect(keeper.base()).toBe(FIRST);
    expect(keeper.problem()).toBeNull();
    expect(keeper.next(keeper.base(), 21)).toBeNull();
  });

  it('at rest waits for RESET; two wishes in a row fall back to what was before both', () => {
    keeper.ask(LESS);
    keeper.ask(SLOWER);
    keeper.prepared();
    expect(keeper.inEffect()).toBe(SLOWER);
    keeper.runs(30);
    expect(keeper.next(SLOWER, 32)).toEqual({ kind: 'read_recipe', recipe: SLOWER });
    keeper.read(null);
    expect(settled).toEqual([null]);
  });
});
