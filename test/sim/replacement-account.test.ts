import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadMachine } from '../../sim/command/machine-ref.ts';
import { parseReplacementOptions } from '../../sim/config/replacement-options.ts';
import { houseDay } from '../../sim/study/model-house/house-run.ts';
import { breakEvenCop, breakEvenGrid, seasonAccount } from '../../sim/study/replacement/account.ts';
import { CANDIDATES, recipes, systemCop, thriftiest } from '../../sim/study/replacement/machines.ts';
import {
  labelledSplitUnit,
  seasonalFactor,
  splitUnitCop,
  splitUnitElectricity,
} from '../../sim/study/replacement/split-unit.ts';

const read = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');
const TEXT = read('replacement/split-unit.yaml');
const options = (pairs: Readonly<Record<string, string>> = {}) =>
  parseReplacementOptions(TEXT, 'split-unit.yaml', new Map(Object.entries(pairs)));

describe('the split unit', () => {
  it('has the seasonal factor of its label, whatever is assumed of its temperatures', () => {
    for (const given of [
      {},
      { evaporating_below_room_K: '8' },
      { cycling_loss: '0' },
      { split_unit_CSPF: '6' },
    ]) {
      const its = options(given);
      expect(seasonalFactor(labelledSplitUnit(its), its.season)).toBeCloseTo(
        its.options.split_unit_CSPF.value,
        12,
      );
    }
  });

  it('is a share of Carnot between its two temperatures, less where it goes on and off', () => {
    const unit = {
      carnotShare: 0.5,
      evaporatingBelowRoomK: 15,
      condensingAboveOutdoorK: 10,
      minimumLoadShare: 0.25,
      cyclingLoss: 0.2,
    };
    // evaporating at 12 °C, condensing at 45 °C
    const full = (0.5 * 285.15) / 33;
    expect(splitUnitCop(unit, 27, 35, 1)).toBeCloseTo(full, 12);
    expect(splitUnitCop(unit, 27, 35, 0.25)).toBeCloseTo(full, 12);
    expect(splitUnitCop(unit, 27, 35, 0.125)).toBeCloseTo(0.9 * full, 12);
    expect(splitUnitCop(unit, 27, 35, 0)).toBeCloseTo(0.8 * full, 12);
    expect(splitUnitCop(unit, 27, 30, 1)).toBeGreaterThan(full);
    expect(splitUnitCop(unit, 22, 35, 1)).toBeLessThan(full);
  });

  it('stays below Carnot between room and outdoors, and rates as split units do', () => {
    const unit = labelledSplitUnit(options());
    expect(unit.carnotShare).toBeLessThan(1);
    // rated at 27/35 °C, units of grade 1 are sold with some 3.2 to 4.2
    expect(splitUnitCop(unit, 27, 35, 1)).toBeGreaterThan(3);
    expect(splitUnitCop(unit, 27, 35, 1)).toBeLessThan(4.3);
  });

  it('takes kilowatt-hours: a kilowatt for a day at a COP of 4 is 6 kWh, and nothing for nothing', () => {
    const unit = labelledSplitUnit(options());
    const hours = <T>(value: T) => Array.from({ length: 24 }, () => value);
    const cop = splitUnitCop(unit, 24, 31, 0.5);
    const load = { coolingW: hours(1000), roomC: hours(24), outdoorC: hours(31) };
    expect(
      splitUnitElectricity({ ...unit, carnotShare: (unit.carnotShare * 4) / cop }, load, 2000),
    ).toBeCloseTo(6, 9);
    expect(splitUnitElectricity(unit, { ...load, coolingW: hours(0) }, 2000)).toBe(0);
  });
});

describe('the account of a season', () => {
  it('is money and emissions of the days, refrigerant by its leaks and its end', () => {
    const account = seasonAccount(
      options({
        season_days: '100',
        tariff_per_kWh: '2',
        grid_kg_CO2e_per_kWh: '0.5',
        leak_percent_per_year: '4',
        end_of_life_loss_percent: '60',
        lifetime_years: '10',
        GWP: '700',
      }),
      3,
      0.5,
    );
    // 300 kWh; 0.5 kg × (4 % + 60 %/10) × 700
    expect(account.cost).toBeCloseTo(600, 9);
    expect(account.indirect_kg_CO2e).toBeCloseTo(150, 9);
    expect(account.direct_kg_CO2e).toBeCloseTo(35, 9);
    expect(account.total_kg_CO2e).toBeCloseTo(185, 9);
  });

  it('has no direct emissions without refrigerant or losses, and no indirect ones on a clean grid', () => {
    const tight = options({ leak_percent_per_year: '0', end_of_life_loss_percent: '0' });
    expect(seasonAccount(tight, 3, 0.6).direct_kg_CO2e).toBe(0);
    expect(seasonAccount(options(), 3, 0).direct_kg_CO2e).toBe(0);
    expect(seasonAccount(options({ GWP: '0' }), 3, 0.6).direct_kg_CO2e).toBe(0);
    expect(seasonAccount(options({ grid_kg_CO2e_per_kWh: '0' }), 3, 0.6).indirect_kg_CO2e).toBe(0);
  });

  it('is even at the break-even COP and at the break-even grid', () => {
    const its = options();
    const grid = its.options.grid_kg_CO2e_per_kWh.value;
    const cooling = 10;
    const split = seasonAccount(its, cooling / 3.5, 0.6);
    const days = its.options.season_days.value;
    const cop = breakEvenCop(cooling * days, split, grid) ?? Number.NaN;
    expect(cop).toBeLessThan(3.5);
    expect(seasonAccount(its, cooling / cop, 0).total_kg_CO2e).toBeCloseTo(split.total_kg_CO2e, 9);

    const hungry = seasonAccount(its, 8, 0);
    const clean = breakEvenGrid(hungry.electricity_kWh, split) ?? Number.NaN;
    const there = options({ grid_kg_CO2e_per_kWh: String(clean) });
    expect(seasonAccount(there, 8, 0).total_kg_CO2e).toBeCloseTo(
      seasonAccount(there, cooling / 3.5, 0.6).total_kg_CO2e,
      9,
    );
  });

  it('knows where nothing is to be broken even', () => {
    const split = seasonAccount(options(), 3, 0.6);
    expect(breakEvenCop(1000, split, 0)).toBeNull();
    expect(breakEvenGrid(split.electricity_kWh / 2, split)).toBeNull();
  });
});

describe('the machines', () => {
  const weather = read('weather/hong-kong-summer-day.csv');
  const dayOf = (key: string, recipe: number) => {
    const { machine } = CANDIDATES.find((candidate) => candidate.key === key) ?? CANDIDATES[0];
    const { room } = loadMachine(machine).device;
    const changes = { ...machine.changes, ...recipes(room)[recipe] };
    return houseDay.run({ machine: { ...machine, changes }, weather }, loadMachine);
  };
  const SLOW = recipes({ frequency: 3.5, blow_flow: 0.19 }).findIndex(
    (recipe) =>
      recipe['room.frequency'] === 1 && Math.abs(Number(recipe['room.blow_flow']) - 0.19 / 3.5) < 1e-12,
  );

  it('take less electricity the less is lost: with recovery, without hysteresis', () => {
    const calibrated = dayOf('as-calibrated', SLOW);
    const rotary = dayOf('rotary-drive', SLOW);
    const bound = dayOf('reversible', SLOW);
    if (calibrated === null || rotary === null || bound === null) throw new Error('a machine did not run');
    expect(systemCop(rotary)).toBeGreaterThan(systemCop(calibrated));
    expect(systemCop(bound)).toBeGreaterThan(systemCop(rotary));
    // and the house is the same: its cooling differs by what the temperature in the band does, a few percent
    expect(Math.abs(rotary.cooling_kWh / calibrated.cooling_kWh - 1)).toBeLessThan(0.03);
  });

  it('are chosen by electricity among those that keep the house cool', () => {
    const day = dayOf('as-calibrated', SLOW);
    if (day === null) throw new Error('the machine did not run');
    const days = [
      { ...day, electric_kWh: 1, highest_C: 23 },
      { ...day, electric_kWh: 3, highest_C: 21.9 },
      null,
      { ...day, electric_kWh: 2, highest_C: 21.8 },
    ];
    expect(thriftiest(days, 22)).toBe(3);
    expect(thriftiest(days, 20)).toBeNull();
  });
});
