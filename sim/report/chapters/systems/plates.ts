/** Thin plates: the plate test, and the machine that its authors modelled (DTU, 2016). */
import { type CurvePoint, operatingPoints } from '../../../study/operating-points.ts';
import { plateRates } from '../../../study/systems/plate-rates.ts';
import type { Chapter, ChapterContext } from '../../chapter.ts';
import type { Series } from '../../marks.ts';
import { plateFigure } from '../../plate-figure.ts';
import { PALETTE } from '../../svg.ts';
import { type Weighted, bandOf } from '../band.ts';
import { thinned } from '../../../study/sampling/weighted.ts';
import { panels } from '../kilowatt/panels.ts';
import { drawing, figure, heading, paragraph } from '../words.ts';
import { scoreBlocks } from '../score.ts';

const KEY = 'dtu-plate-2016';

/** tusek-plate-2016: "up to", at a span of 30 K. */
const PUBLISHED = { power_W_per_g: 7, cop: 5 };

const FREQUENCIES_HZ = [0.25, 0.5, 1, 2, 3.5, 5, 7, 10];
/** Fluid of a blow as a multiple of that of the preset, whose utilization is 1. */
const BLOWS = [1, 0.5, 1.7] as const;
const MEMBERS = 30;

type Curve = readonly (CurvePoint | null)[];

export const platesChapter: Chapter = async (context) => {
  const [curves, [report]] = await Promise.all([
    overFrequency(context),
    context.run(plateRates, [{ machine: { preset: KEY }, laws: ['smooth', 'distributed', 'brinson'] }]),
  ]);
  const [smooth] = report.studies;
  const { fast, slow } = report.cooling_time_band;
  const all = curves.presets.flatMap((curve) => curve.filter((point) => point !== null));
  const mostPower = Math.max(...all.map((point) => point.specific_cooling_power_W_per_g));
  const mostCop = Math.max(...all.map((point) => point.cop_material ?? 0));
  return {
    key: 'plates',
    title: 'Thin plates (DTU, 2016)',
    blocks: [
      heading('The plate test'),
      paragraph(
        'A plate of NiTi pulled to 4.2 % at 0.33 1/s warmed by 14 K and, let go, cooled by 12.5 K. Two numbers of the alloy, ' +
          'entropy and hysteresis, were fitted to the two figures, so that they prove nothing. The rate dependence is a ' +
          'prediction: 95 % of the adiabatic changes are kept above ' +
          `${figure(smooth.rate_for_95_percent, 3)} 1/s (${figure(slow.rate_for_95_percent, 3)} to ` +
          `${figure(fast.rate_for_95_percent, 3)} for a heat loss within 20 to 5 s, assumed), and "adiabatic above 0.1 1/s" is ` +
          'published: consistent, and the whole of what this test can say about the model.',
      ),
      drawing(
        'plates-rates',
        'Largest change of temperature of the plate over strain rate: three laws with the same alloy, and the band of the ' +
          'assumed heat loss. Points: published, fitted to. Grey: the rates that are published as adiabatic.',
        plateFigure(report),
      ),
      heading('A machine of plates'),
      paragraph(
        'The authors modelled a regenerator of such plates, 0.1 mm thick: up to 7 kW/kg, and a COP of up to 5, at a span of 30 ' +
          'K. This is a model against a model. The width of the slots was fitted to the power; over frequencies and flows ' +
          `the preset reaches ${figure(mostPower, 1)} W/g and, elsewhere, a COP of ${figure(mostCop, 1)} with all work of ` +
          `unloading counted in full. It does not reach the published ${PUBLISHED.cop}: the hysteresis that was fitted to the plate test ` +
          'costs 1.1 J/g a cycle, of 8.7 J/g of latent heat; the published model must have paid less, and what it ' +
          'assumed could not be read.',
      ),
      drawing(
        'plates-frequency',
        'Regenerator of plates at a lift of 30 K over frequency, the flow rising with it so that each blow carries the same ' +
          'fluid: as much heat capacity as the alloy has (solid, with the band of the members, 5 to 95 %), half and 1.7 times of ' +
          'it (dashed). Dotted: published upper figures of a model; the power was fitted to at 5 Hz, the COP was not.',
        frequencyFigure(curves),
      ),
      ...scoreBlocks(context, 'Published and modelled: plates', KEY),
    ],
  };
};

interface Curves {
  /** One for every entry of BLOWS. */
  readonly presets: readonly Curve[];
  /** At the first of them. */
  readonly members: readonly Weighted<Curve>[];
}

async function overFrequency(context: ChapterContext): Promise<Curves> {
  const members = thinned(context.members(KEY), MEMBERS);
  const input = (changes: Record<string, number | string>, blow: number) => {
    const machine = { preset: KEY, changes };
    const { frequency, blow_flow } = context.load(machine).device.recipe;
    return {
      machine,
      points: FREQUENCIES_HZ.map((one) => ({
        'recipe.frequency': one,
        'recipe.blow_flow': (blow_flow * blow * one) / frequency,
      })),
    };
  };
  const results = await context.run(operatingPoints, [
    ...BLOWS.map((blow) => input({}, blow)),
    ...members.map(({ changes }) => input(changes, BLOWS[0])),
  ]);
  return {
    presets: results.slice(0, BLOWS.length),
    members: members.map(({ weight }, k) => ({ value: results[BLOWS.length + k], weight })),
  };
}

function frequencyFigure({ presets, members }: Curves): string {
  const x = {
    label: 'frequency',
    unit: 'Hz',
    scale: 'log',
    domain: [0.25, 10],
    ticks: FREQUENCIES_HZ,
  } as const;
  const series = (pick: (point: CurvePoint) => number | null): Series[] => {
    const values = (curve: Curve) => curve.map((point) => (point && pick(point)) ?? Number.NaN);
    const lines = BLOWS.map(
      (blow, k): Series => ({
        kind: 'line',
        label: `utilization ${blow}`,
        color: PALETTE[k],
        dash: (['solid', 'long', 'short'] as const)[k],
        x: FREQUENCIES_HZ,
        y: values(presets[k]),
      }),
    );
    if (members.length < 2) return lines;
    const band = bandOf(members.map(({ value, weight }) => ({ value: values(value), weight })));
    return [
      { kind: 'band', label: 'members, 5 to 95 %', color: PALETTE[0], x: FREQUENCIES_HZ, ...band },
      ...lines,
    ];
  };
  return panels([
    {
      title: 'Cooling power per mass at a lift of 30 K',
      x,
      y: { label: 'specific cooling power', unit: 'W/g', domain: [0, 12] },
      series: series((point) => point.specific_cooling_power_W_per_g),
      annotations: [
        {
          kind: 'horizontal',
          at: PUBLISHED.power_W_per_g,
          label: 'published: up to 7 W/g, calibration target',
        },
      ],
      height: 370,
    },
    {
      title: 'COP, work of unloading counted in full',
      x,
      y: { label: 'COP', unit: '', domain: [0, 5.5] },
      series: series((point) => (point.specific_cooling_power_W_per_g > 0 ? point.cop_material : null)),
      annotations: [{ kind: 'horizontal', at: PUBLISHED.cop, label: 'published: up to 5, prediction' }],
      height: 330,
    },
  ]);
}
