/** Money and emissions of a season of cooling, and where two machines are even. */
import type { OptionName, ReplacementOptions } from '../../config/replacement-options.ts';

/** A machine in a season. */
export interface Account {
  readonly electricity_kWh: number;
  /** In the currency of the options. */
  readonly cost: number;
  /** From the electricity, kg CO2e. */
  readonly indirect_kg_CO2e: number;
  /** From refrigerant that gets out, kg CO2e; a year of leaks and its share of the end of life fall on the season. */
  readonly direct_kg_CO2e: number;
  readonly total_kg_CO2e: number;
  readonly refrigerant_kg: number;
}

const valueOf = ({ options }: ReplacementOptions, name: OptionName): number => options[name].value;

/** @param dayKWh electricity of a day; @param refrigerantKg charge of the machine, 0 where there is none */
export function seasonAccount(options: ReplacementOptions, dayKWh: number, refrigerantKg: number): Account {
  const electricity_kWh = dayKWh * valueOf(options, 'season_days');
  const indirect_kg_CO2e = electricity_kWh * valueOf(options, 'grid_kg_CO2e_per_kWh');
  const lostShare =
    valueOf(options, 'leak_percent_per_year') / 100 +
    valueOf(options, 'end_of_life_loss_percent') / 100 / valueOf(options, 'lifetime_years');
  const direct_kg_CO2e = refrigerantKg * lostShare * valueOf(options, 'GWP');
  return {
    electricity_kWh,
    cost: electricity_kWh * valueOf(options, 'tariff_per_kWh'),
    indirect_kg_CO2e,
    direct_kg_CO2e,
    total_kg_CO2e: indirect_kg_CO2e + direct_kg_CO2e,
    refrigerant_kg: refrigerantKg,
  };
}

/**
 * COP at which a machine without refrigerant emits as much as `other` for the same cooling: below that of `other` by what
 * its refrigerant is worth in electricity. null on a grid without emissions, where any COP will do.
 * @param coolingKWh of the season
 */
export function breakEvenCop(coolingKWh: number, other: Account, gridKgPerKWh: number): number | null {
  return gridKgPerKWh > 0 ? coolingKWh / (other.total_kg_CO2e / gridKgPerKWh) : null;
}

/**
 * Grid factor below which a machine without refrigerant that takes more electricity emits less than `other`, kg CO2e a
 * kWh; null where it takes less electricity, and emits less on any grid.
 */
export function breakEvenGrid(electricityKWh: number, other: Account): number | null {
  const more = electricityKWh - other.electricity_kWh;
  return more > 0 ? other.direct_kg_CO2e / more : null;
}
