/** The numbers of the present setup, beside them those of the pinned one, and how far the solution may be trusted. */
import { t } from '../language.ts';
import { fixed } from '../store/text.ts';
import type { OperatingPoint } from '../worker/messages.ts';
import type { Curves } from './curves.ts';
import { cardOf, curves, pinned } from './state.ts';
import { inWords, titleOf } from './words.ts';

interface Reading {
  readonly name: () => string;
  readonly unit: string;
  readonly decimals: number;
  readonly testId?: string;
  readonly title?: () => string;
  readonly of: (point: OperatingPoint) => number | null;
}

const READINGS: readonly Reading[] = [
  {
    name: () => t('Cooling power'),
    unit: 'W',
    decimals: 1,
    testId: 'cooling-power-W',
    of: (p) => p.cooling_power_W,
  },
  {
    name: () => t('Specific cooling'),
    unit: 'W/g',
    decimals: 2,
    of: (p) => p.specific_cooling_power_W_per_g,
    title: () => t('cooling power ÷ mass of the alloy'),
  },
  {
    name: () => t('COP, material'),
    unit: '',
    decimals: 2,
    of: (p) => p.cop_material,
    title: () => t('cooling ÷ net mechanical power (loop area)'),
  },
  {
    name: () => t('COP, device'),
    unit: '',
    decimals: 2,
    of: (p) => p.cop_device,
    title: () => t('cooling ÷ (loading power − recovered share of the unloading power)'),
  },
  {
    name: () => t('COP, system'),
    unit: '',
    decimals: 2,
    of: (p) => p.cop_system,
    title: () => t('cooling ÷ (device power ÷ efficiency of the drive + pump)'),
  },
  {
    name: () => t('Second law'),
    unit: '%',
    decimals: 1,
    of: (p) => (p.second_law_efficiency === null ? null : 100 * p.second_law_efficiency),
    title: () => t('COP of the device over that of Carnot; not defined at zero lift'),
  },
  {
    name: () => t('Lift'),
    unit: 'K',
    decimals: 1,
    testId: 'lift-K',
    of: (p) => p.temperature_lift_K,
    title: () => t('hot inlet minus cold inlet'),
  },
  { name: () => t('Heat rejected'), unit: 'W', decimals: 0, of: (p) => p.heating_power_W },
  { name: () => t('Peak stress'), unit: 'MPa', decimals: 0, of: (p) => p.peak_stress_MPa },
  {
    name: () => t('Peak pressure'),
    unit: 'bar',
    decimals: 2,
    of: (p) => p.pressure_drop_bar,
    title: () => t('pressure drop of cells, valves and lines'),
  },
  { name: () => t('Alloy, coldest'), unit: '°C', decimals: 1, of: (p) => p.cell_temperature_min_C },
  { name: () => t('Alloy, hottest'), unit: '°C', decimals: 1, of: (p) => p.cell_temperature_max_C },
];

function Trust({ point }: { readonly point: OperatingPoint }) {
  return (
    <p class="note">
      <b class={point.converged ? '' : 'refused'}>{t(point.converged ? 'Converged' : 'Not converged')}</b>{' '}
      {t(
        'after {{cycles}} cycles, {{error}} K from the steady state; first law closed to {{residual}} of the heat rejected; {{mass}} g of alloy, utilization {{utilization}}.',
        {
          cycles: point.cycles,
          error: point.steady_state_error_K.toExponential(0),
          residual: point.energy_residual.toExponential(0),
          mass: fixed(point.sma_mass_g, 1),
          utilization: fixed(point.utilization, 2),
        },
      )}
    </p>
  );
}

function Pinned({ reference: { machine, changes } }: { readonly reference: Curves }) {
  const card = cardOf(machine);
  return (
    <p class="note" data-testid="pinned-setup">
      {t('Pinned, in grey: {{machine}}, {{changes}}.', {
        machine: card === undefined ? machine : titleOf(card),
        changes: changes.size === 0 ? t('as in the preset') : inWords(changes, card?.fields ?? []),
      })}
    </p>
  );
}

export function Headline() {
  const point = curves.value?.trace.operating_point;
  const reference = pinned.value;
  return (
    <section class="panel lab-readouts" aria-label={t('Key figures')}>
      <dl class="cycle-readouts">
        {READINGS.map(({ name, unit, decimals, testId, title, of }) => (
          <div class="readout" key={name()} title={(title ?? name)()}>
            <dt>{name()}</dt>
            <dd>
              <span class="big num" data-testid={testId}>
                {point === undefined ? '–' : fixed(of(point), decimals)}
              </span>
              {unit === '' ? null : <span class="unit"> {unit}</span>}
              {reference === null ? null : (
                <span class="unit was">
                  {t('pinned')}{' '}
                  <span class="num">{fixed(of(reference.trace.operating_point), decimals)}</span>
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {point === undefined ? null : <Trust point={point} />}
      {reference === null ? null : <Pinned reference={reference} />}
      <ul class="lab-warnings" aria-label={t('Warnings')} aria-live="polite">
        {(point?.warnings ?? []).map((warning) => (
          <li key={warning} class="notice warning">
            <b>{t('Warning')}</b> <span lang="en">{warning}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
