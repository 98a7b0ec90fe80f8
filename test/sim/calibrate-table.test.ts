import { describe, expect, it } from 'vitest';
import { PARAMETERS } from '../../sim/config/parameters/index.ts';
import type { Parameter } from '../../sim/config/parameters/parameter.ts';
import { UserError } from '../../sim/config/quantity.ts';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import {
  deviationsOf,
  differences,
  parseFitParameters,
  refuseOtherStart,
  refuseTooFew,
} from '../../sim/study/calibration/fit-parameters.ts';
import { readCsvRecords } from '../../sim/command/csv-records.ts';
import { parseMeasurements } from '../../sim/study/calibration/measurement-table.ts';
import { parameterColumn, readCell, withSuffix } from '../../sim/study/calibration/quantity-columns.ts';

const parse = (text: string) => parseMeasurements(readCsvRecords(text, 'run.csv'), 'run.csv', ['tubes']);

describe('a table of operating points', () => {
  it('reads parameters, results and deviations in their units', () => {
    const table = parse(
      'lift_K,strain_percent,recipe.blow_flow_kg_per_s,frequency_rpm,tubes.cell.length_mm,cooling_power_kW,peak_force_kN,' +
        'cooling_power_kW_sd,peak_force_kN_sd\n' +
        '0,3.5,0.01,60,50,0.08,22,0.001,0.5\n' +
        '10,4,0.02,90,60,0.04,23,0.002,0.5\n',
    );
    expect(table.place).toBeNull();
    expect(Object.fromEntries(table.inputs.map(({ name, values }) => [name, values[1]]))).toEqual({
      'operation.lift': 10,
      'recipe.strain': 0.04,
      'recipe.blow_flow': 0.02,
      'recipe.frequency': 1.5,
      'tubes.cell.length': expect.closeTo(0.06, 12) as number,
    });
    expect(table.outputs).toEqual(['cooling_power_W', 'peak_force_kN']);
    expect(table.values[0]).toEqual([80, 22]);
    expect(table.deviations?.[1]).toEqual([2, 0.5]);
    expect(table.lines).toEqual([2, 3]);
  });

  it('skips comments, empty lines and a byte order mark', () => {
    const table = parse('﻿# from the bench\nlift_K,cooling_power_W\n\n0,80\n# warm\n10,42\n');
    expect(table.lines).toEqual([4, 6]);
    expect(table.values).toEqual([[80], [42]]);
  });

  it('takes lift and mean temperature from the two inlets', () => {
    const { inputs } = parse('cold_inlet_C,hot_inlet_C,cooling_power_W\n20,30,42\n15,35,10\n');
    expect(inputs.map(({ name, values }) => [name, values])).toEqual([
      ['operation.lift', [10, 20]],
      ['operation.mean_temperature', [298.15, 298.15]],
    ]);
  });

  it('may repeat one operating point, given by --set', () => {
    expect(parse('cooling_power_W\n80\n81\n').values).toEqual([[80], [81]]);
  });
});

describe('a run in time', () => {
  it('is told by its time, and its place by room or box', () => {
    const table = parse(
      'time_min,room_C,cold_inlet_C,room_C_sd,cold_inlet_C_sd\n0,31,31,0.1,0.2\n1,27.5,14,0.1,0.2\n',
    );
    expect(table).toMatchObject({ place: 'house', times_s: [0, 60], outputs: ['room_C', 'cold_inlet_C'] });
    expect(table.values[1][0]).toBeCloseTo(27.5, 9);
    expect(table.deviations?.[1]).toEqual([0.1, 0.2]);
    expect(parse('time_s,box_C\n0,38\n60,37\n').place).toBe('edge-box');
  });
});

describe('bad data gets one sentence with file, line and column', () => {
  it.each([
    ['nothing', '', 'run.csv: is empty; its first line must name the columns.'],
    ['no header', '1,2\n3,4\n', 'run.csv:1: 1 is not the name of a column;'],
    ['no rows', 'lift_K,cooling_power_W\n', 'run.csv: there is no row of values under the header.'],
    ['semicolons', 'lift_K;cooling_power_W\n0;80\n', 'run.csv:1: the header is separated by semicolons;'],
    ['tabs', 'lift_K\tcooling_power_W\n0\t80\n', 'run.csv:1: the header is separated by tabs;'],
    [
      'a decimal comma that splits',
      'lift_K,cooling_power_W\n0,80,5\n',
      'run.csv:2: 3 cells, but the header names 2 columns;',
    ],
    [
      'a decimal comma in quotes',
      'lift_K,cooling_power_W\n"0,5",80\n',
      'run.csv:2: column lift_K: "0,5" has a decimal comma; write 0.5.',
    ],
    [
      'a quotation mark',
      'lift_K,"cooling_power_W\n0,80\n',
      'cannot be read as CSV; look for a quotation mark',
    ],
    ['a nameless column', 'lift_K,,cooling_power_W\n0,1,80\n', 'run.csv:1: column 2 has no name;'],
    [
      'a double column',
      'lift_K,lift_K,cooling_power_W\n0,1,80\n',
      'run.csv:1: column lift_K stands there twice;',
    ],
    [
      'the same by two names',
      'lift_K,operation.lift_K,cooling_power_W\n0,1,80\n',
      'run.csv:1: column operation.lift_K is operation.lift, which another column says already;',
    ],
    [
      'an unknown column',
      'lift_K,power_W\n0,80\n',
      'run.csv:1: column power_W is neither a parameter with its unit',
    ],
    ['no results', 'lift_K\n0\n', 'run.csv:1: there is no column of results to fit to;'],
    [
      'no unit',
      'lift,cooling_power_W\n0,80\n',
      'run.csv:1: column lift says no unit, but lift is measured in K; name it lift_K.',
    ],
    [
      'a wrong unit',
      'lift_K,cooling_power_K\n0,80\n',
      'run.csv:1: column cooling_power_K: "K" is no unit of cooling_power, which is measured in W; name it cooling_power_W',
    ],
    [
      'degrees for a difference',
      'lift_C,cooling_power_W\n0,80\n',
      'run.csv:1: column lift_C: "degC" is no unit of lift',
    ],
    [
      'a choice',
      'law,cooling_power_W\nbrinson,80\n',
      'run.csv:1: column law: law is a choice of words; say it with --set law=smooth.',
    ],
    ['a gap', 'lift_K,cooling_power_W\n0,80\n10,\n', 'run.csv:3: column cooling_power_W is empty;'],
    [
      'a word',
      'lift_K,cooling_power_W\n0,broken\n',
      'run.csv:2: column cooling_power_W: "broken" is not a number;',
    ],
    ['NaN', 'lift_K,cooling_power_W\n0,NaN\n', 'run.csv:2: column cooling_power_W: "NaN" is not a number;'],
    [
      'out of bounds',
      'lift_K,cooling_power_W\n500,80\n',
      'run.csv:2: column lift_K: 500 K is outside its bounds; allowed is -20 to 120 K.',
    ],
    [
      'a constant input',
      'lift_K,frequency_Hz,cooling_power_W\n0,1,80\n5,1,60\n',
      'run.csv:1: column frequency_Hz has the same value in all 2 rows, so that it identifies nothing; leave it out and give the value with --set.',
    ],
    [
      'a stuck sensor',
      'lift_K,cooling_power_W\n0,80\n5,80\n10,80\n',
      'run.csv:1: column cooling_power_W has the same value in all 3 rows;',
    ],
    [
      'a deviation of 0',
      'lift_K,cooling_power_W,cooling_power_W_sd\n0,80,0\n',
      'run.csv:2: column cooling_power_W_sd is 0;',
    ],
    [
      'a negative deviation',
      'lift_K,cooling_power_W,cooling_power_W_sd\n0,80,-1\n',
      'run.csv:2: column cooling_power_W_sd: -1 W is outside its bounds;',
    ],
    [
      'a deviation of nothing',
      'lift_K,cooling_power_W,heat_W_sd\n0,80,1\n',
      'run.csv:1: column heat_W_sd belongs to no column of results; allowed are cooling_power_W_sd.',
    ],
    [
      'half the deviations',
      'lift_K,cooling_power_W,peak_force_kN,peak_force_kN_sd\n0,80,22,1\n',
      'run.csv:1: column cooling_power_W_sd is missing;',
    ],
    [
      'one inlet',
      'cold_inlet_C,cooling_power_W\n20,80\n',
      'run.csv:1: column cold_inlet_C alone does not say the lift;',
    ],
    [
      'inlets and lift',
      'cold_inlet_C,hot_inlet_C,lift_K,cooling_power_W\n20,30,10,80\n',
      'run.csv:1: column lift_K follows from cold_inlet_C and hot_inlet_C;',
    ],
    [
      'inlets the wrong way',
      'cold_inlet_C,hot_inlet_C,cooling_power_W\n30,20,80\n',
      'run.csv:2: column hot_inlet_C is below cold_inlet_C;',
    ],
    [
      'constant inlets',
      'cold_inlet_C,hot_inlet_C,cooling_power_W\n20,30,80\n20,30,81\n',
      'run.csv:1: column cold_inlet_C and hot_inlet_C has the same value',
    ],
    [
      'time that stands',
      'time_s,room_C\n0,31\n0,30\n',
      'run.csv:3: column time_s: 0 is not later than the row before; time must increase.',
    ],
    [
      'two times',
      'time_s,time_min,room_C\n0,0,31\n',
      'run.csv:1: columns time_s and time_min are both times;',
    ],
    [
      'one moment',
      'time_s,room_C\n0,31\n',
      'run.csv: 1 row of values; a run needs at least 2, the last later than 0 s.',
    ],
    [
      'no room',
      'time_s,cold_inlet_C\n0,31\n9,30\n',
      'run.csv:1: a run in time needs the column room_C (model house) or box_C (edge box)',
    ],
    [
      'room and box',
      'time_s,room_C,box_C\n0,31,31\n9,30,30\n',
      'run.csv:1: columns room_C and box_C together:',
    ],
    [
      'a parameter in a run',
      'time_s,room_C,heat_gain_W\n0,31,1\n9,30,1\n',
      'run.csv:1: column heat_gain_W is a parameter, which stays as it is in a run in time; leave the column out and write --set room.heat_gain="value W".',
    ],
    [
      'a result of no run',
      'time_s,room_C,stroke_mm\n0,31,1\n9,30,2\n',
      'run.csv:1: column stroke_mm is not a result of a run in time',
    ],
    [
      'time without unit',
      'time,room_C\n0,31\n9,30\n',
      'run.csv:1: column time says no unit, but time is measured in s; name it time_s.',
    ],
  ])('%s', (_, text, sentence) => {
    expect(() => parse(text)).toThrow(UserError);
    expect(() => parse(text)).toThrow(sentence);
    let message = '';
    try {
      parse(text);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/[.?]$|leave it out\.$/);
    expect(message).not.toContain('\n');
  });
});

describe('names of columns', () => {
  it('read back what they are called, for every parameter', () => {
    for (const [group, parameters] of Object.entries(PARAMETERS)) {
      for (const [key, parameter] of Object.entries<Parameter>(parameters)) {
        if (parameter.kind === 'choice') continue;
        const name = withSuffix(`${group}.${key}`, parameter.display);
        const column = parameterColumn(name, 'recipe', [], 'run.csv:1');
        expect(column?.stem, name).toBe(`${group}.${key}`);
        if (column === undefined) continue;
        const wide = { ...column, parameter: { ...column.parameter, min: -1e99, max: 1e99 } };
        const [zero, one] = ['0', '1'].map((text) => readCell(wide, text, 'run.csv:2'));
        expect(one - zero, name).toBeGreaterThan(0);
      }
    }
  });
});

describe('what is fitted', () => {
  const preset = loadMachine({ preset: 'ljubljana-2022' });
  const table = parse('lift_K,cooling_power_W\n0,80\n10,42\n');
  const fit = (...asked: string[]) => parseFitParameters(asked, preset, table, ['recipe.frequency']);

  it('lies in the range of the preset, or in its own', () => {
    expect(fit('outer_gap', 'blow_flow=5..12 g/s', 'strain=0.03..0.04')).toEqual([
      { name: 'channel.outer_gap', low: 1e-4, high: 5e-4 },
      {
        name: 'recipe.blow_flow',
        low: expect.closeTo(0.005, 12) as number,
        high: expect.closeTo(0.012, 12) as number,
      },
      { name: 'recipe.strain', low: 0.03, high: 0.04 },
    ]);
    expect(fit('wall_thickness=0.2 mm..300 um')[0].high).toBeCloseTo(3e-4, 12);
  });

  it.each([
    ['outer_gab', '--fit: outer_gab is not a parameter'],
    ['law', '--fit law: is a choice of words; try each with --set law=smooth.'],
    ['tubes_per_cell', '--fit tubes_per_cell: is a count,'],
    ['lift', '--fit lift: stands in run.csv as column lift_K; what is measured cannot be fitted.'],
    ['frequency', '--fit frequency: is set by --set as well;'],
    [
      'wall_heat_capacity',
      '--fit wall_heat_capacity: has no effect on the operating points of run.csv; it needs a run in time',
    ],
    ['courant', '--fit courant: is a setting of the computation'],
    ['inner_gap', '--fit inner_gap: has no effect here, where channel.inside is blocked'],
    [
      'liner_conductivity',
      '--fit liner_conductivity: the preset gives no range to look in; give one with --fit "liner_conductivity=low..high W/(m K)".',
    ],
    ['blow_flow=3', '--fit blow_flow: "3" is not a range; write it like 0.1..0.3 kg/s.'],
    [
      'blow_flow=0.02..0.01 kg/s',
      '--fit blow_flow: the range 0.02..0.01 kg/s is empty; write its lower end first.',
    ],
    ['blow_flow=0.01..0.02 m', '--fit blow_flow: "0.01 m" cannot be read in kg/s;'],
    ['blow_flow=0.01..0.02', '--fit blow_flow: "0.01" has no unit;'],
  ])('%s is refused in a sentence', (asked, sentence) => {
    expect(() => fit(asked)).toThrow(UserError);
    expect(() => fit(asked)).toThrow(sentence);
  });

  it('is refused twice, and where the data are too few', () => {
    expect(() => fit('outer_gap', 'channel.outer_gap')).toThrow('is asked for twice');
    expect(() => refuseTooFew(table, fit('outer_gap', 'blow_flow', 'strain'))).toThrow(
      'run.csv: 2 measured values for 3 parameters; measure at least as many, or fit fewer.',
    );
    expect(() => refuseTooFew(table, fit('outer_gap', 'blow_flow'))).toThrow(
      'leave nothing to estimate the scatter from; add rows, or a column cooling_power_W_sd',
    );
    expect(() => refuseTooFew(table, fit('outer_gap'))).not.toThrow();
  });

  it('is refused where a run begins elsewhere than the model', () => {
    const house = loadMachine({ preset: 'hkust-kilowatt-2025' });
    expect(() => refuseOtherStart(parse('time_s,room_C\n0,27.5\n60,26\n'), house)).toThrow(
      'run.csv:2: column room_C begins at 27.5 °C, but the model at 31.0 °C; give the start with --set initial_temperature="27.5 degC"',
    );
    expect(() => refuseOtherStart(parse('time_s,room_C\n0,31.3\n60,26\n'), house)).not.toThrow();
  });

  it('takes the spread of a result where no deviation is given', () => {
    // 80 and 42: 19 either side of the mean, over one degree of freedom
    expect(deviationsOf(table)[0][0]).toBeCloseTo(Math.sqrt(2 * 19 ** 2), 9);
  });

  it('knows what --set changed, and what follows from it', () => {
    const kilowatt = loadMachine({ preset: 'hkust-kilowatt-2025' });
    const changed = loadMachine({
      preset: 'hkust-kilowatt-2025',
      changes: { 'recipe.frequency': 2, 'tube.outer_diameter': 6e-3 },
    });
    expect(differences(kilowatt, changed)).toEqual({ 'recipe.frequency': 2, 'tube.outer_diameter': 6e-3 });
    expect(differences(kilowatt, kilowatt)).toEqual({});
  });
});
