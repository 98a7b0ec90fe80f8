/** Maps as the page reads, draws and saves them. */
import { pageGlobals } from './page-globals.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RESULTS } from '../../sim/study/sweep/results.ts';
import type { Metadata } from '../../sim/surrogate/metadata.ts';
import { PALETTES } from '../../ui/chart/palette.ts';
import type { Shape } from '../../ui/figure/shapes.ts';
import { toCsv } from '../../ui/figure/data-files.ts';
import { NO_LINES } from '../../ui/map/asked.ts';
import { colourRange, mapBox, mapFigure } from '../../ui/map/map-figure.ts';
import { mapTable } from '../../ui/map/map-files.ts';
import { OUTPUT_NAMES, inputName } from '../../ui/map/map-words.ts';
import { patternShapes } from '../../ui/map/patterns.ts';
import { type Wish, askOf, nextTo, settingsOf, stepsOf, valueAt } from '../../ui/map/point.ts';
import { drawMap, openModel, readPoint } from '../../ui/worker/map.ts';
import { ROOT } from '../house/source-files.ts';

const MODEL = join(ROOT, 'fixtures', 'surrogates', 'kilowatt-maps');
const JSON_TEXT = readFileSync(join(MODEL, 'model.json'), 'utf8');
const WEIGHTS = Uint8Array.from(readFileSync(join(MODEL, 'weights.bin'))).buffer;
const plain = () => Promise.resolve(null);
const changed = (change: (about: Metadata) => void): string => {
  const file = JSON.parse(JSON_TEXT) as { userDefinedMetadata: Metadata };
  change(file.userDefinedMetadata);
  return JSON.stringify(file);
};
const model = await openModel('model.json', JSON_TEXT, WEIGHTS, plain);
const { card } = model;
const WISH: Wish = { x: '', y: '', fill: '', lines: '', at: new Map() };

describe('a model in the page', () => {
  it('says what it is, what its inputs are of the machine, and how well it was learned', () => {
    expect(pageGlobals.location.hash).toBe('');
    expect(card).toMatchObject({
      machine: 'hkust-kilowatt-2025',
      by: 'plain',
      trainedRows: 601,
      stopped: null,
    });
    expect(card.inputs.map(({ name, key }) => [name, key])).toEqual([
      ['frequency_Hz', 'recipe.frequency'],
      ['blow_flow_kg_per_s', 'recipe.blow_flow'],
      ['lift_K', 'operation.lift'],
    ]);
    for (const { rows, medianPercent, p99Percent, worstPercent } of card.outputs) {
      expect(rows).toBeGreaterThan(100);
      expect(medianPercent).toBeLessThan(p99Percent as number);
      expect(p99Percent).toBeLessThanOrEqual(worstPercent as number);
    }
    expect(card.held).toEqual(new Map());
    expect(card.ramp).toHaveLength(64);
  });

  it('knows what its study holds: what is set, and what is varied between one value', async () => {
    const study = (more: string) =>
      changed((about) => {
        about.study = about.study.replace('vary:', `set: { nodes: 8 }\nvary:\n${more}`);
      });
    const held = async (json: string) => (await openModel('m', json, WEIGHTS, plain)).card.held;
    expect(await held(study('  mean_temperature: { values: [24 degC] }'))).toEqual(
      new Map([
        ['numerics.nodes', '8'],
        ['operation.mean_temperature', '24 degC'],
      ]),
    );
    // what varied and is no input has no value to hold
    expect(await held(study('  strain: { from: 0.03, to: 0.04 }'))).toBeNull();
    expect(await held(changed((about) => (about.study = '')))).toBeNull();
    const stranger = changed((about) => {
      about.machine = 'my own';
      about.study = about.study.replace('hkust-kilowatt-2025', 'own.yaml');
    });
    const { card: own } = await openModel('m', stranger, WEIGHTS, plain);
    expect(own.held).toBeNull();
    expect(own.inputs.map(({ key }) => key)).toEqual([null, null, null]);
    expect(inputName(own.inputs[0])).toBe('frequency_Hz');
  });

  it('says where its training was stopped, and refuses one input', async () => {
    const stopped = changed((about) => (about.training.stopped = { at_step: 7, of_steps: 90 }));
    const { card: early } = await openModel('m', stopped, WEIGHTS, plain);
    expect(early.stopped).toEqual({ atStep: 7, ofSteps: 90 });
    const narrow = changed((about) => {
      about.inputs.length = 1;
      about.features = about.features.map((one) => ({ ...one, powers: { frequency_Hz: 1 } }));
    });
    await expect(openModel('m', narrow, WEIGHTS, plain)).rejects.toThrow('m: has one input, frequency_Hz');
  });

  it('reads a point, or says why not', () => {
    const inside = readPoint(model, [2.5, 0.15, 8]);
    expect(inside.refusal).toBeNull();
    expect(inside.values[0]).toBeGreaterThan(700);
    const outside = readPoint(model, [0.6, 0.24, 8]);
    expect(outside.values).toEqual(card.outputs.map(() => null));
    expect(outside.refusal).toMatch(/^no training point is near/);
  });
});

describe('what is asked of a model', () => {
  it('falls back on what the model has', () => {
    expect(askOf(card, WISH)).toEqual({ type: 'map', x: 0, y: 1, fill: 0, lines: 0, at: [2, 0.15, 10] });
    expect(askOf(card, { ...WISH, x: 'blow_flow_kg_per_s' })).toMatchObject({ x: 1, y: 0 });
    expect(askOf(card, { ...WISH, x: 'lift_K', y: 'lift_K', fill: 'cop_device' })).toMatchObject({
      x: 2,
      y: 0,
      fill: 1,
      lines: 1,
    });
    const odd = { ...WISH, x: 'no_such', fill: 'none_K', lines: NO_LINES };
    expect(askOf(card, odd)).toMatchObject({ x: 0, y: 1, fill: 0, lines: null });
  });

  it('stays within the bounds, whatever the address says', () => {
    const at = new Map([
      ['frequency_Hz', '99'],
      ['blow_flow_kg_per_s', '-1'],
      ['lift_K', 'much'],
    ]);
    expect(askOf(card, { ...WISH, at }).at).toEqual([card.inputs[0].high, card.inputs[1].low, 10]);
  });

  it('moves in steps that a person would choose, within the bounds', () => {
    const [frequency, flow] = card.inputs;
    expect(stepsOf(frequency)).toEqual({ step: 0.05, first: 11, last: 69 });
    expect(valueAt(stepsOf(flow), 77)).toBe(0.154);
    expect(nextTo(frequency, 2.049)).toBe(2.05);
    expect(nextTo(frequency, 99)).toBe(3.45);
    expect(nextTo(frequency, 0)).toBe(0.55);
  });

  it('is simulated with all that the study held', () => {
    const held = new Map([['numerics.nodes', '8']]);
    expect(settingsOf({ ...card, held }, [2.5, 0.15, 8])).toEqual(
      new Map([
        ['numerics.nodes', '8'],
        ['recipe.frequency', '2.5 Hz'],
        ['recipe.blow_flow', '0.15 kg/s'],
        ['operation.lift', '8 K'],
      ]),
    );
    expect(settingsOf({ ...card, held: null }, [2.5, 0.15, 8])).toBeNull();
    const [first, ...rest] = card.inputs;
    expect(settingsOf({ ...card, inputs: [{ ...first, key: null }, ...rest] }, [2.5, 0.15, 8])).toBeNull();
  });
});

describe('a map', () => {
  const grid = drawMap(model, askOf(card, { ...WISH, fill: 'cop_device', at: new Map([['lift_K', '16']]) }));
  const picture = {
    grid,
    ramp: card.ramp,
    palette: PALETTES.light,
    font: 'sans-serif',
    width: 600,
    height: 420,
    heading: [],
    x: { words: 'x', low: 0, high: 1 },
    y: { words: 'y', low: 0, high: 1 },
    unit: '',
    cursor: [0.5, 0.5] as const,
    legend: { outside: 'outside', absent: 'absent' },
  };
  const { shapes } = mapFigure(picture);
  const box = mapBox(picture);
  /** Boxes of the colours of the map, without those of the bar beside it. */
  const coloured = shapes
    .flatMap((shape) => (shape.kind === 'boxes' ? [shape] : []))
    .slice(0, card.ramp.length);
  const areaOf = (boxes: readonly number[]): number =>
    boxes.reduce((sum, width, i) => (i % 4 === 2 ? sum + width * boxes[i + 1] : sum), 0);

  it('has a colour exactly where it has a value', () => {
    const count = grid.fill.filter((value) => !Number.isNaN(value)).length;
    const share = coloured.reduce((sum, { boxes }) => sum + areaOf(boxes), 0) / (box.width * box.height);
    // edges lie on whole pixels
    expect(share).toBeCloseTo(count / grid.fill.length, 2);
    expect(count / grid.fill.length).toBeGreaterThan(0.3);
    expect(count / grid.fill.length).toBeLessThan(0.9);
    expect(coloured.map(({ colour }) => colour)).toEqual(card.ramp);
  });

  it('marks what was not trained otherwise than what does not cool, and says both', () => {
    const words = (of: readonly Shape[]) =>
      of.flatMap((shape) => (shape.kind === 'words' ? [shape.words] : []));
    expect(words(shapes)).toEqual(expect.arrayContaining(['outside', 'absent']));
    const power = drawMap(model, { ...grid.of, fill: 0, lines: null });
    expect(power.contours).toEqual([]);
    const ofPower = words(mapFigure({ ...picture, grid: power }).shapes);
    expect(ofPower).toContain('outside');
    expect(ofPower).not.toContain('absent');
  });

  it('has contour lines at round levels, along which the value is the level', () => {
    expect(grid.contours.length).toBeGreaterThan(3);
    for (const { level, points } of grid.contours) {
      expect(Number(level.toFixed(2))).toBe(level);
      const [x, y] = points[Math.floor(points.length / 2)];
      const at = readPoint(
        model,
        grid.of.at.map((value, i) => (i === grid.of.x ? x : i === grid.of.y ? y : value)),
      );
      // straight between the middles of two cells
      if (at.refusal === null) expect(Math.abs((at.values[1] as number) - level)).toBeLessThan(0.03);
    }
  });

  it('spans its colours over round numbers, and has none where nothing is known', () => {
    const [low, high] = colourRange(grid) as [number, number];
    const known = grid.fill.filter((value) => !Number.isNaN(value));
    expect(low).toBeLessThanOrEqual(known.reduce((a, b) => Math.min(a, b)));
    expect(high).toBeGreaterThanOrEqual(known.reduce((a, b) => Math.max(a, b)));
    const nothing = { ...grid, fill: new Float64Array(grid.fill.length).fill(Number.NaN) };
    expect(colourRange(nothing)).toBeNull();
    expect(() => mapFigure({ ...picture, grid: nothing })).not.toThrow();
    expect(colourRange({ ...grid, fill: Float64Array.of(5, 5) })).toEqual([4, 6]);
  });

  it('is a table with the units in the names, and nothing where there is no value', () => {
    const [head, ...rows] = toCsv(mapTable(card, drawMap(model, { ...grid.of, lines: 0 })))
      .trim()
      .split('\r\n');
    expect(head).toBe('frequency_Hz,blow_flow_kg_per_s,lift_K,cop_device,cooling_power_W,inside_domain');
    expect(rows).toHaveLength(grid.fill.length);
    for (const [cell, row] of rows.entries()) {
      const [, , lift, cop, power, inside] = row.split(',');
      expect([lift, inside]).toEqual(['16', String(grid.inside[cell])]);
      expect(cop === '').toBe(Number.isNaN(grid.fill[cell]));
      expect(power === '').toBe(grid.inside[cell] === 0);
    }
  });
});

describe('the patterns of gaps', () => {
  it.each(['outside', 'absent'] as const)('stay within their boxes: %s', (kind) => {
    const [shape] = patternShapes(kind, [10, 20, 33, 17], PALETTES.dark);
    if (shape.kind !== 'line') throw new Error('no lines');
    expect(shape.strokes.length).toBeGreaterThan(1);
    for (const [x0, y0, x1, y1] of shape.strokes) {
      for (const x of [x0, x1]) expect(x >= 10 && x <= 43).toBe(true);
      for (const y of [y0, y1]) expect(y >= 20 && y <= 37.5).toBe(true);
    }
    expect(patternShapes(kind, [], PALETTES.dark)).toEqual([]);
  });
});

describe('the words of outputs', () => {
  it('are those of the results that a surrogate can learn', () => {
    const learned = RESULTS.filter(
      ({ key }) => !['energy_residual', 'steady_state_error_K', 'cycles'].includes(key),
    );
    expect(Object.entries(OUTPUT_NAMES).map(([key, name]) => [key, name()])).toEqual(
      learned.map(({ key, title }) => [key, title]),
    );
  });
});
