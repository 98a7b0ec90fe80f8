/** How the runs stand on their common axis, and which stretch of it is shown. */
import { t } from '../language.ts';
import { ALIGNMENTS, type AlignmentKind } from './align.ts';
import { alignAnew, alignCycle, alignment, alignState, showsModel } from './chosen.ts';
import { runAxis, runsOnAxis, showAll } from './on-axis.ts';

const NAMES: Record<AlignmentKind, () => string> = {
  start: () => t('time since the start of the record'),
  state: () => t('time since a state was entered'),
  cycle: () => t('cycles of the run'),
  phase: () => t('phase of one cycle'),
};

/** What stands under the charts. */
export const axisName = (): string =>
  alignment.value === 'phase'
    ? t('% of the period of cycle {{n}} of each run', { n: alignCycle.value })
    : alignment.value === 'cycle'
      ? t('cycle of the run, counted from 1')
      : alignment.value === 'state'
        ? t('min:s since {{state}} was entered first', { state: alignState.value })
        : t('min:s since the start of the record');

/** States that any run entered, and the one that the link asks for. */
const statesKnown = (): string[] => [
  ...new Set([
    alignState.value,
    ...runsOnAxis().flatMap(({ landmarks }) => landmarks.states.map((s) => s.state)),
  ]),
];

function Which() {
  if (alignment.value === 'state')
    return (
      <label>
        {t('State')}
        <select
          value={alignState.value}
          data-testid="align-state"
          onChange={({ currentTarget }) =>
            alignAnew(() => {
              alignState.value = currentTarget.value;
            })
          }
        >
          {statesKnown().map((state) => (
            <option key={state}>{state}</option>
          ))}
        </select>
      </label>
    );
  if (alignment.value !== 'phase') return null;
  return (
    <label>
      {t('Cycle of each run')}
      <input
        type="number"
        min={1}
        step={1}
        value={alignCycle.value}
        data-testid="align-cycle"
        onChange={({ currentTarget }) => {
          const n = currentTarget.valueAsNumber;
          if (Number.isInteger(n) && n >= 1)
            alignAnew(() => {
              alignCycle.value = n;
            });
          else currentTarget.value = String(alignCycle.value);
        }}
      />
    </label>
  );
}

export function AlignTools() {
  return (
    <div class="run-tools" role="group" aria-label={t('Alignment')}>
      <label>
        {t('Align by')}
        <select
          value={alignment.value}
          data-testid="align"
          onChange={({ currentTarget }) =>
            alignAnew(() => {
              alignment.value = currentTarget.value as AlignmentKind;
            })
          }
        >
          {ALIGNMENTS.map((kind) => (
            <option key={kind} value={kind}>
              {NAMES[kind]()}
            </option>
          ))}
        </select>
      </label>
      <Which />
      <label>
        <input
          type="checkbox"
          checked={showsModel.value === 'yes'}
          data-testid="run-model"
          onChange={({ currentTarget }) => {
            showsModel.value = currentTarget.checked ? 'yes' : 'no';
          }}
        />
        {t('with what the model expected')}
      </label>
      <span class="tool-buttons" role="group" aria-label={t('Stretch that is shown')}>
        <button type="button" aria-label={t('Closer')} onClick={() => runAxis.zoom(0.5)}>
          +
        </button>
        <button type="button" aria-label={t('Wider')} onClick={() => runAxis.zoom(2)}>
          −
        </button>
        <button type="button" data-testid="run-all" onClick={showAll}>
          {t('all')}
        </button>
      </span>
      {alignment.value === 'phase' ? (
        <span class="note">{t('The channels of “waveform” show most of the inside of a cycle.')}</span>
      ) : null}
    </div>
  );
}
