/** The numbers of the last whole cycle, and the house. */
import type { ComponentChildren } from 'preact';
import { cycleNow } from '../live-values.ts';
import { hello, beat, state, telemetry } from '../session.ts';
import { CYCLE_PERIOD_S, cycleColumn, tickColumn } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { textShown, unitShown } from '../units.ts';
import { t } from '../language.ts';

const ROOM = tickColumn('room_C');
const OUTDOOR = tickColumn('outdoor_C');

interface ReadoutProps {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly testId?: string;
  readonly title?: string;
  readonly children?: ComponentChildren;
}

function Readout({ name, value, unit, testId, title, children }: ReadoutProps) {
  return (
    <div class="readout" title={title ?? name}>
      <dt>{name}</dt>
      <dd>
        <span class="big num" data-testid={testId}>
          {value}
        </span>
        {unit === '' ? null : <span class="unit"> {unit}</span>}
        {children}
      </dd>
    </div>
  );
}

/** How much of a limit is used, as a bar: a number alone does not warn. */
function LimitBar({
  value,
  limit,
  unit,
}: {
  readonly value: number;
  readonly limit: number | undefined;
  readonly unit: string;
}) {
  if (limit === undefined) return null;
  const share = Math.min(1, Math.max(0, value / limit)) || 0;
  return (
    <span class="limit">
      <span class={`limit-bar ${share > 0.9 ? 'near' : ''}`} aria-hidden="true">
        <i style={{ width: `${(100 * share).toFixed(1)}%` }} />
      </span>
      <span class="unit">
        {t('limit')} <span class="num">{textShown(limit, unit, unit === 'bar' ? 1 : 0)}</span>{' '}
        {unitShown(unit)}
      </span>
    </span>
  );
}

function lastCycleWords(sinceS: number): string {
  if (sinceS < 0) return t(', the last one before the rig restarted. The machine does not cycle.');
  return t(", the last one: it ended {{s}} s ago on the rig's clock. The machine does not cycle.", {
    s: fixed(sinceS, 0),
  });
}

const ofCycle = (name: string): number => telemetry.lastCycle(cycleColumn(name));

export function Readouts() {
  beat();
  const { number, cycling, sinceS } = cycleNow();
  const limits = hello.value?.rig.limits;
  const coolingW = ofCycle('cooling_power_W');
  const massG = hello.value?.rig.smaMassG ?? Number.NaN;
  const room = telemetry.latest[ROOM];
  return (
    <section class={`panel readouts ${cycling ? '' : 'old'}`} aria-label={t('Readouts')}>
      <dl class="house-readout">
        <Readout name={t('House')} value={textShown(room, '°C', 1)} unit={unitShown('°C')} testId="room-C">
          <span class="under">
            {t('set')} <span class="num">{textShown(state.value?.setpointC, '°C', 1)}</span>, {t('outdoors')}{' '}
            <span class="num">{textShown(telemetry.latest[OUTDOOR], '°C', 1)}</span> {unitShown('°C')}
          </span>
        </Readout>
      </dl>
      <dl class="cycle-readouts">
        <Readout
          name={t('Cooling power')}
          value={textShown(coolingW, 'W', 0)}
          unit={unitShown('W')}
          testId="cooling-power-W"
        />
        <Readout
          name={t('Heat rejected')}
          value={textShown(ofCycle('heating_power_W'), 'W', 0)}
          unit={unitShown('W')}
        />
        <Readout
          name={t('Specific cooling')}
          value={fixed(coolingW / massG, 2)}
          unit="W/g"
          title={t('cooling power over {{mass}} g of NiTi', { mass: fixed(massG, 1) })}
        />
        <Readout
          name={t('COP, material')}
          value={fixed(ofCycle('cop_material'), 2)}
          unit=""
          title={t('cooling ÷ net mechanical work')}
        />
        <Readout
          name={t('COP, system')}
          value={fixed(ofCycle('cop_system'), 2)}
          unit=""
          title={t('cooling ÷ (loading work, none recovered, + pump)')}
        />
        <Readout
          name={t('Lift')}
          value={fixed(ofCycle('temperature_lift_K'), 1)}
          unit="K"
          title={t('hot inlet minus cold inlet, mean of the cycle')}
        />
        <Readout name={t('Frequency')} value={fixed(1 / telemetry.lastCycle(CYCLE_PERIOD_S), 2)} unit="Hz" />
        <Readout name={t('Peak stress')} value={fixed(ofCycle('peak_stress_MPa'), 0)} unit="MPa">
          <LimitBar value={ofCycle('peak_stress_MPa')} limit={limits?.stressMPa} unit="MPa" />
        </Readout>
        <Readout
          name={t('Peak pressure')}
          value={textShown(ofCycle('peak_pressure_bar'), 'bar', 2)}
          unit={unitShown('bar')}
        >
          <LimitBar value={ofCycle('peak_pressure_bar')} limit={limits?.pressureBar} unit="bar" />
        </Readout>
      </dl>
      <p class="note readout-note">
        {Number.isNaN(number) ? (
          <>
            {t('No whole cycle yet')}
            <span data-testid="cycle-number" />
          </>
        ) : (
          <>
            {t('Cycle')}{' '}
            <b class="num" data-testid="cycle-number">
              {number}
            </b>
            {cycling ? t(', the last whole one; peaks latched by the device.') : lastCycleWords(sinceS)}
          </>
        )}
      </p>
    </section>
  );
}
