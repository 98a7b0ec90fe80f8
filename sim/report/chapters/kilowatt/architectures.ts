/** Ten cells beside each other in the fluid, against the same alloy in series: why the architecture wins. */
import type { DeviceConfig } from '../../../config/device-config.ts';
import { type BestOperation, bestOperation } from '../../../study/kilowatt/best-operation.ts';
import type { MachineRef } from '../../../study/study.ts';
import type { Block, ChapterContext, Table } from '../../chapter.ts';
import { PALETTE } from '../../svg.ts';
import type { Series } from '../../xy-figure.ts';
import { KILOWATT, PUBLISHED } from './ensemble.ts';
import { panels } from './panels.ts';
import { drawing, figure, heading, paragraph } from '../words.ts';

const LIFTS_K = [0, 2.5, 5, 7.5, 10, 12.5, 15, 20, 25, 30];
const LIMITS_BAR = [PUBLISHED.pressure_bar, null] as const;

export interface BestAtLift {
  readonly lift_K: number;
  readonly found: BestOperation | null;
}

export interface Architecture {
  readonly name: string;
  readonly color: string;
  readonly dash: 'solid' | 'long' | 'short';
  readonly machine: MachineRef;
  /** Within the published pressure, and at any. */
  readonly within: readonly BestAtLift[];
  readonly any: readonly BestAtLift[];
}

/** One cell of tubes as long as all others together, with the fluid of all their headers: the same mass of alloy. */
export function longCell({ cell, channel }: DeviceConfig): Readonly<Record<string, number>> {
  return {
    'cell.cells': 1,
    'cell.length': cell.length * cell.cells,
    'channel.dead_volume': channel.dead_volume * cell.cells,
  };
}

export async function architectures(context: ChapterContext): Promise<Architecture[]> {
  const { device } = context.load({ preset: KILOWATT });
  // of equal cells, so that cells that do not share a gap tolerance can be compared
  const equal = { 'channel.gap_tolerance': 0 };
  const kinds = [
    {
      name: 'SSFP: ten cells in parallel',
      color: PALETTE[0],
      dash: 'solid',
      machine: { preset: KILOWATT, changes: equal },
    },
    {
      name: 'two halves in series',
      color: PALETTE[2],
      dash: 'long',
      machine: { preset: 'what-if-fluid-series', changes: equal },
    },
    {
      name: 'one long cell',
      color: PALETTE[1],
      dash: 'short',
      machine: { preset: KILOWATT, changes: { ...equal, ...longCell(device) } },
    },
  ] as const;
  const asked = kinds.flatMap(({ machine }) =>
    LIMITS_BAR.flatMap((limit) =>
      LIFTS_K.map((lift) => ({
        machine: { ...machine, changes: { ...machine.changes, 'operation.lift': lift } },
        pressure_limit_bar: limit,
      })),
    ),
  );
  const found = await context.run(bestOperation, asked);
  return kinds.map((kind, k) => {
    const from = (limit: number) =>
      LIFTS_K.map((lift_K, i) => ({
        lift_K,
        found: found[(k * LIMITS_BAR.length + limit) * LIFTS_K.length + i],
      }));
    return { ...kind, within: from(0), any: from(1) };
  });
}

export function architectureBlocks(all: readonly Architecture[]): Block[] {
  const powerLine = (points: readonly BestAtLift[]) =>
    points.map(({ found }) => found?.net_cooling_power_W ?? Number.NaN);
  const lines = (pick: (one: Architecture) => number[], labelled: boolean): Series[] =>
    all.map((one) => ({
      kind: 'line',
      color: one.color,
      dash: one.dash,
      x: LIFTS_K,
      y: pick(one),
      ...(labelled && { label: one.name }),
    }));
  const most = Math.max(
    PUBLISHED.power_W,
    ...all.flatMap(({ any }) => powerLine(any)).filter(Number.isFinite),
  );
  const svg = panels([
    {
      title: 'Cooling power at the best frequency and flow within 1.5 bar',
      x: { label: '', unit: '', domain: [0, 30] },
      y: { label: 'cooling power', unit: 'W', domain: [0, 2500] },
      series: lines(({ within }) => powerLine(within), false),
      height: 300,
    },
    {
      title: 'The same at any pressure (flow up to 0.8 kg/s)',
      x: { label: '', unit: '', domain: [0, 30] },
      y: { label: 'cooling power', unit: 'W', domain: [0, 1000 * Math.ceil(most / 1000)] },
      series: lines(({ any }) => powerLine(any), false),
      height: 300,
    },
    {
      title: 'The pressure that b needs',
      x: { label: 'temperature lift', unit: 'K', domain: [0, 30] },
      y: { label: 'pressure drop', unit: 'bar', scale: 'log', domain: [0.1, 300] },
      series: [...lines(({ any }) => any.map(({ found }) => found?.pressure_drop_bar ?? Number.NaN), true)],
      annotations: [
        { kind: 'horizontal', at: PUBLISHED.pressure_bar, label: 'published: system pressure below 1.5 bar' },
      ],
      height: 380,
    },
  ]);
  const at = (points: readonly BestAtLift[], lift: number) =>
    points.find(({ lift_K }) => lift_K === lift)?.found ?? null;
  const power = (k: number, lift: number) => at(all[k].within, lift)?.net_cooling_power_W ?? Number.NaN;
  const anyPower = (k: number, lift: number) => at(all[k].any, lift)?.net_cooling_power_W ?? Number.NaN;
  return [
    heading('Why cells in parallel?'),
    paragraph(
      `With laminar flow, one cell with tubes ten times as long does to the fluid exactly what ten cells beside each other ` +
        `do: the same area, the same mass, the same flow in all, hence the same transfer units and the same utilization. Only ` +
        `each channel carries ten times the flow over ten times the way: a hundred times the pressure. That is why the ` +
        `architecture wins where much flow is wanted. Each at its best within the published 1.5 bar, the cells in parallel cool by ` +
        `${figure(power(0, 0))} W at zero lift, two halves in series by ${figure(power(1, 0))} W, one long cell by ` +
        `${figure(power(2, 0))} W. At ten kelvin it is ${figure(power(0, 10))}, ${figure(power(1, 10))} and ` +
        `${figure(power(2, 10))} W: there less flow is best anyhow and the pressure decides less. ${sayOvertaken(all)}Where pressure costs nothing the order turns: at ten kelvin and any pressure (b) it is ` +
        `${figure(anyPower(0, 10))}, ${figure(anyPower(1, 10))} and ${figure(anyPower(2, 10))} W. But the long cell does it by ` +
        `turbulence, at ${figure(at(all[2].any, 10)?.pressure_drop_bar ?? Number.NaN)} bar and with ` +
        `${figure((at(all[2].any, 10)?.pump_power_W ?? Number.NaN) / 1e3, 1)} kW at its pump.`,
    ),
    drawing(
      'kilowatt-architectures',
      'The same 104 g of the same tubes under one force, its fluid in parallel (SSFP, the published architecture), through ' +
        'two halves in series, and through one cell ten times as long. a: each at the frequency (0.25 to 6 Hz) and flow of ' +
        'most cooling with a pressure drop of at most 1.5 bar. b: the same without that limit, flow up to 0.8 kg/s. c: the ' +
        'pressure drop that b needs. Half the friction heat of the fluid is taken off the cooling. Only the parallel machine ' +
        'is published; all values but its geometry of ten cells rest on the calibrated preset. 1.5 bar is the published system ' +
        'pressure.',
      svg,
    ),
    { kind: 'table', table: bestTable(all) },
  ];
}

/** Where the series does better than the parallel machine, which must not be kept quiet. */
function sayOvertaken([parallel, halves]: readonly Architecture[]): string {
  const gains = parallel.within.flatMap(({ lift_K, found }, i) => {
    const other = halves.within[i].found;
    if (found === null || other === null || other.net_cooling_power_W <= found.net_cooling_power_W) return [];
    return [{ lift_K, gain: other.net_cooling_power_W / found.net_cooling_power_W - 1 }];
  });
  if (gains.length === 0) return '';
  const largest = Math.max(...gains.map(({ gain }) => gain));
  return (
    `From ${gains[0].lift_K} K on two halves in series even come out ahead in this model, by up to ` +
    `${figure(100 * largest)} %: the boundary layer starts anew in the second half. `
  );
}

function bestTable(all: readonly Architecture[]): Table {
  const rows = all.flatMap(({ name, within, any }) =>
    [within, any].flatMap((points, k) =>
      points
        .filter(({ lift_K }) => lift_K % 10 === 0 && lift_K <= 20)
        .map(({ lift_K, found }) => ({
          cells: [
            name,
            k === 0 ? 'at most 1.5 bar' : 'any',
            figure(lift_K),
            ...(found === null
              ? [null, null, null, null, null]
              : [
                  figure(found.net_cooling_power_W),
                  figure(found.frequency_Hz, 1),
                  figure(found.flow_kg_per_s, 3),
                  figure(found.pressure_drop_bar, 2),
                  figure(found.pump_power_W, 1),
                ]),
          ],
        })),
    ),
  );
  const right = { align: 'right' } as const;
  return {
    title: 'Each architecture at its best',
    columns: [
      { label: 'architecture' },
      { label: 'pressure' },
      { label: 'lift (K)', ...right },
      { label: 'cooling (W)', ...right },
      { label: 'frequency (Hz)', ...right },
      { label: 'flow (kg/s)', ...right },
      { label: 'pressure drop (bar)', ...right },
      { label: 'pump (W)', ...right },
    ],
    rows,
    note: 'Frequency found to 6 %, flow to 5 %; searched from 0.25 to 6 Hz and from 0.005 to 0.8 kg/s.',
  };
}
