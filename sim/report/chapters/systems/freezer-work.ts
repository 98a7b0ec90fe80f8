/** Why the COP of the freezer stays low: what its loop work goes into. */
import { loopWork } from '../../../study/systems/loop-work.ts';
import type { Block, ChapterContext } from '../../chapter.ts';
import { INK, PALETTE } from '../../svg.ts';
import { xyFigure } from '../../xy-figure.ts';
import { drawing, figure, heading, paragraph } from '../words.ts';

const LIFTS_K = [0, 6, 12, 18, 24, 30, 36];

/** @param publishedCop with ideal recovery of work */
export async function loopWorkBlocks(
  context: ChapterContext,
  key: string,
  publishedCop: number,
): Promise<Block[]> {
  const works = await context.run(
    loopWork,
    LIFTS_K.map((lift) => ({ preset: key, changes: { 'operation.lift': lift } })),
  );
  const found = LIFTS_K.flatMap((lift_K, k) => {
    const work = works[k];
    return work === null ? [] : [{ lift_K, ...work }];
  });
  const x = found.map(({ lift_K }) => lift_K);
  const hysteresis = found.map((work) => work.hysteresis_J_per_g);
  const loop = found.map((work) => work.loop_J_per_g);
  const cooling = found.map((work) => work.cooling_J_per_g);
  const allowed = cooling[0] / publishedCop;
  const svg = xyFigure({
    title: 'Heat and work of a cycle of the freezer',
    x: { label: 'temperature lift', unit: 'K', domain: [-0.7, 36] },
    y: {
      label: 'per mass of alloy and cycle',
      unit: 'J/g',
      domain: [0, 1.1 * Math.max(...cooling, ...loop)],
    },
    series: [
      {
        kind: 'band',
        label: 'hysteresis',
        color: PALETTE[1],
        x,
        low: hysteresis.map(() => 0),
        high: hysteresis,
      },
      {
        kind: 'band',
        label: 'the rest: heat moved across differences of temperature',
        color: PALETTE[2],
        x,
        low: hysteresis,
        high: loop,
      },
      { kind: 'line', label: 'loop work', color: PALETTE[1], x, y: loop },
      {
        kind: 'line',
        label: 'heat taken from the cold side',
        color: PALETTE[0],
        dash: 'long',
        x,
        y: cooling,
      },
      {
        kind: 'points',
        label: `loop work that a COP of ${publishedCop} leaves at zero lift`,
        color: INK,
        shape: 'triangle',
        x: [0],
        y: [allowed],
      },
    ],
  });
  return [
    heading('What the work goes into'),
    paragraph(
      `At zero lift a cycle takes up ${figure(cooling[0], 2)} J/g, for a loop of ${figure(loop[0], 2)} J/g. A COP of ` +
        `${publishedCop} leaves ${figure(allowed, 2)} J/g for the loop, and the hysteresis that was assumed for the alloy takes ` +
        `${figure(hysteresis[0], 2)} J/g of it. The rest of the loop, ${figure(loop[0] - hysteresis[0], 2)} J/g, belongs to the ` +
        'way the machine works: the alloy warms by its adiabatic change before it gives its heat off, and cools by it before ' +
        'it takes heat up, so that it is loaded at a higher stress than it is unloaded at, hysteresis or not. Even an alloy ' +
        `without any would reach a COP of no more than some ${figure(cooling[0] / (loop[0] - hysteresis[0]), 1)} here. A narrower ` +
        'hysteresis, strokes with the flow on, or a COP of the alloy instead of the machine could each close the gap; which ' +
        'of them it is could not be read.',
    ),
    drawing(
      'freezer-work',
      'Heat taken from the cold side and loop work a gram and cycle over the lift, from the preset; the loop work is ' +
        'hysteresis (assumed, 2.6 MJ/m³ of a full loop) and the rest. Triangle: what the published COP leaves for the loop at ' +
        'zero lift. The heat at zero lift was fitted to the published 1.43 W/g at 1 Hz.',
      svg,
    ),
  ];
}
