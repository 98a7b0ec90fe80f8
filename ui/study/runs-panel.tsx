/** Recorded runs, over one another and over the live run. */
import { useEffect } from 'preact/hooks';
import { t } from '../language.ts';
import { chartKey } from '../panel/chart-keys.ts';
import { AlignTools } from './align-tools.tsx';
import { shownRuns } from './chosen.ts';
import { holdRecords, readX, runAxis, shownEnds, showAll } from './on-axis.ts';
import { RunCharts } from './run-charts.tsx';
import { RunFigures } from './run-figures.tsx';
import { RunPicker, take } from './run-picker.tsx';
import { RunRows } from './run-rows.tsx';

/** As on the other charts. */
const STEP = 0.1;

function pinCursor(): void {
  const ends = shownEnds();
  if (ends !== null) runAxis.pin(readX() ?? (ends.fromS + ends.toS) / 2);
}

const KEYS: Readonly<Record<string, () => void>> = {
  ArrowLeft: () => runAxis.pan(-STEP),
  ArrowRight: () => runAxis.pan(STEP),
  '+': () => runAxis.zoom(0.5),
  '=': () => runAxis.zoom(0.5),
  '-': () => runAxis.zoom(2),
  Home: showAll,
  c: pinCursor,
};

/** Before the keys of the live charts, which are not here. */
function listenToRunKeys(): () => void {
  const act = (event: KeyboardEvent): void => {
    const action = event.defaultPrevented ? undefined : KEYS[chartKey(event) ?? ''];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  document.addEventListener('keydown', act);
  return () => document.removeEventListener('keydown', act);
}

function Shown() {
  if (shownRuns.value.length === 0)
    return <p class="note panel">{t('Choose runs to lay them over one another.')}</p>;
  return (
    <>
      <section class="panel" aria-label={t('Runs over one another')}>
        <RunRows />
        <AlignTools />
      </section>
      <RunCharts />
      <RunFigures />
    </>
  );
}

export function RunsPanel() {
  useEffect(holdRecords, []);
  useEffect(listenToRunKeys, []);
  return (
    <div
      class="runs-part"
      data-testid="runs-part"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        take(event.dataTransfer?.files ?? []);
      }}
    >
      <RunPicker />
      <Shown />
    </div>
  );
}
