/** The runs that are shown: how far each is read, what is wrong with it, and how it is moved by hand. */
import { curveColour } from '../colour/curve-colours.ts';
import { t } from '../language.ts';
import { beat } from '../session.ts';
import { theme } from '../theme.ts';
import { isAligned, type Unaligned } from './align.ts';
import { alignState, type Chosen, fileOf, LIVE, moveBy, shownRuns, takeAway } from './chosen.ts';
import { heldRecord, nameOf, runsOnAxis } from './on-axis.ts';
import { dashOf } from './run-chart.ts';

export function RunSwatch({ at, isModel = false }: { readonly at: number; readonly isModel?: boolean }) {
  return (
    <svg class="run-swatch" viewBox="0 0 30 8" aria-hidden="true">
      <line
        x1="1"
        y1="4"
        x2="29"
        y2="4"
        stroke={curveColour(theme.value, at)}
        stroke-width={isModel ? 1.5 : 2.5}
        stroke-dasharray={isModel ? '1 3' : dashOf(at).join(' ')}
      />
    </svg>
  );
}

function unalignedText(found: Unaligned): string {
  if (found.why === 'no state')
    return t('It did not enter {{state}}, as far as is known.', { state: alignState.value });
  if (found.why === 'no cycles') return t('It has no whole cycle.');
  return t('It has no such cycle: the last is {{last}}.', { last: found.last });
}

function Status({ run }: { readonly run: Chosen }) {
  const state = heldRecord(run.key)?.state.value;
  if (state?.phase === 'reading') {
    const percent = Math.floor(100 * state.share);
    return (
      <span class="note" data-testid={`reading-${run.key}`}>
        <progress max={100} value={percent} aria-label={t('read so far')} /> {percent} %
      </span>
    );
  }
  if (state?.phase === 'refused')
    return (
      <span class="ask alarm" role="alert" data-testid={`refused-${run.key}`}>
        {t('{{run}} cannot be shown', { run: fileOf(run.key)?.name ?? run.key })}
        {': '}
        <span lang="en">{state.sentence}</span>
      </span>
    );
  if (run.key === LIVE) beat();
  const placed = runsOnAxis().find(({ key }) => key === run.key)?.placed;
  if (placed === undefined)
    return run.key === LIVE ? <span class="note">{t('nothing was heard yet')}</span> : null;
  return isAligned(placed) ? null : (
    <span class="ask warning" role="status" data-testid={`unaligned-${run.key}`}>
      {unalignedText(placed)}
    </span>
  );
}

export function RunRows() {
  return (
    <ul class="run-rows" aria-label={t('Runs over one another')}>
      {shownRuns.value.map((run, at) => {
        const name = nameOf(run, at);
        return (
          <li key={run.key} data-testid={`shown-${run.key}`}>
            <RunSwatch at={at} />
            <b>{name}</b>
            <label class="run-offset">
              {t('later by')}
              <input
                type="number"
                step="0.1"
                value={run.offsetS}
                aria-label={t('{{run}}: later by, seconds', { run: name })}
                data-testid={`offset-${run.key}`}
                onChange={({ currentTarget }) => {
                  const offsetS = currentTarget.valueAsNumber;
                  moveBy(run.key, Number.isFinite(offsetS) ? offsetS : 0);
                }}
              />
              s
            </label>
            <button
              type="button"
              class="quiet"
              aria-label={t('Take {{run}} away', { run: name })}
              data-testid={`away-${run.key}`}
              onClick={() => takeAway(run.key)}
            >
              ×
            </button>
            <Status run={run} />
          </li>
        );
      })}
    </ul>
  );
}
