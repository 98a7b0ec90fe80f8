/** The cycle as physics: what the material does in one period, where its energy goes, what the model expected of it. */
import { LoopPanel } from '../chart/loop-panel.tsx';
import { ModelPanel } from '../chart/model-panel.tsx';
import { AccountPanel } from '../cycle/account-panel.tsx';
import { CellsPanel } from '../cycle/cells-panel.tsx';
import { EntropyPanel } from '../cycle/entropy-panel.tsx';
import { FoldPanel } from '../cycle/fold-panel.tsx';
import { MapPanel } from '../cycle/map-panel.tsx';
import { MeritPanel } from '../cycle/merit-panel.tsx';
import { CycleToolbar } from '../cycle/toolbar.tsx';
import { WindowSwitch } from '../panel/window-switch.tsx';

export function CycleView() {
  return (
    <main class="view cycle-view">
      <CycleToolbar />
      <LoopPanel />
      <EntropyPanel />
      <FoldPanel />
      <MapPanel />
      <AccountPanel />
      <MeritPanel />
      <CellsPanel />
      <WindowSwitch />
      <ModelPanel />
    </main>
  );
}
