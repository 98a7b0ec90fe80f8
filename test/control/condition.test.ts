import { describe, expect, it } from 'vitest';
import { parseCondition, parseFormula, type Verdict } from '../../sim/config/expression.ts';
import { CONDITION_CHANNELS } from '../../controller/control/safety/own-row.ts';

const units = new Map([
  ['a_C', '°C'],
  ['b_C', '°C'],
  ['flow', 'kg/s'],
  ['code', ''],
]);

const CHANNELS = { kind: 'channel', units };

function judge(text: string, values: Record<string, number>): Verdict {
  const condition = parseCondition(text, CHANNELS);
  if (typeof condition === 'string') throw new Error(condition);
  return condition.judge(values);
}

describe('conditions', () => {
  it.each<[string, Record<string, number>, Verdict]>([
    ['a_C > 60 and abs(flow) < 0.05', { a_C: 61, flow: -0.04 }, true],
    ['a_C > 60 and abs(flow) < 0.05', { a_C: 61, flow: -0.06 }, false],
    ['a_C - b_C >= 5', { a_C: 25, b_C: 20 }, true],
    ['a_C + 2 * 3 > 30', { a_C: 25 }, true],
    ['(a_C + b_C) / 2 > 30', { a_C: 20, b_C: 30 }, false],
    ['-a_C > 5', { a_C: -6 }, true],
    ['max(a_C, b_C) > 30', { a_C: 20, b_C: 31 }, true],
    ['min(a_C, b_C, 0) < 0', { a_C: 20, b_C: 31 }, false],
    ['not (a_C <= 60)', { a_C: 61 }, true],
    ['code == 3 or code != 3 and a_C > 1', { code: 4, a_C: 0 }, false],
    ['sqrt(flow ^ 2 + 9) == 5', { flow: 4 }, true],
    ['exp(log(a_C)) + log10(100) - cbrt(8) > floor(1.5)', { a_C: 3 }, true],
    ['round(a_C) == ceil(b_C)', { a_C: 3.4, b_C: 2.1 }, true],
    // `and` binds tighter than `or`.
    ['a_C > 1 or b_C > 1 and flow > 1', { a_C: 2, b_C: 0, flow: 0 }, true],
  ])('%s with %o is %s', (text, values, verdict) => {
    expect(judge(text, values)).toBe(verdict);
  });

  const NaNs = { a_C: Number.NaN, b_C: 1, flow: 1, code: 1 };
  it.each<[string, Verdict]>([
    ['a_C > 60', null],
    ['a_C == a_C', null],
    ['not (a_C > 60)', null],
    ['a_C > 60 and b_C > 0', null],
    ['a_C > 60 and b_C > 5', false],
    ['a_C > 60 or b_C > 0', true],
    ['a_C > 60 or b_C > 5', null],
    ['max(a_C, b_C) > 0', null],
    ['abs(a_C) * 0 < 1', null],
    // 0/0: not a missing reading, but no number either.
    ['(b_C - b_C) / (b_C - b_C) > 0', null],
  ])('a missing reading makes %s %s', (text, verdict) => {
    expect(judge(text, NaNs)).toBe(verdict);
  });

  it.each([
    ['zeros(3e4,3e4)', /zeros\(\) of 2 is not allowed/],
    ['zeros(3e4,3e4) > 1', /zeros\(\) of 2 is not allowed/],
    ['a_C! > 3', /operator ! is not allowed/],
    ['a_C ^ 99 > 3', /an exponent is a number from -4 to 4/],
    ['2 ^ flow > 3', /an exponent is a number from -4 to 4/],
    ['a_C % 2 == 1', /operator % is not allowed/],
    ['a_C > 1 xor b_C > 1', /operator xor is not allowed/],
    ['a_C = 3', /not allowed in an expression/],
    ['f(x) = x > 1', /not allowed in an expression/],
    ['a_C[1] > 2', /not allowed in an expression/],
    ['[a_C, 1] > 2', /not allowed in an expression/],
    ['{a: 1}', /not allowed in an expression/],
    ['a_C.constructor > 2', /not allowed in an expression/],
    ['constructor > 2', /constructor is no channel/],
    ['__proto__ > 2', /__proto__ is no channel/],
    ['toString(1) > a_C', /toString\(\) of 1 is not allowed/],
    ['import("fs") > a_C', /not allowed|no channel/],
    ['"x" == a_C', /"x" is not allowed/],
    ['a_C > 1 or true', /true is not allowed/],
    ['a_C > 1e999', /not allowed/],
    ['a_C > 5 cm', /write the operator/],
    ['2 a_C > 5', /write the operator/],
    ['1 < a_C < 5', /two comparisons joined by "and"/],
    ['a_C ? b_C : 1', /not allowed in an expression/],
    ['a_C; b_C', /not allowed in an expression/],
    ['a_C', /is a number; a comparison is expected/],
    ['', /is not allowed|cannot be read/],
    ['1 > 0', /names no channel/],
    ['hot > 60', /hot is no channel; known are a_C, b_C/],
    ['(a_C > 1) + 1 > 1', /needs numbers/],
    ['not a_C > 1', /needs comparisons/],
    ['a_C and b_C > 1', /needs comparisons/],
    ['a_C > flow', /has °C and kg\/s on its sides/],
    ['max(a_C, flow) > 1', /has °C and kg\/s/],
    ['min(a_C) > 1', /min\(\) of 1/],
    ['a_C >', /cannot be read/],
    [`${'('.repeat(20)}a_C${')'.repeat(20)} > 1`, /nested deeper/],
    [`a_C > ${'1'.repeat(300)}`, /characters/],
  ])('refuses %s', (text, says) => {
    expect(parseCondition(text, CHANNELS)).toMatch(says);
  });

  it('reads a number where one is asked for', () => {
    const formula = parseFormula('a_C / (flow * 2)', CHANNELS);
    if (typeof formula === 'string') throw new Error(formula);
    expect(formula.value({ a_C: 6, flow: 0.5 })).toBe(6);
    expect(formula.value({ a_C: 6 })).toBeNaN();
    expect(formula.names).toEqual(['a_C', 'flow']);
    expect(parseFormula('a_C > 1', CHANNELS)).toMatch(/is a comparison; a number is expected/);
  });

  it('knows the channels of tick and cycle, each with its unit', () => {
    expect(CONDITION_CHANNELS.get('hot_inlet_C')).toBe('°C');
    expect(CONDITION_CHANNELS.get('cell_10_max_C')).toBe('°C');
    expect(CONDITION_CHANNELS.has('link_age_ms')).toBe(false);
  });
});
