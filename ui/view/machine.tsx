/** The whole device, drawn as it stands and moving with the data, and what is known of the part that was chosen. */
import { Inspector } from '../machine/inspector.tsx';
import { MachinePanel } from '../machine/machine-panel.tsx';

export function MachineView() {
  return (
    <main class="view machine-view">
      <MachinePanel onWall />
      <Inspector />
    </main>
  );
}
