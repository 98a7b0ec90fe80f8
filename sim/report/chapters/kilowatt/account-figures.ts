/** The account of a cycle as flows. */
import type { CycleAccount } from '../../../study/kilowatt/second-law.ts';
import { type FlowKind, type SankeyLink, type SankeyNode, sankeyFigure } from '../../sankey-figure.ts';

const ENERGY_NODES: readonly SankeyNode[] = [
  { key: 'loading', label: 'work while loading' },
  { key: 'cold', label: 'heat from the cold side' },
  { key: 'cells', label: 'alloy and fluid' },
  { key: 'returned', label: 'work given back while unloading' },
  { key: 'hot', label: 'heat to the hot side' },
  { key: 'housing', label: 'loss of housings' },
];

export function energyFigure({ first_law: e, lift_K }: CycleAccount): string {
  return sankeyFigure({
    title: `First law: mean powers of a cycle at ${lift_K} K lift`,
    unit: 'W',
    nodes: ENERGY_NODES,
    links: [
      link('loading', 'cells', e.loading_work, 'work'),
      link('cold', 'cells', e.heat_from_cold_side, 'cold'),
      link('cells', 'returned', e.returned_work, 'work'),
      link('cells', 'hot', e.heat_to_hot_side, 'heat'),
      link('cells', 'housing', e.housing_loss, 'loss'),
    ],
    kinds: { heat: 'heat rejected' },
    height: 360,
  });
}

const EXERGY_NODES: readonly SankeyNode[] = [
  { key: 'electricity', label: 'drive electricity' },
  { key: 'pump', label: 'pump electricity' },
  { key: 'work', label: 'work into the cells' },
  { key: 'cooling', label: 'cooling' },
  { key: 'film_alloy', label: 'heat between alloy and fluid' },
  { key: 'hysteresis', label: 'hysteresis' },
  { key: 'reservoirs', label: 'reservoirs' },
  { key: 'mixing', label: 'mixing' },
  { key: 'film_wall', label: 'inert walls' },
  { key: 'unrecovered', label: 'work given back, not used again' },
  { key: 'drive', label: 'losses of the drive' },
  { key: 'friction', label: 'pump and friction' },
];

export function exergyFigure({ second_law: x, lift_K }: CycleAccount): string {
  const net = x.drive_electricity - x.unrecovered_work - x.drive_loss;
  return sankeyFigure({
    title: `Second law: where the exergy of a cycle goes at ${lift_K} K lift`,
    unit: 'W',
    nodes: EXERGY_NODES,
    links: [
      link('electricity', 'work', net, 'work'),
      link('work', 'cooling', x.cooling, 'cold'),
      link('work', 'film_alloy', x.film_alloy, 'loss'),
      link('work', 'hysteresis', x.hysteresis, 'loss'),
      link('work', 'reservoirs', x.reservoirs, 'loss'),
      link('work', 'mixing', x.mixing + x.housing, 'loss'),
      link('work', 'film_wall', x.film_wall, 'loss'),
      link('electricity', 'unrecovered', x.unrecovered_work, 'loss'),
      link('electricity', 'drive', x.drive_loss, 'loss'),
      link('pump', 'friction', x.pump, 'loss'),
    ],
    kinds: { work: 'electricity and work', cold: 'exergy of the cooling', loss: 'destroyed' },
    height: 560,
  });
}

/** What is negative flows the other way. */
const link = (from: string, to: string, value: number, kind: FlowKind): SankeyLink =>
  value >= 0 ? { from, to, value, kind } : { from: to, to: from, value: -value, kind };
