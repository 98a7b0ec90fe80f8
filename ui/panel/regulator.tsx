/** Who decides how much the machine cools, what that comes to, and the relay test that tunes it. */
import { useSignal } from '@preact/signals';
import type { RegulatorMode, RegulatorReport } from '../../controller/wire/messages.ts';
import { askOutput, askRegulate, live, state, whyMayNot } from '../session.ts';
import { fixed } from '../store/text.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';

const HANDS = [
  {
    mode: 'thermostat',
    name: 'Thermostat',
    does: 'the recipe of the rig file, paused where it is cool enough',
  },
  { mode: 'pid', name: 'PID', does: 'moves the recipe, cycle by cycle' },
  {
    mode: 'mpc',
    name: 'Model',
    does: 'looks ahead and runs the cheapest recipe that holds the house',
  },
  {
    mode: 'seek',
    name: 'Search',
    does: 'PID, while the blow swings to find the highest COP',
  },
  { mode: 'manual', name: 'By hand', does: 'the output stays where a person puts it' },
] as const;

/** Of a controller or a record that does not say what it offers. */
const USUAL: readonly RegulatorMode[] = ['thermostat', 'pid', 'manual'];

export function RegulatorSettings() {
  const report = state.value?.regulator;
  if (report === undefined) return null;
  const hindrance = live.value ? whyMayNot('regulate') : 'no connection';
  const isTesting = report.mode === 'autotune';
  const running = state.value?.state === 'EXECUTE';
  return (
    <div class="regulator" title={hindrance ?? ''}>
      <div class="segments" role="group" aria-label={t('Who regulates the house')}>
        {HANDS.filter(({ mode }) => (report.offered ?? USUAL).includes(mode)).map(({ mode, name, does }) => (
          <button
            key={mode}
            type="button"
            data-testid={`regulate-${mode}`}
            title={t(does)}
            aria-pressed={report.mode === mode}
            disabled={hindrance !== null}
            onClick={() => askRegulate(mode)}
          >
            {t(name)}
          </button>
        ))}
      </div>
      <button
        type="button"
        class="command"
        data-testid="autotune"
        title={t('Lets the house swing around its set-point and computes a tuning from the swing')}
        disabled={hindrance !== null || (!running && !isTesting)}
        onClick={() => askRegulate(isTesting ? 'cancel_autotune' : 'autotune')}
      >
        {isTesting ? t('End relay test') : t('Relay test')}
      </button>
      {report.hasTuning && !isTesting ? (
        <button
          type="button"
          class="command may"
          data-testid="use-tuning"
          disabled={hindrance !== null}
          onClick={() => askRegulate('use_tuning')}
        >
          {t('Use its tuning')}
        </button>
      ) : null}
      <OutputLine report={report} hindrance={hindrance} />
      {report.note === null ? null : (
        <p class="note" role="status" data-testid="regulator-note">
          <Said words={report.note} />
        </p>
      )}
    </div>
  );
}

function OutputLine({
  report,
  hindrance,
}: {
  readonly report: RegulatorReport;
  readonly hindrance: string | null;
}) {
  const draft = useSignal<string | null>(null);
  const { output, lowest, highest, unit, meanC, feedForward, mode } = report;
  return (
    <p class="note output">
      {t('Output')}{' '}
      <b class="num" data-testid="regulator-output">
        {fixed(output, 3)}
      </b>{' '}
      {unit} {t('(from {{lowest}} to {{highest}})', { lowest, highest })}, {t('house')}{' '}
      <b class="num">{fixed(meanC, 2)}</b> °C {t('over whole cycles')}
      {feedForward === null ? null : (
        <>
          , {t('the model expects')} <b class="num">{fixed(feedForward, 2)}</b> {unit}
        </>
      )}
      {mode === 'manual' ? (
        <label>
          {' '}
          {t('set')}{' '}
          <input
            class="num"
            type="number"
            data-testid="regulator-by-hand"
            min={lowest}
            max={highest}
            step="any"
            disabled={hindrance !== null}
            value={draft.value ?? fixed(output, 2)}
            onInput={(event) => {
              draft.value = event.currentTarget.value;
            }}
            onChangeCapture={(event) => {
              const value = Number.parseFloat(event.currentTarget.value);
              if (Number.isFinite(value)) askOutput(value, unit);
              draft.value = null;
            }}
          />{' '}
          {unit}
        </label>
      ) : null}
    </p>
  );
}
