/** What a picture shows at the cursor, in words; the line keeps its place while there is no cursor. */
import { t } from '../language.ts';
import { beat } from '../session.ts';
import { CYCLE_PERIOD_S } from '../store/telemetry.ts';
import { telemetry } from '../session.ts';
import { fixed } from '../store/text.ts';
import { pointedPhase } from './choices.ts';
import { measuredPhases } from './measured-cycle.ts';
import { phaseWord } from './phase-colour.ts';
import { phaseAt } from './phases.ts';

/** `18.8 % · 54 ms · hot blow`. */
function momentWords(phase: number): string {
  const phases = measuredPhases();
  const name = phases === null ? null : phaseAt(phases, Math.floor(phase * phases.stroke.length));
  const ms = 1000 * phase * telemetry.lastCycle(CYCLE_PERIOD_S);
  return `${fixed(100 * phase, 1)} % · ${fixed(ms, 0)} ms · ${phaseWord(name)}`;
}

export function Reading({ values }: { readonly values: (phase: number) => string | null }) {
  beat();
  const phase = pointedPhase.value;
  const words = phase === null ? null : values(phase);
  return (
    <p class="reading note num">
      {phase === null || words === null ? (
        t('Point into a picture to read the same moment in all of them.')
      ) : (
        <>
          <b>{words}</b> <span>{momentWords(phase)}</span>
        </>
      )}
    </p>
  );
}
