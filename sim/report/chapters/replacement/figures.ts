/** Electricity and emissions of the machines side by side. */
import type { ReplacementOptions } from '../../../config/replacement-options.ts';
import type { Figure } from '../../chapter.ts';
import { barFigure } from '../../bar-figure.ts';
import type { Comparison } from './compare.ts';

const DAY =
  'The same model house on the same assumed Hong Kong summer day, at the same room temperature. ' +
  'Machines run with the thriftiest recipe found, but where the recipe is that of the preset. ';
const groupsOf = ({ splits, machines }: Comparison): string[] => [
  splits.scaled.label,
  splits.smallest.label,
  ...machines.map(({ label }) => label),
];

export function electricityFigure(comparison: Comparison): Figure {
  const { splits, machines } = comparison;
  const spreads = machines.map(({ spread }) => spread?.electric_kWh);
  return {
    key: 'replacement-electricity',
    caption:
      `${DAY}Whiskers: 90 % of those of the conditioned machines that keep this house cool, each with its own recipe; the others have none, being what-ifs on the calibrated preset. Split unit: a ` +
      'fixed share of Carnot, set by the least seasonal factor of grade 1 of the Hong Kong label (published). Nothing was published of the electricity of the kilowatt machine.',
    svg: barFigure({
      title: 'Electricity of a day in the model house',
      value: { label: 'electricity', unit: 'kWh/d' },
      groups: groupsOf(comparison),
      series: [
        {
          label: 'model',
          values: [
            splits.scaled.electric_kWh,
            splits.smallest.electric_kWh,
            ...machines.map(({ day }) => day.electric_kWh),
          ].map(threeDigits),
          low: [null, null, ...spreads.map((spread) => finite(spread?.low))],
          high: [null, null, ...spreads.map((spread) => finite(spread?.high))],
        },
      ],
    }),
  };
}

export function emissionsFigure(comparison: Comparison, { options }: ReplacementOptions): Figure {
  const { splits, machines } = comparison;
  const accounts = [splits.scaled, splits.smallest, ...machines].map(({ account }) => account);
  return {
    key: 'replacement-emissions',
    caption:
      `${DAY}Indirect: electricity times ${options.grid_kg_CO2e_per_kWh.value} kg CO2e a kWh (${options.grid_kg_CO2e_per_kWh.status}). ` +
      `Direct: a year of leaks (${options.leak_percent_per_year.value} % of the charge, ${options.leak_percent_per_year.status}) and a ` +
      `year's share of what is lost after ${options.lifetime_years.value} years (${options.end_of_life_loss_percent.value} %, ` +
      `${options.end_of_life_loss_percent.status}), times a GWP of ${options.GWP.value} (${options.GWP.status}). The scaled unit holds ` +
      'refrigerant in proportion to its capacity. What it takes to build the machines is left out.',
    svg: barFigure({
      title: `Emissions of a season of ${options.season_days.value} such days`,
      value: { label: 'emissions', unit: 'kg CO2e' },
      groups: groupsOf(comparison),
      stacked: true,
      series: [
        {
          label: 'indirect (electricity)',
          values: accounts.map(({ indirect_kg_CO2e }) => threeDigits(indirect_kg_CO2e)),
        },
        {
          label: 'direct (refrigerant)',
          values: accounts.map(({ direct_kg_CO2e }) => threeDigits(direct_kg_CO2e)),
        },
      ],
    }),
  };
}

/** Written behind the bars, where more would be noise. */
const threeDigits = (value: number): number => Number(value.toPrecision(3));

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
