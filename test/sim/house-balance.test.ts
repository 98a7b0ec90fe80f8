import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EdgeBox } from '../../sim/house/edge-box.ts';
import { House } from '../../sim/house/house.ts';
import { saturatedHumidityRatio } from '../../sim/house/moist-air.ts';
import type { Place } from '../../sim/house/place.ts';
import { parseWeatherTable } from '../../sim/house/weather-file.ts';
import { workingFluid } from '../../sim/machine/machine.ts';
import { kilowatt } from './kilowatt.ts';

const DAY = new URL('../../fixtures/weather/hong-kong-summer-day.csv', import.meta.url);
const weather = parseWeatherTable(readFileSync(DAY, 'utf8'), 'hong-kong-summer-day.csv');

const HUMID = {
  initial_dew_point: '26.5 degC',
  moisture_gain: '80 g/h',
  heat_gain: '100 W',
  solar_aperture: '0.3 m^2',
};

function house(changes: Readonly<Record<string, string>> = {}): House {
  const device = kilowatt(changes);
  return new House(device, workingFluid(device), weather);
}

/** A machine by its averages: `coolingW` at COP 3. */
function run(place: Place, durationS: number, dtS: number, coolingW: number): void {
  for (let i = 0; i < Math.round(durationS / dtS); i++)
    place.step(dtS, 0, coolingW * dtS, (4 / 3) * coolingW * dtS);
}

describe.each<[string, number, () => Place]>([
  ['dry house', 300, () => house({ initial_dew_point: '0 degC', ventilation: '0 1/h' })],
  ['wet house', 300, () => house(HUMID)],
  ['wet house of four layers', 300, () => house({ ...HUMID, wall_layers: '4', ventilation: '3 1/h' })],
  [
    'edge box',
    950,
    () => {
      const device = kilowatt();
      return new EdgeBox(device, workingFluid(device), weather);
    },
  ],
])('the %s', (_, coolingW, create) => {
  it.each([0.01, 10, 600])('closes the first law under moving weather with steps of %d s', (dtS) => {
    const place = create();
    place.fansRun = true;
    let scale = 0;
    let machineJ = 0;
    const start = place.storedEnergy();
    for (let i = 0; i < 300; i++) {
      place.fansRun = i % 50 < 40;
      const before = place.storedEnergy();
      place.step(dtS, i % 2 === 0 ? 0.05 : -0.05, 500 * dtS, 700 * dtS);
      machineJ += 200 * dtS;
      scale += Math.abs(place.storedEnergy() - before) + 1200 * dtS;
    }
    const residual = place.storedEnergy() - start - place.receivedJ - machineJ;
    // round-off: temperatures of 300 K on capacities of some 50 kJ/K hold 1e-9 J a step, sums their own 1e-16
    expect(Math.abs(residual)).toBeLessThan(300 * 1e-8 + 1e-13 * scale);
  });

  it('starts again from its saved state to the same bits', () => {
    const [one, other] = [create(), create()];
    one.fansRun = other.fansRun = true;
    run(one, 3600, 10, coolingW);
    const state = new Float64Array(one.stateLength);
    one.saveState(state);
    other.loadState(state);
    run(one, 600, 10, coolingW);
    run(other, 600, 10, coolingW);
    const [end, otherEnd] = [new Float64Array(one.stateLength), new Float64Array(one.stateLength)];
    one.saveState(end);
    other.saveState(otherEnd);
    expect(otherEnd).toEqual(end);
    expect(new Set(state).size).toBeGreaterThan(4);
  });

  it('has a first-order day: halving the step halves its error', () => {
    const ends = [240, 120, 60, 30].map((dtS) => {
      const place = create();
      place.fansRun = true;
      run(place, 6 * 3600, dtS, coolingW);
      return place.controlledK;
    });
    const differences = [0, 1, 2].map((i) => Math.abs(ends[i + 1] - ends[i]));
    for (const i of [0, 1]) {
      expect(differences[i] / differences[i + 1]).toBeGreaterThan(1.7);
      expect(differences[i] / differences[i + 1]).toBeLessThan(2.4);
    }
    // a step of 30 s costs millikelvins of the 10 K to 20 K that the place has moved
    expect(differences[2]).toBeLessThan(0.02);
  });
});

describe('the house', () => {
  it('books every gram of water, and condenses only downwards', () => {
    const room = house(HUMID);
    const start = room.storedWater();
    room.fansRun = true;
    let before = 0;
    for (let i = 0; i < 1000; i++) {
      room.step(20, 0, 6000, 9000);
      expect(room.condensateKg).toBeGreaterThanOrEqual(before);
      before = room.condensateKg;
    }
    const grown = room.moistureKg + room.ventilatedKg - room.condensateKg;
    expect(Math.abs(room.storedWater() - start - grown)).toBeLessThan(1e-12);
    expect(room.condensateKg).toBeGreaterThan(0.3);
    expect(room.latentJ).toBeGreaterThan(0.5 * 2.5e6 * room.condensateKg);
  });

  it('comes to the steady room of the given walls, air change, gains and coil', () => {
    const device = kilowatt({
      wall_layers: '3',
      heat_gain: '120 W',
      outdoor_swing: '0 K',
      ventilation: '1 1/h',
    });
    const room = new House(device, workingFluid(device));
    for (let i = 0; i < 400; i++) room.step(3600, 0, 0, 0);
    const r = device.room;
    const walls = r.wall_area / (1 / r.wall_inner_coefficient + 1 / r.wall_transmittance);
    const air = (2.7 / 3600) * 1.185 * 1006;
    expect(room.roomK - room.outdoorK).toBeCloseTo(120 / (walls + air), 6);
  });

  it('sweats on its walls where no coil dries it, and never holds more vapour than it can', () => {
    const room = house({ ...HUMID, moisture_gain: '500 g/h' });
    room.roomK = room.wallK = 293.15;
    room.step(1, 0, 0, 0);
    expect(room.humidity).toBeLessThanOrEqual(saturatedHumidityRatio(room.roomK) * (1 + 1e-12));
    expect(room.condensateKg).toBeGreaterThan(0);
    expect(room.latentJ).toBe(0);
    expect(room.wallK).toBeGreaterThan(293.15);
  });

  it('stays finite and between its surroundings at any step', () => {
    const celsius = (low: number, high: number) =>
      fc.double({ min: low + 273.15, max: high + 273.15, noNaN: true });
    fc.assert(
      fc.property(
        celsius(10, 45),
        celsius(10, 45),
        fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
        (air, wall, dtS) => {
          const room = house();
          room.roomK = air;
          room.wallK = wall;
          room.fansRun = true;
          for (let i = 0; i < 20; i++) room.step(dtS, 0, 0, 0);
          // loops start at 31 °C, outdoors is at 28 to 33 °C; 15 W of fan against 120 W/K of the coil alone warm by 0.2 K
          // while the loop is cooler than the room, and by 15 W over 13 W/K of the walls once it is not
          expect(room.roomK).toBeGreaterThan(Math.min(air, wall, 301.15) - 1e-6);
          expect(room.roomK).toBeLessThan(Math.max(air, wall, 306.15) + 1.5);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('the edge box', () => {
  it('comes to the loop by its plate: 1 kW over 300 W/K, what is lost outdoors apart', () => {
    const device = kilowatt();
    const box = new EdgeBox(device, workingFluid(device));
    box.fansRun = true;
    const { plate_conductance, loss_conductance, limit_temperature } = device.edge_box;
    expect(box.setpointK).toBe(limit_temperature);
    for (let i = 0; i < 4000; i++) box.step(60, 0, 900 * 60, 1200 * 60);
    // 900 W taken and 100 W lost outdoors at 2 W/K: the box stands 50 K above them
    expect(box.boxK - box.outdoorK).toBeCloseTo(100 / loss_conductance, 3);
    expect(box.boxK - box.coldLoopK).toBeCloseTo(900 / plate_conductance, 6);
    // hot loop: 1200 W through (1 − e^(−500/450)) 450 W/K
    expect(box.hotLoopK - box.outdoorK).toBeCloseTo(1200 / (450 * (1 - Math.exp(-500 / 450))), 9);
  });
});
