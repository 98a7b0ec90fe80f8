/** The cascade of three alloys, 75 K (Hong Kong, 2024). */
import type { DeviceConfig } from '../../../config/device-config.ts';
import type { Changes } from '../../../config/parameters/parameter.ts';
import { adiabaticWindow } from '../../../study/literature/window.ts';
import { alongTheBanks } from '../../../study/systems/along-the-banks.ts';
import type { Chapter, Table } from '../../chapter.ts';
import { drawing, figure, heading, paragraph, range } from '../words.ts';
import { alongFigure } from './along-figure.ts';
import { type LiftFamily, liftFamilies, spansOf } from './lift-family.ts';
import { copWhileCooling, liftFigure } from './lift-figure.ts';
import { scoreBlocks } from '../score.ts';

const KEY = 'hkust-cascade-2024';

/** hkust-cascade-2024. */
const PUBLISHED = { lift_K: 75, singleWindow_K: 50, deviceWindow_K: 100 };

export const cascadeChapter: Chapter = async (context) => {
  const single = middleAlloyEverywhere(context.load({ preset: KEY }).device);
  const lifts_K = [0, 15, 30, 45, 60, 75, 90];
  const [[three, one], [atSpan, singleAtLift]] = await Promise.all([
    liftFamilies(context, [
      { key: KEY, lifts_K, guess_K: PUBLISHED.lift_K },
      { key: KEY, changes: middleAlloyEverywhere, lifts_K, guess_K: 66 },
    ]),
    context.run(alongTheBanks, [{ preset: KEY }, { preset: KEY, changes: single }]),
  ]);
  const { material } = context.load({ preset: KEY, changes: single }).device.layout.banks[0];
  const strict = adiabaticWindow(material, atSpan.peak_stress_MPa);
  const [cold, warm] = [atSpan.banks[0], atSpan.banks[2]];
  const [spanOfThree, spanOfOne] = [spansOf(three), spansOf(one)];
  const isMet = spanOfOne.band.low <= PUBLISHED.singleWindow_K;
  const loose_K = cold.window_high_C - cold.window_low_C;
  const strict_K = strict.high_C - strict.low_C;
  return {
    key: 'cascade',
    title: 'The 75 K cascade of three alloys (Hong Kong, 2024)',
    blocks: [
      paragraph(
        'Water runs through three NiTi alloys one after the other, each with its transition temperature near the place where ' +
          'it works. The lift of 75 K is published and was fitted to, by the length of the tubes; the alloys are not, and the ' +
          `three here were put 25 K apart. The span is ${figure(spanOfThree.preset, 1)} K (members: ${range(spanOfThree.band, 1)} K).`,
      ),
      drawing(
        'cascade-lift',
        'Cascade of hkust-cascade-2024 over the lift around 42 °C (assumed) at 1 Hz (assumed). Solid: three alloys, long dashes: ' +
          'the middle alloy in all three tubes, each with the band of the members (5 to 95 %) that meet the calibration target. ' +
          'Circle: published, fitted to. Triangle, red where no member agrees: the published window of a single alloy, at most 50 ' +
          'K, a consistency check.',
        liftOf(three, one, isMet),
      ),
      heading('Where each alloy works'),
      paragraph(
        `At the stress of the span, ${figure(atSpan.peak_stress_MPa)} MPa, an alloy works between its austenite finish, below ` +
          'which martensite stays when the load is taken off, and the temperature above which that stress no longer completes ' +
          `the transformation: ${figure(loose_K)} K for each, together from ${figure(cold.window_low_C)} to ` +
          `${figure(warm.window_high_C)} °C or ${figure(warm.window_high_C - cold.window_low_C)} K. A window of the device of ` +
          `more than ${PUBLISHED.deviceWindow_K} K is published. The edges follow from the law in closed form and are checked ` +
          'against the law itself. The martensite fraction shows whether the tubes stay inside: where it swings between 0 and ' +
          '1 the alloy does all it can.',
      ),
      drawing(
        'cascade-windows',
        'Along the three tubes at the published lift of 75 K: coldest and hottest temperature of a cycle, of the alloy (solid) ' +
          'and the fluid (dashed), and behind them the window of each alloy at the peak stress of the train (bands). Below: least ' +
          'and most martensite. Where the hottest alloy lies above its window the fluid completes the transformation after the ' +
          'stroke. Transition temperatures are assumed, the length of the tubes is fitted.',
        alongFigure({
          title: 'Three alloys at a lift of 75 K',
          along: atSpan,
          alloys: ['cold alloy', 'middle alloy', 'warm alloy'],
        }),
      ),
      heading('The same machine with one alloy'),
      paragraph(
        'With the middle alloy in all three tubes the published window is at most 50 K. ' +
          `The preset says more: it cools up to ${figure(spanOfOne.preset, 1)} K (members: ${range(spanOfOne.band, 1)} K). Two ` +
          'reasons can be seen. A window is not a span: beyond its window an alloy transforms in part, and the train, which sets ' +
          `the strain and not the stress, raises the stress (${figure(singleAtLift.peak_stress_MPa)} MPa at 75 K) until the cooler ` +
          'tubes make up for the warm one, which reaches ' +
          `${figure(100 * Math.min(...singleAtLift.banks[2].fraction.high))} % of martensite at its hot end. And a window depends ` +
          `on ` +
          `what it asks: strokes that complete adiabatically must start within ${figure(strict_K)} K at ${figure(atSpan.peak_stress_MPa)} MPa, ` +
          `strokes that complete with the help of the fluid within ${figure(loose_K)} K; the published 50 K lies between. What ` +
          'the authors asked of theirs could not be read, and ' +
          `${isMet ? 'some of the members agree with it' : 'the disagreement stands'}.`,
      ),
      drawing(
        'cascade-single-alloy',
        'As above with the middle alloy in all three tubes, at the same lift of 75 K, at which this machine no longer cools ' +
          `(${figure(singleAtLift.cooling_power_W)} W). All three tubes have the same window; the warm one leaves it.`,
        alongFigure({
          title: 'One alloy at a lift of 75 K',
          along: singleAtLift,
          alloys: ['middle alloy', 'middle alloy', 'middle alloy'],
        }),
      ),
      { kind: 'table', table: singleAlloyTable(spanOfOne, loose_K, strict_K, isMet) },
      ...scoreBlocks(context, 'Published and modelled: the cascade', KEY),
    ],
  };
};

/** The transition temperature of the middle alloy for the other two. */
function middleAlloyEverywhere({ layout }: DeviceConfig): Changes {
  const middle = layout.banks[1].material.equilibrium_temperature;
  return Object.fromEntries(
    layout.banks.map(({ name }) => [`${name}.material.equilibrium_temperature`, middle]),
  );
}

const liftOf = (three: LiftFamily, one: LiftFamily, isMet: boolean): string =>
  liftFigure({
    title: 'Cooling power over lift, three alloys and one',
    power: { label: 'cooling power', unit: 'W' },
    copTitle: 'COP of the device, without recovery of work',
    views: [
      {
        family: three,
        label: 'three alloys',
        power: (point) => point.cooling_power_W,
        cop: copWhileCooling('cop_device'),
        hasSpan: true,
      },
      {
        family: one,
        label: 'middle alloy alone',
        power: (point) => point.cooling_power_W,
        cop: copWhileCooling('cop_device'),
        hasSpan: true,
      },
    ],
    published: [
      {
        label: 'published lift 75 K, calibration target',
        lift_K: PUBLISHED.lift_K,
        value: 0,
      },
      {
        label: 'published window of a single alloy, at most 50 K, consistency check',
        lift_K: PUBLISHED.singleWindow_K,
        value: 0,
        isBound: true,
        isMissed: !isMet,
      },
    ],
  });

function singleAlloyTable(
  span: ReturnType<typeof spansOf>,
  loose_K: number,
  strict_K: number,
  isMet: boolean,
): Table {
  const published = `at most ${PUBLISHED.singleWindow_K} K`;
  return {
    title: 'Three readings of the window of a single alloy',
    columns: [
      { label: 'reading' },
      { label: 'published', align: 'right' },
      { label: 'model', align: 'right' },
      { label: 'verdict' },
    ],
    rows: [
      {
        cells: [
          'lift at which the machine stops cooling',
          published,
          `${figure(span.preset, 1)} K (${range(span.band, 1)} K)`,
          isMet ? 'agrees, not scored' : 'disagrees, not scored',
        ],
        verdict: isMet ? 'pass' : 'fail',
      },
      {
        cells: ['alloy temperatures at which a stroke completes', published, `${figure(loose_K, 1)} K`, null],
      },
      {
        cells: [
          'temperatures from which an adiabatic stroke completes',
          published,
          `${figure(strict_K, 1)} K`,
          null,
        ],
      },
    ],
    note: 'The second and third are of the material of the preset at the peak stress of the 75 K lift.',
  };
}
