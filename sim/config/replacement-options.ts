/**
 * What a cooler is compared with: a split unit, a tariff, a grid. Read from fixtures/replacement/split-unit.yaml, each
 * number with its status and source, the user's own laid over it.
 */
import { z } from 'zod';
import { STATUSES, type Status } from './device-config.ts';
import { UserError } from './quantity.ts';
import { readYaml } from './yaml-lines.ts';

/** By name: least, greatest, unit ('' for pure numbers), meaning. */
const OPTIONS = {
  tariff_per_kWh: [0, 1e6, 'of the currency per kWh', 'what a kilowatt-hour costs'],
  grid_kg_CO2e_per_kWh: [0, 3, 'kg/kWh', 'emissions of a kilowatt-hour as sold'],
  season_days: [1, 366, 'd', 'days of a cooling season, each like the day that was computed'],
  split_unit_CSPF: [1, 15, '', 'seasonal factor on the label, cooling / electricity'],
  split_unit_capacity_kW: [0.1, 100, 'kW', 'rated cooling of the smallest unit on sale'],
  evaporating_below_room_K: [0, 30, 'K', 'evaporating temperature below that of the room'],
  condensing_above_outdoor_K: [0, 30, 'K', 'condensing temperature above that of the outdoor air'],
  minimum_load_share: [0, 1, '', 'least share of its capacity at which the unit runs without a break'],
  cycling_loss: [0, 1, '', 'share of the COP lost to going on and off as the load goes to nothing'],
  refrigerant_charge_kg: [0, 100, 'kg', 'refrigerant in the smallest unit on sale'],
  leak_percent_per_year: [0, 100, '%', 'share of the charge that leaks a year, and is topped up'],
  end_of_life_loss_percent: [0, 100, '%', 'share of the charge that is not recovered in the end'],
  lifetime_years: [1, 100, 'a', 'years over which that loss is spread'],
  GWP: [0, 20_000, '', 'warming of the refrigerant over 100 years, as a multiple of CO2'],
} as const satisfies Record<string, readonly [number, number, string, string]>;

export type OptionName = keyof typeof OPTIONS;
export const OPTION_NAMES = Object.keys(OPTIONS) as OptionName[];

export interface ReplacementOption {
  readonly value: number;
  readonly unit: string;
  readonly help: string;
  /** `user`: given in place of that of the file. */
  readonly status: Status | 'user';
  readonly source?: string | undefined;
  readonly note?: string | undefined;
}

export interface ReplacementOptions {
  readonly currency: string;
  readonly options: Readonly<Record<OptionName, ReplacementOption>>;
  /** Hours of a season by outdoor temperature, with which the seasonal factor of the label is weighted. */
  readonly season: { readonly outdoor_C: readonly number[]; readonly hours: readonly number[] };
}

const Entry = z.strictObject({
  value: z.number(),
  status: z.enum(STATUSES),
  source: z.string().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  note: z.string().optional(),
});

const File = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency is three capital letters, as in HKD'),
  options: z.strictObject(
    Object.fromEntries(OPTION_NAMES.map((name) => [name, Entry])) as Record<OptionName, typeof Entry>,
  ),
  season_bins: z.strictObject({
    status: z.enum(STATUSES),
    outdoor_C: z.array(z.number()).min(1),
    hours: z.array(z.number().min(0)).min(1),
  }),
});

/**
 * @param given the user's own values by name, as written; `currency` is one of them
 * @throws UserError with file and line, or the name, what was given and what is allowed
 */
export function parseReplacementOptions(
  text: string,
  fileName: string,
  given: ReadonlyMap<string, string> = new Map(),
): ReplacementOptions {
  const { value: file, where } = readYaml(text, fileName, File);
  const { outdoor_C, hours } = file.season_bins;
  if (outdoor_C.length !== hours.length)
    throw new UserError(
      `${where(['season_bins', 'hours'])}: ${hours.length} hours given for ${outdoor_C.length} temperatures; give one for each.`,
    );
  const stray = [...given.keys()].find(
    (name) => name !== 'currency' && !OPTION_NAMES.some((known) => known === name),
  );
  if (stray !== undefined)
    throw new UserError(`${stray} is not an option; known are currency, ${OPTION_NAMES.join(', ')}.`);
  const currency = given.get('currency')?.trim() ?? file.currency;
  if (!/^[A-Z]{3}$/.test(currency))
    throw new UserError(`currency: "${currency}" given; write three capital letters, for example HKD.`);
  const options = Object.fromEntries(
    OPTION_NAMES.map((name): [OptionName, ReplacementOption] => {
      const [, , unit, help] = OPTIONS[name];
      const own = given.get(name);
      if (own !== undefined) return [name, { value: number(name, own, name), unit, help, status: 'user' }];
      const { value, status, source, note } = file.options[name];
      number(name, String(value), `${where(['options', name, 'value'])}: ${name}`);
      if ((status === 'published' || status === 'derived') && source === undefined)
        throw new UserError(
          `${where(['options', name])}: ${name} is ${status} without a source; name one, or call it assumed.`,
        );
      return [name, { value, unit, help, status, source, note }];
    }),
  ) as Record<OptionName, ReplacementOption>;
  return { currency, options, season: { outdoor_C, hours } };
}

function number(name: OptionName, written: string, at: string): number {
  const [min, max, unit] = OPTIONS[name];
  const value = written.trim() === '' ? Number.NaN : Number(written);
  if (value >= min && value <= max) return value;
  throw new UserError(
    `${at}: "${written.trim()}" given; allowed is a plain number from ${min} to ${max}${unit === '' ? '' : ` ${unit}`}.`,
  );
}
