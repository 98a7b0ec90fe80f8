/** Specific cooling power and the two coefficients of performance, each with how sure it is. */
import { t } from '../language.ts';
import { beat, hello, telemetry } from '../session.ts';
import { cycleColumn, modelColumn } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { conversionOf, decimalsOf } from '../units.ts';
import { overlaidCount } from './choices.ts';
import { recentRows } from './measured-cycle.ts';
import { COVERAGE, type Estimate, meanOf, ratioOf } from './uncertainty.ts';

/** Powers of the cycles, W, in a ring of the page. */
interface Powers {
  readonly cooling: readonly number[];
  readonly net: readonly number[];
  readonly loading: readonly number[];
  readonly pump: readonly number[];
}

const NAMES = {
  cooling: 'cooling_power_W',
  net: 'mechanical_power_W',
  loading: 'loading_power_W',
  pump: 'pump_power_W',
};

const measured = (most: number): Powers => ({
  cooling: recentRows(telemetry.cycle, cycleColumn(NAMES.cooling), most),
  net: recentRows(telemetry.cycle, cycleColumn(NAMES.net), most),
  loading: recentRows(telemetry.cycle, cycleColumn(NAMES.loading), most),
  pump: recentRows(telemetry.cycle, cycleColumn(NAMES.pump), most),
});

const modelled = (most: number): Powers => ({
  cooling: recentRows(telemetry.model, modelColumn(NAMES.cooling), most),
  net: recentRows(telemetry.model, modelColumn(NAMES.net), most),
  loading: recentRows(telemetry.model, modelColumn(NAMES.loading), most),
  pump: recentRows(telemetry.model, modelColumn(NAMES.pump), most),
});

interface Merit {
  readonly key: string;
  readonly name: () => string;
  readonly how: () => string;
  readonly unit: string;
  readonly isHead?: boolean;
  readonly of: (powers: Powers, massG: number) => Estimate;
}

const MERITS: readonly Merit[] = [
  {
    key: 'scp',
    name: () => t('SCP'),
    how: () => t('cooling power ÷ mass of the alloy'),
    unit: 'W/g',
    isHead: true,
    of: ({ cooling }, massG) => meanOf(cooling.map((watts) => watts / massG)),
  },
  {
    key: 'cop-material',
    name: () => t('COP, material'),
    how: () => t('cooling ÷ net mechanical work'),
    unit: '',
    isHead: true,
    of: ({ cooling, net }) => ratioOf(cooling, net),
  },
  {
    key: 'cop-system',
    name: () => t('COP, system'),
    how: () => t('cooling ÷ (loading work, none recovered, + pump)'),
    unit: '',
    isHead: true,
    of: ({ cooling, loading, pump }) =>
      ratioOf(
        cooling,
        loading.map((watts, i) => watts + pump[i]),
      ),
  },
  {
    key: 'cooling',
    name: () => t('Cooling power'),
    how: () => '',
    unit: 'W',
    of: ({ cooling }) => meanOf(cooling),
  },
  {
    key: 'net',
    name: () => t('Net mechanical power'),
    how: () => '',
    unit: 'W',
    of: ({ net }) => meanOf(net),
  },
  {
    key: 'loading',
    name: () => t('Loading power'),
    how: () => '',
    unit: 'W',
    of: ({ loading }) => meanOf(loading),
  },
  { key: 'pump', name: () => t('Pump power'), how: () => '', unit: 'W', of: ({ pump }) => meanOf(pump) },
];

/** Decimals at which two digits of the uncertainty show, `fewest` to 4. */
function decimalsFor({ u }: Estimate, fewest: number): number {
  const digits = u > 0 ? 1 - Math.floor(Math.log10(COVERAGE * u)) : fewest;
  return Math.min(4, Math.max(fewest, digits));
}

interface RowProps {
  readonly merit: Merit;
  readonly here: Powers;
  readonly model: Powers;
}

function MeritRow({ merit: { key, name, how, unit, isHead, of }, here, model }: RowProps) {
  const massG = hello.value?.rig.smaMassG ?? Number.NaN;
  const estimate = of(here, massG);
  const shown = conversionOf(unit);
  const head = isHead === true;
  const decimals = decimalsOf(decimalsFor(estimate, head ? 2 : 1), shown);
  const words = (value: number): string => fixed(shown.scale * value, decimals);
  return (
    <tr class={head ? 'head' : ''}>
      <th scope="row">
        {name()}
        {how() === '' ? null : <span class="note">{how()}</span>}
      </th>
      <td class="num merit-value" data-testid={key}>
        <b>{words(estimate.value)}</b> ± {words(COVERAGE * estimate.u)} {shown.unit}
      </td>
      <td class="num">
        {words(of(model, massG).value)} {shown.unit}
      </td>
      <td class="num">{fixed(estimate.effective, 1)}</td>
    </tr>
  );
}

export function MeritPanel() {
  beat();
  const [here, model] = [measured(overlaidCount()), modelled(overlaidCount())];
  return (
    <section class="panel merit-panel" aria-labelledby="merit-title" data-testid="merit-panel">
      <header class="panel-head">
        <h2 id="merit-title">{t('How well it cools')}</h2>
        <span class="unit">
          {t('means of the last {{n}} cycles, with 95 % uncertainty', { n: here.cooling.length })}
        </span>
      </header>
      <table class="merits">
        <thead>
          <tr>
            <td />
            <th scope="col">{t('measured')}</th>
            <th scope="col">{t('model')}</th>
            <th scope="col" title={t('how many cycles that do not resemble each other say as much')}>
              {t('effective cycles')}
            </th>
          </tr>
        </thead>
        <tbody>
          {MERITS.map((merit) => (
            <MeritRow key={merit.key} merit={merit} here={here} model={model} />
          ))}
        </tbody>
      </table>
      <p class="note">
        {t(
          '± is twice the standard error from cycle to cycle (GUM type A), neighbours that resemble each other counted less, and what numerator and denominator share left out. The rig file states no accuracy of its sensors: an error that all cycles share, as a flow meter that reads 1 % too much, is not in it.',
        )}
      </p>
    </section>
  );
}
