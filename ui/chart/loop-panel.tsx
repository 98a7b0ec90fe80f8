/** The stress-strain loop and the work it stands for. */
import { beat, telemetry } from '../session.ts';
import { loopArea } from '../store/loop-area.ts';
import { CYCLE_PERIOD_S, cycleColumn } from '../store/telemetry.ts';
import { fixed } from '../store/text.ts';
import { STRAIN, STRESS } from '../store/waveforms.ts';
import { ChartCanvas } from './chart-canvas.tsx';
import { LoopChart } from './loop-chart.ts';

const MECHANICAL = cycleColumn('mechanical_power_W');

/** Net work a volume over the last whole cycle, in MJ/m³: 1 MPa times 1 (strain) is 1 MJ/m³. */
function lastLoopArea(): number {
  const { waveforms } = telemetry;
  const cycle = waveforms.recent(0);
  if (cycle === undefined) return Number.NaN;
  return loopArea(
    cycle.bins,
    (bin) => waveforms.value(cycle, STRAIN, bin) / 100,
    (bin) => waveforms.value(cycle, STRESS, bin),
  );
}

function LoopNote() {
  beat();
  const cycle = telemetry.waveforms.recent(0);
  const workJ = telemetry.lastCycle(MECHANICAL) * telemetry.lastCycle(CYCLE_PERIOD_S);
  return (
    <dl class="note loop-note">
      <dt>cycle</dt>
      <dd class="num">{cycle?.number ?? '–'}</dd>
      <dt>loop area</dt>
      <dd>
        <span class="num">{fixed(lastLoopArea(), 2)}</span> MJ/m³
      </dd>
      <dt>net work a cycle (device)</dt>
      <dd>
        <span class="num">{fixed(workJ, 1)}</span> J
      </dd>
    </dl>
  );
}

export function LoopPanel() {
  return (
    <section class="panel loop-panel" aria-labelledby="loop-title">
      <header class="panel-head">
        <h2 id="loop-title">Stress and strain</h2>
        <span class="unit">last whole cycle, five before it fading</span>
      </header>
      <ChartCanvas
        class="square"
        label="Stress over strain of the last whole cycle"
        create={(host) => new LoopChart(host)}
      />
      <LoopNote />
    </section>
  );
}
