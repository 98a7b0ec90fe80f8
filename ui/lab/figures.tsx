/** The figures of one setup, with the pinned one beneath. */
import { computed, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { t } from '../language.ts';
import { fixed } from '../store/text.ts';
import type { CycleTrace } from '../worker/messages.ts';
import * as from from './lines.ts';
import { Numbers } from './numbers.tsx';
import type { Curves } from './curves.ts';
import { isSame } from './setup.ts';
import { type HouseRun, cancelHouse, curves, house, houseShare, pinned, runHouse, setup } from './state.ts';
import type { Axes, Line } from './xy-chart.ts';
import { Key, XyFigure } from './xy-figure.tsx';

const useLines = (lines: (of: Curves) => Line[]): Line[] =>
  useComputed(() => from.withReference(curves.value, pinned.value, lines)).value;

/** Figures of the cycle alone: they stay as they are while the points of the curves come in. */
const trace = computed(() => curves.value?.trace ?? null);
const pinnedTrace = computed(() => pinned.value?.trace ?? null);
const useTraceLines = (lines: (of: CycleTrace) => Line[]): Line[] =>
  useComputed(() => from.withReference(trace.value, pinnedTrace.value, lines)).value;

interface PanelProps {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly class: string;
  readonly children: ComponentChildren;
}

function Panel({ id, title, unit, class: name, children }: PanelProps) {
  return (
    <section class={`panel ${name}`} aria-labelledby={id}>
      <header class="panel-head">
        <h2 id={id}>{title}</h2>
        <span class="unit">{unit}</span>
      </header>
      {children}
    </section>
  );
}

const POWER = from.powerLines('lift');
const COP = from.copLines('lift');
const POWER_F = from.powerLines('frequency');
const COP_F = from.copLines('frequency');
const axesOf = (xLabel: string, yLabel: string, leastY: number): Axes => ({
  xLabel,
  yLabel,
  leastY,
  zeroY: true,
});
const liftAxes = () => [
  axesOf(t('temperature lift, K'), t('cooling power, W'), 10),
  axesOf(t('temperature lift, K'), t('COP'), 0.5),
];
const frequencyAxes = () => [
  axesOf(t('frequency, Hz'), t('cooling power, W'), 10),
  axesOf(t('frequency, Hz'), t('COP'), 0.5),
];

/** The lift beyond which nothing is cooled, by a straight line between the two computed points around it. */
function ZeroPowerNote() {
  const points = curves.value?.lift ?? [];
  const after = points.findIndex(
    ({ x, point }, i) => i > 0 && point.cooling_power_W <= 0 && x > points[i - 1].x,
  );
  if (after < 1) return <p class="note">&nbsp;</p>;
  const [a, b] = [points[after - 1], points[after]];
  const share = a.point.cooling_power_W / (a.point.cooling_power_W - b.point.cooling_power_W);
  return (
    <p class="note">
      {t('No cooling above a lift of {{lift}} K.', { lift: fixed(a.x + share * (b.x - a.x), 1) })}
    </p>
  );
}

function LiftPanel() {
  const axes = liftAxes();
  const power = useLines(POWER);
  const cop = useLines(COP);
  return (
    <Panel
      id="lift-title"
      title={t('Over temperature lift')}
      unit={t('dots are computed, the large one is now')}
      class="half"
    >
      <XyFigure class="low" label={t('Cooling power over temperature lift')} axes={axes[0]} lines={power} />
      <Key lines={cop} />
      <XyFigure class="low" label={t('COP over temperature lift')} axes={axes[1]} lines={cop} />
      <ZeroPowerNote />
      <Numbers over={t('lift, K')} decimals={2} points={curves.value?.lift ?? []} />
    </Panel>
  );
}

function FrequencyPanel() {
  const axes = frequencyAxes();
  const power = useLines(POWER_F);
  const cop = useLines(COP_F);
  return (
    <Panel
      id="frequency-title"
      title={t('Over frequency')}
      unit={t('at the present lift, shares of the period kept')}
      class="half"
    >
      <XyFigure class="low" label={t('Cooling power over frequency')} axes={axes[0]} lines={power} />
      <Key lines={cop} />
      <XyFigure class="low" label={t('COP over frequency')} axes={axes[1]} lines={cop} />
      <p class="note">&nbsp;</p>
      <Numbers over={t('frequency, Hz')} decimals={3} points={curves.value?.frequency ?? []} />
    </Panel>
  );
}

const loopAxes = () => axesOf(t('strain, % (compression)'), t('stress, MPa'), 100);

function LoopPanel() {
  const lines = useTraceLines(from.loopLines);
  return (
    <Panel id="loop-title" title={t('Stress and strain')} unit={t('one cycle, steady state')} class="third">
      <XyFigure class="square" label={t('Stress over strain of one cycle')} axes={loopAxes()} lines={lines} />
    </Panel>
  );
}

function ProfilePanel() {
  const lines = useTraceLines(from.profileLines);
  const banks = trace.value?.banks ?? [];
  const count = Math.max(1, banks.length);
  const names = banks.map(({ name }) => name).join(', ');
  return (
    <Panel
      id="profile-title"
      title={t('Along the regenerator')}
      unit={t('°C, mean over its cells; side by side: {{banks}}', { banks: names })}
      class="two-thirds"
    >
      <Key lines={lines} />
      <XyFigure
        key={count}
        class="square"
        label={t('Temperature of alloy and fluid from the cold to the hot end, at the end of either blow')}
        axes={{
          xLabel: t('position, cold end to hot end'),
          yLabel: t('temperature, °C'),
          leastY: 5,
          x: [0, count],
        }}
        lines={lines}
      />
    </Panel>
  );
}

const phaseAxes = (yLabel: string, leastY: number, zeroY: boolean): Axes => ({
  xLabel: t('phase of the cycle, from the start of loading'),
  x: [0, 1],
  yLabel,
  leastY,
  zeroY,
});

function CyclePanel() {
  const outlets = useTraceLines(from.outletLines);
  return (
    <Panel
      id="cycle-title"
      title={t('One cycle')}
      unit={t('steady state; + hot blow, − cold blow')}
      class="whole"
    >
      <Key lines={outlets} />
      <div class="traces">
        <XyFigure
          class="low"
          label={t('Stress over the cycle')}
          axes={phaseAxes(t('stress, MPa'), 100, true)}
          lines={useTraceLines(from.stressLines)}
        />
        <XyFigure
          class="low"
          label={t('Flow over the cycle')}
          axes={phaseAxes(t('flow, kg/s'), 0.05, true)}
          lines={useTraceLines(from.flowLines)}
        />
        <XyFigure
          class="low"
          label={t('Outlet temperatures over the cycle')}
          axes={phaseAxes(t('outlets, °C'), 5, false)}
          lines={outlets}
        />
      </div>
    </Panel>
  );
}

const houseAxes = (): Axes => ({ xLabel: t('time, min'), yLabel: t('temperature, °C'), leastY: 5 });

function houseSentence(run: HouseRun | null): string {
  if (run === null) return t('20 minutes of the house, by multirate over the periodic solution.');
  const reached = run.pulldown.time_to_setpoint_s;
  return reached === null
    ? t('The house does not reach its set-point in 20 minutes.')
    : t('The house reaches its set-point after {{minutes}} min.', { minutes: fixed(reached / 60, 1) });
}

function HousePanel() {
  const run = house.value;
  const share = houseShare.value;
  const lines = useComputed(() => (house.value === null ? [] : from.houseLines(house.value))).value;
  const old = run !== null && !isSame(run, setup.value);
  return (
    <Panel
      id="house-title"
      title={t('Model house')}
      unit={t('°C, from its start temperature on, with the thermostat')}
      class="whole"
    >
      <div class="house-bar">
        {share === null ? (
          <button type="button" class="command may" data-testid="run-house" onClick={runHouse}>
            {run === null ? t('Run the house') : t('Run it again')}
          </button>
        ) : (
          <>
            <progress value={share} aria-label={t('Share of the house run done')} />
            <button type="button" class="command" onClick={cancelHouse}>
              {t('Cancel')}
            </button>
          </>
        )}
        <span class="note" role="status">
          {houseSentence(run)} {old ? t('The curve belongs to earlier parameters.') : null}
        </span>
      </div>
      {run === null ? null : (
        <div class={old ? 'outdated' : ''}>
          <Key lines={lines} />
          <XyFigure class="low" label={t('House temperature over time')} axes={houseAxes()} lines={lines} />
        </div>
      )}
    </Panel>
  );
}

export function Figures() {
  return (
    <div class="figures">
      <LiftPanel />
      <FrequencyPanel />
      <LoopPanel />
      <ProfilePanel />
      <CyclePanel />
      <HousePanel />
    </div>
  );
}
