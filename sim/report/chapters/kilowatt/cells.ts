/** Stress, transformation and temperature of the ten cells through a cycle. */
import { type CellsCycle, cellsCycle } from '../../../study/kilowatt/cells-cycle.ts';
import type { Block, ChapterContext } from '../../chapter.ts';
import { INK, MUTED, PALETTE } from '../../svg.ts';
import type { Series } from '../../xy-figure.ts';
import { KILOWATT } from './ensemble.ts';
import { panels } from './panels.ts';
import { drawing, figure, heading, paragraph } from '../words.ts';

const LIFTS_K = [0, 10] as const;
const [WIDE, NARROW] = PALETTE;
const BETWEEN = '#b6bfc9';

type Quantity = keyof CellsCycle['lowest'];

export async function cellsBlocks(context: ChapterContext): Promise<Block[]> {
  const [flat, lifting] = await context.run(
    cellsCycle,
    LIFTS_K.map((lift) => ({ preset: KILOWATT, changes: { 'operation.lift': lift } })),
  );
  if (flat === null || lifting === null)
    return [paragraph('The kilowatt machine found no cyclic steady state; its cells cannot be shown.')];
  const phases = { label: '', unit: '', domain: [0, 1] } as const;
  const svg = panels([
    {
      title: 'Stress, the same in all ten cells',
      x: phases,
      y: { label: 'stress', unit: 'MPa', domain: [0, 700] },
      series: [
        { kind: 'line', label: 'lift 10 K', color: INK, ...line(lifting, lifting.stress_MPa) },
        { kind: 'line', label: 'lift 0 K', color: MUTED, dash: 'long', ...line(flat, flat.stress_MPa) },
      ],
      height: 250,
    },
    {
      title: 'Martensite fraction at 10 K lift',
      x: phases,
      y: { label: 'fraction', unit: '', domain: [0, 1] },
      series: along(lifting, 'fraction', false),
      height: 230,
    },
    {
      title: 'Temperature of the alloy at 10 K lift',
      x: phases,
      y: { label: 'temperature', unit: '°C', domain: [0, 50] },
      series: along(lifting, 'temperature_C', true),
      height: 270,
    },
    {
      title: 'How far the strain of each cell is from the mean of all, 10 K lift',
      x: { ...phases, label: 'phase of the cycle' },
      y: { label: 'difference', unit: '10⁻³ %' },
      series: strainDifferences(lifting),
      height: 270,
    },
  ]);
  const peak = Math.max(...lifting.stress_MPa);
  const spread = (quantity: Quantity) =>
    Math.max(...lifting.phase.map((_, i) => lifting.highest[quantity][i] - lifting.lowest[quantity][i]));
  const between = (quantity: Quantity) =>
    Math.max(...lifting.phase.map((_, i) => rangeOf(lifting.cells.map((cell) => cell[quantity][i]))));
  return [
    heading('What do the ten cells do in a cycle?'),
    paragraph(
      `All ten cells carry one force, so that the stress is the same in each: at most ${figure(peak)} MPa at 10 K lift ` +
        `(${figure(Math.max(...flat.stress_MPa))} MPa at none). What differs is how they answer. Between the cells the gaps ` +
        `differ by 4 % (assumed) and the flow with them, which parts the mean temperatures of the cells by up to ` +
        `${figure(between('temperature_C'), 1)} K and their martensite fractions by ${figure(between('fraction'), 3)}. Along ` +
        `each cell the profile of the regenerator does far more: up to ${figure(spread('temperature_C'))} K and a fraction of ` +
        `${figure(spread('fraction'), 2)} from end to end; the warm end transforms last and comes back first.`,
    ),
    drawing(
      'kilowatt-cells',
      'One cycle of the kilowatt machine (preset) in cyclic steady state: loading from phase 0, hot blow, unloading from 0.5, ' +
        'cold blow. a: stress. b, c: means along the cell with the widest and the narrowest gaps, and the range over all places ' +
        'of all cells. d: mean strain of each of the ten cells less the mean of all. Nothing here is published: stress, strain ' +
        'and waveform are assumed; the ten cells in series are.',
      svg,
    ),
  ];
}

const line = ({ phase }: CellsCycle, y: readonly number[]) => ({ x: phase, y });

function along(cycle: CellsCycle, quantity: Quantity, labelled: boolean): Series[] {
  const { phase: x, cells, lowest, highest } = cycle;
  const last = cells.length - 1;
  const label = (text: string) => (labelled ? { label: text } : {});
  return [
    {
      kind: 'band',
      color: MUTED,
      x,
      low: lowest[quantity],
      high: highest[quantity],
      ...label('all places of all cells'),
    },
    { kind: 'line', color: WIDE, ...line(cycle, cells[0][quantity]), ...label('widest gaps (cell 1)') },
    {
      kind: 'line',
      color: NARROW,
      dash: 'short',
      ...line(cycle, cells[last][quantity]),
      ...label(`narrowest gaps (cell ${last + 1})`),
    },
  ];
}

function strainDifferences(cycle: CellsCycle): Series[] {
  const { phase, cells } = cycle;
  const mean = phase.map(
    (_, i) => cells.reduce((sum, cell) => sum + cell.strain_percent[i], 0) / cells.length,
  );
  const last = cells.length - 1;
  return cells.map((cell, k) => ({
    kind: 'line',
    color: k === 0 ? WIDE : k === last ? NARROW : BETWEEN,
    ...(k === last && { dash: 'short' as const }),
    ...(k === 0 && { label: 'cell 1' }),
    ...(k === 1 && { label: `cells 2 to ${last}` }),
    ...(k === last && { label: `cell ${last + 1}` }),
    ...line(
      cycle,
      cell.strain_percent.map((value, i) => 1e3 * (value - mean[i])),
    ),
  }));
}

const rangeOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
