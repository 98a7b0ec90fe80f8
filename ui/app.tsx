/** The page: what must be seen first stands first, on a wall screen and on a phone. */
import { CellsChart } from './chart/cells-chart.tsx';
import { HouseChart } from './chart/house-chart.tsx';
import { ModelPanel } from './chart/model-panel.tsx';
import { LoopPanel } from './chart/loop-panel.tsx';
import { CopChart, PowerChart } from './chart/power-charts.tsx';
import { fresh } from './live-values.ts';
import { MachinePanel } from './machine/machine-panel.tsx';
import { CellRanges } from './panel/cell-ranges.tsx';
import { EventList } from './panel/event-list.tsx';
import { FaultPanel } from './panel/faults.tsx';
import { Footer } from './panel/footer.tsx';
import { Header } from './panel/header.tsx';
import { NoController } from './panel/no-controller.tsx';
import { Notices } from './panel/notices.tsx';
import { OperatePanel } from './panel/operate.tsx';
import { ReplayBar } from './panel/replay-bar.tsx';
import { Readouts } from './panel/readouts.tsx';
import { WindowSwitch } from './panel/window-switch.tsx';
import { unheard } from './session.ts';

export function App() {
  if (unheard.value) return <NoController />;
  return (
    <div class={`page ${fresh.value ? '' : 'stale'}`}>
      <ReplayBar />
      <Header />
      <Notices />
      <main>
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
        <ModelPanel />
        <FaultPanel />
      </main>
      <Footer />
    </div>
  );
}
