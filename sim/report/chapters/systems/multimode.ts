/** The 260 W machine of the University of Maryland in its two modes. */
import type { Chapter } from '../../chapter.ts';
import { drawing, figure, paragraph, range } from '../words.ts';
import { liftFamilies, spansOf } from './lift-family.ts';
import { copWhileCooling, liftFigure } from './lift-figure.ts';
import { scoreBlocks } from '../score.ts';

const UTILIZATION = 'umd-multimode-2023';
const REGENERATION = 'umd-multimode-2023-regeneration';

/** umd-multimode-2023; the COP is a projection of its authors, by a third party. */
const PUBLISHED = { power_W: 260, span_K: 22.5, projectedCop: 6.85 };

export const multimodeChapter: Chapter = async (context) => {
  const [utilization, regeneration] = await liftFamilies(context, [
    { key: UTILIZATION, lifts_K: [0, 3, 6, 9], guess_K: 7 },
    { key: REGENERATION, lifts_K: [0, 5, 10, 15, 20, 25, 30], guess_K: PUBLISHED.span_K },
  ]);
  const [plain, regenerated] = [spansOf(utilization), spansOf(regeneration)];
  const cop = regeneration.preset?.points[0]?.cop_device ?? Number.NaN;
  const svg = liftFigure({
    title: 'Cooling power over lift, in two modes',
    power: { label: 'cooling power', unit: 'W' },
    copTitle: 'COP of the device, work exchanged between the bundles, none given back',
    views: [
      {
        family: utilization,
        label: 'maximum utilization',
        power: (point) => point.cooling_power_W,
        cop: copWhileCooling('cop_device'),
        hasSpan: true,
      },
      {
        family: regeneration,
        label: 'active regeneration',
        power: (point) => point.cooling_power_W,
        cop: copWhileCooling('cop_device'),
        hasSpan: true,
      },
    ],
    published: [
      {
        label: 'published 260 W, calibration target (lift taken as zero)',
        lift_K: 0,
        value: PUBLISHED.power_W,
      },
      {
        label: 'published span 22.5 K, calibration target (mode taken as regeneration)',
        lift_K: PUBLISHED.span_K,
        value: 0,
      },
    ],
    publishedCop: { at: PUBLISHED.projectedCop, label: 'projected by its authors, conditions not read' },
  });
  return {
    key: 'multimode',
    title: 'The 260 W machine with two modes (Maryland, 2023)',
    blocks: [
      paragraph(
        'Bundles of NiTi tubes are pressed by hydraulics. With each blow sent back to the reservoir it came from the machine ' +
          'gives the most power and the least lift; with each blow sent through to the other reservoir the bundles become ' +
          'regenerators, and it is the other way round. Power and span are published, and not at once. Mass, tubes, alloy, flow ' +
          `and timing could not be read: in either mode the flow was fitted to the one figure, and the rest is the model's ` +
          `answer. In the first mode the cooling ends at ${figure(plain.preset, 1)} K (members: ${range(plain.band, 1)} K), in ` +
          `the second at ${figure(regenerated.preset, 1)} K (${range(regenerated.band, 1)} K). At zero lift the second mode has a ` +
          `COP of ${figure(cop, 1)}; the projected 6.85 belongs to a better regenerator and to conditions that could not be ` +
          'read, so that nothing is claimed about it.',
      ),
      drawing(
        'multimode-lift',
        'Tube bundles of umd-multimode-2023 over the lift between the reservoirs, around 25 °C, at 0.15 Hz (assumed). Solid: ' +
          'mode of maximum utilization, long dashes: active regeneration, each with the band of the members (5 to 95 %) that ' +
          'meet the calibration targets and its span as a diamond. Circles: published, fitted to. Dotted: a COP that the ' +
          'authors projected, not a measurement.',
        svg,
      ),
      ...scoreBlocks(context, 'Published and modelled: the 260 W machine', UTILIZATION, REGENERATION),
    ],
  };
};
