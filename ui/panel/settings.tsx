/** Set-point and, for the virtual rig, the pace of simulated time. */
import { useSignal } from '@preact/signals';
import { RIGHTS, isAtLeast } from '../../controller/wire/rights.ts';
import {
  acceleration,
  askAcceleration,
  askSetpoint,
  hello,
  live,
  state,
  whyMayNot,
  you,
} from '../session.ts';
import { t } from '../language.ts';

const LEAST_C = 10;
const MOST_C = 40;
const STEP_C = 0.5;
const PACES = [1, 5, 20];

const isAllowed = (value: number): boolean => value >= LEAST_C && value <= MOST_C;

export function SetpointStepper() {
  const draft = useSignal<string | null>(null);
  const current = state.value?.setpointC;
  const typed = draft.value === null ? null : Number.parseFloat(draft.value);
  const refused = typed !== null && !isAllowed(typed);
  const ask = (value: number) => {
    if (!isAllowed(value)) return;
    draft.value = null;
    askSetpoint(Math.round(value * 10) / 10);
  };
  const step = (by: number) => {
    if (current !== undefined) ask(Math.min(MOST_C, Math.max(LEAST_C, current + by)));
  };
  const hindrance = whyMayNot('setpoint_C');
  const disabled = current === undefined || !live.value || hindrance !== null;
  return (
    <div class="setting" title={hindrance ?? ''}>
      <label for="setpoint">{t('House set-point')}</label>
      <div class="stepper">
        <button
          type="button"
          onClick={() => step(-STEP_C)}
          disabled={disabled}
          aria-label={t('Half a degree cooler')}
        >
          −
        </button>
        <input
          id="setpoint"
          class="num"
          data-testid="setpoint"
          type="number"
          inputMode="decimal"
          min={LEAST_C}
          max={MOST_C}
          step={STEP_C}
          disabled={disabled}
          value={draft.value ?? current?.toFixed(1) ?? ''}
          onInput={(event) => {
            draft.value = event.currentTarget.value;
          }}
          onChangeCapture={(event) => ask(Number.parseFloat(event.currentTarget.value))}
          onBlur={() => {
            draft.value = null;
          }}
          aria-invalid={refused}
          aria-describedby="setpoint-range"
        />
        <span class="unit">°C</span>
        <button
          type="button"
          onClick={() => step(STEP_C)}
          disabled={disabled}
          aria-label={t('Half a degree warmer')}
        >
          +
        </button>
      </div>
      <span class={`unit ${refused ? 'refused' : ''}`} id="setpoint-range">
        {refused ? t('not sent, allowed is ') : ''}
        {t('{{least}} to {{most}} °C', { least: LEAST_C, most: MOST_C })}
      </span>
    </div>
  );
}

function paceNote(virtual: boolean): string {
  if (!virtual) return t('a real machine runs at 1×');
  const { least } = RIGHTS.acceleration;
  const mayEver = you.value !== null && isAtLeast(you.value.role, least);
  return mayEver ? t('virtual rig only') : t('virtual rig only, by an {{role}}', { role: t(least) });
}

export function AccelerationSwitch() {
  const virtual = hello.value?.rig.virtual === true;
  const hindrance = whyMayNot('acceleration');
  return (
    <div class="setting" title={hindrance ?? ''}>
      <span id="pace-label">{t('Pace of simulated time')}</span>
      <div class="segments" role="group" aria-labelledby="pace-label">
        {PACES.map((pace) => (
          <button
            key={pace}
            type="button"
            data-testid={`acceleration-${pace}`}
            aria-pressed={acceleration.value === pace}
            disabled={!virtual || !live.value || hindrance !== null}
            onClick={() => askAcceleration(pace)}
          >
            {pace}×
          </button>
        ))}
      </div>
      <span class="unit">{paceNote(virtual)}</span>
    </div>
  );
}
