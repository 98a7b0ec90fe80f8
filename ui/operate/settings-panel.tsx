/** The house: its set-point, who regulates it, and what only an engineer does. */
import { t } from '../language.ts';
import { EngineerTools } from '../panel/engineer-tools.tsx';
import { RegulatorSettings } from '../panel/regulator.tsx';
import { AccelerationSwitch, SetpointStepper } from '../panel/settings.tsx';

export function SettingsPanel() {
  return (
    <section class="panel settings-panel" aria-labelledby="settings-title">
      <header class="panel-head">
        <h2 id="settings-title">{t('House and regulator')}</h2>
      </header>
      <div class="settings">
        <SetpointStepper />
        <AccelerationSwitch />
      </div>
      <RegulatorSettings />
      <EngineerTools />
    </section>
  );
}
