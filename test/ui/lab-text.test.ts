/** What stands in a field, what sim is given, what the link holds. */
import { describe, expect, it } from 'vitest';
import { rangeText, slideOf, toChange, toTyped, unitText } from '../../ui/lab/field-text.ts';
import { fromHash, inWords, toHash } from '../../ui/lab/share.ts';
import type { ChoiceField, NumberField } from '../../ui/worker/messages.ts';

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

  it('has a slider over its prior that also reaches what was given; none where the value is certain', () => {
    expect(slideOf(number({}), 3.5)).toEqual({ min: 0.5, max: 6, step: 0.1 });
    expect(slideOf(number({}), 12)).toEqual({ min: 0.5, max: 12, step: 0.1 });
    expect(slideOf(number({ prior: [2, 8], whole: true }), 4)).toEqual({ min: 2, max: 8, step: 1 });
    expect(slideOf(number({ prior: [1.1e-5, 2.1e-5] }), 1.1e-5)?.step).toBe(1e-7);
    expect(slideOf(number({ prior: [10, 10] }), 10)).toBeNull();
  });

  it('writes units and ranges for people', () => {
    expect(unitText('kg/m^3')).toBe('kg/m³');
    expect(rangeText([-40, 100], 'degC')).toBe('−40 to 100 °C');
    expect(rangeText([10, 10], '')).toBe('10');
  });
});

describe('the link', () => {
  it('holds machine and changes, whatever was typed', () => {
    const setup = {
      machine: 'hkust-kilowatt-2025',
      changes: new Map([
        ['recipe.frequency', '2.5 Hz'],
        ['room.ventilation', '0.5 1/h'],
        ['fluid.loading', '0.2 wt% & more=#?'],
      ]),
    };
    expect(fromHash(toHash(setup))).toEqual(setup);
  });

  it('may be empty', () => {
    expect(fromHash('')).toEqual({ machine: '', changes: new Map() });
  });

  it('can be said in words', () => {
    expect(inWords(new Map())).toBe('as in the preset');
    expect(inWords(new Map([['operation.mean_temperature', '20 degC']]))).toBe('mean temperature 20 °C');
  });
});
