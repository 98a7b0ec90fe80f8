/** For the engineer at the rig: what may be done now and why not, what is wrong, who has control, what can be broken. */
import { AlarmHistory, AlarmPanel } from '../operate/alarm-panel.tsx';
import { CommandPanel } from '../operate/command-panel.tsx';
import { ProofPanel } from '../operate/proof-panel.tsx';
import { RecipePanel } from '../operate/recipe-panel.tsx';
import { SettingsPanel } from '../operate/settings-panel.tsx';
import { StatePanel } from '../operate/state-panel.tsx';
import { EventList } from '../panel/event-list.tsx';
import { FaultPanel } from '../panel/faults.tsx';

export function OperateView() {
  return (
    <main class="view operate-view">
      <div class="column main-column">
        <AlarmPanel />
        <StatePanel />
        <RecipePanel />
      </div>
      <div class="column side-column">
        <CommandPanel />
        <AlarmHistory />
        <SettingsPanel />
        <EventList />
      </div>
      <ProofPanel />
      <FaultPanel />
    </main>
  );
}
