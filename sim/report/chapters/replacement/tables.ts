/** The comparison in figures: a day and a season, where machines are even, and the options behind it all. */
import { OPTION_NAMES, type ReplacementOptions } from '../../../config/replacement-options.ts';
import { breakEvenCop, breakEvenGrid } from '../../../study/replacement/account.ts';
import { systemCop } from '../../../study/replacement/machines.ts';
import type { Column, Table } from '../../chapter.ts';
import type { Interval } from '../band.ts';
import type { Comparison, MachineRow } from './compare.ts';

const right = (label: string): Column => ({ label, align: 'right' });

export function seasonTable(
  { cooling_kWh, splits, machines }: Comparison,
  { currency, options }: ReplacementOptions,
): Table {
  const days = options.season_days.value;
  const kept = machines.flatMap(({ spread }) =>
    spread === null ? [] : [`${spread.cool} of ${spread.drawn} drawn`],
  );
  return {
    title: `A day, and a season of ${days} such days`,
    columns: [
      { label: 'machine' },
      { label: 'recipe' },
      right('COP'),
      right('kWh/d'),
      right('kWh'),
      right(currency),
      right('indirect, kg CO2e'),
      right('direct, kg CO2e'),
      right('total, kg CO2e'),
      right('refrigerant, g'),
      right('pulldown, min'),
    ],
    rows: [
      ...[splits.scaled, splits.smallest].map(({ label, electric_kWh, capacity_W, account }) => ({
        cells: [
          label,
          `${(capacity_W / 1000).toFixed(2)} kW`,
          (cooling_kWh / electric_kWh).toFixed(2),
          electric_kWh.toFixed(2),
          ...moneyAndEmissions(account),
          null,
        ],
      })),
      ...machines.map((row) => ({
        cells: [
          row.label,
          row.recipe,
          withSpread(systemCop(row.day), row.spread?.cop),
          withSpread(row.day.electric_kWh, row.spread?.electric_kWh),
          ...moneyAndEmissions(row.account),
          row.pulldown?.time_to_setpoint_s == null ? null : (row.pulldown.time_to_setpoint_s / 60).toFixed(0),
        ],
      })),
    ],
    note:
      'COP: useful cooling of the room / all electricity, fans and pump included. In brackets: 90 % of the conditioned machines in this ' +
      `house, each with its own recipe, of those that keep it cool (${kept.join(', ')}). ` +
      'Pulldown: from 31 °C in steady weather with this recipe; a dash where it takes more than an hour, or was not computed.',
  };
}

const withSpread = (value: number, spread: Interval | undefined): string =>
  spread !== undefined && Number.isFinite(spread.middle)
    ? `${value.toFixed(2)} (${spread.low.toFixed(2)} to ${spread.high.toFixed(2)})`
    : value.toFixed(2);

const moneyAndEmissions = (account: MachineRow['account']): string[] => [
  account.electricity_kWh.toFixed(0),
  account.cost.toFixed(0),
  account.indirect_kg_CO2e.toFixed(0),
  account.direct_kg_CO2e.toFixed(0),
  account.total_kg_CO2e.toFixed(0),
  (1000 * account.refrigerant_kg).toFixed(0),
];

export function breakEvenTable(
  { cooling_kWh, splits, machines }: Comparison,
  { options }: ReplacementOptions,
): Table {
  const cooling = cooling_kWh * options.season_days.value;
  const grid = options.grid_kg_CO2e_per_kWh.value;
  const both = [splits.scaled, splits.smallest];
  const decimals = (value: number | null, digits: number, absent: string): string =>
    value === null ? absent : value.toFixed(digits);
  return {
    title: 'Where a machine without refrigerant is even with the split unit',
    columns: [
      { label: 'machine' },
      right('COP'),
      right('even in emissions at COP (scaled / smallest)'),
      right('electricity, times that of the scaled unit'),
      right('even on a grid of kg CO2e/kWh (scaled / smallest)'),
    ],
    rows: machines.map(({ label, day, account }) => ({
      cells: [
        label,
        systemCop(day).toFixed(2),
        both.map((split) => decimals(breakEvenCop(cooling, split.account, grid), 2, 'any')).join(' / '),
        (day.electric_kWh / splits.scaled.electric_kWh).toFixed(1),
        both
          .map((split) => decimals(breakEvenGrid(account.electricity_kWh, split.account), 3, 'any'))
          .join(' / '),
      ],
    })),
    note:
      `The grid of this report: ${grid} kg CO2e/kWh (${options.grid_kg_CO2e_per_kWh.status}). A machine below the COP of its column, or on a ` +
      'grid above the last one, warms the climate more than the split unit, refrigerant and all. In electricity, and so in money, it is even at the COP of the split unit itself.',
  };
}

export function optionsTable({ currency, options }: ReplacementOptions): Table {
  return {
    title: 'What the comparison rests on',
    columns: [
      { label: 'option' },
      right('value'),
      { label: 'status' },
      { label: 'source' },
      { label: 'note' },
    ],
    rows: OPTION_NAMES.map((name) => {
      const { value, unit, help, status, source, note } = options[name];
      const shown = name === 'tariff_per_kWh' ? `${value} ${currency}` : `${value} ${unit}`.trim();
      return {
        cells: [name, shown, status === 'user' ? 'given by the user' : status, source ?? null, note ?? help],
      };
    }),
    note: 'Every one can be given anew by its name.',
  };
}
