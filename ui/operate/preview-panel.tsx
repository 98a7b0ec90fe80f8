/** What the model expects of a recipe before the machine gets it, beside what it expects of the one that runs. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type CycleRecipe, differences } from '../../controller/wire/recipe.ts';
import { Key, XyFigure } from '../lab/xy-figure.tsx';
import type { Axes, Line } from '../lab/xy-chart.ts';
import { Solver } from '../lab/solver.ts';
import { language, t } from '../language.ts';
import { fresh } from '../live-values.ts';
import { hello, telemetry } from '../session.ts';
import { cycleColumn } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import type { CycleTrace, OperatingPoint } from '../worker/messages.ts';
import { inletsMeasured, NO_INLETS } from './inlets.ts';
import { type Inlets, type Preview, Previewer } from './preview.ts';

/** Long enough to type a digit more. */
const PAUSE_MS = 200;

interface Props {
  readonly running: CycleRecipe;
  readonly proposed: CycleRecipe;
  readonly isGood: boolean;
}

export function PreviewPanel({ running, proposed, isGood }: Props) {
  const preview = useSignal<Preview | null>(null);
  const failed = useSignal('');
  const asks = useRef<{ readonly previewer: Previewer; readonly solver: Solver } | null>(null);
  const preset = hello.value?.rig.preset ?? '';
  const inlets = useRef<Inlets>(NO_INLETS);
  inlets.current = inletsMeasured() ?? inlets.current;
  const { coldC, hotC } = inlets.current;
  useEffect(() => {
    const previewer = new Previewer((next) => (preview.value = next));
    const solver = new Solver(
      (answer) => previewer.take(answer),
      (sentence) => (failed.value = sentence),
    );
    previewer.attach(solver);
    asks.current = { previewer, solver };
    return () => solver.cancel();
  }, []);
  const wish = JSON.stringify([preset, coldC, hotC, running, proposed]);
  useEffect(() => {
    if (!isGood || preset === '') return undefined;
    const soon = setTimeout(() => {
      asks.current?.previewer.want({ preset, inlets: { coldC, hotC }, running, proposed });
    }, PAUSE_MS);
    return () => clearTimeout(soon);
  }, [wish, isGood]);
  const now = preview.value;
  const isBusy = isGood && (now === null || now.isUnderWay || differences(now.recipe, proposed).length > 0);
  // What is not allowed has no preview, and an older one must not stand for it.
  const both = { running: now?.running ?? null, proposed: isGood ? (now?.proposed ?? null) : null };
  return (
    <div class="recipe-preview" data-testid="recipe-preview" aria-busy={isBusy}>
      <h3>
        {t('What the model expects')} {!isBusy ? null : <span class="unit">{t('computing…')}</span>}
      </h3>
      <p class="note">
        {t(
          'A prediction, no measurement: preset {{preset}} in cyclic steady state, inlets {{cold}} and {{hot}} °C as read now.',
          { preset, cold: fixed(coldC, 0), hot: fixed(hotC, 0) },
        )}
      </p>
      {failed.value === '' ? null : <p class="why-not">{failed.value}</p>}
      {now?.refusal == null ? null : (
        <p class="why-not" lang="en" data-testid="preview-refused">
          {now.refusal}
        </p>
      )}
      <Table {...both} />
      <Loops {...both} />
    </div>
  );
}

interface Row {
  readonly name: () => string;
  readonly unit: string;
  readonly decimals: number;
  readonly of: (point: OperatingPoint) => number | null;
  /** Column of what the machine measured in its last cycle; none where it measures no such thing. */
  readonly measured?: number;
  readonly limit?: () => number | undefined;
}

const ROWS: readonly Row[] = [
  {
    name: () => t('Cooling power'),
    unit: 'W',
    decimals: 0,
    of: (p) => p.cooling_power_W,
    measured: cycleColumn('cooling_power_W'),
  },
  { name: () => t('COP, device'), unit: '', decimals: 2, of: (p) => p.cop_device },
  {
    name: () => t('Peak stress'),
    unit: 'MPa',
    decimals: 0,
    of: (p) => p.peak_stress_MPa,
    measured: cycleColumn('peak_stress_MPa'),
    limit: () => hello.value?.rig.limits.stressMPa,
  },
  {
    name: () => t('Pressure'),
    unit: 'bar',
    decimals: 2,
    of: (p) => p.pressure_drop_bar,
    measured: cycleColumn('peak_pressure_bar'),
    limit: () => hello.value?.rig.limits.pressureBar,
  },
  {
    name: () => t('Warmest cell'),
    unit: '°C',
    decimals: 1,
    of: (p) => p.cell_temperature_max_C,
    limit: () => hello.value?.rig.limits.temperatureHighC,
  },
  {
    name: () => t('Coldest cell'),
    unit: '°C',
    decimals: 1,
    of: (p) => p.cell_temperature_min_C,
  },
  { name: () => t('Utilization'), unit: '', decimals: 2, of: (p) => p.utilization },
];

interface Both {
  readonly running: CycleTrace | null;
  readonly proposed: CycleTrace | null;
}

function Table({ running, proposed }: Both) {
  return (
    <table class="preview-table num">
      <thead>
        <tr>
          <th scope="col" aria-label={t('Quantity')} />
          <th scope="col">{t('measured')}</th>
          <th scope="col">{t('model, runs')}</th>
          <th scope="col">{t('model, proposed')}</th>
          <th scope="col">{t('limit')}</th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map(({ name, unit, decimals, of, measured, limit }) => {
          const [before, after] = [running, proposed].map((trace) =>
            trace === null ? null : of(trace.operating_point),
          );
          const most = limit?.();
          const isOver = most !== undefined && after !== null && after !== undefined && after > most;
          return (
            <tr key={name()} class={isOver ? 'over' : ''}>
              <th scope="row">
                {name()} <span class="unit">{unit}</span>
              </th>
              <td>
                {measured === undefined || !fresh.value ? '' : fixed(telemetry.lastCycle(measured), decimals)}
              </td>
              <td>{fixed(before, decimals)}</td>
              <td data-testid={`preview-${unit}`}>
                <b>{fixed(after, decimals)}</b>
              </td>
              <td class="unit">{most === undefined ? '' : `${most}${isOver ? ` ${t('exceeded')}` : ''}`}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Loops({ running, proposed }: Both) {
  const lines = [
    ...(running === null ? [] : [loop(running, t('runs'), 'muted', [5, 3])]),
    ...(proposed === null ? [] : [loop(proposed, t('proposed'), 'system', null)]),
  ];
  const axes: Axes = { xLabel: t('strain, %'), yLabel: t('stress, MPa'), leastY: 100, zeroY: true };
  return (
    <>
      <XyFigure
        key={language.value}
        label={t('Stress over strain of one cycle: the recipe that runs and the one proposed, by the model')}
        class="preview-loop"
        axes={axes}
        lines={lines}
      />
      <Key lines={lines} />
    </>
  );
}

/** The first load train; the others of such a machine do the same. The cycle ends where it began. */
function loop(trace: CycleTrace, name: string, colour: Line['colour'], dash: readonly number[] | null): Line {
  const [strain, stress] = [trace.strain_percent[0], trace.stress_MPa[0]];
  return {
    name,
    colour,
    x: Float64Array.of(...strain, strain[0]),
    y: Float64Array.of(...stress, stress[0]),
    ...(dash === null ? {} : { dash }),
  };
}
