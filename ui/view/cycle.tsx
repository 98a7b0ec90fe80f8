/** The cycle as physics: what the material does in one period, and what the model expected of it. */
import { LoopPanel } from '../chart/loop-panel.tsx';
import { ModelPanel } from '../chart/model-panel.tsx';
import { EntropyPanel } from '../cycle/entropy-panel.tsx';
import { CycleToolbar } from '../cycle/toolbar.tsx';
import { CellRanges } from '../panel/cell-ranges.tsx';
import { WindowSwitch } from '../panel/window-switch.tsx';

export function CycleView() {
  return (
    <main class="view cycle-view">
      <CycleToolbar />
      <LoopPanel />
      <EntropyPanel />
      <CellRanges />
      <WindowSwitch />
      <ModelPanel />
    </main>
  );
}
