/** Who has control, what may be done now and why not, what the device says of it. */
import { t } from '../language.ts';
import { AskLine } from '../panel/ask-line.tsx';
import { Commands } from '../panel/commands.tsx';
import { NoEmergencyStop } from '../panel/operate.tsx';
import { ProofLine } from '../panel/proof-line.tsx';
import { ControlPanel } from './control-panel.tsx';

export function CommandPanel() {
  return (
    <section class="panel command-panel" aria-labelledby="command-title">
      <header class="panel-head">
        <h2 id="command-title">{t('Control')}</h2>
        <span class="unit">{t('what may be done now, and why not')}</span>
      </header>
      <ControlPanel />
      <Commands explained />
      <AskLine />
      <ProofLine />
      <NoEmergencyStop />
    </section>
  );
}
