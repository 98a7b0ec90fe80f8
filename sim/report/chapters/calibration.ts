/** What `elastocool calibrate` can be trusted with: truths that it must find again, and the published points. */
import type { NumberParameter } from '../../config/parameters/parameter.ts';
import { toDisplay } from '../../config/quantity.ts';
import { parameterOf } from '../../config/vary.ts';
import { calibrate } from '../../study/calibration/calibrate.ts';
import type { CalibratedParameter, Calibration } from '../../study/calibration/result.ts';
import { valueOf } from '../../study/calibration/leans.ts';
import {
  PUBLISHED_FREEZER,
  PUBLISHED_KILOWATT,
  TRUE_MACHINE,
  TRUE_PLACE,
  TRUTH,
  withNoise,
} from '../../study/calibration/shown.ts';
import { calibrationModel } from '../../study/calibration/studies.ts';
import { inWords } from '../../study/calibration/warnings.ts';
import type { Block, Chapter, ChapterContext, Figure, Table, TableRow } from '../chapter.ts';
import { xyFigure } from '../xy-figure.ts';

/** Shares of the largest value of each result. */
const NOISE = [0.005, 0.02, 0.05];
const SEED = 2026;
const STARTS = 2;
/** The published points have two answers, which two starts do not find. */
const PUBLISHED_STARTS = 5;

export const calibrationChapter: Chapter = async (context) => {
  const [recovered, published] = await Promise.all([recoverTruth(context), fitPublished(context)]);
  return {
    key: 'calibration',
    title: 'Calibration from measurements',
    blocks: [
      paragraph(
        'Whoever has a machine can fit the model to it: elastocool calibrate reads a table of operating points or a run in ' +
          'time, fits parameters inside their ranges by bounded least squares from several starts, and follows the ' +
          'likelihood of each to where it has fallen to the end of its 95 % interval, all others fitted again on the way. ' +
          'Two things are shown of it: a truth that is known, and figures that were published.',
      ),
      ...recoveredBlocks(recovered),
      ...publishedBlocks(published),
    ],
  };
};

interface Recovered {
  readonly noise: number;
  readonly result: Calibration;
}

async function recoverTruth(context: ChapterContext): Promise<Recovered[]> {
  const [truth] = await context.run(calibrationModel, [{ problem: TRUE_MACHINE, u: TRUE_PLACE }]);
  if (truth === null) return [];
  const results = await Promise.all(
    NOISE.map(async (noise, i) => {
      const problem = withNoise(TRUE_MACHINE, truth, noise, SEED + i);
      const preset = context.load(problem.machine);
      const result = await calibrate(context, problem, {
        starts: STARTS,
        seed: SEED,
        deviationsKnown: true,
        preset: problem.parameters.map(({ name }) => Number(valueOf(preset, name))),
      });
      return { noise, result };
    }),
  );
  return results.flatMap(({ noise, result }) => (result === null ? [] : [{ noise, result }]));
}

interface Published {
  readonly system: string;
  readonly result: Calibration;
}

async function fitPublished(context: ChapterContext): Promise<Published[]> {
  const results = await Promise.all(
    [PUBLISHED_FREEZER, PUBLISHED_KILOWATT].map(async (problem) => {
      const preset = context.load(problem.machine);
      const result = await calibrate(context, problem, {
        starts: PUBLISHED_STARTS,
        seed: 1,
        deviationsKnown: true,
        preset: problem.parameters.map(({ name }) => Number(valueOf(preset, name))),
      });
      return { system: problem.machine.preset, result };
    }),
  );
  return results.flatMap(({ system, result }) => (result === null ? [] : [{ system, result }]));
}

function recoveredBlocks(recovered: readonly Recovered[]): Block[] {
  if (recovered.length === 0) return [];
  const found = recovered.flatMap(({ result }) => result.parameters);
  const inside = found.filter((parameter) => holds(parameter, truthOf(parameter.name))).length;
  const levels = NOISE.map((noise) => percent(noise)).join(', ');
  return [
    { kind: 'heading', text: 'A truth that is known' },
    paragraph(
      `Made-up measurements: cooling power and mechanical power of the Ljubljana machine at ten operating points, computed with a gap and an entropy of transformation other than the preset's, and normal noise of ${levels} of the largest value put on. Of ${found.length} intervals ${inside} hold the truth; of intervals of 95 %, one in twenty should not. Half their width grows with the noise in proportion. That the model that is fitted is also the one that made the data is the best case: what the model has wrong comes on top with a real machine.`,
    ),
    { kind: 'figure', figure: recoveryFigure(recovered) },
    { kind: 'table', table: recoveryTable(recovered) },
  ];
}

const truthOf = (name: string): number => TRUTH[name as keyof typeof TRUTH];
const holds = ({ interval: [low, high] }: CalibratedParameter, truth: number): boolean =>
  low.value <= truth && truth <= high.value;
const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** Told apart in grey. */
const SHAPES = ['circle', 'square'] as const;
/** Beside each other at one noise, %. */
const APART = 0.12;

function recoveryFigure(recovered: readonly Recovered[]): Figure {
  const names = TRUE_MACHINE.parameters.map(({ name }) => name);
  const at = recovered.map(({ noise }) => 100 * noise);
  const right = Math.max(...at) + 0.5;
  const series = names.map((name, k) => {
    const over = (pick: (parameter: CalibratedParameter) => number) =>
      recovered.map(({ result }) => pick(result.parameters[k]) / truthOf(name));
    return {
      kind: 'points' as const,
      label: `${words(name)}, fitted`,
      shape: SHAPES[k],
      x: at.map((noise) => noise + (2 * k - 1) * APART),
      y: over(({ value }) => value),
      low: over(({ interval }) => interval[0].value),
      high: over(({ interval }) => interval[1].value),
    };
  });
  return {
    key: 'calibration-recovery',
    caption:
      'Synthetic data, no measurement: parameters fitted to made-up measurements over their true values, at three levels of noise. Bars: 95 % profile-likelihood intervals. The line is the truth.',
    svg: xyFigure({
      title: 'Known parameters found again in noisy data',
      x: { label: 'noise', unit: '% of the largest value', domain: [0, right] },
      y: { label: 'fitted / true', unit: '' },
      series: [
        { kind: 'line', label: 'truth', x: [0, right], y: [1, 1], dash: 'long', color: '#55606e' },
        ...series,
      ],
    }),
  };
}

const words = (name: string): string => (name.split('.').at(-1) ?? name).replaceAll('_', ' ');

function recoveryTable(recovered: readonly Recovered[]): Table {
  return {
    title: 'Truth and what was fitted to synthetic data',
    columns: [
      { label: 'noise', align: 'right' },
      { label: 'parameter' },
      { label: 'true', align: 'right' },
      { label: 'fitted', align: 'right' },
      { label: '95 % interval', align: 'right' },
      { label: 'chi²/dof', align: 'right' },
      { label: 'holds the truth' },
    ],
    rows: recovered.flatMap(({ noise, result }) =>
      result.parameters.map((parameter): TableRow => {
        const { name, value } = parameter;
        const isInside = holds(parameter, truthOf(name));
        return {
          cells: [
            percent(noise),
            words(name),
            inWords(name, truthOf(name)),
            inWords(name, value),
            intervalWords(parameter),
            (result.sum / result.freedom).toFixed(2),
            isInside ? 'yes' : 'no',
          ],
          verdict: isInside ? 'pass' : 'fail',
        };
      }),
    ),
  };
}

function intervalWords({ name, interval }: CalibratedParameter): string {
  const parameter = parameterOf(name) as NumberParameter;
  return interval
    .map(({ value, end }) => {
      const shown = `${Number(toDisplay(parameter, value).toPrecision(4))}`;
      return end === 'crossed' ? shown : `${shown} (open)`;
    })
    .join(' to ');
}

function publishedBlocks(published: readonly Published[]): Block[] {
  if (published.length === 0) return [];
  return [
    { kind: 'heading', text: 'Published points' },
    paragraph(
      'Of the sub-zero machine two figures are published that the model can be fitted to, 36 K of lift (taken as zero load) and 1.43 W/g at zero lift; of the kilowatt machine one, 1,284 W at zero lift. Their scatter is not published: 0.03 W/g (about 1 K of lift), 0.01 W/g and 1 % are assumed. As many parameters are fitted as there are figures, so that the fits prove nothing; the program says so itself, below the table.',
    ),
    {
      kind: 'table',
      table: {
        title: 'Fitted to published figures, everything else as the presets assume',
        columns: [
          { label: 'system' },
          { label: 'parameter' },
          { label: 'in the preset', align: 'right' },
          { label: 'fitted', align: 'right' },
          { label: '95 % interval', align: 'right' },
        ],
        rows: published.flatMap(({ system, result }) =>
          result.parameters.map((parameter) => ({
            cells: [
              system,
              words(parameter.name),
              inWords(parameter.name, parameter.preset),
              inWords(parameter.name, parameter.value),
              intervalWords(parameter),
            ],
          })),
        ),
      },
    },
    ...published.flatMap(({ system, result }) =>
      result.warnings.map(({ sentence }) => paragraph(`${system}, warning: ${sentence}`)),
    ),
    { kind: 'table', table: leansTable(published) },
  ];
}

function leansTable(published: readonly Published[]): Table {
  return {
    title: 'What the fits to published points lean on',
    columns: [
      { label: 'system' },
      { label: 'fitted' },
      { label: 'leans on' },
      { label: 'its range', align: 'right' },
      { label: 'shift / half interval', align: 'right' },
    ],
    rows: published.flatMap(({ system, result }) =>
      result.leans.map(({ fitted, assumed, range, share }) => ({
        cells: [
          system,
          words(fitted),
          words(assumed),
          range.map((end) => inWords(assumed, end)).join(' to '),
          share.toPrecision(2),
        ],
      })),
    ),
    note: 'Each parameter that was not fitted is moved to the ends of its range, and the fit follows in a straight line; the interval knows nothing of it.',
  };
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
