/** The runs in a few numbers side by side, each against the first; and the same as a file. */
import { download } from '../figure/download.ts';
import { t } from '../language.ts';
import { beat } from '../session.ts';
import { fixed } from '../store/text.ts';
import { conversionOf, decimalsOf } from '../units.ts';
import { LIVE, shownRuns } from './chosen.ts';
import { FIGURES, type FigureName, figuresCsv, type NamedFigures } from './key-figures.ts';
import { nameOf, runsOnAxis } from './on-axis.ts';
import { RunSwatch } from './run-rows.tsx';

const NAMES: Record<FigureName, () => string> = {
  duration_s: () => t('duration'),
  cycles: () => t('whole cycles'),
  frequency_Hz: () => t('mean frequency'),
  cooling_power_W: () => t('mean cooling power'),
  heating_power_W: () => t('mean heat rejected'),
  mechanical_power_W: () => t('mean net mechanical power'),
  cop_material: () => t('COP of the material'),
  cop_system: () => t('COP of the system'),
  temperature_lift_K: () => t('mean temperature lift'),
  peak_stress_MPa: () => t('highest stress'),
};

interface Column extends NamedFigures {
  readonly key: string;
  readonly at: number;
}

/** All of these are amounts or differences: a unit changes their scale and nothing else. */
function Cell({
  column,
  first,
  figure,
}: {
  column: Column;
  first: Column;
  figure: (typeof FIGURES)[number];
}) {
  const { scale, ...shown } = conversionOf(figure.unit);
  const decimals = decimalsOf(figure.decimals, { scale, ...shown });
  const value = column.figures[figure.key];
  const reference = first.figures[figure.key];
  const difference =
    value === undefined || reference === undefined ? Number.NaN : scale * (value - reference);
  const sign = difference > 0 ? '+' : '';
  return (
    <td class="num" data-testid={`figure-${figure.key}-${column.key}`}>
      {fixed(value === undefined ? undefined : scale * value, decimals)}
      {column === first || Number.isNaN(difference) ? null : (
        <span class="difference">{`${sign}${fixed(difference, decimals)}`}</span>
      )}
    </td>
  );
}

function save(columns: readonly Column[]): void {
  const blob = new Blob([figuresCsv(columns)], { type: 'text/csv' });
  download(`elastocool-runs-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}Z.csv`, blob);
}

export function RunFigures() {
  if (shownRuns.value.some(({ key }) => key === LIVE)) beat();
  const columns = runsOnAxis().map((run): Column => {
    return { key: run.key, at: run.at, name: nameOf(run, run.at), figures: run.figures() };
  });
  const first = columns.at(0);
  if (first === undefined) return null;
  return (
    <section class="panel" aria-labelledby="run-figures-title" data-testid="run-figures">
      <header class="panel-head">
        <h2 id="run-figures-title">{t('Key figures')}</h2>
        <span class="unit">
          {t('of the whole record; means over whole cycles by their length; ± against the first')}
        </span>
        <button type="button" class="quiet" data-testid="figures-csv" onClick={() => save(columns)}>
          CSV
        </button>
      </header>
      <div class="run-scroll" role="region" tabIndex={0} aria-label={t('Key figures of the runs')}>
        <table class="run-table">
          <thead>
            <tr>
              <th scope="col">{t('figure')}</th>
              <th scope="col">{t('unit')}</th>
              {columns.map(({ key, at, name }) => (
                <th key={key} scope="col">
                  <RunSwatch at={at} /> {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {FIGURES.map((figure) => (
              <tr key={figure.key}>
                <th scope="row">{NAMES[figure.key]()}</th>
                <td class="unit">{conversionOf(figure.unit).unit}</td>
                {columns.map((column) => (
                  <Cell key={column.key} column={column} first={first} figure={figure} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
