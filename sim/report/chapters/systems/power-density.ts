/** Cooling power per mass of alloy: published devices and the presets, on one axis. */
import { operatingPoints } from '../../../study/operating-points.ts';
import type { Chapter, ChapterContext } from '../../chapter.ts';
import { type Dots, dotFigure } from '../../dot-figure.ts';
import { INK, PALETTE } from '../../svg.ts';
import { interval } from '../band.ts';
import { thinned } from '../../../study/sampling/weighted.ts';
import { drawing, paragraph } from '../words.ts';

/** W/g. Sources: kit-films (T), zhou-2025 (P), ljubljana-2022 (T), hkust-freezer-2026 (P), tusek-plate-2016 (T). */
const ROWS: readonly {
  readonly label: string;
  /** Its preset. */
  readonly key?: string;
  /** K, of the published figure; 0 without. */
  readonly lift_K?: number;
  readonly measured?: number;
  readonly upTo?: number;
  readonly heating?: number;
  readonly modelled?: number;
}[] = [
  { label: 'films, Karlsruhe', measured: 18, upTo: 19 },
  { label: 'kilowatt machine, 2025', key: 'hkust-kilowatt-2025', measured: 12.3 },
  { label: 'plates 0.1 mm, DTU 2016', key: 'dtu-plate-2016', lift_K: 30, modelled: 7 },
  { label: 'tubes in a shell, Ljubljana 2022', key: 'ljubljana-2022', lift_K: 10, heating: 4.4 },
  { label: 'TiNiCuCo, 2026', key: 'tinicuco-2026' },
  { label: 'regenerator, Hong Kong 2023', key: 'hkust-regenerator-2023' },
  { label: 'cascade, Hong Kong 2024', key: 'hkust-cascade-2024' },
  { label: 'freezer, Hong Kong 2026', key: 'hkust-freezer-2026', measured: 1.43 },
  { label: 'bundles, Maryland 2023', key: 'umd-multimode-2023' },
];
/** The band says an order of magnitude here. */
const MEMBERS = 10;

export const powerDensityChapter: Chapter = async (context) => {
  const presets = await modelled(context);
  const dots = (pick: (row: (typeof ROWS)[number]) => number | undefined): Dots['points'] =>
    ROWS.flatMap((row, k) => {
      const value = pick(row);
      return value === undefined ? [] : [{ row: k, value, ...(row.upTo && { low: value, high: row.upTo }) }];
    });
  const series: Dots[] = [
    {
      label: 'preset, cooling at the lift of the published figure, else at none (bar: members, 5 to 95 %)',
      color: PALETTE[0],
      shape: 'diamond',
      points: presets,
    },
    {
      label: 'published, cooling, measured',
      color: INK,
      shape: 'circle',
      points: dots((row) => row.measured),
    },
    {
      label: 'published, heating at 10 K',
      color: INK,
      shape: 'triangle',
      points: dots((row) => row.heating),
    },
    {
      label: 'published, of a model, at a lift of 30 K',
      color: INK,
      shape: 'square',
      points: dots((row) => row.modelled),
    },
  ];
  return {
    key: 'power-density',
    title: 'Power per mass of alloy',
    blocks: [
      paragraph(
        'What a gram of alloy cools is the figure by which devices are compared most often, and it says little alone: films ' +
          'in contact with solids reach the most and cool a fraction of a watt, and a machine that is run for its span shows ' +
          'little. Where no mass is published the power per mass of the preset is that of an assumed mass and says nothing ' +
          'about the device: so for Maryland, TiNiCuCo, the regenerator and the cascade.',
      ),
      drawing(
        'power-density-devices',
        'Cooling power per mass of alloy on a logarithmic axis. Black: published (kit-films, up to 18 and 19 W/g; zhou-2025; ' +
          'ljubljana-2022, heating at 10 K; hkust-freezer-2026; tusek-plate-2016, a model). Diamonds: presets at the same lift, which ' +
          'were fitted where a published figure stands beside them. Figures that are only recalled, such as that of a heat-pipe ' +
          'device, are left out.',
        dotFigure({
          title: 'Cooling power per mass of alloy',
          value: { label: 'specific cooling power', unit: 'W/g', scale: 'log', domain: [0.5, 30] },
          rows: ROWS.map(({ label }) => label),
          series,
        }),
      ),
    ],
  };
};

async function modelled(context: ChapterContext): Promise<Dots['points']> {
  const asked = ROWS.flatMap(({ key, lift_K = 0 }, row) =>
    key === undefined ? [] : [{ key, row, lift_K, members: thinned(context.members(key), MEMBERS) }],
  );
  const results = await context.run(
    operatingPoints,
    asked.flatMap(({ key, lift_K, members }) =>
      [{}, ...members.map(({ changes }) => changes)].map((changes) => ({
        machine: { preset: key, changes },
        points: [{ 'operation.lift': lift_K }],
      })),
    ),
  );
  const values = results.map(([point]) => point?.specific_cooling_power_W_per_g ?? Number.NaN);
  let at = 0;
  return asked.map(({ row, members }) => {
    const value = values[at++];
    const band = interval(members.map(({ weight }) => ({ value: values[at++], weight })));
    return { row, value, low: band.low, high: band.high };
  });
}
