/** The 0.25 m³ chamber of the freezer, to −4 °C in an hour. */
import {
  CHAMBER_WALLS as WALLS,
  PUBLISHED_CHAMBER as PUBLISHED,
  chamber,
  chamberOf,
} from '../../../study/systems/chamber.ts';
import type { Block, ChapterContext } from '../../chapter.ts';
import { INK, PALETTE } from '../../svg.ts';
import { xyFigure } from '../../xy-figure.ts';
import { drawing, figure, heading, paragraph } from '../words.ts';

const DURATION_S = 5400;

export async function chamberBlocks(context: ChapterContext, key: string): Promise<Block[]> {
  const preset = context.load({ preset: key });
  const runs = await context.run(
    chamber,
    WALLS.map((transmittance) => ({
      machine: { preset: key, changes: chamberOf(preset, transmittance) },
      duration_s: DURATION_S,
    })),
  );
  const found = WALLS.flatMap((transmittance, k) => {
    const run = runs[k];
    if (run === null) return [];
    const atHour = run.air_C[run.time_s.findIndex((time) => time >= PUBLISHED.time_s)];
    return [{ transmittance, run, atHour }];
  });
  const svg = xyFigure({
    title: 'Air of a 0.25 m³ chamber behind the freezer',
    x: { label: 'time', unit: 'min', domain: [0, DURATION_S / 60] },
    y: { label: 'air', unit: '°C', domain: [-10, 25] },
    series: [
      ...found.map(
        ({ transmittance, run }, k) =>
          ({
            kind: 'line',
            label: `walls of ${transmittance} W/(m² K)`,
            color: PALETTE[k],
            dash: (['solid', 'long', 'short'] as const)[k],
            x: run.time_s.map((time) => time / 60),
            y: run.air_C,
          }) as const,
      ),
      {
        kind: 'points',
        label: 'published: −4 °C after 60 min, consistency check',
        color: INK,
        x: [PUBLISHED.time_s / 60],
        y: [PUBLISHED.air_C],
      },
    ],
    height: 420,
  });
  const reached = found.map(
    ({ transmittance, atHour }) => `${figure(atHour, 1)} °C with walls of ${transmittance} W/(m² K)`,
  );
  return [
    heading('The chamber'),
    paragraph(
      `A chamber of ${PUBLISHED.volume_m3} m³ is published to fall to −4 °C in 60 min; its walls, coils and the mass of alloy are ` +
        'not, so that this is a consistency check of a machine of the assumed 54 g behind an assumed chamber. From 24 °C it is ' +
        `after 60 min at ${reached.join(', ')}. Dry air, no leaks: frost and an opened door would cost more.`,
    ),
    drawing(
      'freezer-chamber',
      'Air temperature of the chamber over time, machine at 1 Hz and its fitted flow. Assumed: 54 g of alloy, a tight and dry ' +
        'cube, walls as given with 1 kJ/(m² K) of skin, a cold coil of 40 W/K with 60 W/K of air and a fan of 2 W, loops of 0.2 L, ' +
        '24 °C around it. Circle: published.',
      svg,
    ),
  ];
}
