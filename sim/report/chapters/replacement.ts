/** The chapter on what would replace the compressor. */
import type { ReplacementOptions } from '../../config/replacement-options.ts';
import { FLUID_A_CYCLE, FREQUENCIES_HZ, systemCop } from '../../study/replacement/machines.ts';
import { splitUnitCop } from '../../study/replacement/split-unit.ts';
import type { Block, Chapter } from '../chapter.ts';
import { type Comparison, type MachineRow, type SplitRow, compare } from './replacement/compare.ts';
import { electricityFigure, emissionsFigure } from './replacement/figures.ts';
import { breakEvenTable, optionsTable, seasonTable } from './replacement/tables.ts';

/** @param weather text of a weather table of a day, as parseWeatherTable reads it */
export const replacementChapter =
  (options: ReplacementOptions, weather: string): Chapter =>
  async (context) => {
    const comparison = await compare(context, options, weather);
    const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
    return {
      key: 'replacement',
      title: 'What would replace the compressor?',
      blocks: [
        paragraph(setting(comparison, options)),
        paragraph(verdict(comparison)),
        { kind: 'figure', figure: electricityFigure(comparison) },
        { kind: 'figure', figure: emissionsFigure(comparison, options) },
        { kind: 'table', table: seasonTable(comparison, options) },
        { kind: 'table', table: breakEvenTable(comparison, options) },
        { kind: 'heading', text: 'The machines' },
        ...comparison.machines
          .slice(1)
          .map(({ candidate }) => paragraph(`${sentenceCase(candidate.label)}: ${candidate.note}.`)),
        ...comparison.failing.map(({ label, note }) =>
          paragraph(
            `${sentenceCase(label)}: ${note}. With no recipe tried does it keep the house cool, so it has no row.`,
          ),
        ),
        paragraph(
          `Each machine was tried with ${FREQUENCIES_HZ.join(', ')} cycles a second and with ${FLUID_A_CYCLE.join(' and ')} times the fluid a cycle that ` +
            'its preset blows in the house; shown is the recipe that takes the least electricity among those that keep the room within the band of ' +
            'its thermostat. Fewer cycles cost less work and less pump: the recipe of the preset was chosen for the pulldown. Stroke, gaps and ' +
            'exchangers are those of the preset throughout; a machine designed for so small a load could do better.',
        ),
        { kind: 'table', table: optionsTable(options) },
      ],
    };
  };

function setting({ unit, splits, cooling_kWh }: Comparison, { options }: ReplacementOptions): string {
  const rated = splitUnitCop(unit, 27, 35, 1);
  return (
    `The same house, day and room temperature: ${cooling_kWh.toFixed(2)} kWh of useful cooling, what the room got less the heat of the ` +
    `machine's own fan. The split unit is a fixed share of Carnot (${(100 * unit.carnotShare).toFixed(0)} %) between evaporating and condensing ` +
    `temperature, set so that its seasonal factor is ${options.split_unit_CSPF.value} (${options.split_unit_CSPF.status}); it then has a COP of ` +
    `${rated.toFixed(1)} at 27/35 °C. The smallest unit on sale is larger than this house: one row has it scaled to the ` +
    `${splits.scaled.capacity_W.toFixed(0)} W that the kilowatt machine gives here while it runs, refrigerant in proportion, the other takes it ` +
    'as it is. Both deliver the cooling of the room hour by hour; that a colder coil would dry the air more is left out.'
  );
}

function verdict({ cooling_kWh, splits: { scaled, smallest }, machines }: Comparison): string {
  const [preset, ...others] = machines;
  const thrifty = others.find(({ candidate }) => candidate === preset.candidate);
  const best = machines.toSorted((a, b) => systemCop(b.day) - systemCop(a.day))[0];
  const times = (kWh: number): string => `${(kWh / scaled.electric_kWh).toFixed(1)} times the electricity`;
  const sentences = [
    `The split unit scaled to the house has a COP of ${(cooling_kWh / scaled.electric_kWh).toFixed(2)} on this day, the kilowatt machine ` +
      `as calibrated one of ${systemCop(preset.day).toFixed(2)}${spread(preset)} with the recipe of its preset: ${times(preset.day.electric_kWh)}.`,
  ];
  if (thrifty)
    sentences.push(
      `Run as gently as the house allows (${thrifty.recipe}) it has ${systemCop(thrifty.day).toFixed(2)}${spread(thrifty)}, ${times(thrifty.day.electric_kWh)}.`,
    );
  sentences.push(
    `The best of the machines looked at (${best.label}) has ${systemCop(best.day).toFixed(2)}, ${times(best.day.electric_kWh)}.`,
    `In a season's emissions on this grid, ${fewer(scaled, machines)} below the split unit scaled to the house, and ${fewer(smallest, machines)} ` +
      'below the smallest one on sale, whose charge is out of proportion to a house of 2.7 m³.',
    "No COP of the kilowatt machine was published: all of this is the model's, not the inventors'.",
  );
  return sentences.join(' ');
}

function spread({ day, spread: found }: MachineRow): string {
  if (found === null || !Number.isFinite(found.cop.middle)) return '';
  const { low, high } = found.cop;
  const isOutside = systemCop(day) < low || systemCop(day) > high;
  return (
    ` (90 % of the conditioned machines: ${low.toFixed(2)} to ${high.toFixed(2)}` +
    `${isOutside ? '; the preset lies outside, being one choice among the exchangers and pumps that nobody published' : ''})`
  );
}

function fewer(split: SplitRow, machines: readonly MachineRow[]): string {
  const below = machines.filter(({ account }) => account.total_kg_CO2e < split.account.total_kg_CO2e);
  if (below.length === 0) return 'none of them comes';
  return `${below.map(({ label }) => `"${label}"`).join(', ')} ${below.length === 1 ? 'comes' : 'come'}`;
}

const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
