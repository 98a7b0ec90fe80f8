/** The numbers of the present setup, beside them those of the pinned one, and how far the solution may be trusted. */
import { fixed } from '../store/text.ts';
import type { OperatingPoint } from '../worker/messages.ts';
import { inWords } from './share.ts';
import { curves, pinned } from './state.ts';

interface Reading {
  readonly name: string;
  readonly unit: string;
  readonly decimals: number;
  readonly testId?: string;
  readonly title?: string;
  readonly of: (point: OperatingPoint) => number | null;
}

const READINGS: readonly Reading[] = [
  { name: 'Cooling power', unit: 'W', decimals: 1, testId: 'cooling-power-W', of: (p) => p.cooling_power_W },
  {
    name: 'Specific cooling',
    unit: 'W/g',
    decimals: 2,
    of: (p) => p.specific_cooling_power_W_per_g,
    title: 'cooling power over the mass of alloy',
  },
  {
    name: 'COP, material',
    unit: '',
    decimals: 2,
    of: (p) => p.cop_material,
    title: 'cooling ÷ net mechanical power (loop area)',
  },
  {
    name: 'COP, device',
    unit: '',
    decimals: 2,
    of: (p) => p.cop_device,
    title: 'cooling ÷ (loading power − recovered share of the unloading power)',
  },
  {
    name: 'COP, system',
    unit: '',
    decimals: 2,
    of: (p) => p.cop_system,
    title: 'cooling ÷ (device power ÷ efficiency of the drive + pump)',
  },
  {
    name: 'Second law',
    unit: '%',
    decimals: 1,
    of: (p) => (p.second_law_efficiency === null ? null : 100 * p.second_law_efficiency),
    title: 'COP of the device over that of Carnot; not defined at zero lift',
  },
  {
    name: 'Lift',
    unit: 'K',
    decimals: 1,
    testId: 'lift-K',
    of: (p) => p.temperature_lift_K,
    title: 'hot inlet minus cold inlet',
  },
  { name: 'Heat rejected', unit: 'W', decimals: 0, of: (p) => p.heating_power_W },
  { name: 'Peak stress', unit: 'MPa', decimals: 0, of: (p) => p.peak_stress_MPa },
  {
    name: 'Peak pressure',
    unit: 'bar',
    decimals: 2,
    of: (p) => p.pressure_drop_bar,
    title: 'pressure drop of cells, valves and lines',
  },
  { name: 'Alloy, coldest', unit: '°C', decimals: 1, of: (p) => p.cell_temperature_min_C },
  { name: 'Alloy, hottest', unit: '°C', decimals: 1, of: (p) => p.cell_temperature_max_C },
];

function Trust({ point }: { readonly point: OperatingPoint }) {
  return (
    <p class="note">
      <b class={point.converged ? '' : 'refused'}>{point.converged ? 'Converged' : 'Not converged'}</b> after{' '}
      <b class="num">{point.cycles}</b> cycles,{' '}
      <b class="num">{point.steady_state_error_K.toExponential(0)}</b> K from the steady state; first law
      closed to <b class="num">{point.energy_residual.toExponential(0)}</b> of the heat rejected;{' '}
      <b class="num">{fixed(point.sma_mass_g, 1)}</b> g of alloy, utilization{' '}
      <b class="num">{fixed(point.utilization, 2)}</b>.
    </p>
  );
}

export function Headline() {
  const point = curves.value?.trace.operating_point;
  const reference = pinned.value;
  return (
    <section class="panel lab-readouts" aria-label="Headline numbers">
      <dl class="cycle-readouts">
        {READINGS.map(({ name, unit, decimals, testId, title, of }) => (
          <div class="readout" key={name} title={title ?? name}>
            <dt>{name}</dt>
            <dd>
              <span class="big num" data-testid={testId}>
                {point === undefined ? '–' : fixed(of(point), decimals)}
              </span>
              {unit === '' ? null : <span class="unit"> {unit}</span>}
              {reference === null ? null : (
                <span class="unit was">
                  pinned <span class="num">{fixed(of(reference.trace.operating_point), decimals)}</span>
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {point === undefined ? null : <Trust point={point} />}
      {reference === null ? null : (
        <p class="note">
          Pinned, in grey: {reference.machine}, {inWords(reference.changes)}.
        </p>
      )}
      <ul class="lab-warnings" aria-label="Warnings" aria-live="polite">
        {(point?.warnings ?? []).map((warning) => (
          <li key={warning} class="notice warning">
            <b>Warning</b> {warning}
          </li>
        ))}
      </ul>
    </section>
  );
}
