/** The shell of 18 tubes, 13.7 g (Ljubljana, 2022). */
import type { Chapter } from '../../chapter.ts';
import { drawing, figure, paragraph, range } from '../words.ts';
import { liftFamilies, spansOf } from './lift-family.ts';
import { copWhileCooling, liftFigure } from './lift-figure.ts';
import { scoreBlocks } from '../score.ts';

const KEY = 'ljubljana-2022';

/** ljubljana-2022; the cooling power by ljubljana-news-2022. The flow of the span is that of the preset's target. */
const PUBLISHED = { heating_W: 60, heatingLift_K: 10, span_K: 31, mass_g: 13.7 };
const SPAN_FLOW_KG_PER_S = 0.0066;

export const ljubljanaChapter: Chapter = async (context) => {
  const lifts_K = [0, 10, 20, 30, 40, 50];
  const [powerful, wide] = await liftFamilies(context, [
    { key: KEY, lifts_K, guess_K: 21 },
    {
      key: KEY,
      changes: () => ({ 'recipe.blow_flow': SPAN_FLOW_KG_PER_S }),
      lifts_K,
      guess_K: PUBLISHED.span_K,
    },
  ]);
  const [spanOfPowerful, spanOfWide] = [spansOf(powerful), spansOf(wide)];
  const svg = liftFigure({
    title: 'Heating and cooling power over lift',
    power: { label: 'power', unit: 'W' },
    copTitle: 'COP of cooling, device, without recovery of work',
    views: [
      {
        family: powerful,
        label: 'heating, 10 g/s',
        power: (point) => point.heating_power_W,
      },
      {
        family: powerful,
        label: 'cooling, 10 g/s',
        power: (point) => point.cooling_power_W,
        cop: copWhileCooling('cop_device'),
        hasSpan: true,
      },
      {
        family: wide,
        label: 'cooling, 6.6 g/s',
        power: (point) => point.cooling_power_W,
        cop: copWhileCooling('cop_device'),
        hasSpan: true,
      },
    ],
    published: [
      {
        label: 'published: more than 60 W of heating at 10 K, calibration target',
        lift_K: PUBLISHED.heatingLift_K,
        value: PUBLISHED.heating_W,
        isBound: true,
      },
      {
        label: 'published: span of more than 31 K, calibration target of the lower flow',
        lift_K: PUBLISHED.span_K,
        value: 0,
        isBound: true,
      },
    ],
  });
  return {
    key: 'ljubljana',
    title: 'Tubes in a shell (Ljubljana, 2022)',
    blocks: [
      paragraph(
        `${PUBLISHED.mass_g} g of short tubes pressed in a shell, as a regenerator. Published are more than 60 W of heating at ` +
          'a span of 10 K (4.4 kW/kg) and a span of more than 31 K without load; two flows were fitted, one to each, for nobody ' +
          'says that they belong to the same. The preset just meets the lower bounds. With the ' +
          `flow of the power the cooling ends at ${figure(spanOfPowerful.preset, 1)} K (members: ` +
          `${range(spanOfPowerful.band, 1)} K), with the other at ${figure(spanOfWide.preset, 1)} K ` +
          `(${range(spanOfWide.band, 1)} K). The shell side, across the tubes around baffles, is represented by a narrow gap ` +
          'along them, which was fitted too.',
      ),
      drawing(
        'ljubljana-lift',
        'Shell-and-tube regenerator of ljubljana-2022 over the lift around 25 °C (assumed) at 1.5 Hz (assumed): heating and ' +
          'cooling at the flow fitted to the heating power (10 g/s in the preset), ' +
          'cooling at the flow fitted to the span (6.6 g/s); bands of the members (5 to ' +
          '95 %). Triangles: published lower bounds, fitted to.',
        svg,
      ),
      ...scoreBlocks(context, 'Published and modelled: tubes in a shell', KEY),
    ],
  };
};
