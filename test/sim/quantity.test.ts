import { describe, expect, it } from 'vitest';
import { type NumberParameter, PARAMETERS, type Parameter, given, readQuantity } from '../../sim/index.ts';
import { kilowatt } from './kilowatt.ts';

const of = (unit: string, min = -1e12, max = 1e12): NumberParameter => given(unit, min, max, unit || '1', '');

describe('quantities as people write them', () => {
  it.each([
    ['900 MPa', of('Pa'), 900e6],
    ['3.5 Hz', of('Hz'), 3.5],
    ['60 rpm', of('Hz'), 1],
    ['2 g/L', of('kg/m^3'), 2],
    ['31 °C', of('degC'), 304.15],
    ['31 degC', of('degC'), 304.15],
    ['88 °F', of('degC'), 304.261],
    ['5 K', of('K'), 5],
    ['0.2 wt%', of(''), 0.002],
    ['0.2 wt%', { ...of('kg/m^3'), solutionDensity: 997 }, 1.994],
    ['4.5 %', of(''), 0.045],
    ['0.045', of(''), 0.045],
    ['7.51 mm^-1', of('K^-1'.replace('K', 'm')), 7510],
    ['13 W/(m·K)', of('W/(m K)'), 13],
    ['−2 °C', of('degC'), 271.15],
    ['0.5 1/h', of('1/s'), 0.5 / 3600],
  ] as const)('reads %s', (text, parameter, expected) => {
    expect(readQuantity('x', parameter, text)).toBeCloseTo(expected, 3);
  });

  it.each([
    ['lift', '5 °C', /lift: "5 °C" is a temperature, but lift is a difference; write it in K/],
    ['lift', '5 C', /reads as coulomb; write "°C" or "degC"/],
    ['mean_temperature', '31 C', /coulomb/],
    ['frequency', '3.5', /frequency: "3.5" has no unit; write for example "3.5 Hz"/],
    ['frequency', '3.5 kg', /cannot be read in Hz; allowed is 0.02 to 20 Hz/],
    ['frequency', '300 Hz', /300 Hz is outside its bounds; allowed is 0.02 to 20 Hz/],
    ['frequency', '1 mHz', /1 mHz is outside its bounds; allowed is 0.02 to 20 Hz/],
    ['cell.length', '-60 mm', /-60 mm is outside its bounds/],
    ['strain', '4 mm', /not a pure number/],
    ['loading', 'zeros(3e4,3e4)', /cannot be read in g\/L/],
    ['loading', '5 %', /has no unit|cannot be read/],
    ['loading', '', /cannot be read|no unit/],
    ['freqency', '3 Hz', /freqency is not a parameter/],
    ['freq', '3 Hz', /did you mean frequency/],
  ])('refuses %s = %s in one sentence', (key, value, sentence) => {
    expect(() => kilowatt({ [key]: value })).toThrow(sentence);
    try {
      kilowatt({ [key]: value });
    } catch (error) {
      expect((error as Error).message).not.toContain('\n');
    }
  });

  it('has bounds, a display unit and a help sentence for every parameter', () => {
    for (const group of Object.values(PARAMETERS)) {
      for (const parameter of Object.values<Parameter>(group)) {
        expect(parameter.help.length).toBeGreaterThan(5);
        if (parameter.kind === 'choice') continue;
        expect(parameter.min).toBeLessThan(parameter.max);
        expect(parameter.display).not.toBe('');
      }
    }
  });
});
