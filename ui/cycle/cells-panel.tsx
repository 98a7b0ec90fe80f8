/** Ten cells side by side: how each differs from the median of all over the cycle, in its mean and in its swing. */
import { t } from '../language.ts';
import { beat, telemetry } from '../session.ts';
import { CELL_INDEXES } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { FIRST_CELL } from '../store/waveforms.ts';
import { type CellsCompared, compareCells } from './cell-compare.ts';
import { cellShown, pointedPhase } from './choices.ts';
import { inWords } from './shown.ts';
import type { Deviation } from './spread.ts';

let known: { readonly firstRow: number; readonly compared: CellsCompared } | undefined;

function compared(): CellsCompared | null {
  const { waveforms } = telemetry;
  const cycle = waveforms.recent(0);
  if (cycle === undefined) return null;
  if (known?.firstRow !== cycle.firstRow) {
    const all = compareCells(CELL_INDEXES.length, cycle.bins, (cell, bin) =>
      waveforms.value(cycle, FIRST_CELL + cell, bin),
    );
    known = { firstRow: cycle.firstRow, compared: all };
  }
  return known.compared;
}

/** The scale of all ten lines, K to either side: 1, 2 or 5 times a power of ten. */
function lineScale({ cells }: CellsCompared): number {
  const most = Math.max(
    0.5,
    ...cells.flatMap(({ apart }) => [...apart].map((value) => Math.abs(value) || 0)),
  );
  const power = 10 ** Math.floor(Math.log10(most));
  return power * (most <= power ? 1 : most <= 2 * power ? 2 : most <= 5 * power ? 5 : 10);
}

const WIDTH = 128;
const HALF = 16;

function path(apart: Float32Array, scale: number): string {
  let text = '';
  let isDown = false;
  for (const [bin, value] of apart.entries()) {
    if (Number.isNaN(value)) isDown = false;
    else {
      const x = ((bin + 0.5) * WIDTH) / apart.length;
      text += `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${(HALF - (HALF * value) / scale).toFixed(1)}`;
      isDown = true;
    }
  }
  return text;
}

function signed({ by }: Deviation): string {
  const text = fixed(by, 2);
  return by > 0 ? `+${text}` : text;
}

function verdict(mean: Deviation, swing: Deviation): string {
  if (Number.isNaN(mean.by)) return t('no reading');
  const words = [
    ...(mean.isApart ? [mean.by > 0 ? t('too warm') : t('too cold')] : []),
    ...(swing.isApart ? [swing.by > 0 ? t('swings more') : t('swings less')] : []),
  ];
  return words.length === 0 ? t('like the others') : words.join(', ');
}

function CellRow({
  cell,
  all,
  scale,
}: {
  readonly cell: number;
  readonly all: CellsCompared;
  readonly scale: number;
}) {
  const { mean, swing, apart } = all.cells[cell];
  const isOff = mean.isApart || swing.isApart || Number.isNaN(mean.by);
  const phase = pointedPhase.value;
  return (
    <tr class={isOff ? 'off' : ''} data-testid={`compare-${cell + 1}`}>
      <th scope="row">
        <button
          type="button"
          class="chip num"
          aria-pressed={cellShown.value === cell}
          aria-label={t('Show cell {{n}} in all pictures', { n: cell + 1 })}
          onClick={() => {
            cellShown.value = cell;
          }}
        >
          {cell + 1}
        </button>
      </th>
      <td class="compare-line">
        <svg viewBox={`0 0 ${WIDTH} ${2 * HALF}`} preserveAspectRatio="none" aria-hidden="true">
          <line x1="0" x2={WIDTH} y1={HALF} y2={HALF} class="compare-zero" />
          {phase === null ? null : (
            <line x1={phase * WIDTH} x2={phase * WIDTH} y1="0" y2={2 * HALF} class="compare-cursor" />
          )}
          <path d={path(apart, scale)} />
        </svg>
      </td>
      <td class={`num ${mean.isApart ? 'apart' : ''}`}>{signed(mean)}</td>
      <td class={`num ${swing.isApart ? 'apart' : ''}`}>{signed(swing)}</td>
      <td class="compare-verdict">{verdict(mean, swing)}</td>
    </tr>
  );
}

export function CellsPanel() {
  beat();
  const all = compared();
  return (
    <section class="panel compare-panel" aria-labelledby="compare-title" data-testid="compare-panel">
      <header class="panel-head">
        <h2 id="compare-title">{t('Cells against their median')}</h2>
        <span class="unit">{t('measured, last whole cycle')}</span>
      </header>
      {all === null ? <p class="note">{t('No whole cycle yet.')}</p> : <CellsTable all={all} />}
    </section>
  );
}

function CellsTable({ all }: { readonly all: CellsCompared }) {
  const scale = lineScale(all);
  return (
    <>
      <table class="compare">
        <thead>
          <tr>
            <th scope="col">{t('Cell')}</th>
            <th scope="col">{t('over the period, ±{{n}} K', { n: scale })}</th>
            <th scope="col">{t('mean, K')}</th>
            <th scope="col">{t('swing, K')}</th>
            <th scope="col">{t('verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {CELL_INDEXES.map((cell) => (
            <CellRow key={cell} cell={cell} all={all} scale={scale} />
          ))}
        </tbody>
      </table>
      <p class="note">
        {t(
          'Medians: {{mean}}, swing {{swing}} K. Apart is what lies beyond 3.5 robust standard deviations (median absolute deviation): here {{meanLimit}} K in the mean, {{swingLimit}} K in the swing.',
          {
            mean: inWords(all.mean_C, '°C', 1),
            swing: fixed(all.swing_K, 1),
            meanLimit: fixed(all.meanLimit, 2),
            swingLimit: fixed(all.swingLimit, 2),
          },
        )}
      </p>
    </>
  );
}
