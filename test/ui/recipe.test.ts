/** The recipe editor without a page: drafts, recipes by name, and what the model is asked. */
import { describe, expect, it } from 'vitest';
import type { RecipeBounds } from '../../controller/wire/recipe.ts';
import { draftOf, judge } from '../../ui/operate/draft.ts';
import { inletsNow, type Preview, Previewer, type Wish } from '../../ui/operate/preview.ts';
import { fromFile, keep, kept, merged, toFile } from '../../ui/operate/recipe-store.ts';
import type { Question, Result } from '../../ui/worker/messages.ts';
import { cycle } from '../../ui/worker/work.ts';

const BASE = { frequencyHz: 3.5, strainPercent: 4.5, blowFlowKgPerS: 0.19, blowDuty: 0.36 };
const BOUNDS: RecipeBounds = {
  frequencyHz: [0.15, 3.5],
  strainPercent: [2, 5],
  blowFlowKgPerS: [0.03, 0.25],
  blowDuty: [0.1, 0.37],
};

describe('a draft', () => {
  it('says what would change, and nothing of what stands as it was', () => {
    expect(judge({ strainPercent: '4.50', frequencyHz: '2' }, BASE, BOUNDS)).toEqual({
      recipe: { ...BASE, frequencyHz: 2 },
      wrong: {},
      changes: ['frequency 3.5 → 2 Hz'],
    });
    expect(judge(draftOf(BASE), BASE, BOUNDS).changes).toEqual([]);
  });

  it.each([
    ['5.01', /strain: 5\.01 % given, allowed is 2 to 5 %/],
    ['', /strain: no number given/],
    ['four', /strain: no number given/],
  ])('refuses "%s" in the field that it stands in', (text, says) => {
    const { wrong } = judge({ strainPercent: text }, BASE, BOUNDS);
    expect(Object.keys(wrong)).toEqual(['strainPercent']);
    expect(wrong.strainPercent).toMatch(says);
  });
});

describe('recipes by name', () => {
  const one = { name: 'gentle', recipe: { ...BASE, strainPercent: 3 } };

  it('are the same after a file, and a newer one of a name takes the place of the older', () => {
    expect(fromFile(toFile([one]))).toEqual([one]);
    const other = { name: 'gentle', recipe: BASE };
    expect(merged([one, { name: 'a', recipe: BASE }], [other])).toEqual([{ name: 'a', recipe: BASE }, other]);
  });

  it('a file that is none is refused in a sentence', () => {
    expect(fromFile('{')).toMatch(/not JSON/);
    expect(fromFile('{"format":"elastocool-recipes-1","recipes":[{"name":"x"}]}')).toMatch(
      /recipes\.0\.recipe/,
    );
  });

  it('a browser that keeps nothing, or something odd, is no obstacle', () => {
    expect(kept({ getItem: () => null })).toEqual([]);
    expect(kept({ getItem: () => 'rubbish' })).toEqual([]);
    const full = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    expect(keep({ setItem: full }, [one])).toBe(false);
  });
});

describe('the preview', () => {
  const wish = (change: Partial<typeof BASE> = {}): Wish => ({
    preset: 'hkust-kilowatt-2025',
    inlets: inletsNow(20.4, 34.6) ?? { coldC: 0, hotC: 0 },
    running: BASE,
    proposed: { ...BASE, ...change },
  });

  /** A solver in this thread, which answers when it is told to. */
  function desk() {
    const told: Preview[] = [];
    const asked: Question[] = [];
    const previewer = new Previewer((preview) => told.push(preview));
    previewer.attach({ ask: (question) => asked.push(question) });
    const answer = (): Result => {
      const question = asked.at(-1);
      if (question === undefined) throw new Error('nothing was asked');
      const [result] = [...cycle(question)];
      if (result === undefined) throw new Error('no answer');
      previewer.take({ id: asked.length, ...result });
      return result;
    };
    return { told, asked, previewer, answer };
  }

  it('asks for the proposed cycle, then for the one that runs, between the inlets of now', () => {
    const { told, asked, previewer, answer } = desk();
    previewer.want(wish({ strainPercent: 3 }));
    expect(asked[0]?.changes.get('recipe.strain')).toBe('3 %');
    expect(asked[0]?.changes.get('operation.lift')).toBe('15 K');
    answer();
    expect(told.at(-1)).toMatchObject({ running: null, isUnderWay: true });
    answer();
    const { running, proposed, isUnderWay } = told.at(-1) ?? {};
    expect(isUnderWay).toBe(false);
    // Less strain transforms less: less force and less cooling.
    expect(proposed?.operating_point.peak_stress_MPa).toBeLessThan(
      running?.operating_point.peak_stress_MPa ?? 0,
    );
    expect(proposed?.operating_point.cooling_power_W).toBeLessThan(
      running?.operating_point.cooling_power_W ?? 0,
    );
    // What is known is not asked again.
    previewer.want(wish({ strainPercent: 3 }));
    expect(asked).toHaveLength(2);
  }, 20_000);

  it('tells what the model refuses, and shows no older answer for it', () => {
    const { told, previewer, answer } = desk();
    previewer.want(wish());
    answer();
    previewer.want(wish({ blowDuty: 0.49 }));
    answer();
    expect(told.at(-1)).toMatchObject({ proposed: null, isUnderWay: false });
    expect(told.at(-1)?.refusal).toMatch(/blow|duty|period/);
  }, 20_000);

  it('has no inlets where none are read', () => {
    expect(inletsNow(Number.NaN, 30)).toBeNull();
  });
});
