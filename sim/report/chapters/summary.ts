/** The first chapter: every published figure beside the model, and what that is worth. */
import type { Role } from '../../config/target.ts';
import type { LiteratureRow } from '../../study/literature/row.ts';
import { scoreOf } from '../../study/literature/score.ts';
import type { Block, Chapter, ChapterContext } from '../chapter.ts';
import { type ForestRow, forestFigure } from '../forest-figure.ts';
import { overviewTable, quantityWords } from './rows-table.ts';

const KINDS: readonly { role: Role; label: string; color: string; shape: 'circle' | 'square' | 'diamond' }[] =
  [
    {
      role: 'calibration',
      label: 'calibration target: the model was conditioned on it',
      color: '#6b7480',
      shape: 'square',
    },
    { role: 'consistency', label: 'consistency check: not scored', color: '#0072b2', shape: 'circle' },
    { role: 'prediction', label: 'prediction: scored', color: '#d55e00', shape: 'diamond' },
  ];

/** @param systems keys of presets, in the order of the report */
export const summaryChapter =
  (systems: readonly string[]): Chapter =>
  (context) => {
    const rows = systems.flatMap((key) => context.rows(key));
    const counts = systems.map((key) => context.members(key).length);
    const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
    return Promise.resolve({
      key: 'summary',
      title: 'What the model can claim',
      blocks: [
        paragraph(verdict(rows)),
        paragraph(
          'Little is published of any elastocaloric machine: hardly ever the alloy, the gaps, the flow or the timing. What is not published is ' +
            'a free parameter here, with a range that its preset states and a most likely value inside it (a triangular distribution). ' +
            'Machines are drawn from these ranges; of each, one parameter per calibration target is moved until the published figure is met ' +
            'exactly, and the machine counts by the probability of what that took. What remains is the set of machines that are all ' +
            'compatible with what was published, and the interval of a figure is the range that holds 90 % of them: ' +
            `${Math.min(...counts)} to ${Math.max(...counts)} different machines a system here.`,
        ),
        paragraph(
          'A calibration target therefore proves nothing and is never scored. A prediction passes where the published figure lies inside the ' +
            'interval and half the interval is at most 50 % of its middle; one that is wider says nothing and counts as not passed. Where too ' +
            'little is published of a machine, where only a bound is published, or where it could not be read what a figure means, the row is a ' +
            'consistency check: compared, but not scored. The 1,284 W of the kilowatt machine at 3.5 Hz are a calibration target, not a validation.',
        ),
        { kind: 'figure', figure: { key: 'summary', caption: CAPTION, svg: forest(context, systems) } },
        {
          kind: 'table',
          table: overviewTable('Every published figure', rows, (key) => context.load({ preset: key }).title),
        },
      ],
    });
  };

const CAPTION =
  'The model over what was published: the median and the interval that holds 90 % of the machines compatible with the calibration targets. ' +
  'Grey bars: the range of the published figure itself. Grey squares could not be anything but near 1, because the machines were ' +
  'conditioned on them. Of a bound ("at least", "at most") one side of 1 is allowed.';

function verdict(rows: readonly LiteratureRow[]): string {
  const { predictions, passed, failed, uninformative, calibrations, consistency, agreeing } = scoreOf(rows);
  const missed = rows.filter(({ verdict: word }) => word === 'fail' || word === 'disagrees');
  const where = missed
    .map(({ system, quantity }) => `${quantityWords({ quantity })} of ${system}`)
    .join('; ');
  return (
    `Of ${predictions} predictions ${passed} pass, ${failed} fail and ${uninformative} are too wide to say anything. ` +
    `${calibrations} figures are calibration targets; of ${consistency} consistency checks ${agreeing} agree. ` +
    (missed.length === 0 ? 'Nothing is missed.' : `The model misses: ${where}. The table says why.`)
  );
}

function forest({ load, rows }: ChapterContext, systems: readonly string[]): string {
  return forestFigure({
    title: 'The model over what was published, 90 % intervals',
    axis: { label: 'model / published', domain: [0.1, 10], ticks: [0.1, 0.2, 0.5, 1, 2, 5, 10] },
    kinds: KINDS,
    groups: systems.flatMap((key) => {
      const drawn = rows(key).flatMap(ratioRow);
      return drawn.length === 0 ? [] : [{ label: load({ preset: key }).title, rows: drawn }];
    }),
  });
}

/** None where there is no interval, or where a ratio means nothing: a temperature in degrees Celsius. */
function ratioRow(row: LiteratureRow): ForestRow[] {
  const { low, model, high, published, unit, role } = row;
  if (low === null || model === null || high === null || unit === 'degC') return [];
  return [
    {
      label:
        `${quantityWords(row)}, ${row.bound === null ? '' : `${row.bound} `}${row.published} ${row.unit}`.trim(),
      kind: KINDS.findIndex((kind) => kind.role === role),
      low: low / published,
      middle: model / published,
      high: high / published,
      // a bound has no range, but one side that is allowed
      published:
        row.bound === null ? [row.published_low / published, row.published_high / published] : [1, 1],
    },
  ];
}
