/** Ten cells over time, made of whole numbered cycles, with the band between each cycle's lowest and highest. */
import { signal } from '@preact/signals';
import type uPlot from 'uplot';
import { cellColours } from '../colour/temperature-scale.ts';
import { coverageShown } from '../live-values.ts';
import { t } from '../language.ts';
import { acceleration, beat, telemetry } from '../session.ts';
import { decimate, decimateBand, type View } from '../store/decimate.ts';
import { CELL_INDEXES, CYCLE_PERIOD_S, cellColumn } from '../store/telemetry.ts';
import { FIRST_CELL } from '../store/waveforms.ts';
import { theme } from '../theme.ts';
import { unitShown } from '../units.ts';
import { mapping } from './canvas-path.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { showsCycles } from './house-chart.tsx';
import type { Palette } from './palette.ts';
import { TimeChart, type BandSpec, type LineSpec } from './time-chart.ts';

const { cycle, waveforms } = telemetry;
const COLOURS = {
  light: cellColours('light', CELL_INDEXES.length),
  dark: cellColours('dark', CELL_INDEXES.length),
};
/** The cell picked out of the ten, or null. */
export const focusedCell = signal<number | null>(null);

export const cellColour = (cell: number): string => COLOURS[theme.value][cell];
const quiet = (cell: number) => focusedCell.peek() !== null && focusedCell.peek() !== cell;

const LINES: readonly LineSpec[] = CELL_INDEXES.map((cell) => ({
  name: () => t('cell {{n}}', { n: cell + 1 }),
  column: {
    name: `cell_${cell + 1}_C`,
    unit: '°C',
    title: 'whole cycles; their means where a cycle is narrower than five pixels',
  },
  colour: () => COLOURS[theme.peek()][cell],
  width: 1.4,
  alpha: () => (quiet(cell) ? 0.12 : 0.95),
  trace: (view, out) =>
    showsCycles(view)
      ? decimate(waveforms.rows, FIRST_CELL + cell, view, out)
      : decimate(cycle, cellColumn(cell, 'mean'), view, out),
}));

const BANDS: readonly BandSpec[] = CELL_INDEXES.map((cell) => ({
  colour: () => COLOURS[theme.peek()][cell],
  // Faint behind the waveforms, which say more; alone they must carry the picture.
  alpha: (view) =>
    (quiet(cell) ? 0.2 : focusedCell.peek() === cell ? 4 : 1) * (showsCycles(view) ? 0.03 : 0.06),
  trace: (view, out) =>
    decimateBand(cycle, cellColumn(cell, 'min'), cellColumn(cell, 'max'), CYCLE_PERIOD_S, view, out),
}));

/** A lane along the time axis: filled where a cycle was read whole, empty where it was skipped. */
function drawReadLane(plot: uPlot, view: View, palette: Palette): void {
  const { ctx, bbox } = plot;
  const to = mapping(plot);
  const height = 4 * devicePixelRatio;
  const y = bbox.top + bbox.height - height;
  ctx.save();
  ctx.fillStyle = palette.grid;
  ctx.fillRect(bbox.left, y, bbox.width, height);
  ctx.beginPath();
  ctx.rect(bbox.left, y, bbox.width, height);
  ctx.clip();
  ctx.fillStyle = palette.material;
  waveforms.forEachIn(view.fromS, view.toS, (startS, periodS) => {
    ctx.fillRect(to.x0 + to.perX * startS, y, Math.max(1, to.perX * periodS - devicePixelRatio), height);
  });
  ctx.restore();
}

function CoverageNote() {
  beat();
  const { read, total } = coverageShown();
  const skipped = Math.max(0, total - read);
  return (
    <p class="note coverage">
      <span class="lane-key" aria-hidden="true" />
      <span>
        {t('In this window {{read}} of {{total}} cycles were read whole; skipped:', { read, total })}{' '}
        <b class="num" data-testid="skipped">
          {skipped}
        </b>
        {acceleration.value > 1
          ? t(' (the line cannot carry every cycle at {{pace}}×)', { pace: acceleration.value })
          : ''}
        {t('. Bands: lowest to highest of each cycle, latched by the device.')}
      </span>
    </p>
  );
}

function CellPicker({ chart }: { readonly chart: { current: TimeChart | null } }) {
  const pick = (cell: number) => {
    focusedCell.value = focusedCell.value === cell ? null : cell;
    if (chart.current !== null) chart.current.revision++;
  };
  return (
    <div class="cell-picker" role="group" aria-label={t('Pick one cell out of the ten')}>
      <span class="unit">{t('cell')}</span>
      {CELL_INDEXES.map((cell) => (
        <button
          key={cell}
          type="button"
          class="chip"
          aria-pressed={focusedCell.value === cell}
          onClick={() => pick(cell)}
        >
          <i style={{ background: cellColour(cell) }} aria-hidden="true" />
          {cell + 1}
        </button>
      ))}
    </div>
  );
}

const chart: { current: TimeChart | null } = { current: null };

export function CellsChart() {
  return (
    <section class="panel cells-panel" aria-labelledby="cells-title">
      <header class="panel-head">
        <h2 id="cells-title">{t('Ten cells')}</h2>
        <span class="unit">
          {t('{{unit}}, whole cycles at their device times; cell 1 at the actuator', {
            unit: unitShown('°C'),
          })}
        </span>
      </header>
      <CellPicker chart={chart} />
      <ChartCanvas
        class="tall"
        label={t('Temperatures of the ten cells over time')}
        create={(host) => {
          chart.current = new TimeChart(host, {
            unit: '°C',
            leastSpan: 6,
            bands: BANDS,
            lines: LINES,
            overlay: drawReadLane,
          });
          return chart.current;
        }}
      />
      <CoverageNote />
    </section>
  );
}
