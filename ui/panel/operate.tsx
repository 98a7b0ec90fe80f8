/** What may be done now, and the device's proof of what was done. */
import { t } from '../language.ts';
import { state } from '../session.ts';
import { fixed } from '../store/text.ts';
import { AskLine } from './ask-line.tsx';
import { Commands } from './commands.tsx';
import { ControlLease } from './control-lease.tsx';
import { EngineerTools } from './engineer-tools.tsx';
import { ProofLine } from './proof-line.tsx';
import { RegulatorSettings } from './regulator.tsx';
import { AccelerationSwitch, SetpointStepper } from './settings.tsx';

export function OperatePanel() {
  return (
    <section class="panel operate-panel" aria-labelledby="operate-title">
      <header class="panel-head">
        <h2 id="operate-title">{t('Operate')}</h2>
        <span class="unit">{t('what may be done now is bright')}</span>
      </header>
      <ControlLease />
      <Commands />
      <AskLine />
      <ProofLine />
      <div class="settings">
        <SetpointStepper />
        <AccelerationSwitch />
      </div>
      <RegulatorSettings />
      <RecipeLine />
      <EngineerTools />
      <NoEmergencyStop />
    </section>
  );
}

export const NoEmergencyStop = () => (
  <p class="note">
    {t(
      'Esc stops, Shift A aborts, at once and without a question. A browser button is not an emergency stop: that one is wired.',
    )}
  </p>
);

function RecipeLine() {
  const recipe = state.value?.recipe;
  if (recipe === undefined) return null;
  return (
    <p class="note recipe">
      {t(
        'Recipe: {{frequency}} Hz, strain {{strain}} %, blows of {{flow}} kg/s for {{duty}} % of the period each',
        {
          frequency: fixed(recipe.frequencyHz, 2),
          strain: fixed(recipe.strainPercent, 2),
          flow: fixed(recipe.blowFlowKgPerS, 2),
          duty: fixed(recipe.blowDuty * 100, 0),
        },
      )}
    </p>
  );
}
