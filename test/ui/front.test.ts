/** Fronts as the page reads and narrows them. */
import { pageGlobals } from './page-globals.ts';
import { describe, expect, it } from 'vitest';
import { changesCodec } from '../../ui/lab/setup.ts';
import { axesOf, shareOn, textAt, textOf, within } from '../../ui/study/front-axes.ts';
import { type Front, playgroundLink, readFront } from '../../ui/study/front-file.ts';
import { PARTS } from '../../ui/study/part.ts';
import { FRONT } from './front-sample.ts';

const front = readFront(JSON.stringify(FRONT)) as Front;
const axes = axesOf(front);
const [power, taken, frequency, law, cop, life] = axes;

describe('the file of a front', () => {
  it('is read as the program writes it', () => {
    const { seed, generations, ...shown } = FRONT;
    expect(front).toEqual(shown);
    expect([seed, generations.length]).toEqual([1, 1]);
  });

  it.each([
    ['{', /^it is not JSON$/],
    [JSON.stringify({ ...FRONT, kind: 'recipe' }), /^kind /],
    [JSON.stringify({ ...FRONT, designs: [] }), /^designs it has no design$/],
    [JSON.stringify({ ...FRONT, variables: [] }), /a design has not as many numbers as there are columns/],
    [
      JSON.stringify({ ...FRONT, designs: [{ ...FRONT.designs[0], objectives: ['1', 2] }] }),
      /^designs\.0\.objectives\.0 /,
    ],
  ])('is refused with what is wrong: %#', (text, sentence) => {
    expect(readFront(text)).toMatch(sentence);
  });

  it('leads to the very design in the playground', () => {
    expect(pageGlobals.location.hash).toBe('');
    const link = playgroundLink(front, front.designs[3]) ?? '';
    expect(link.split('?')[0]).toBe('#/study');
    const words = new URLSearchParams(link.split('?')[1]);
    expect(PARTS).toContain(words.get('study'));
    expect(words.get('study')).toBe('playground');
    expect(words.get('preset')).toBe('hkust-kilowatt-2025');
    expect(Object.fromEntries(changesCodec.read(words.get('set') ?? '') ?? [])).toEqual(FRONT.designs[3].set);
  });

  it('leads nowhere for a machine that the playground does not have', () => {
    const [design] = front.designs;
    expect(playgroundLink({ ...front, is_preset: false }, design)).toBeNull();
    expect(playgroundLink(front, { ...design, set: { 'upper.channel.outer_gap': '0.2 mm' } })).toBeNull();
  });
});

describe('the axes of a front', () => {
  it('are its objectives, its variables and its results, from the least to the most', () => {
    expect(axes.map(({ kind }) => kind)).toEqual(
      ['objective', 'variable', 'output'].flatMap((kind) => [kind, kind]),
    );
    expect([power.low, power.high, power.good]).toEqual([300, 1000, 'high']);
    expect([taken.name, taken.good]).toEqual(['power taken', 'low']);
    expect(law.words).toEqual(['brinson', 'smooth']);
    expect([textAt(law, 0), textAt(law, 1), textOf(cop, null)]).toEqual(['brinson', 'smooth', '–']);
    expect([textAt(power, 0.5), textOf(power, -0.00001), textOf(cop, 2.34567)]).toEqual([
      '650',
      '−1.00e-5',
      '2.346',
    ]);
  });

  it('have no extent where all are alike, and no place for what is not there', () => {
    expect(shareOn(life, front.designs[0])).toBe(0.5);
    expect(shareOn(life, front.designs[5])).toBeNull();
  });

  it('narrow the designs together', () => {
    const { designs } = front;
    expect(within(designs, axes, new Map())).toEqual(designs);
    const half = within(designs, axes, new Map([[power.key, { from: 0.5, to: 1 }]]));
    expect(half).toEqual(designs.filter(({ objectives }) => objectives[0] >= 650));
    const both = within(
      designs,
      axes,
      new Map([
        [power.key, { from: 0.5, to: 1 }],
        [law.key, { from: 0, to: 0 }],
      ]),
    );
    expect(both).toEqual(half.filter(({ variables }) => variables[1] === 'brinson'));
    expect(both.length).toBeGreaterThan(0);
    // all are 300,000 cycles but one, of which it is not known
    expect(within(designs, axes, new Map([[life.key, { from: 0.2, to: 0.8 }]]))).toHaveLength(23);
    expect(within(designs, axes, new Map([[frequency.key, { from: 0, to: 1 }]]))).toEqual(designs);
  });
});
