/** The freezer that reaches −12 °C (Hong Kong, 2026). */
import { adiabaticWindow, usefulWindow } from '../../../study/literature/window.ts';
import type { Chapter } from '../../chapter.ts';
import { interval } from '../band.ts';
import { drawing, figure, heading, paragraph, range } from '../words.ts';
import { changeFigure } from './change-figure.ts';
import { chamberBlocks } from './freezer-chamber.ts';
import { loopWorkBlocks } from './freezer-work.ts';
import { liftFamilies, spansOf } from './lift-family.ts';
import { copWhileCooling, liftFigure } from './lift-figure.ts';
import { scoreBlocks } from '../score.ts';

const KEY = 'hkust-freezer-2026';

/** hkust-freezer-2026, as the press gives it. */
const PUBLISHED = {
  power_W_per_g: 1.43,
  span_K: 36,
  cop: 3.4,
  change_K: 16.3,
  changeAt_C: 0,
  window_K: 48.5,
  stress_MPa: 900,
};

export const freezerChapter: Chapter = async (context) => {
  const { material } = context.load({ preset: KEY }).device.layout.banks[0];
  const { stress_MPa } = PUBLISHED;
  const [[family], work, pulldown] = await Promise.all([
    liftFamilies(context, [{ key: KEY, lifts_K: [0, 12, 24, 36, 48], guess_K: PUBLISHED.span_K }]),
    loopWorkBlocks(context, KEY, PUBLISHED.cop),
    chamberBlocks(context, KEY),
  ]);
  const { preset, band } = spansOf(family);
  const cop = family.preset?.points[0]?.cop_material ?? Number.NaN;
  const cops = interval(
    family.members.map(({ value, weight }) => ({
      value: value?.points[0]?.cop_material ?? Number.NaN,
      weight,
    })),
  );
  const isReached = PUBLISHED.cop <= cops.high;
  const strict = adiabaticWindow(material, stress_MPa);
  const widths = [0.5, 0.7, 0.9].map((share) => usefulWindow(material, stress_MPa, share));
  return {
    key: 'freezer',
    title: 'The freezer at −12 °C (Hong Kong, 2026)',
    blocks: [
      paragraph(
        'Eight units of three tubes stand one after the other in brine; the alloy, rich in nickel, is austenite down to ' +
          '−20.8 °C. Power per mass at zero lift and the lift from 24 to −12 °C are published and were fitted to, by flow and ' +
          `gap. The span is ${figure(preset, 1)} K (members: ${range(band, 1)} K). The published COP of ${PUBLISHED.cop} with ideal ` +
          `recovery of work was not fitted: the model gives ${figure(cop, 1)} at zero lift (members: ${range(cops, 1)}) and less ` +
          `above, so that it is ${isReached ? 'within reach of some of the members' : 'missed'}.`,
      ),
      drawing(
        'freezer-lift',
        'Freezer of hkust-freezer-2026 over the lift around 6 °C at 1 Hz, both published. Solid: preset, with the band of the ' +
          'members (5 to 95 %) that meet the calibration targets. Circles: published, fitted to. Below: COP with all work of ' +
          'unloading recovered; dotted: published, not fitted; the lift that it belongs to could not be read.',
        liftFigure({
          title: 'Specific cooling power over lift, sub-zero freezer',
          power: { label: 'cooling power per mass of alloy', unit: 'W/g' },
          copTitle: 'COP with all work of unloading recovered',
          views: [
            {
              family,
              label: 'preset',
              power: (point) => point.specific_cooling_power_W_per_g,
              cop: copWhileCooling('cop_material'),
              hasSpan: true,
            },
          ],
          published: [
            {
              label: 'published 1.43 W/g, calibration target',
              lift_K: 0,
              value: PUBLISHED.power_W_per_g,
            },
            {
              label: 'published lift 36 K, calibration target (taken as zero load)',
              lift_K: PUBLISHED.span_K,
              value: 0,
            },
          ],
          publishedCop: { at: PUBLISHED.cop, label: 'published 3.4, prediction' },
        }),
      ),
      ...work,
      heading('The alloy of the freezer'),
      paragraph(
        `Its adiabatic change at ${PUBLISHED.changeAt_C} °C, 16.3 K, and its austenite finish were fitted to. A useful window of ` +
          `${figure(PUBLISHED.window_K, 1)} K is published, its definition could not be read. Driven through the law at ` +
          `${stress_MPa} MPa, unloading gives at least 50, 70 and 90 % of its largest change over ` +
          `${widths.map((width) => figure(width)).join(', ')} K, and adiabatic strokes complete both ways over ` +
          `${figure(strict.high_C - strict.low_C)} K: the published width lies within these, and its definition decides whether it is met.`,
      ),
      drawing(
        'freezer-change',
        'Adiabatic change of the freezer alloy from and to 900 MPa (the published upper stress) over the temperature at which a ' +
          'stroke starts. Circle: published, the entropy was fitted to it on unloading. The dotted lines are the austenite finish ' +
          '(published, −20.8 °C) and where 900 MPa no longer complete the transformation.',
        changeFigure(context, {
          title: 'Adiabatic change of the freezer alloy',
          key: KEY,
          stress_MPa,
          temperatures_C: Array.from({ length: 41 }, (_, k) => -50 + 3.5 * k),
          published: {
            label: 'published 16.3 K at 0 °C, calibration target',
            temperature_C: PUBLISHED.changeAt_C,
            change_K: PUBLISHED.change_K,
          },
        }),
      ),
      ...pulldown,
      ...scoreBlocks(context, 'Published and modelled: the freezer', KEY),
    ],
  };
};
