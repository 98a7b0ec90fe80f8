/** What is happening now: the machine, the house, the cells, and what may be done. */
import { CellsChart } from '../chart/cells-chart.tsx';
import { HouseChart } from '../chart/house-chart.tsx';
import { LoopPanel } from '../chart/loop-panel.tsx';
import { CopChart, PowerChart } from '../chart/power-charts.tsx';
import { MachinePanel } from '../machine/machine-panel.tsx';
import { CellRanges } from '../panel/cell-ranges.tsx';
import { EventList } from '../panel/event-list.tsx';
import { OperatePanel } from '../panel/operate.tsx';
import { Readouts } from '../panel/readouts.tsx';
import { WindowSwitch } from '../panel/window-switch.tsx';

export function LiveView() {
  return (
    <main class="view live-view">
      <MachinePanel />
      <OperatePanel />
      <Readouts />
      <WindowSwitch />
      <HouseChart />
      <LoopPanel />
      <CellsChart />
      <CellRanges />
      <PowerChart />
      <CopChart />
      <EventList />
    </main>
  );
}
