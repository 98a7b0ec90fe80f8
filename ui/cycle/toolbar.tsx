/** What all pictures of the view share: the cell, how many cycles, and the moment under the cursor. */
import { t } from '../language.ts';
import { cycleNow } from '../live-values.ts';
import { beat } from '../session.ts';
import { CELL_INDEXES } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { OVERLAYS, cellShown, overlaid, pointedPhase } from './choices.ts';

/** Whether what is shown is the machine's present. */
function WhichCycle() {
  beat();
  const { number, cycling } = cycleNow();
  if (Number.isNaN(number)) return <span class="which-cycle">{t('No whole cycle yet.')}</span>;
  return (
    <span class={`which-cycle num ${cycling ? '' : 'past'}`} data-testid="which-cycle">
      {cycling
        ? t('cycle {{n}}, the last whole one', { n: number })
        : t('cycle {{n}}, the last one: the machine does not cycle now', { n: number })}
    </span>
  );
}

/** As fine as the device's own bins. */
const STEPS = 128;

export function CycleToolbar() {
  const phase = pointedPhase.value;
  return (
    <div class="cycle-toolbar" role="group" aria-label={t('What the pictures show')}>
      <label>
        {t('Cell')}
        <select
          data-testid="cycle-cell"
          value={String(cellShown.value)}
          onChange={({ currentTarget }) => {
            cellShown.value = Number(currentTarget.value);
          }}
        >
          {CELL_INDEXES.map((cell) => (
            <option key={cell} value={String(cell)}>
              {cell + 1}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('Cycles')}
        <select
          data-testid="cycle-overlaid"
          value={overlaid.value}
          onChange={({ currentTarget }) => {
            overlaid.value = OVERLAYS.find((one) => one === currentTarget.value) ?? overlaid.value;
          }}
        >
          {OVERLAYS.map((count) => (
            <option key={count} value={count}>
              {count}
            </option>
          ))}
        </select>
      </label>
      <label class="phase-slider">
        {t('Moment of the cycle')}
        <input
          type="range"
          data-testid="cycle-moment"
          min="0"
          max={STEPS - 1}
          value={String(Math.floor((phase ?? 0) * STEPS))}
          aria-valuetext={phase === null ? t('none') : `${fixed(100 * phase, 1)} %`}
          onInput={({ currentTarget }) => {
            pointedPhase.value = Number(currentTarget.value) / STEPS;
          }}
        />
        <output class="num">{phase === null ? '–' : `${fixed(100 * phase, 1)} %`}</output>
      </label>
      <WhichCycle />
    </div>
  );
}
