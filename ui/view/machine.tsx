/** The whole device, drawn as it stands and moving with the data. */
import { MachinePanel } from '../machine/machine-panel.tsx';

export function MachineView() {
  return (
    <main class="view machine-view">
      <MachinePanel />
    </main>
  );
}
