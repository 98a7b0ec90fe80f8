/** The figures of one setup, with the pinned one beneath. */
import { computed, useComputed } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { fixed } from '../store/text.ts';
import type { CycleTrace } from '../worker/messages.ts';
import * as from from './lines.ts';
import { Numbers } from './numbers.tsx';
import { type Curves, cancelHouse, curves, house, houseShare, pinned, runHouse, setup } from './state.ts';
import { toHash } from './share.ts';
import type { Line } from './xy-chart.ts';
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
const LIFT_AXES = [
  { xLabel: 'temperature lift, K', yLabel: 'cooling power, W', leastY: 10, zeroY: true },
  { xLabel: 'temperature lift, K', yLabel: 'COP', leastY: 0.5, zeroY: true },
] as const;
const FREQUENCY_AXES = [
  { xLabel: 'frequency, Hz', yLabel: 'cooling power, W', leastY: 10, zeroY: true },
  { xLabel: 'frequency, Hz', yLabel: 'COP', leastY: 0.5, zeroY: true },
] as const;

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
      No cooling above a lift of <b class="num">{fixed(a.x + share * (b.x - a.x), 1)}</b> K.
    </p>
  );
}

function LiftPanel() {
  const power = useLines(POWER);
  const cop = useLines(COP);
  return (
    <Panel
      id="lift-title"
      title="Over temperature lift"
      unit="dots are computed, the large one is now"
      class="half"
    >
      <XyFigure class="low" label="Cooling power over temperature lift" axes={LIFT_AXES[0]} lines={power} />
      <Key lines={cop} />
      <XyFigure class="low" label="COP over temperature lift" axes={LIFT_AXES[1]} lines={cop} />
      <ZeroPowerNote />
      <Numbers over="lift, K" decimals={2} points={curves.value?.lift ?? []} />
    </Panel>
  );
}

function FrequencyPanel() {
  const power = useLines(POWER_F);
  const cop = useLines(COP_F);
  return (
    <Panel
      id="frequency-title"
      title="Over frequency"
      unit="at the present lift, shares of the period kept"
      class="half"
    >
      <XyFigure class="low" label="Cooling power over frequency" axes={FREQUENCY_AXES[0]} lines={power} />
      <Key lines={cop} />
      <XyFigure class="low" label="COP over frequency" axes={FREQUENCY_AXES[1]} lines={cop} />
      <p class="note">&nbsp;</p>
      <Numbers over="frequency, Hz" decimals={3} points={curves.value?.frequency ?? []} />
    </Panel>
  );
}

const LOOP_AXES = {
  xLabel: 'strain of the tubes, % (compression)',
  yLabel: 'stress, MPa',
  leastY: 100,
  zeroY: true,
} as const;

function LoopPanel() {
  const lines = useTraceLines(from.loopLines);
  return (
    <Panel id="loop-title" title="Stress and strain" unit="one cycle, steady state" class="third">
      <XyFigure class="square" label="Stress over strain of one cycle" axes={LOOP_AXES} lines={lines} />
    </Panel>
  );
}

function ProfilePanel() {
  const lines = useTraceLines(from.profileLines);
  const banks = trace.value?.banks ?? [];
  const count = Math.max(1, banks.length);
  const names = banks.map(({ name }) => name).join(', then ');
  return (
    <Panel
      id="profile-title"
      title="Along the regenerator"
      unit={`°C, mean of the ${names}`}
      class="two-thirds"
    >
      <Key lines={lines} />
      <XyFigure
        key={count}
        class="square"
        label="Temperature of alloy and fluid from the cold to the hot end, at the end of either blow"
        axes={{
          xLabel: 'position, cold end to hot end',
          yLabel: 'temperature, °C',
          leastY: 5,
          x: [0, count],
        }}
        lines={lines}
      />
    </Panel>
  );
}

const PHASE = { xLabel: 'phase of the cycle, from the start of loading', x: [0, 1] } as const;
const STRESS_AXES = { ...PHASE, yLabel: 'stress, MPa', leastY: 100, zeroY: true } as const;
const FLOW_AXES = { ...PHASE, yLabel: 'flow, kg/s', leastY: 0.05, zeroY: true } as const;
const OUTLET_AXES = { ...PHASE, yLabel: 'outlets, °C', leastY: 5 } as const;

function CyclePanel() {
  const outlets = useTraceLines(from.outletLines);
  return (
    <Panel id="cycle-title" title="One cycle" unit="steady state; + hot blow, − cold blow" class="whole">
      <Key lines={outlets} />
      <div class="traces">
        <XyFigure
          class="low"
          label="Stress over the cycle"
          axes={STRESS_AXES}
          lines={useTraceLines(from.stressLines)}
        />
        <XyFigure
          class="low"
          label="Flow over the cycle"
          axes={FLOW_AXES}
          lines={useTraceLines(from.flowLines)}
        />
        <XyFigure class="low" label="Outlet temperatures over the cycle" axes={OUTLET_AXES} lines={outlets} />
      </div>
    </Panel>
  );
}

const HOUSE_AXES = { xLabel: 'time, min', yLabel: 'temperature, °C', leastY: 5 } as const;

function HousePanel() {
  const run = house.value;
  const share = houseShare.value;
  const lines = useComputed(() => (house.value === null ? [] : from.houseLines(house.value))).value;
  const old = run !== null && toHash(run) !== toHash(setup.value);
  const reached = run?.pulldown.time_to_setpoint_s;
  return (
    <Panel
      id="house-title"
      title="Model house"
      unit="°C, from its start temperature on, with the thermostat"
      class="whole"
    >
      <div class="house-bar">
        {share === null ? (
          <button type="button" class="command may" data-testid="run-house" onClick={runHouse}>
            {run === null ? 'Run the house' : 'Run it again'}
          </button>
        ) : (
          <>
            <progress value={share} aria-label="Share of the house run done" />
            <button type="button" class="command" onClick={cancelHouse}>
              Cancel
            </button>
          </>
        )}
        <span class="note" role="status">
          {run === null
            ? '20 minutes of the house, by multirate over the periodic solution.'
            : reached === null || reached === undefined
              ? 'The house does not reach its set-point in 20 minutes.'
              : `The house reaches its set-point after ${fixed(reached / 60, 1)} min.`}
          {old ? ' The curve belongs to earlier parameters.' : ''}
        </span>
      </div>
      {run === null ? null : (
        <div class={old ? 'outdated' : ''}>
          <Key lines={lines} />
          <XyFigure class="low" label="House temperature over time" axes={HOUSE_AXES} lines={lines} />
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
