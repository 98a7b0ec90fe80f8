/** What stands in a field, what sim is given, what the link holds. */
import { describe, expect, it } from 'vitest';
import { pageGlobals } from './page-globals.ts';
import type { ChoiceField, NumberField } from '../../ui/worker/messages.ts';

pageGlobals.location.hash =
  '#/study?preset=ljubljana-2022&set=recipe.frequency*2+Hz&pinned=hkust-kilowatt-2025*operation.lift*10+K';
const { rangeText, slideOf, toChange, toTyped, unitText, withoutPreset } = await import(
  '../../ui/lab/field-text.ts'
);
const {
  changes: changesAsked,
  changesCodec,
  isSame,
  machine,
  pinnedSetup,
  setupCodec,
} = await import('../../ui/lab/setup.ts');

const described = { group: 'g', help: '', status: 'assumed' } as const;
const number = (own: Partial<NumberField>): NumberField => ({
  ...described,
  kind: 'number',
  key: 'recipe.frequency',
  name: 'frequency',
  preset: '3.5',
  unit: 'Hz',
  allowed: [0.02, 20],
  prior: [0.5, 6],
  whole: false,
  ...own,
});
const choice: ChoiceField = {
  ...described,
  kind: 'choice',
  key: 'cell.shape',
  name: 'shape',
  preset: 'tube',
  options: ['tube', 'plate'],
};

describe('a field', () => {
  it('gives a bare number its unit, and leaves what has one alone', () => {
    expect(toChange(number({}), '2.5')).toBe('2.5 Hz');
    expect(toChange(number({}), ' 2,5 ')).toBe('2.5 Hz');
    expect(toChange(number({}), '150 rpm')).toBe('150 rpm');
    expect(toChange(number({}), '−1e1')).toBe('-1e1 Hz');
    expect(toChange(number({ unit: '' }), '0.04')).toBe('0.04');
    expect(toChange(number({}), 'fast')).toBe('fast');
    expect(toChange(choice, 'plate')).toBe('plate');
  });

  it("takes the preset's own value, or nothing, for no change", () => {
    for (const typed of ['3.5', '3.50', '', '  ']) expect(toChange(number({}), typed), typed).toBeUndefined();
    expect(toChange(choice, 'tube')).toBeUndefined();
  });

  it('shows a change without the unit beside it', () => {
    expect(toTyped(number({}), '2.5 Hz')).toBe('2.5');
    expect(toTyped(number({}), '150 rpm')).toBe('150 rpm');
    expect(toTyped(number({}), undefined)).toBe('3.5');
    expect(toTyped(choice, 'plate')).toBe('plate');
  });

  it('has a slider over its prior that also reaches what was given', () => {
    expect(slideOf(number({}), 3.5)).toEqual({ min: 0.5, max: 6, step: 0.1 });
    expect(slideOf(number({}), 12)).toEqual({ min: 0.5, max: 12, step: 0.1 });
    expect(slideOf(number({ prior: [2, 8], whole: true }), 4)).toEqual({ min: 2, max: 8, step: 1 });
    expect(slideOf(number({ prior: [1.1e-5, 2.1e-5] }), 1.1e-5)?.step).toBe(1e-7);
  });

  it('has one over what is worth a try, within what is allowed, where the value is certain', () => {
    const certain = (own: Partial<NumberField>) => {
      const { prior: _, ...field } = number(own);
      return slideOf(field, Number(field.preset));
    };
    expect(certain({})).toEqual({ min: 1.2, max: 11, step: 0.1 });
    expect(certain({ preset: '10' })).toEqual({ min: 3.3, max: 20, step: 0.2 });
    expect(certain({ preset: '0', allowed: [-20, 120] })).toEqual({ min: -20, max: 120, step: 2 });
    expect(certain({ preset: '26', unit: 'degC', allowed: [-50, 35] })).toEqual({
      min: 11,
      max: 35,
      step: 0.5,
    });
    expect(certain({ preset: '-6', allowed: [-50, 100] })).toEqual({ min: -18, max: -2, step: 0.2 });
    expect(slideOf(number({ prior: [3.5, 3.5] }), 3.5)).toEqual({ min: 1.2, max: 11, step: 0.1 });
    expect(certain({ preset: '5', allowed: [5, 5] })).toBeNull();
  });

  it('is not changed by what is the value of the preset already', () => {
    const changes = new Map([
      ['recipe.frequency', '3.50 Hz'],
      ['recipe.strain', '4 %'],
    ]);
    expect([...withoutPreset(changes, [number({})]).keys()]).toEqual(['recipe.strain']);
  });

  it('writes units and ranges for people', () => {
    expect(unitText('kg/m^3')).toBe('kg/m³');
    expect(rangeText([-40, 100], 'degC')).toBe('−40 to 100 °C');
    expect(rangeText([10, 10], '')).toBe('10');
  });
});

describe('the link', () => {
  const changes = new Map([
    ['recipe.frequency', '2.5 Hz'],
    ['room.ventilation', '0.5 1/h'],
    ['fluid.loading', '0.2 wt% & more=#?*%2A'],
  ]);
  const throughAddress = (text: string) =>
    new URLSearchParams(new URLSearchParams({ set: text }).toString()).get('set') ?? '';

  it('holds every change, whatever was typed', () => {
    expect(changesCodec.write(changes)).toMatch(/^recipe\.frequency\*2\.5 Hz\*room/);
    expect(changesCodec.read(throughAddress(changesCodec.write(changes)))).toEqual(changes);
    expect(changesCodec.read('')).toEqual(new Map());
  });

  it('holds what is pinned: machine and changes, or nothing', () => {
    const setup = { machine: 'hkust-kilowatt-2025', changes };
    const plain = { machine: 'ljubljana-2022', changes: new Map<string, string>() };
    for (const one of [setup, plain])
      expect(setupCodec.read(throughAddress(setupCodec.write(one)))).toEqual(one);
    expect(setupCodec.read(setupCodec.write(null))).toBeNull();
    expect(isSame(setup, { ...setup, changes: new Map(changes) })).toBe(true);
    expect(isSame(setup, plain)).toBe(false);
    expect(isSame(plain, null)).toBe(false);
  });

  it('is what the page begins with', () => {
    expect(machine.value).toBe('ljubljana-2022');
    expect(changesAsked.value).toEqual(new Map([['recipe.frequency', '2 Hz']]));
    expect(pinnedSetup.value).toEqual({
      machine: 'hkust-kilowatt-2025',
      changes: new Map([['operation.lift', '10 K']]),
    });
  });

  it('means nothing where it was cut off', () => {
    expect(changesCodec.read('recipe.frequency*2.5 Hz*operation.lift')).toBeUndefined();
    expect(setupCodec.read('hkust-kilowatt-2025*operation.lift')).toBeUndefined();
  });
});
