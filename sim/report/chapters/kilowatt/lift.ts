/** Cooling power over the temperature lift, down to none. */
import type { Block, ChapterContext } from '../../chapter.ts';
import { INK, PALETTE } from '../../svg.ts';
import { xyFigure } from '../../xy-figure.ts';
import { bandOf, interval } from '../band.ts';
import { type Curve, type CurveFamily, type Ensemble, PUBLISHED, curveFamily, valuesOf } from './ensemble.ts';
import { valueAt, zeroOf } from './landmarks.ts';
import type { BestAtLift } from './architectures.ts';
import { drawing, figure, heading, paragraph, range } from '../words.ts';

export const LIFTS_K = [0, 5, 10, 15, 20, 25, 30, 35, 40];

export const powerOf = (curve: Curve): number[] => valuesOf(curve, (point) => point.cooling_power_W);

/** @param extra what else differs from the machine */
export const liftFamily = (
  context: ChapterContext,
  ensemble: Ensemble,
  extra: Readonly<Record<string, number>> = {},
): Promise<CurveFamily> =>
  curveFamily(context, ensemble, LIFTS_K, (x) => ({ ...extra, 'operation.lift': x }));

/** @param best the preset at the best frequency and flow of each lift */
export function liftBlocks({ x, preset, members }: CurveFamily, best: readonly BestAtLift[]): Block[] {
  const line = powerOf(preset);
  const powers = members.map((member) => ({ ...member, value: powerOf(member.value) }));
  const spans = powers.map(({ value, weight }) => ({ value: zeroOf(x, value), weight }));
  const span = zeroOf(x, line);
  const spanRange = interval(spans);
  const at10 = interval(powers.map(({ value, weight }) => ({ value: valueAt(x, value, 10), weight })));
  const beyond = spans
    .filter(({ value }) => Number.isNaN(value))
    .reduce((sum, { weight }) => sum + weight, 0);
  const lastLift = Math.min(LIFTS_K.at(-1) ?? 0, 5 * Math.ceil((spanRange.high + 5) / 5));
  const known = best.filter(({ found }) => found !== null);
  const bestPower = known.map(({ found }) => found?.net_cooling_power_W ?? 0);
  const most = Math.max(PUBLISHED.power_W, ...bestPower);
  const svg = xyFigure({
    title: 'Cooling power over temperature lift',
    x: { label: 'temperature lift', unit: 'K', domain: [0, lastLift] },
    y: { label: 'cooling power', unit: 'W', domain: [-100, 200 * Math.ceil(most / 200)] },
    series: [
      { kind: 'band', label: 'members, 5 to 95 %', color: PALETTE[0], x, ...bandOf(powers) },
      { kind: 'line', label: 'preset, 3.5 Hz, fitted flow', color: PALETTE[0], x, y: line },
      {
        kind: 'line',
        label: 'preset, best frequency and flow of each lift',
        color: PALETTE[1],
        dash: 'long',
        x: known.map(({ lift_K }) => lift_K),
        y: bestPower,
      },
      {
        kind: 'points',
        label: `span ${figure(span, 1)} K (${range(spanRange, 1)} K)`,
        color: PALETTE[0],
        shape: 'diamond',
        x: [span],
        y: [0],
        xLow: [spanRange.low],
        xHigh: [spanRange.high],
      },
      {
        kind: 'points',
        label: 'published, calibration target',
        color: INK,
        x: [0],
        y: [PUBLISHED.power_W],
      },
    ],
    height: 480,
  });
  return [
    heading('How far can it lift?'),
    paragraph(
      `At 3.5 Hz and the fitted flow the preset cools by ${figure(valueAt(x, line, 10))} W at 10 K (members: ` +
        `${range(at10)} W) and by nothing at ${figure(span, 1)} K (${range(spanRange, 1)} K): this is the temperature span, ` +
        `a prediction of values that are mostly assumed; no power over lift and no largest lift could be read in the ` +
        `publication. ${beyond > 0 ? `${figure(100 * beyond)} % of the members (by weight) still cool at ${figure(LIFTS_K.at(-1) ?? 0)} K and are left out of that interval. ` : ''}` +
        `The span is one of the recipe, not of the alloy: a flow that flushes the cells at zero lift carries too much heat ` +
        `back at a large one. Run at the frequency and flow that suit each lift, the same machine goes on above it.`,
    ),
    drawing(
      'kilowatt-lift',
      'Cooling power of the kilowatt machine over the lift between its inlets, around a mean of 26 °C. Solid: preset at 3.5 ' +
        'Hz and the fitted flow, with the band of the members (5 % to 95 %) that meet the calibration targets; the mark on ' +
        'the axis is the span with its 90 % interval. Dashed: preset at the frequency and flow of most cooling at each lift, within the published ' +
        'system pressure of 1.5 bar and half the friction heat taken off. Point at zero lift: published, calibration target.',
      svg,
    ),
  ];
}
