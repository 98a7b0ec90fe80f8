/** The errors of a surrogate for people and for machines. */
import type { Metadata, Score } from '../../surrogate/metadata.ts';

export const scoreJson = ({ rows, refused_percent, outputs }: Score) => ({ rows, refused_percent, outputs });

/** @param which rows, "held out" */
export function scoreText({ rows, refused_percent, outputs }: Score, which: string): string {
  const width = Math.max(...outputs.map(({ name }) => name.length));
  const lines = outputs.map(({ name, rows: counted, median_error_percent, p99_error_percent }) =>
    [
      `  ${name.padEnd(width)}`,
      percent(median_error_percent).padStart(10),
      percent(p99_error_percent).padStart(10),
      String(counted).padStart(8),
    ].join(''),
  );
  const head = `  ${'error'.padEnd(width)}${'median'.padStart(10)}${'99 of 100'.padStart(10)}${'rows'.padStart(8)}`;
  return `${rows} rows ${which}, ${refused_percent.toFixed(2)} % of them outside the validity domain and refused.\n${head}\n${lines.join('\n')}`;
}

/** The worst case of each output. */
export function worstText({ outputs }: Score, units: Metadata['outputs']): string {
  const lines = outputs.flatMap(({ name, worst: [first] }) => {
    if (first === undefined) return [];
    const unit = units.find((one) => one.name === name)?.unit ?? '';
    const at = Object.entries(first.at).map(([key, value]) => `${key} ${value}`);
    return [
      `  ${name}: ${percent(first.error_percent)}, told ${short(first.told)}, true ${short(first.truth)}${unit === '' ? '' : ` ${unit}`} at ${at.join(', ')}`,
    ];
  });
  return `Worst cases:\n${lines.join('\n')}`;
}

export const stoppedText = ({ at_step, of_steps }: NonNullable<Metadata['training']['stopped']>): string =>
  `The training was stopped at step ${at_step} of ${of_steps}; this is the best model until then.`;

const percent = (value: number | null): string => (value === null ? '-' : `${value.toFixed(3)} %`);
const short = (value: number): string => String(Number(value.toPrecision(4)));
