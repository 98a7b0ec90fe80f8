/** 400 W of a long-lived alloy (2026). */
import type { Chapter } from '../../chapter.ts';
import { drawing, figure, paragraph, range } from '../words.ts';
import { changeFigure } from './change-figure.ts';
import { liftFamilies, spansOf } from './lift-family.ts';
import { copWhileCooling, liftFigure } from './lift-figure.ts';
import { scoreBlocks } from '../score.ts';

const KEY = 'tinicuco-2026';

/** tinicuco-2026, by a third party. */
const PUBLISHED = { power_W: 400, span_K: 41, change_K: 14.8 };
/** Assumed when the entropy of fixtures/alloys/tinicu.yaml was fitted to the published change. */
const FITTED_AT = { temperature_C: 20, stress_MPa: 900 };

export const tinicucoChapter: Chapter = async (context) => {
  const [family] = await liftFamilies(context, [
    { key: KEY, lifts_K: [0, 10, 20, 30, 40, 50], guess_K: PUBLISHED.span_K },
  ]);
  const { preset, band } = spansOf(family);
  const svg = liftFigure({
    title: 'Cooling power over lift, TiNiCuCo',
    power: { label: 'cooling power', unit: 'W' },
    copTitle: 'COP of the device without recovery of work, and of the material',
    views: [
      {
        family,
        label: 'no work recovered',
        power: (point) => point.cooling_power_W,
        cop: copWhileCooling('cop_device'),
        hasSpan: true,
      },
      { family, label: 'all work of unloading recovered', cop: copWhileCooling('cop_material') },
    ],
    published: [
      {
        label: 'published 400 W, calibration target (lift taken as zero)',
        lift_K: 0,
        value: PUBLISHED.power_W,
      },
      { label: 'published span 41 K, calibration target', lift_K: PUBLISHED.span_K, value: 0 },
    ],
  });
  return {
    key: 'tinicuco',
    title: 'TiNiCuCo, 400 W over a million cycles (2026)',
    blocks: [
      paragraph(
        'Three figures are known of this machine, by a third party: power, span and the adiabatic change of its alloy. Three ' +
          'numbers of the preset were fitted to them: tubes, flow and entropy. How the machine is built could not be read, so ' +
          `that nothing is left to judge it by; the curve between its ends is the model's. Its span is ${figure(preset, 1)} K ` +
          `(members: ${range(band, 1)} K). The narrow hysteresis of the alloy is assumed; it is why the material's COP is ` +
          'several times that of the device, which recovers no work.',
      ),
      drawing(
        'tinicuco-lift',
        'Cooler of tinicuco-2026, taken to be built like the kilowatt machine, over the lift around 28 °C (assumed) at 2 Hz ' +
          '(assumed). Lines: preset, with the band of the members (5 to 95 %). Circles: published, fitted to.',
        svg,
      ),
      drawing(
        'tinicuco-change',
        'Adiabatic change of the alloy from and to 900 MPa over the temperature at which a stroke starts, driven through the ' +
          'law. Circle: the published 14.8 K, to which the entropy was fitted; that it was measured on unloading from 900 MPa at ' +
          '20 °C is assumed. Between the dotted lines an isothermal transformation completes both ways.',
        changeFigure(context, {
          title: 'Adiabatic change of the TiNiCuCo alloy',
          key: KEY,
          stress_MPa: FITTED_AT.stress_MPa,
          temperatures_C: Array.from({ length: 41 }, (_, k) => -30 + 4 * k),
          published: {
            label: 'published 14.8 K, calibration target',
            temperature_C: FITTED_AT.temperature_C,
            change_K: PUBLISHED.change_K,
          },
        }),
      ),
      ...scoreBlocks(context, 'Published and modelled: TiNiCuCo', KEY),
    ],
  };
};
