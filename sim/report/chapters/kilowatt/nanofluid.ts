/** Graphene nanofluid against distilled water, and how much of the gain is certain. */
import { operatingPoints } from '../../../study/operating-points.ts';
import type { Block, ChapterContext } from '../../chapter.ts';
import { MUTED, PALETTE } from '../../svg.ts';
import { bandOf, interval } from '../band.ts';
import { type CurveFamily, type Ensemble, valuesOf } from './ensemble.ts';
import { valueAt } from './landmarks.ts';
import { LIFTS_K, powerOf } from './lift.ts';
import { panels } from './panels.ts';
import { drawing, figure, heading, paragraph, range } from '../words.ts';

/** What literature leaves open of both conductivity and viscosity, relative to water (mehrali-2014, cabaleiro-2017). */
const GAINS = [0, 0.25, 0.5];
const [GRAPHENE, WATER] = PALETTE;
/** Beyond, the machine hardly cools with either. */
const SHOWN_K = 20;

export async function nanofluidBlocks(
  context: ChapterContext,
  { preset }: Ensemble,
  graphene: CurveFamily,
  water: CurveFamily,
): Promise<Block[]> {
  const { fluid } = context.load(preset).device;
  const combinations = GAINS.flatMap((conductivity) =>
    GAINS.map((viscosity) => ({ conductivity, viscosity })),
  );
  const open = await context.run(
    operatingPoints,
    combinations.map(({ conductivity, viscosity }) => ({
      machine: preset,
      points: LIFTS_K.map((lift) => ({
        'operation.lift': lift,
        'fluid.conductivity_gain': conductivity / fluid.loading,
        'fluid.viscosity_gain': viscosity / fluid.loading,
      })),
    })),
  );
  const { x } = graphene;
  const plain = powerOf(water.preset);
  const gainOf = (powers: readonly number[], from: readonly number[]) => powers.map((p, i) => p - from[i]);
  const gain = gainOf(powerOf(graphene.preset), plain);
  const memberGains = graphene.members.map(({ value, weight }, k) => ({
    value: gainOf(powerOf(value), powerOf(water.members[k].value)),
    weight,
  }));
  const inputs = open.map((curve) => gainOf(powerOf(curve), plain));
  const widest = {
    low: x.map((_, i) => Math.min(...inputs.map((one) => one[i]))),
    high: x.map((_, i) => Math.max(...inputs.map((one) => one[i]))),
  };
  const powers = (family: CurveFamily) =>
    bandOf(family.members.map((member) => ({ ...member, value: powerOf(member.value) })));
  const lifts = { label: 'temperature lift', unit: 'K', domain: [0, SHOWN_K] } as const;
  const largest = Math.max(...widest.high.filter((_, i) => x[i] <= SHOWN_K));
  const svg = panels([
    {
      title: 'The same machine with either fluid, same flow',
      x: { ...lifts, label: '', unit: '' },
      y: { label: 'cooling power', unit: 'W', domain: [0, 1400] },
      series: [
        { kind: 'band', color: GRAPHENE, x, ...powers(graphene) },
        { kind: 'band', color: WATER, x, ...powers(water) },
        { kind: 'line', label: 'graphene nanofluid, 2 g/L', color: GRAPHENE, x, y: powerOf(graphene.preset) },
        { kind: 'line', label: 'distilled water', color: WATER, dash: 'long', x, y: plain },
      ],
      height: 350,
    },
    {
      title: 'What the nanofluid gains over water',
      x: lifts,
      y: { label: 'gain of cooling power', unit: 'W', domain: [0, 50 * Math.ceil(largest / 50)] },
      series: [
        { kind: 'band', label: 'members, 5 to 95 %', color: GRAPHENE, x, ...bandOf(memberGains) },
        { kind: 'line', label: 'preset: conductivity +28 %, viscosity +10 %', color: GRAPHENE, x, y: gain },
        {
          kind: 'line',
          label: 'most and least within the literature: conductivity +50 % and +0 %',
          color: MUTED,
          dash: 'short',
          x: [...x, Number.NaN, ...x],
          y: [...widest.high, Number.NaN, ...widest.low],
        },
      ],
      height: 380,
    },
  ]);
  const percentAt = (lift: number) => (100 * valueAt(x, gain, lift)) / valueAt(x, plain, lift);
  const at0 = interval(memberGains.map(({ value, weight }) => ({ value: value[0], weight })));
  const pressure = (family: CurveFamily) => valuesOf(family.preset, (point) => point.pressure_drop_bar)[0];
  return [
    heading('Graphene nanofluid or distilled water?'),
    paragraph(
      `Published is that the device runs on a graphene nanofluid instead of distilled water; by how much that helps is not. ` +
        `With the figures assumed (conductivity +28 %, viscosity +10 % at 2 g/L) the nanofluid brings ` +
        `${figure(gain[0])} W at zero lift, ${figure(percentAt(0))} % of what water does (members: ${range(at0)} W), and ` +
        `${figure(valueAt(x, gain, 10))} W at 10 K, which is ${figure(percentAt(10))} % there: the gain ` +
        `itself changes little with the lift, the power that it adds to falls. Literature on such fluids reaches from nothing to +50 % ` +
        `in conductivity, so the gain lies between ${figure(widest.low[0])} and ${figure(widest.high[0])} W at zero lift. ` +
        `Viscosity does not touch the power of laminar channels at a given flow; it moves the pressure, ` +
        `${figure(pressure(graphene), 2)} bar against ${figure(pressure(water), 2)} bar with water.`,
    ),
    drawing(
      'kilowatt-nanofluid',
      'Graphene nanofluid and distilled water in the kilowatt machine, everything else the same, at 3.5 Hz and the flow fitted ' +
        'with nanofluid (no refit for water). a: cooling power, bands 5 % to 95 % of the members. b: difference of the two; ' +
        'grey: all combinations of a conductivity and a viscosity 0 to 50 % above water (range of the literature); blue: ' +
        'members with their own assumed gains. Loading and gains of the published fluid are assumed, not published.',
      svg,
    ),
  ];
}
