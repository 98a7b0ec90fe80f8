import { describe, expect, it } from 'vitest';
import {
  cheapestHull,
  cheapestRecipe,
  electricOnHull,
  priceOf,
} from '../../../controller/control/regulate/predict/cheapest.ts';
import {
  coolingOf,
  electricOf,
  latticeRecipes,
} from '../../../controller/control/regulate/predict/outlook.ts';
import { type Wish, createPlanner } from '../../../controller/control/regulate/predict/plan.ts';
import { madeUpOutlook } from './made-up-outlook.ts';

const outlook = madeUpOutlook();
const PORTS = { cold_C: 19, lift_K: 11 };
const ANY = { stress_MPa: 900, pressure_bar: 1.5 };

describe('the cheapest recipe', () => {
  const hull = cheapestHull(outlook, 4.5, PORTS, ANY);

  it('is never dearer than a recipe of the lattice that cools as much', () => {
    for (const { recipe } of latticeRecipes(outlook).filter((one) => one.recipe.strain_percent === 4.5)) {
      const cooling = coolingOf(outlook, recipe, PORTS);
      expect(electricOnHull(hull, cooling)).toBeLessThanOrEqual(electricOf(outlook, recipe, PORTS) + 1e-9);
    }
  });

  it('gives the cooling that is wanted, and moves little where little more is wanted', () => {
    const [least, most] = [hull[0].cooling_W, hull[hull.length - 1].cooling_W];
    let before = cheapestRecipe(outlook, hull, PORTS, least);
    for (let wanted = least; wanted <= most; wanted += (most - least) / 500) {
      const recipe = cheapestRecipe(outlook, hull, PORTS, wanted);
      expect(coolingOf(outlook, recipe, PORTS)).toBeCloseTo(wanted, 2);
      expect(Math.abs(recipe.frequency_Hz - before.frequency_Hz)).toBeLessThan(0.05);
      before = recipe;
    }
    expect(cheapestRecipe(outlook, hull, PORTS, 1e9)).toEqual(hull[hull.length - 1].recipe);
  });

  it('keeps to stress and pressure', () => {
    expect(cheapestHull(outlook, 4.5, PORTS, { ...ANY, stress_MPa: 500 })).toEqual([]);
    for (const { recipe } of cheapestHull(outlook, 3.75, PORTS, { ...ANY, pressure_bar: 0.2 }))
      expect(4 * recipe.blow_flow_kg_per_s).toBeLessThanOrEqual(0.2);
  });

  it('has a price that rises', () => {
    const { slope, bend_per_W } = priceOf(hull);
    expect(bend_per_W).toBeGreaterThan(0);
    const last = hull[hull.length - 1];
    const whole = (q: number) => slope * q + (bend_per_W * q * q) / 2;
    expect(whole(last.cooling_W) - whole(hull[0].cooling_W)).toBeCloseTo(
      last.electric_W - hull[0].electric_W,
      6,
    );
  });
});

const SETTINGS = { horizon_s: 600, comfort_K: 0.3, worth_W_per_K2: 5000 };
/** A house at rest at 21.5 °C with 31 °C outdoors, loads as they are; `balance_W` holds it. */
function atRest(): { wish: Wish; balance_W: number } {
  const { house } = outlook;
  const walls = 1 / (1 / house.air_to_wall_W_per_K + 1 / house.wall_to_outdoors_W_per_K);
  const wall = 21.5 + (walls * 9.5) / house.air_to_wall_W_per_K;
  const balance_W = (walls + house.ventilation_W_per_K) * 9.5 + house.running_gain_W;
  const state = Float64Array.of(21.5, wall, 21.5 - balance_W / house.coil_W_per_K, 0, 0);
  const wish = {
    state,
    setpoint_C: 21.5,
    outdoor_C: 31,
    yield: 1,
    cooling_W: balance_W,
    delay_s: 5,
    least_W: 10,
    most_W: 800,
    rate_W_per_s: 1e4,
    price: { slope: 0, bend_per_W: 1e-6 },
  };
  return { wish, balance_W };
}

describe('the plan', () => {
  const plan = createPlanner(outlook.house, SETTINGS);

  it('holds a house that is at rest with what its load is', () => {
    const { wish, balance_W } = atRest();
    expect(plan(wish)).toBeCloseTo(balance_W, 1);
  });

  it('asks for less by the outlook where the machine takes more than that', () => {
    const { wish, balance_W } = atRest();
    const asked_W = balance_W / 1.7;
    expect(plan({ ...wish, yield: 1.7, cooling_W: asked_W })).toBeCloseTo(asked_W, 1);
  });

  it('knows what is still cooled before it takes hold', () => {
    const { wish, balance_W } = atRest();
    const hasty = { ...wish, cooling_W: 2 * balance_W };
    const late = plan({ ...hasty, delay_s: 13 }) ?? Number.NaN;
    expect(late).toBeLessThan((plan({ ...hasty, delay_s: 0.1 }) ?? Number.NaN) - 10);
    expect(late).toBeLessThan(balance_W);
  });

  it('leaves a little more warmth where electricity is dear', () => {
    const { wish, balance_W } = atRest();
    expect(plan({ ...wish, price: { slope: 5, bend_per_W: 1e-6 } })).toBeLessThan(balance_W - 1);
  });

  it('asks for all where it is far too warm, and never for more than there is nor faster than allowed', () => {
    const { wish } = atRest();
    const warm = { ...wish, state: Float64Array.of(31, 31, 30, 0, 0) };
    expect(plan(warm)).toBeCloseTo(800, 6);
    const slow = plan({ ...warm, cooling_W: 100, rate_W_per_s: 5 }) ?? Number.NaN;
    // 5 W/s over the first move, a sixtieth of the horizon.
    expect(slow).toBeCloseTo(150, 6);
    const cold = plan({ ...wish, state: Float64Array.of(18, 18, 16, 0, 0) });
    expect(cold).toBeCloseTo(10, 6);
  });

  it('has an answer for every state that a house may be in', () => {
    const { wish } = atRest();
    for (let air = 10; air <= 40; air += 3)
      for (let loop = 2; loop <= 40; loop += 4)
        for (const load of [-500, 0, 500])
          for (const cooling_W of [10, 400, 800]) {
            const state = Float64Array.of(air, (air + 31) / 2, loop, load, -load / 2000);
            const found = plan({ ...wish, state, cooling_W, rate_W_per_s: 40 });
            expect(found, `${air} ${loop} ${load} ${cooling_W}`).not.toBeNull();
            expect(found).toBeGreaterThanOrEqual(10);
            expect(found).toBeLessThanOrEqual(800);
          }
  });
});
