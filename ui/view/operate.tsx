/** For the engineer at the rig: what may be done now and why not, what is wrong, who has control, what can be broken. */
import { EventList } from '../panel/event-list.tsx';
import { FaultPanel } from '../panel/faults.tsx';
import { OperatePanel } from '../panel/operate.tsx';

export function OperateView() {
  return (
    <main class="view operate-view">
      <OperatePanel />
      <EventList />
      <FaultPanel />
    </main>
  );
}
