import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { UserError } from '../../sim/index.ts';
import { OPTION_NAMES, parseReplacementOptions } from '../../sim/config/replacement-options.ts';

const read = (path: string) => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8');
const TEXT = read('replacement/split-unit.yaml');
const given = (pairs: Readonly<Record<string, string>>) => new Map(Object.entries(pairs));
const options = (pairs: Readonly<Record<string, string>> = {}) =>
  parseReplacementOptions(TEXT, 'split-unit.yaml', given(pairs));

it('every published or derived number has a source in the bibliography, and every number its range around it', () => {
  const bibliography = Object.keys(parse(read('bibliography.yaml')) as object);
  const raw = (parse(TEXT) as { options: Record<string, { value: number; range: [number, number] }> })
    .options;
  for (const name of OPTION_NAMES) {
    const { status, source } = options().options[name];
    if (status === 'published' || status === 'derived') expect(bibliography).toContain(source);
    const { value, range } = raw[name];
    expect(value).toBeGreaterThanOrEqual(range[0]);
    expect(value).toBeLessThanOrEqual(range[1]);
  }
});

it('a value of the user takes the place of that of the file and is called his', () => {
  const own = options({ tariff_per_kWh: '0.3', currency: 'EUR', GWP: '0' });
  expect(own.currency).toBe('EUR');
  expect(own.options.tariff_per_kWh).toMatchObject({ value: 0.3, status: 'user' });
  expect(own.options.GWP.value).toBe(0);
  expect(own.options.grid_kg_CO2e_per_kWh).toEqual(options().options.grid_kg_CO2e_per_kWh);
});

it.each([
  [{ tarif: '1' }, 'tarif is not an option; known are currency, tariff_per_kWh'],
  [{ tariff_per_kWh: '1 HKD' }, 'tariff_per_kWh: "1 HKD" given; allowed is a plain number from 0 to 1000000'],
  [
    { leak_percent_per_year: '101' },
    'leak_percent_per_year: "101" given; allowed is a plain number from 0 to 100 %',
  ],
  [{ lifetime_years: '' }, 'lifetime_years: "" given; allowed is a plain number from 1 to 100 a'],
  [{ currency: 'dollars' }, 'currency: "dollars" given; write three capital letters'],
])('%j is refused in one sentence', (pairs, sentence) => {
  expect(() => options(pairs as Record<string, string>)).toThrow(UserError);
  expect(() => options(pairs as Record<string, string>)).toThrow(sentence);
});

it.each([
  [
    (text: string) => text.replace('source: clp-tariff-2025, ', ''),
    'split-unit.yaml:6: tariff_per_kWh is published without a source',
  ],
  [
    (text: string) => text.replace('value: 771', 'value: -1'),
    'GWP: "-1" given; allowed is a plain number from 0',
  ],
  [(text: string) => text.replace('GWP:', 'gwp:'), 'GWP'],
  [(text: string) => text.replace('6, 4]', '6]'), '14 hours given for 15 temperatures'],
  [(text: string) => text.replace('currency: HKD', 'currency: Hong Kong'), 'three capital letters'],
])('a fault of the file is named with its line', (spoil, sentence) => {
  expect(() => parseReplacementOptions(spoil(TEXT), 'split-unit.yaml')).toThrow(sentence);
});
