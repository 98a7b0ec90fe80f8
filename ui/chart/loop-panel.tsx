/** The stress-strain loop, and the work and the heat of a cycle: by its own area, and as the device latched them. */
import { loopWorkJ } from '../cycle/account.ts';
import { overlaid, overlaidCount } from '../cycle/choices.ts';
import { measuredPhases, recentCycles } from '../cycle/measured-cycle.ts';
import { PhaseKey } from '../cycle/phase-key.tsx';
import { phaseAt } from '../cycle/phases.ts';
import { Reading } from '../cycle/reading.tsx';
import { t } from '../language.ts';
import { beat, hello, telemetry } from '../session.ts';
import { loopArea } from '../store/loop-area.ts';
import { CYCLE_PERIOD_S, cycleColumn } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { STRAIN, STRESS, type WholeCycle } from '../store/waveforms.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { LoopChart, type LoopTrace } from './loop-chart.ts';

const ofCycle = (name: string): number => telemetry.lastCycle(cycleColumn(name));

const strain = (cycle: WholeCycle) => (bin: number) => telemetry.waveforms.value(cycle, STRAIN, bin);
const stress = (cycle: WholeCycle) => (bin: number) => telemetry.waveforms.value(cycle, STRESS, bin);

/** Net work of the last whole cycle by the area of its loop, J; NaN where it cannot be known. */
function workByAreaJ(): number {
  const cycle = telemetry.waveforms.recent(0);
  if (cycle === undefined) return Number.NaN;
  let most = 0;
  for (let bin = 0; bin < cycle.bins; bin++) most = Math.max(most, strain(cycle)(bin));
  return loopWorkJ(loopArea(cycle.bins, strain(cycle), stress(cycle)), {
    force_kN: ofCycle('peak_force_kN'),
    stress_MPa: ofCycle('peak_stress_MPa'),
    stroke_mm: ofCycle('peak_stroke_mm'),
    strain_percent: most,
  });
}

/** Energies of the last cycle by the powers that the device latched, J. */
const ofPower = (name: string): number => ofCycle(name) * telemetry.lastCycle(CYCLE_PERIOD_S);

const perGram = (joule: number): string =>
  `${fixed(joule / (hello.value?.rig.smaMassG ?? Number.NaN), 3)} J/g`;

function caption(): string[] {
  const workJ = workByAreaJ();
  return Number.isNaN(workJ) ? [] : [t('work in'), `${fixed(workJ, 1)} J`, perGram(workJ)];
}

function loops(): LoopTrace[] {
  const phases = measuredPhases();
  return recentCycles(overlaidCount()).map((cycle, back) => ({
    bins: cycle.bins,
    x: strain(cycle),
    y: stress(cycle),
    phase: (bin) => (back > 0 || phases === null ? null : phaseAt(phases, bin)),
  }));
}

function LoopNote() {
  beat();
  const [areaJ, deviceJ] = [workByAreaJ(), ofPower('mechanical_power_W')];
  const rows: readonly (readonly [string, number])[] = [
    [t('net work, by the area of the loop'), areaJ],
    [t('net work, by the device'), deviceJ],
    [t('heat from the cold loop'), ofPower('cooling_power_W')],
    [t('heat to the hot loop'), ofPower('heating_power_W')],
  ];
  return (
    <dl class="loop-note note">
      {rows.map(([name, joule]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="num">
            {fixed(joule, 1)} J <span class="per-gram">{perGram(joule)}</span>
          </dd>
        </div>
      ))}
      <div>
        <dt>{t('area against device')}</dt>
        <dd class="num" data-testid="loop-check">
          {fixed(100 * (areaJ / deviceJ - 1), 1)} %
        </dd>
      </div>
    </dl>
  );
}

export function LoopPanel() {
  return (
    <section class="panel loop-panel" aria-labelledby="loop-title">
      <header class="panel-head">
        <h2 id="loop-title">{t('Stress and strain')}</h2>
        <span class="unit">
          {t('measured; the last whole cycle, {{n}} before it fading', { n: overlaidCount() - 1 })}
        </span>
      </header>
      <PhaseKey />
      <ChartCanvas
        class="square"
        label={t('Stress over strain of the last whole cycle; its area is the work that goes in')}
        create={(host) =>
          new LoopChart(host, {
            xLabel: () => t('strain, % (compression)'),
            yLabel: () => t('stress, MPa'),
            leastX: 0.5,
            leastY: 100,
            isFromZero: true,
            version: () => {
              const { waveforms, flowByPhase } = telemetry;
              return `${waveforms.recent(0)?.firstRow} ${flowByPhase.isKnown} ${overlaid.peek()}`;
            },
            loops,
            caption,
          })
        }
      />
      <Reading
        values={(phase) => {
          const cycle = telemetry.waveforms.recent(0);
          if (cycle === undefined) return null;
          const bin = Math.floor(phase * cycle.bins);
          return `${fixed(strain(cycle)(bin), 2)} %, ${fixed(stress(cycle)(bin), 0)} MPa`;
        }}
      />
      <LoopNote />
    </section>
  );
}
