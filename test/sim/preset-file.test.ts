import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { parsePreset, presetJsonSchema } from '../../sim/index.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const KILOWATT = readFileSync(new URL('presets/hkust-kilowatt-2025.yaml', FIXTURES), 'utf8');

const parse = (text: string, name = 'presets/mine.yaml') =>
  parsePreset(text, name, {
    read: (path) => (path === 'presets/hkust-kilowatt-2025.yaml' ? KILOWATT : undefined),
  });
const HEAD = 'extends: hkust-kilowatt-2025.yaml\nkey: mine\ntitle: t\nsource: zhou-2025\nclaim: c\n';

describe('a preset file', () => {
  it('lies over the file it extends, and only the values it gives change', () => {
    const { device, key, provenance } = parse(
      `${HEAD}parameters:\n  recipe:\n    frequency: { value: 2 Hz, status: assumed, range: [1 Hz, 3 Hz] }\n`,
    );
    const base = parsePreset(KILOWATT, 'k.yaml').device;
    expect(key).toBe('mine');
    expect(device.recipe).toEqual({ ...base.recipe, frequency: 2 });
    expect(device.material).toEqual(base.material);
    expect(provenance['recipe.frequency'].status).toBe('assumed');
    expect(provenance['recipe.blow_flow'].status).toBe('fitted');
  });

  it('lets a bank differ from the rest of the device, and a user change that bank alone', () => {
    const text = `${HEAD}layout:
  status: assumed
  banks:
    low: { material: { equilibrium_temperature: { value: -25 degC, status: assumed, range: [-30 degC, 0 degC] } } }
    high:
  trains: [{ banks: [low, high] }]
  blows:
    - { name: hot, path: [cold, low, high, hot], after: loading }
    - { name: cold, path: [hot, -high, -low, cold], after: unloading }
`;
    const { layout } = parse(text).device;
    expect(layout.banks.map(({ material }) => material.equilibrium_temperature - 273.15)).toEqual([-25, -15]);
    expect(layout.blows[1].through).toEqual([
      { bank: 1, direction: -1 },
      { bank: 0, direction: -1 },
    ]);
    const changed = parsePreset(text, 'presets/mine.yaml', {
      read: () => KILOWATT,
      overrides: new Map([
        ['low.equilibrium_temperature', '-20 °C'],
        ['outer_diameter', '6 mm'],
      ]),
    }).device.layout.banks;
    expect(changed.map(({ material }) => material.equilibrium_temperature - 273.15)).toEqual([-20, -15]);
    expect(changed.map(({ tube }) => tube.outer_diameter)).toEqual([0.006, 0.006]);
  });

  const bad: readonly (readonly [string, string, RegExp])[] = [
    [
      'an unknown parameter',
      'parameters:\n  recipe:\n    freqency: { value: 2 Hz, status: assumed }\n',
      /mine\.yaml:8: "freqency" is not known in parameters\.recipe/,
    ],
    [
      'a value without its unit',
      'parameters:\n  recipe:\n    frequency: { value: 2, status: assumed, range: [1 Hz, 3 Hz] }\n',
      /mine\.yaml:8: recipe\.frequency: "2" has no unit/,
    ],
    [
      'a wrong word',
      'parameters:\n  fluid:\n    base: { value: wine, status: assumed }\n',
      /mine\.yaml:8: parameters\.fluid\.base\.value: .*"water"/,
    ],
    [
      'a value outside its own range',
      'parameters:\n  recipe:\n    frequency: { value: 2 Hz, status: assumed, range: [3 Hz, 4 Hz] }\n',
      /mine\.yaml:8: recipe\.frequency: 2 Hz is outside its own range/,
    ],
    [
      'no range',
      'parameters:\n  recipe:\n    frequency: { value: 2 Hz, status: assumed }\n',
      /mine\.yaml:8: recipe\.frequency has no range/,
    ],
    [
      'published without a source',
      'parameters:\n  recipe:\n    frequency: { value: 2 Hz, status: published, range: [1 Hz, 3 Hz] }\n',
      /mine\.yaml:8: recipe\.frequency is said to be published; name the source/,
    ],
    ['broken YAML', 'parameters: [\n', /mine\.yaml:\d+: /],
    ['a missing file to extend', '', /mine\.yaml:1: there is no file presets\/nothing\.yaml to extend/],
    [
      'an unknown bank',
      'layout:\n  status: assumed\n  banks: { a: }\n  trains:\n    - banks: [b]\n  blows: [{ name: hot, path: [cold, a, hot], after: loading }]\n',
      /mine\.yaml:10: "b" is not a bank; known are a/,
    ],
    [
      'a bank in no train',
      'layout:\n  status: assumed\n  banks:\n    a:\n    b:\n  trains: [{ banks: [a] }]\n  blows: [{ name: hot, path: [cold, a, hot], after: loading }]\n',
      /mine\.yaml:10: bank b stands in 0 trains/,
    ],
    [
      'a path that ends nowhere',
      'layout:\n  status: assumed\n  banks: { a: }\n  trains: [{ banks: [a] }]\n  blows:\n    - { name: hot, path: [cold, a, a], after: loading }\n',
      /mine\.yaml:11: a path starts and ends at a reservoir/,
    ],
    [
      'a stroke that is none',
      'layout:\n  status: assumed\n  banks: { a: }\n  trains: [{ banks: [a] }]\n  blows:\n    - { name: hot, path: [cold, a, hot], after: lunch }\n',
      /mine\.yaml:11: layout\.blows\.0\.after: .*loading/,
    ],
  ];
  it.each(bad)('answers %s with one sentence that names the line', (what, text, sentence) => {
    const head = what.startsWith('a missing file') ? HEAD.replace('hkust-kilowatt-2025', 'nothing') : HEAD;
    expect(() => parse(`${head}${text}`)).toThrow(sentence);
  });

  it.each([
    [
      'hkust-kilowatt-2025',
      'pitch_ratio',
      '1.5',
      /pitch_ratio: has no effect here, where channel.outside is gap; it matters where that is bundle/,
    ],
    [
      'hkust-kilowatt-2025',
      'pump_free_flow',
      '2 L/s',
      /circuit.pump is prescribed; it matters where that is curve/,
    ],
    ['hkust-kilowatt-2025', 'cells', '2.5', /cells: 2.5 is a count; give a whole number, 1 to 200/],
    ['dtu-plate-2016', 'outer_diameter', '4 mm', /cell.form is plates; it matters where that is tubes/],
    [
      'hkust-cascade-2024',
      'equilibrium_temperature',
      '0 °C',
      /every bank has its own here; change cold-alloy.equilibrium_temperature, /,
    ],
  ])(
    '%s answers a change of %s to %s, which would do nothing, with one sentence',
    (key, name, value, sentence) => {
      expect(() => loadPreset(key, new Map([[name, value]]))).toThrow(sentence);
    },
  );

  it('takes a change that matters in one of its banks, or together with another', () => {
    const changed = new Map([
      ['pump', 'curve'],
      ['pump_free_flow', '2 L/s'],
    ]);
    expect(loadPreset('hkust-kilowatt-2025', changed).device.circuit.pump_free_flow).toBeCloseTo(2e-3, 12);
    const own = new Map([['cold-alloy.equilibrium_temperature', '-30 °C']]);
    const { banks } = loadPreset('hkust-cascade-2024', own).device.layout;
    expect(banks[0].material.equilibrium_temperature).toBeCloseTo(243.15, 9);
  });

  it('says so when files extend each other in a ring', () => {
    const read = (path: string) => `extends: ${path.endsWith('a.yaml') ? 'b.yaml' : 'a.yaml'}\n`;
    expect(() => parsePreset(read('a.yaml'), 'a.yaml', { read })).toThrow(/extends this file in turn/);
  });

  it('has its schema for editors beside it, as made from the parameters', () => {
    const file = new URL('presets/preset.schema.json', FIXTURES);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(presetJsonSchema())));
  });
});
