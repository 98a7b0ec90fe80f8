/** The drawing of the machine in its panel: what it shows of time stands above it. */
import { signal } from '@preact/signals';
import { fresh, isCycling } from '../live-values.ts';
import { t } from '../language.ts';
import { acceleration, beat, telemetry } from '../session.ts';
import { cycleColumn } from '../store/telemetry.ts';
import { ABSENT, fixed } from '../store/text.ts';
import { span } from '../time-words.ts';
import { STRAIN } from '../store/waveforms.ts';
import { Drawing } from './drawing.tsx';
import { exaggeration } from './exaggeration.ts';
import { type Geometry, NARROW, WIDE } from './geometry.ts';
import { WALL } from './geometry-wall.ts';
import { player } from './player.ts';

const PEAK_STROKE = cycleColumn('peak_stroke_mm');
const phone = matchMedia('(max-width: 700px)');
const narrow = signal(phone.matches);
phone.addEventListener('change', (event) => {
  narrow.value = event.matches;
});

function sceneSentence(): string {
  const { mode, cycle } = player.scene;
  const at = acceleration.value;
  if (mode === 'empty') return t('No reading yet.');
  if (!fresh.value) return t('No new readings: the drawing shows the last one.');
  if (mode === 'playback')
    return t(
      'The machine runs at {{at}}×. Shown: whole cycle {{cycle}} at 1×, flow by phase. Numbers in the cells: means.',
      { at, cycle },
    );
  if (mode === 'means')
    return t('Motion is reduced, as your system asks: means of whole cycle {{cycle}}.', { cycle });
  return isCycling()
    ? t('Live at 1×, coloured by temperature. Numbers in the cells: means of the last whole cycle.')
    : t('Live, coloured by temperature: the machine does not cycle.');
}

function SceneNote() {
  beat();
  return <p class="note scene-note">{sceneSentence()}</p>;
}

function peakStrainPercent(): number {
  const cycle = telemetry.waveforms.recent(0);
  if (cycle === undefined) return Number.NaN;
  let peak = 0;
  for (let bin = 0; bin < cycle.bins; bin++)
    peak = Math.max(peak, telemetry.waveforms.value(cycle, STRAIN, bin));
  return peak;
}

/** What is not to scale, and by how much. */
function ScaleNote({ g }: { readonly g: Geometry }) {
  beat();
  const times = exaggeration(g, telemetry.lastCycle(PEAK_STROKE), peakStrainPercent());
  const text = Number.isNaN(times)
    ? t('A scheme, not to scale.')
    : t('A scheme, not to scale: the stroke is drawn {{times}} times too large.', { times: fixed(times, 1) });
  return (
    <p class="note" data-testid="drawing-scale">
      {text}{' '}
      {t('The arrow is the stress, its mark the limit. Valves: open where filled, by the sign of the flow.')}
    </p>
  );
}

/** Over the drawing, where it cannot be overlooked on a wall. */
function StaleSign() {
  beat();
  if (fresh.value || player.scene.mode === 'empty') return null;
  const silenceMs = telemetry.clock.silenceMs(performance.now());
  return (
    <p class="stale-sign" role="status" data-testid="drawing-stale">
      {t('Not the present: no new reading for {{time}}', {
        time: Number.isFinite(silenceMs) ? span(silenceMs) : ABSENT,
      })}
    </p>
  );
}

/** `onWall`: it has the page to itself. */
export function MachinePanel({ onWall = false }: { readonly onWall?: boolean }) {
  const g = narrow.value ? NARROW : onWall ? WALL : WIDE;
  return (
    <section class={`panel machine-panel ${onWall ? 'on-wall' : ''}`} aria-labelledby="machine-title">
      <header class="panel-head">
        <h2 id="machine-title">{t('Machine')}</h2>
        <SceneNote />
      </header>
      <div class="drawing">
        <Drawing key={`${g.width} ${g.height}`} g={g} />
        <StaleSign />
      </div>
      {onWall ? <ScaleNote g={g} /> : null}
    </section>
  );
}
