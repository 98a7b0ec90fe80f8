/** Maps of a surrogate: every cell says what the surrogate says there, or nothing; and the example that the page brings along. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openModel } from '../../sim/command/surrogate/open-model.ts';
import { simulate } from '../../sim/command/library.ts';
import { mapSlice, plainForward } from '../../sim/surrogate/slice.ts';

const house = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const surrogate = openModel(house('fixtures/surrogates/kilowatt-maps'));
const { about } = surrogate;
const place = (name: string): number => about.inputs.findIndex((one) => one.name === name);
const [FREQUENCY, FLOW, LIFT] = ['frequency_Hz', 'blow_flow_kg_per_s', 'lift_K'].map(place);
const outputAt = (name: string): number => about.outputs.findIndex((one) => one.name === name);
/** The worst of a hundred held-out rows is not the worst that there is: a kink of the pressure drop lies between them. */
const BEYOND = 1.5;
const SIZE = { columns: 24, rows: 18 };
const mapAt = (lift: number) => {
  const at = about.inputs.map(({ low }) => low);
  at[LIFT] = lift;
  return mapSlice(surrogate, { x: FREQUENCY, y: FLOW, at, ...SIZE }, plainForward(surrogate));
};

describe('a map of a surrogate', () => {
  const map = mapAt(12);

  it('covers the ranges of its two inputs in equal cells', () => {
    const { low, high } = about.inputs[FREQUENCY];
    const half = (high - low) / (2 * SIZE.columns);
    expect(map.x[0]).toBeCloseTo(low + half, 12);
    expect(map.x.at(-1)).toBeCloseTo(high - half, 12);
    expect([map.x.length, map.y.length, map.inside.length]).toEqual([24, 18, 24 * 18]);
  });

  it('says in every cell what the surrogate says of its middle, and nothing where that refuses', () => {
    const told = new Float64Array(about.outputs.length);
    const counts = { inside: 0, outside: 0 };
    for (const [cell, inside] of map.inside.entries()) {
      const point = [0, 0, 0];
      point[FREQUENCY] = map.x[cell % SIZE.columns];
      point[FLOW] = map.y[Math.floor(cell / SIZE.columns)];
      point[LIFT] = 12;
      expect(surrogate.evaluate(point, told)).toBe(inside === 1);
      counts[inside === 1 ? 'inside' : 'outside']++;
      for (const [k, values] of map.outputs.entries()) {
        if (Number.isNaN(told[k])) expect(values[cell]).toBeNaN();
        // features come in single precision to a tensor library
        else expect(Math.abs(values[cell] - told[k])).toBeLessThan(1e-4 * Math.max(1, Math.abs(told[k])));
      }
    }
    // a corner was not learned
    expect(counts.outside).toBeGreaterThan(20);
    expect(counts.inside).toBeGreaterThan(200);
  });

  it('has a power but no COP where the machine does not cool', () => {
    const hot = mapAt(about.inputs[LIFT].high);
    const [power, cop] = ['cooling_power_W', 'cop_device'].map((name) => hot.outputs[outputAt(name)]);
    const heating = [...power.keys()].filter((cell) => hot.inside[cell] === 1 && power[cell] <= 0);
    expect(heating.length).toBeGreaterThan(0);
    for (const cell of heating) expect(cop[cell]).toBeNaN();
  });

  it('asks the network only for what is within the domain', () => {
    let asked = -1;
    const at = about.inputs.map(({ low, high }) => (low + high) / 2);
    mapSlice(surrogate, { x: FREQUENCY, y: FLOW, at, ...SIZE }, (features, rows) => {
      asked = rows;
      expect(features).toHaveLength(rows * about.features.length);
      return new Float32Array(rows * about.outputs.length);
    });
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(SIZE.columns * SIZE.rows);
    const outside = [...at];
    outside[LIFT] = about.inputs[LIFT].high + 1;
    const none = mapSlice(surrogate, { x: FREQUENCY, y: FLOW, at: outside, ...SIZE }, (_, rows) => {
      asked = rows;
      return [];
    });
    expect(asked).toBe(0);
    expect(none.inside.some((one) => one === 1)).toBe(false);
  });

  it('refuses axes that are none', () => {
    const forward = plainForward(surrogate);
    const slice = { x: 0, y: 0, at: [1, 1, 1], ...SIZE };
    expect(() => mapSlice(surrogate, slice, forward)).toThrow('two different ones of 3 inputs');
    expect(() => mapSlice(surrogate, { ...slice, y: 3 }, forward)).toThrow(RangeError);
    expect(() => mapSlice(surrogate, { ...slice, y: 1, at: [1] }, forward)).toThrow('was given 1 values');
  });
});

describe('the example of the maps', () => {
  it('learned the study that stands in fixtures', () => {
    expect(about.study).toBe(readFileSync(house('fixtures/studies/kilowatt-maps.yaml'), 'utf8'));
    expect(about.held_out.rows).toBeGreaterThan(100);
  });

  it.each([
    [2.5, 0.15, 3],
    [1.5, 0.1, 8],
    [3.3, 0.22, 14],
  ])(
    'is as near to the physics as it says, at %d Hz, %d kg/s, %d K',
    { timeout: 60_000 },
    (f, flow, lift) => {
      const truth = simulate(about.machine, {
        set: { frequency: `${f} Hz`, blow_flow: `${flow} kg/s`, lift: `${lift} K` },
        tolerance_K: 1e-4,
      });
      const told = new Float64Array(about.outputs.length);
      const point = [0, 0, 0];
      [point[FREQUENCY], point[FLOW], point[LIFT]] = [f, flow, lift];
      expect(surrogate.evaluate(point, told)).toBe(true);
      for (const [k, { name, floor }] of about.outputs.entries()) {
        const value = truth[name as 'cooling_power_W'];
        const percent = (100 * Math.abs(told[k] - value)) / Math.max(Math.abs(value), floor);
        const worst = about.held_out.outputs[k].worst[0].error_percent;
        expect(percent, `${name}: ${told[k]}, computed ${value}`).toBeLessThan(BEYOND * worst);
      }
    },
  );
});
