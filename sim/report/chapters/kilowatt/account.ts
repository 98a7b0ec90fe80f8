/** One cycle by the first and the second law. */
import { type CycleAccount, cycleAccount } from '../../../study/kilowatt/second-law.ts';
import type { Block, ChapterContext, Table, TableRow } from '../../chapter.ts';
import { type Interval, interval } from '../band.ts';
import { type Ensemble, KILOWATT } from './ensemble.ts';
import { energyFigure, exergyFigure } from './account-figures.ts';
import { drawing, figure, heading, paragraph, range } from '../words.ts';

/** Zero, at which the power is published, and one at which a room is cooled. */
const LIFTS_K = [0, 10] as const;

type FirstLaw = CycleAccount['first_law'];
type SecondLaw = CycleAccount['second_law'];
/** A line of a table. */
interface Line<Part> {
  readonly label: string;
  readonly of: (part: Part) => number;
}

const ENERGY: readonly Line<FirstLaw>[] = [
  { label: 'work taken in while loading', of: (e) => e.loading_work },
  { label: 'work given back while unloading', of: (e) => -e.returned_work },
  { label: 'heat from the cold side (cooling)', of: (e) => e.heat_from_cold_side },
  { label: 'heat to the hot side', of: (e) => -e.heat_to_hot_side },
  { label: 'heat of the housings to the surroundings', of: (e) => -e.housing_loss },
  { label: 'stored in a cycle', of: (e) => -e.stored },
];

const EXERGY_IN: readonly Line<SecondLaw>[] = [
  { label: 'electricity of the drive', of: (x) => x.drive_electricity },
  { label: 'electricity of the pump', of: (x) => x.pump_electricity },
];

const EXERGY_OUT: readonly Line<SecondLaw>[] = [
  { label: 'exergy of the cooling', of: (x) => x.cooling },
  { label: 'work given back and not used again', of: (x) => x.unrecovered_work },
  { label: 'losses of the drive', of: (x) => x.drive_loss },
  { label: 'hysteresis of the alloy', of: (x) => x.hysteresis },
  { label: 'heat between alloy and fluid', of: (x) => x.film_alloy },
  { label: 'heat between fluid and inert walls', of: (x) => x.film_wall },
  { label: 'fluid that enters the reservoirs', of: (x) => x.reservoirs },
  { label: 'mixing in headers and streams', of: (x) => x.mixing },
  { label: 'pump and friction', of: (x) => x.pump },
  { label: 'heat of the housings', of: (x) => x.housing },
];

export async function accountBlocks(context: ChapterContext, { members }: Ensemble): Promise<Block[]> {
  const changes = { 'operation.lift': LIFTS_K[1] };
  const [flat, lifting, ...others] = await context.run(cycleAccount, [
    ...LIFTS_K.map((lift) => ({ preset: KILOWATT, changes: { 'operation.lift': lift } })),
    ...members.map(({ value }) => ({ ...value, changes: { ...value.changes, ...changes } })),
  ]);
  if (flat === null || lifting === null)
    return [
      paragraph('The kilowatt machine found no cyclic steady state; no account of its cycle can be given.'),
    ];
  const over = (of: (account: CycleAccount) => number): Interval =>
    interval(
      others.map((account, k) => ({
        value: account === null ? Number.NaN : of(account),
        weight: members[k].weight,
      })),
    );
  const { first_law: energy, second_law: exergy } = lifting;
  const electricity = exergy.drive_electricity + exergy.pump_electricity;
  const share = (watts: number) => `${figure((100 * watts) / electricity, 1)} %`;
  const destroyed = EXERGY_OUT.slice(1)
    .filter(({ of }) => of(exergy) > 0.01 * electricity)
    .toSorted((a, b) => b.of(exergy) - a.of(exergy));
  const efficiency = over((a) => (100 * a.second_law.cooling) / electricityOf(a));
  return [
    heading('Where does the work go?'),
    paragraph(
      `By the first law, a cycle at 10 K lift takes ${figure(energy.loading_work)} W of work while it is loaded, gives ` +
        `${figure(energy.returned_work)} W of it back, fetches ${figure(energy.heat_from_cold_side)} W from the cold side and ` +
        `rejects ${figure(energy.heat_to_hot_side)} W; the account closes to ${residual(energy.residual)} W. By the second ` +
        `law, of ${figure(electricity)} W of electricity ${figure(exergy.cooling)} W (${share(exergy.cooling)}; members: ` +
        `${range(efficiency, 1)} %) are left as exergy of the cooling. What destroys the rest, ` +
        `the largest first: ${destroyed.map(({ label, of }) => `${label} ${share(of(exergy))}`).join(', ')}. The entropy ` +
        `that the ports show to be produced and the sum of its causes agree but for ${figure(100 * unexplained(lifting), 1)} % of it, booked as mixing.`,
    ),
    drawing(
      'kilowatt-energy',
      'First law of one cycle of the kilowatt machine (preset) in cyclic steady state at 3.5 Hz and 10 K lift, as mean ' +
        'powers at the alloy and at the ports. Nothing of it is published; frequency and cells are.',
      energyFigure(lifting),
    ),
    drawing(
      'kilowatt-exergy',
      'Second law of the same cycle: exergy against the hot inlet, 31 °C. Drive efficiency 0.8 and recovery 0.7 are assumed. ' +
        'Reservoirs: fluid that enters one of another temperature; inert walls: heat between fluid and inserts or housings. ' +
        'What the heat of the housings carries is below 0.1 W and stands with the mixing, which includes the numerical ' +
        'dispersion of the transport.',
      exergyFigure(lifting),
    ),
    { kind: 'table', table: energyTable(flat, lifting, over) },
    { kind: 'table', table: exergyTable(flat, lifting, over) },
  ];
}

const electricityOf = ({ second_law: x }: CycleAccount): number => x.drive_electricity + x.pump_electricity;
/** Share of the entropy produced whose cause is not summed. */
const unexplained = ({ entropy_production: s }: CycleAccount): number => 1 - s.causes / s.ports;
const residual = (watts: number): string =>
  Math.abs(watts) < 1e-6 ? 'less than 0.000001' : watts.toExponential(0);

const COLUMNS = [
  { label: '' },
  { label: 'lift 0 K (W)', align: 'right' },
  { label: 'lift 10 K (W)', align: 'right' },
  { label: 'members at 10 K (W)', align: 'right' },
] as const;

function energyTable(flat: CycleAccount, lifting: CycleAccount, over: Over): Table {
  return {
    title: 'First law: mean powers into the machine',
    columns: COLUMNS,
    rows: ENERGY.map((line) => row(line, 'first_law', flat, lifting, over)),
    note:
      'Preset; members: 5 % to 95 %. Work at the alloy; the electricity of drive and pump stands in the second table. ' +
      `The lines add up to ${residual(lifting.first_law.residual)} W.`,
  };
}

function exergyTable(flat: CycleAccount, lifting: CycleAccount, over: Over): Table {
  const rows = (lines: readonly Line<SecondLaw>[]) =>
    lines.map((line) => row(line, 'second_law', flat, lifting, over));
  return {
    title: 'Second law: exergy in, and where it goes',
    columns: COLUMNS,
    rows: [...rows(EXERGY_IN), ...rows(EXERGY_OUT)],
    note:
      'Exergy against the hot inlet. The entropy produced is known from the ports; its causes are summed where they act, and ' +
      `mixing is what then remains, ${figure(100 * unexplained(lifting), 1)} % at 10 K, the numerical dispersion of the transport ` +
      'included. Drive efficiency 0.8 and recovery 0.7 are assumed. The friction heat of the pump is not in the heat flows.',
  };
}

type Over = (of: (account: CycleAccount) => number) => Interval;

function row<Law extends 'first_law' | 'second_law'>(
  { label, of }: Line<CycleAccount[Law]>,
  law: Law,
  flat: CycleAccount,
  lifting: CycleAccount,
  over: Over,
): TableRow {
  return {
    cells: [
      label,
      figure(of(flat[law]), 1),
      figure(of(lifting[law]), 1),
      range(
        over((a) => of(a[law])),
        1,
      ),
    ],
  };
}
