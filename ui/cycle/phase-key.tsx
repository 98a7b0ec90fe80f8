/** Which colour is which phase. */
import { PALETTES } from '../chart/palette.ts';
import { theme } from '../theme.ts';
import { phaseColour, phaseWord } from './phase-colour.ts';
import { PHASE_NAMES } from './phases.ts';

export function PhaseKey() {
  const palette = PALETTES[theme.value];
  return (
    <ul class="phase-key">
      {PHASE_NAMES.map((name) => (
        <li key={name}>
          <i style={{ background: phaseColour(name, palette) }} aria-hidden="true" />
          {phaseWord(name)}
        </li>
      ))}
    </ul>
  );
}
